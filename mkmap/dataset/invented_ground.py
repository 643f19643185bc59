"""Invent the demonstration's ground: a grid of roads, a railway with stations, a river, lakes, parks, woods, estates with names.

Nothing of it is of the real town: only where the invented streets and estates stand is taken from `invented_town`.
"""

from collections.abc import Iterator
from threading import Lock

import geopandas as gpd
import numpy as np
import shapely
from shapely import affinity

from mkmap.dataset import invented_town as town
from mkmap.places.ground.area import MERCATOR, Area
from mkmap.places.ground.load import put
from mkmap.places.ground.names import of_things
from mkmap.places.ground.store import Ground

VERSION = "invented ground 3"  # to be raised with each change here: what is stored is made anew then
GRID = 1.15  # km between two roads of the grid
SWAY = 0.12  # km that a road of the grid bends to either side
EVERY_THIRD = 3  # of them leads out of the town
STREET_LENGTH = 0.2  # km
LANES = 0.27  # km between two streets without a name
ENDS_OF_ESTATES = ("stead", "combe", "mere", "hurst")
LAKES = (
    (0.55, 0.36, 0.55, 0.3),
    (0.2, 0.52, 0.4, 0.22),
    (0.82, 0.62, 0.35, 0.45),
)  # where, in parts of the town; half width and height in km
WOODS = ((0.85, 0.2, 0.9, 0.6), (0.06, 0.62, 0.5, 0.7), (0.3, 0.9, 0.8, 0.4), (0.75, 0.86, 0.4, 0.6), (0.12, 0.28, 0.5, 0.5))
STATIONS = (0.18, 0.5, 0.8)  # in parts of the railway

_one_at_a_time = Lock()

Thing = tuple[str, str, shapely.Geometry]  # kind, name, and shape in kilometres


def filled(ground: Ground) -> Ground:
    """The demonstration's store, filled: once, whoever asks for it first."""
    if ground.source == VERSION:
        return ground
    with _one_at_a_time:
        now = ground.now()
        return now if now.source == VERSION else made(now)


def made(ground: Ground) -> Ground:
    """Fill the demonstration's store anew."""
    things = gpd.GeoDataFrame(list(_things()), columns=["kind", "name", "geometry"], geometry="geometry")
    things = things.set_geometry(_degrees(things.geometry.to_numpy())).set_crs(4326).to_crs(MERCATOR)
    things = things[~things.geometry.is_empty]
    drawn = things[shapely.get_dimensions(things.geometry.to_numpy()) > 0]
    area = Area.around(_degrees(shapely.union_all([shape for _code, shape in _wards()])))
    put(ground, drawn, of_things(things), area, source=VERSION, attribution="", progress=lambda *_said: None)
    return ground.now()


def _things() -> Iterator[Thing]:
    rng = np.random.default_rng(town.SEED)
    points = _points()
    outline = shapely.union_all([shape for _code, shape in _wards()])
    estates = _estates(points)
    built = shapely.union_all([hull for _name, hull in estates]).buffer(0.25, quad_segs=4).buffer(-0.3, quad_segs=4)
    river = _curve((-65, 580.4), (-43, 581.6), 0.5, 5)
    lakes = [_ellipse(outline, *lake) for lake in LAKES]
    water = shapely.union_all([*lakes, river.buffer(0.02)])
    park = river.buffer(0.2, quad_segs=3) & outline
    yield "built", "", built - water
    yield "green", "Rivermead Park", park - water
    yield "water", "", river.buffer(0.02, quad_segs=2) & outline
    names = _names(rng)
    for lake in lakes:
        yield "green", "", lake.buffer(0.15, quad_segs=4) - water
        yield "water", f"{next(names)} Lake", lake
    for wood in WOODS:
        yield "wood", f"{next(names)} Wood", _ellipse(outline, *wood) - water - built
    for spot in points.loc[points["kind"] == "Park/Open Space", "geometry"]:
        yield "green", f"{next(names)} Park", spot.buffer(0.16, quad_segs=4) - water
    yield from (("suburb", name, hull.centroid) for name, hull in estates)
    yield from _grid(built, outline)
    yield from _lanes(built - park - water)
    yield from _streets(points, water)
    yield "path", "", _curve((-65, 580.55), (-43, 581.75), 0.5, 5) & outline
    yield from _railway(outline, names)


def _points() -> gpd.GeoDataFrame:
    """The street points of the town, in kilometres."""
    points = town.points()
    points = points[points["ward"].notna()]
    places = points[["longitude", "latitude"]].to_numpy() * town.KM_PER_DEGREE
    return gpd.GeoDataFrame(points, geometry=shapely.points(places))


def _wards() -> Iterator[tuple[str, shapely.Geometry]]:
    wards = town.wards()
    yield from zip(
        wards["code"], shapely.transform(wards.geometry.to_numpy(), lambda corners: corners * town.KM_PER_DEGREE), strict=True
    )


def _degrees(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda corners: corners / town.KM_PER_DEGREE)


def _estates(points: gpd.GeoDataFrame) -> list[tuple[str, shapely.Geometry]]:
    """Each estate's name, and the land that its streets take."""
    names = (plant + end for end in ENDS_OF_ESTATES for plant in town.PLANTS)
    streets = [group for _estate, group in points.groupby("lsoa_name")]
    hulls = [shapely.multipoints(group.geometry.to_numpy()).buffer(0.28, quad_segs=3) for group in streets]
    return list(zip(names, hulls, strict=False))


def _names(rng: np.random.Generator) -> Iterator[str]:
    """Birds, each with a plant before it: `Rowanfinch`."""
    birds = rng.permutation(town.BIRDS)
    return (f"{plant}{bird}" for plant in town.PLANTS[::-1] for bird in birds[::7])


def _grid(built: shapely.Geometry, outline: shapely.Geometry) -> Iterator[Thing]:
    """Roads along and across, bent a little, as far as the town is built; each third leads out of it."""
    west, south, east, north = built.bounds
    near = built.buffer(0.5)
    across = [_curve((x, south - 5), (x, north + 5), SWAY, 9) for x in np.arange(west + GRID / 2, east, GRID)]
    along = [_curve((west - 5, y), (east + 5, y), SWAY, 9) for y in np.arange(south + GRID / 2, north, GRID)]
    for name, (number, road) in zip(town.PLANTS, [*enumerate(across), *enumerate(along)], strict=False):
        leads_out = number % EVERY_THIRD == 1
        end = "Way" if road in along else "Street"
        yield "main" if leads_out else "through", f"{name}gate {end}", road & (outline.buffer(3) if leads_out else near)


def _lanes(built: shapely.Geometry) -> Iterator[Thing]:
    """Streets without a name, along and across, where the town is built."""
    west, south, east, north = built.bounds
    for x in np.arange(west, east, LANES):
        yield "local", "", _curve((x, south), (x + LANES, north), LANES / 5, 31) & built
    for y in np.arange(south, north, LANES):
        yield "local", "", _curve((west, y), (east, y + LANES), LANES / 5, 29) & built


def _streets(points: gpd.GeoDataFrame, water: shapely.Geometry) -> Iterator[Thing]:
    """A street through each street point, along the grid or across it, and bent a little."""
    for number, (name, spot, kind) in enumerate(zip(points["street"], points["geometry"], points["kind"], strict=True)):
        if kind == town.STREET and not water.intersects(spot):
            turn = np.pi / 2 * (number % 2) + 0.25 * np.sin(number)
            half = STREET_LENGTH / 2 * np.array([np.cos(turn), np.sin(turn)])
            middle = np.array([spot.x, spot.y])
            street = _curve(tuple(middle - half), tuple(middle + half), 0.012, 1)
            yield "local", name.removeprefix("On or near "), street - water


def _railway(outline: shapely.Geometry, names: Iterator[str]) -> Iterator[Thing]:
    west, south, east, north = outline.bounds
    line = _curve((west + 6, south - 3), (east - 7, north + 3), 0.6, 2)
    yield "rail", "", line & outline.buffer(3)
    for part in STATIONS:
        yield "station", next(names), line.interpolate(part, normalized=True)


def _curve(start: tuple[float, float], end: tuple[float, float], sway: float, waves: int) -> shapely.LineString:
    """From start to end, swaying to either side."""
    start_, end_ = np.array(start), np.array(end)
    steps = np.linspace(0, 1, 8 * waves + 1)[:, None]
    aside = np.array([end_[1] - start_[1], start_[0] - end_[0]]) / np.hypot(*(end_ - start_))
    return shapely.LineString(start_ + steps * (end_ - start_) + sway * np.sin(np.pi * waves * steps) * aside)


def _ellipse(outline: shapely.Geometry, east: float, north: float, wide: float, high: float) -> shapely.Geometry:
    """Somewhere in the town (in parts of it), so many kilometres to either side."""
    west, south, far_east, far_north = outline.bounds
    place = shapely.Point(west + east * (far_east - west), south + north * (far_north - south))
    return affinity.scale(place.buffer(1, quad_segs=8), wide, high) & outline
