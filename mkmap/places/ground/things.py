"""Take out of a source what belongs to the area's ground: lines, areas and names, each of a kind, cut and simplified."""

from collections.abc import Iterator, Mapping, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mkmap.places.ground.area import MERCATOR, Area, Progress
from mkmap.places.ground.files import Layers
from mkmap.places.ground.kinds import AREAS, LINES, NAMES, OF_AREA
from mkmap.places.ground.schemas import Theme
from mkmap.words import _

TOLERANCE = 1.2  # metres of Mercator: what the nearest tiles can tell apart
_DIMENSIONS = 3  # points, lines, areas
_DRAWN = (), tuple(LINES), tuple(AREAS)
# What a kind of areas is called where it is a point, or a line.
_OTHERWISE: tuple[dict[str, str], ...] = (OF_AREA, {"water": "stream"}, {})


def of_source(
    layers: Layers, themes: Mapping[str, Sequence[Theme]], area: Area, progress: Progress
) -> tuple[gpd.GeoDataFrame, int]:
    """The things of a source's layers (columns kind, name, is_drawn, geometry; Web Mercator), and how many could not be read."""
    parts, broken = [_nothing()], 0
    for done, (layer, of_layer) in enumerate(themes.items(), 1):
        progress(done, len(themes), _("Reading {layer}").format(layer=layer))
        for rows, unread in layers.rows(layer, area):
            whole, crooked = _whole(rows)
            broken += unread + crooked
            parts += (_cut(part, area) for theme in of_layer for part in _of_theme(whole, theme))
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=MERCATOR), broken


def _nothing() -> gpd.GeoDataFrame:
    columns = {"kind": pd.Series(dtype=object), "name": pd.Series(dtype=object), "is_drawn": pd.Series(dtype=bool)}
    return gpd.GeoDataFrame(columns, geometry=[], crs=MERCATOR)


def _whole(rows: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, int]:
    """The rows whose geometry can be drawn, mended where it crosses itself, and how many cannot."""
    shapes = shapely.force_2d(rows.geometry.to_numpy())
    shapes = np.array(np.where(np.isfinite(shapely.bounds(shapes)).all(axis=1), shapes, None), dtype=object)
    crooked = (shapely.get_dimensions(shapes) == 2) & ~shapely.is_valid(shapes)
    shapes[crooked] = [_mended(shape) for shape in shapes[crooked]]
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return rows.set_geometry(gpd.GeoSeries(shapes, rows.index, crs=MERCATOR))[~empty], int(empty.sum())


def _mended(shape: shapely.Geometry) -> shapely.Geometry:
    """The areas of what a shape that crosses itself encloses."""
    parts = shapely.get_parts(shapely.make_valid(shape))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def _of_theme(rows: gpd.GeoDataFrame, theme: Theme) -> Iterator[gpd.GeoDataFrame]:
    """Its rows that are of a kind, by points, lines and areas."""
    if rows.empty:
        return
    kinds, names = theme.kind_of(rows), theme.name_of(rows)
    for dimension in range(_DIMENSIONS):
        of_dimension = kinds.where(shapely.get_dimensions(rows.geometry.to_numpy()) == dimension)
        called = of_dimension.map(lambda kind, other=_OTHERWISE[dimension]: other.get(kind, kind))
        kept = called.isin(_DRAWN[dimension] or NAMES) | (called.isin(NAMES) if dimension == 2 else False)
        kept &= (names != "") | theme.is_drawn  # what has no name and is not drawn says nothing
        if kept.any():
            yield gpd.GeoDataFrame(
                {"kind": called[kept], "name": names[kept], "is_drawn": theme.is_drawn and dimension > 0},
                geometry=rows.geometry[kept],
                crs=MERCATOR,
            )


def _cut(things: gpd.GeoDataFrame, area: Area) -> gpd.GeoDataFrame:
    """What lies in the area, simplified."""
    shapes = things.geometry.to_numpy()
    touching = shapely.intersects(area.shape, shapes)
    things, shapes = things[touching], shapes[touching]
    beyond = ~shapely.contains_properly(area.shape, shapes)
    shapes[beyond] = shapely.intersection(shapes[beyond], area.shape)
    shapes = shapely.simplify(shapes, TOLERANCE)
    return things.set_geometry(gpd.GeoSeries(shapes, things.index, crs=MERCATOR))[~shapely.is_empty(shapes)]
