"""Mend polygons whose area is certain, and put the parts of one ward together; what is left is checked as a set."""

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries

from mkmap.errors import BadInput, Code
from mkmap.places.wards.polygons import METRES, SLIVER

# Of its area, and at most a sliver: so much a mended boundary may differ from the written one. A spike encloses nothing, a ring that
# touches itself at most a corner twice. A bow-tie, of which nobody knows which half was meant, differs by twice its smaller half.
SAME = 0.001


def polygons_alone(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    """Of a collection its polygons, which have all of its area; anything else as it is."""
    if shape is None or shape.geom_type != "GeometryCollection":
        return shape
    parts = [part for part in _flat(shape) if part.geom_type == "Polygon" and not part.is_empty]
    if not parts:
        return shape
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def mended(wards: GeoDataFrame, source: str) -> tuple[GeoDataFrame, list[str]]:
    """The wards (code, name, geometry, WGS 84) with valid polygons, and the names of those that were mended.

    Raises BadInput for the first whose area would change.
    """
    shapes, metres = wards.geometry.to_numpy().copy(), wards.to_crs(METRES).geometry.to_numpy()
    rows = np.flatnonzero(~shapely.is_valid(shapes))
    for row in rows:
        valid = shapely.make_valid(shapes[row], method="structure", keep_collapsed=False)
        if not is_same(shapely.area(metres[row]), valid):
            why = shapely.is_valid_reason(shapes[row])
            raise BadInput(Code.WARD_POLYGON_INVALID, source=source, ward=wards["name"].iloc[row], why=why)
        shapes[row] = valid
    return wards.set_geometry(GeoSeries(shapes, index=wards.index, crs=wards.crs)), list(wards["name"].iloc[rows])


def put_together(wards: GeoDataFrame, source: str) -> tuple[GeoDataFrame, list[str]]:
    """One row a ward, and the names of those whose parts stood in several: a ward and its island.

    Raises BadInput for rows of one code with several names, and for parts that lie over each other.
    """
    rows, several = [], []
    for code, parts in wards.groupby("code", sort=False):
        name, shapes = parts["name"].iloc[0], _each_once(parts.geometry.to_numpy())
        for other in parts["name"][parts["name"].str.casefold() != name.casefold()]:
            raise BadInput(Code.WARD_CODE_TWICE, source=source, code=str(code), ward=other)
        if len(shapes) > 1:
            several.append(name)
        rows.append({"code": code, "name": name, "geometry": _united(shapes, name, source)})
    return GeoDataFrame(rows, crs=wards.crs), several


def _united(shapes: np.ndarray, name: str, source: str) -> shapely.Geometry:
    if len(shapes) == 1:
        return shapes[0]
    united = shapely.union_all(shapes)
    if not is_same(float(GeoSeries(shapes, crs=4326).to_crs(METRES).area.sum()), united):
        raise BadInput(Code.WARD_PARTS_OVERLAP, source=source, ward=name)
    return united


def _each_once(shapes: np.ndarray) -> np.ndarray:
    """A row that was pasted twice is one part."""
    plain = shapely.normalize(shapes)
    return shapes[
        [at for at in range(len(shapes)) if not any(shapely.equals_exact(plain[at], plain[before]) for before in range(at))]
    ]


def is_same(area: float, shape: shapely.Geometry) -> bool:
    """Whether a shape (WGS 84) has an area in square metres."""
    made = float(GeoSeries([shape], crs=4326).to_crs(METRES).area.iloc[0])
    return abs(made - area) <= min(SLIVER, SAME * made)


def _flat(shape: shapely.Geometry) -> list[shapely.Geometry]:
    """The simple shapes in a collection, however deep."""
    parts = shapely.get_parts(shape)
    return (
        [shape]
        if len(parts) <= 1 and shape.geom_type != "GeometryCollection"
        else [one for part in parts for one in _flat(part)]
    )
