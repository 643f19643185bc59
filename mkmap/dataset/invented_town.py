"""Invent the demonstration's town: the real ward names of Milton Keynes on schematic areas, with street points in them.

No boundary is copied: an area is all that lies nearer to its ward's rough centre than to any other, up to a rounded outline.
Streets, points and households are invented, and the same on every machine.
"""

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    import geopandas as gpd

SEED = 1967  # the year in which Milton Keynes was designated; any fixed number would do
HOUSEHOLDS_YEAR = 2021  # a rate names the year of its households, invented ones too

CENTRAL = "Central Milton Keynes"  # the one ward that has a city's shops and a night life

# Longitude and latitude to two decimals, about a kilometre, moved a little where wards would crowd each other;
# households in hundreds, invented.
WARDS = {
    "Bletchley East": (-0.71, 51.99, 68),
    "Bletchley Park": (-0.74, 52.00, 59),
    "Bletchley West": (-0.77, 51.98, 61),
    "Bradwell": (-0.80, 52.05, 56),
    "Broughton": (-0.70, 52.06, 66),
    "Campbell Park & Old Woughton": (-0.73, 52.04, 70),
    CENTRAL: (-0.76, 52.04, 64),
    "Danesborough & Walton": (-0.66, 52.01, 62),
    "Loughton & Shenley": (-0.79, 52.03, 63),
    "Monkston": (-0.70, 52.02, 51),
    "Newport Pagnell North & Hanslope": (-0.79, 52.12, 47),
    "Newport Pagnell South": (-0.73, 52.08, 48),
    "Olney": (-0.69, 52.14, 54),
    "Shenley Brook End": (-0.78, 52.01, 52),
    "Stantonbury": (-0.77, 52.07, 60),
    "Stony Stratford": (-0.86, 52.05, 59),
    "Tattenhoe": (-0.82, 52.00, 43),
    "Wolverton": (-0.82, 52.07, 65),
    "Woughton & Fishermead": (-0.74, 52.02, 67),
}

KM_PER_DEGREE = np.array([68.4, 111.2])  # of longitude and of latitude, at 52° north
COUNTRYSIDE = 2.5  # km from the outermost centres to the outline: the wards at the edge are the large rural ones
POINTS = 1_500
OUTSIDE = 12  # points beyond the outline, as police.uk has where a crime was moved over the border
ESTATES = 8  # settlements in a ward; points scatter about them instead of evenly
ESTATE_SIZE = 0.007  # degrees
CLEAR_OF_BORDERS = 0.001  # degrees: rounding must not carry a point into the next ward
BEYOND = (0.003, 0.012)  # degrees from the outline: near enough to lie within the mile that is fetched around the area

STREET = "Street"
# police.uk's words for public places: how many a ward has, and how many the ward in the centre
PUBLIC_PLACES = {
    "Supermarket": (1, 3),
    "Shopping Area": (1, 6),
    "Petrol Station": (1, 1),
    "Parking Area": (2, 6),
    "Park/Open Space": (2, 2),
    "Sports/Recreation Area": (1, 1),
    "Nightclub": (0, 2),
    "Bus/Coach Station": (0, 1),
}
# A plant and a bird make a street, `Rowanfinch Close`: plausible on a map, and no street of the real town,
# so that no invented crime is told of a street where somebody lives.
PLANTS = [
    "Alder", "Ash", "Aspen", "Beech", "Birch", "Bracken", "Bramble", "Briar", "Burnet", "Campion", "Cedar", "Cherry",
    "Clover", "Comfrey", "Cowslip", "Elder", "Elm", "Fern", "Gorse", "Hazel", "Heather", "Holly", "Ivy", "Juniper",
    "Larch", "Laurel", "Lilac", "Lime", "Linden", "Mallow", "Maple", "Medlar", "Myrtle", "Oak", "Plum", "Poplar",
    "Quince", "Reed", "Rowan", "Rush", "Sedge", "Sorrel", "Tansy", "Teasel", "Thyme", "Vetch", "Willow", "Yarrow",
]  # fmt: skip
BIRDS = [
    "avocet", "bittern", "bunting", "crane", "curlew", "dipper", "dove", "dunlin", "egret", "finch", "garganey",
    "grebe", "harrier", "heron", "jay", "kestrel", "kite", "lapwing", "lark", "linnet", "martin", "merlin", "nightjar",
    "osprey", "owl", "pipit", "plover", "redstart", "robin", "siskin", "snipe", "starling", "swallow", "swift", "teal",
    "tern", "thrush", "wagtail", "warbler", "wren",
]  # fmt: skip
ENDINGS = ["Avenue", "Close", "Court", "Drive", "Gardens", "Grove", "Lane", "Mews", "Place", "Rise", "Road", "Way"]


def code(name: str) -> str:
    """A ward's code in the demonstration.

    Not its ONS code: no file, link or join may take invented numbers for the real ward's.
    Links by name work in both; a link by code from the demonstration finds nothing in real data, and the page says so.
    """
    return f"DEMO{list(WARDS).index(name) + 1:04d}"


def wards() -> "gpd.GeoDataFrame":
    """The 19 wards of 2014–2026 by name, on schematic areas: `code`, `name`, `geometry` (EPSG:4326), sorted by name."""
    import geopandas as gpd  # slow to import, and the crimes of the demonstration need only the points

    return gpd.GeoDataFrame({"code": [code(name) for name in WARDS], "name": list(WARDS)}, geometry=_areas(), crs="EPSG:4326")


def households() -> dict[str, int]:
    """Invented households of each ward by code, as of `HOUSEHOLDS_YEAR`."""
    return {code(name): hundreds * 100 for name, (*_centre, hundreds) in WARDS.items()}


def points() -> pd.DataFrame:
    """The invented street points, `POINTS` rows, each at a place of its own.

    `longitude`, `latitude` (degrees, six decimals as on police.uk), `street` ("On or near …"), `kind` (`STREET` or one
    of `PUBLIC_PLACES`), `ward` (code) and `lsoa_name`; the last two are missing for the points outside every ward.
    """
    rng = np.random.default_rng(SEED)
    areas = _areas()
    kinds = _kinds()
    placed = [
        _scatter(rng, area, name, number, kinds[name]) for number, (name, area) in enumerate(zip(WARDS, areas, strict=True), 1)
    ]
    frame = pd.concat([*placed, _beyond(rng, shapely.union_all(areas))], ignore_index=True)
    names = frame["kind"].where(frame["kind"] != STREET, _streets(rng, len(frame)))
    return frame.assign(street="On or near " + names)


def _areas() -> np.ndarray:
    """A polygon for each ward: cells of a Voronoi diagram, cut off at the rounded outline of all centres."""
    centres = shapely.multipoints(np.array([centre for *centre, _households in WARDS.values()]) * KM_PER_DEGREE)
    outline = centres.convex_hull.buffer(COUNTRYSIDE)
    cells = shapely.get_parts(shapely.voronoi_polygons(centres, extend_to=outline, ordered=True))
    areas: np.ndarray = shapely.transform(
        shapely.intersection(cells, outline), lambda corners: np.round(corners / KM_PER_DEGREE, 5)
    )
    return areas


def _kinds() -> dict[str, list[str]]:
    """What stands at each point of each ward: the public places first, then as many streets as its households ask for."""
    upto = np.cumsum([hundreds for *_centre, hundreds in WARDS.values()])
    counts = np.diff(np.round(upto / upto[-1] * (POINTS - OUTSIDE)).astype(int), prepend=0)
    kinds = {}
    for name, count in zip(WARDS, counts, strict=True):
        public = [
            kind for kind, (usual, central) in PUBLIC_PLACES.items() for _each in range(central if name == CENTRAL else usual)
        ]
        kinds[name] = public + [STREET] * (count - len(public))
    return kinds


def _scatter(rng: np.random.Generator, area: shapely.Polygon, name: str, number: int, kinds: list[str]) -> pd.DataFrame:
    """Points of one ward, near its estates.

    LSOA names begin at 901, where Milton Keynes has none: the district can be read, and no real area can be meant.
    """
    inside = shapely.buffer(area, -CLEAR_OF_BORDERS)
    estates = _within(inside, _anywhere(rng, inside, 50 * ESTATES))[:ESTATES]
    order = rng.permutation(np.arange(16 * len(kinds)) % ESTATES)
    near = estates[order] + rng.normal(0, ESTATE_SIZE, (len(order), 2))
    kept = np.flatnonzero(shapely.contains_xy(inside, near))[: len(kinds)]
    frame = _frame(near[kept], kinds).assign(ward=code(name))
    return frame.assign(lsoa_name=[f"Milton Keynes {900 + number}{'ABCDEFGH'[estate]}" for estate in order[kept]])


def _beyond(rng: np.random.Generator, town: shapely.Polygon) -> pd.DataFrame:
    """The points that lie near the town, but in none of its wards."""
    near, far = BEYOND
    belt = town.buffer(far) - town.buffer(near)
    chosen = _within(belt, _anywhere(rng, belt, 50 * OUTSIDE))[:OUTSIDE]
    return _frame(chosen, [STREET] * OUTSIDE).assign(ward=None, lsoa_name=None)


def _frame(places: np.ndarray, kinds: list[str]) -> pd.DataFrame:
    longitude, latitude = np.round(places, 6).T
    return pd.DataFrame({"longitude": longitude, "latitude": latitude, "kind": kinds})


def _anywhere(rng: np.random.Generator, area: shapely.Geometry, count: int) -> np.ndarray:
    west, south, east, north = area.bounds
    return rng.uniform((west, south), (east, north), (count, 2))


def _within(area: shapely.Geometry, places: np.ndarray) -> np.ndarray:
    inside: np.ndarray = places[shapely.contains_xy(area, places)]
    return inside


def _streets(rng: np.random.Generator, count: int) -> np.ndarray:
    """Invented street names, no two alike."""
    names = np.array([plant + bird for plant, bird in product(PLANTS, BIRDS)])
    streets: np.ndarray = rng.choice(names, count, replace=False) + " " + rng.choice(ENDINGS, count)
    return streets
