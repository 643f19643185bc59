"""Check that a set of wards is one: polygons, on the map, none over another."""

import shapely
from geopandas import GeoDataFrame

from mkmap.errors import BadInput, Code
from mkmap.places.grid import UNITED_KINGDOM

# Square metres. Wards of one real file overlap by nothing (measured at full resolution and at 20 m); rounding leaves less
# than a strip of one metre along one kilometre; the smallest ward of Milton Keynes has 3,000,000.
SLIVER = 1_000.0
METRES = 27700  # the British National Grid


def check_each(wards: GeoDataFrame, source: str) -> None:
    """Raise BadInput with the ward's name for the first that is no polygon or lies abroad; columns name, geometry (WGS 84)."""
    _check_kinds(wards, source)
    _check_place(wards, source)


def _check_kinds(wards: GeoDataFrame, source: str) -> None:
    for name, shape in zip(wards["name"], wards.geometry, strict=True):
        if shape is None or shape.is_empty:
            raise BadInput(Code.WARD_WITHOUT_BOUNDARY, source=source, ward=name)
        if shape.geom_type not in {"Polygon", "MultiPolygon"}:
            raise BadInput(Code.WARD_NOT_A_POLYGON, source=source, ward=name, kind=shape.geom_type)


def _check_place(wards: GeoDataFrame, source: str) -> None:
    west, south, east, north = UNITED_KINGDOM
    edges = wards.bounds
    inside = (edges.minx >= west) & (edges.miny >= south) & (edges.maxx <= east) & (edges.maxy <= north)
    for name in wards.loc[~inside, "name"].head(1):
        raise BadInput(Code.WARD_ABROAD, source=source, ward=name)


def check_overlaps(wards: GeoDataFrame, source: str) -> None:
    """Raise BadInput with both names for the two wards that lie over each other most, where that is more than rounding."""
    shapes = shapely.make_valid(wards.to_crs(METRES).geometry.to_numpy())  # moving to metres can tie a knot of a millimetre
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    left, right = left[left < right], right[left < right]
    areas = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    if areas.size and areas.max() > SLIVER:
        worst = areas.argmax()
        raise BadInput(
            Code.WARDS_OVERLAP,
            source=source,
            one=wards["name"].iloc[left[worst]],
            other=wards["name"].iloc[right[worst]],
            area=round(areas[worst]),
        )
