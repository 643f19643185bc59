"""Check that a set of wards is one: whole polygons, on the map, none over another."""

import numpy as np
import shapely
from geopandas import GeoDataFrame

from mkmap.places.points import UNITED_KINGDOM
from mkmap.places.refusal import bad
from mkmap.words import _, number

# Square metres. Wards of one real file overlap by nothing (measured at full resolution and at 20 m); rounding leaves less
# than a strip of one metre along one kilometre; the smallest ward of Milton Keynes has 3,000,000.
SLIVER = 1_000.0


def check(wards: GeoDataFrame, source: str) -> None:
    """Raise BadInput with the ward's name for the first ward that cannot be used; columns code, name, geometry (WGS 84)."""
    _check_kinds(wards, source)
    _check_place(wards, source)
    _check_validity(wards, source)
    _check_overlaps(wards, source)


def _check_kinds(wards: GeoDataFrame, source: str) -> None:
    for name, shape in zip(wards["name"], wards.geometry, strict=True):
        if shape is None or shape.is_empty:
            raise bad(_("the ward {ward} has no boundary").format(ward=name), source)
        if shape.geom_type not in {"Polygon", "MultiPolygon"}:
            raise bad(_("the ward {ward} is not a polygon but a {kind}").format(ward=name, kind=shape.geom_type), source)


def _check_place(wards: GeoDataFrame, source: str) -> None:
    west, south, east, north = UNITED_KINGDOM
    edges = wards.bounds
    inside = (edges.minx >= west) & (edges.miny >= south) & (edges.maxx <= east) & (edges.maxy <= north)
    for name in wards.loc[~inside, "name"].head(1):
        raise bad(
            _(
                "the ward {ward} is not in the United Kingdom: its coordinates are swapped, "
                "or not longitude and latitude as the file says"
            ).format(ward=name),
            source,
        )


def _check_validity(wards: GeoDataFrame, source: str) -> None:
    for row in np.flatnonzero(~wards.is_valid):
        why = shapely.is_valid_reason(wards.geometry.iloc[row])
        raise bad(_("the ward {ward} is not a valid polygon ({why})").format(ward=wards["name"].iloc[row], why=why), source)


def _check_overlaps(wards: GeoDataFrame, source: str) -> None:
    shapes = shapely.make_valid(wards.to_crs(27700).geometry.to_numpy())  # moving to metres can tie a knot of a millimetre
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    left, right = left[left < right], right[left < right]
    areas = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    if areas.size and areas.max() > SLIVER:
        worst = areas.argmax()
        raise bad(
            _("the wards {one} and {other} overlap by {area} square metres").format(
                one=wards["name"].iloc[left[worst]], other=wards["name"].iloc[right[worst]], area=number(round(areas[worst]))
            ),
            source,
        )
