"""Names as they are drawn: each kind is there, none lies over another, and a ward's lies in its ward. The pixels say so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import made_stores
import numpy as np
import pytest
import requests
import shapely
from browser_screen import settled
from made_ground import geopackage, road
from made_wards import SOUTH, STEP, WEST, square
from PIL import ImageChops
from playwright.sync_api import Page
from servers.app import Served

from mkmap.dataset import invented_town
from mkmap.map.mercator import fitting_zoom, metres_of_a_pixel, pixels
from mkmap.map.names import LARGEST, WARD
from mkmap.map.room import lines_of
from mkmap.places.ground.load import load_ground
from mkmap.ui.map.canvas import COOKIE
from mkmap.ui.map.decks import MARGIN

CANVAS = (640, 400)  # pixels: what the server is told that the map is large
WINDOW = {"width": 1366, "height": 768}  # in which the map is larger than that
ASIDE = 4  # pixels: what a letter may reach beyond its box
EMPTY = '{"type":"FeatureCollection","features":[]}'


@dataclass(frozen=True)
class Drawn:
    """What two pictures of a map differ in, with and without names; and the names that were loaded."""

    changed: np.ndarray
    names: list[dict]
    bounds: tuple[float, float, float, float]

    @property
    def zoom(self) -> float:
        return fitting_zoom(self.bounds, *(round(MARGIN * size) for size in CANVAS))

    def at(self, place: tuple[float, float]) -> np.ndarray:
        """Where a place stands in the pictures."""
        west, south, east, north = self.bounds
        middle = round((west + east) / 2, 5), round((south + north) / 2, 5)
        high, wide = self.changed.shape
        return pixels(place, self.zoom) - pixels(middle, self.zoom) + (wide / 2, high / 2)

    def box(self, name: dict) -> shapely.MultiPolygon:
        """What its lines cover."""
        said, place = name["properties"], name["geometry"]["coordinates"]
        size = min(LARGEST, said["s"] / metres_of_a_pixel(place[1], self.zoom))
        at = np.tile(self.at(place), 2)
        return shapely.MultiPolygon([shapely.box(*(line + at)) for line in lines_of(said["n"], size)])

    def boxes(self) -> Iterator[tuple[dict, shapely.MultiPolygon]]:
        """Of the names that are wholly in the picture."""
        picture = shapely.box(0, 0, *self.changed.shape[::-1])
        for name in self.names:
            if picture.contains(box := self.box(name)):
                yield name["properties"], box


def drawn(page: Page, address: str, bounds: tuple[float, float, float, float]) -> Drawn:
    """The map of an address without its names, and then with them."""
    at_map = "**/map/*-names/**"
    page.route(at_map, lambda route: route.fulfill(body=EMPTY, content_type="application/json"))
    without = _picture(page, address)
    page.unroute(at_map)
    answers: list = []
    page.on("response", lambda response: answers.append(response) if "-names/" in response.url else None)
    difference = ImageChops.difference(without, _picture(page, address))
    names = [feature for answer in answers for feature in answer.json()["features"]]
    return Drawn(np.asarray(difference).max(axis=2) > 8, names, bounds)


def _picture(page: Page, address: str):
    page.context.add_cookies([{"name": COOKIE, "value": "x".join(map(str, CANVAS)), "url": address}])
    page.goto(address)
    return settled(page)


def look_at_each(seen: Drawn, wards: dict[str, shapely.Geometry]) -> set[str]:
    """Hold what a name must be, for each that is in the picture; gives their kinds."""
    allowed = np.zeros_like(seen.changed)
    kinds, covered = set(), []
    for name in seen.names:
        west, north, east, south = (round(edge) for edge in seen.box(name).buffer(ASIDE).bounds)
        allowed[max(north, 0) : max(south, 0), max(west, 0) : max(east, 0)] = True
    for said, box in seen.boxes():
        west, north, east, south = map(int, box.bounds)
        assert seen.changed[north:south, west:east].mean() > 0.1, f"{said} is there"
        assert not [other for other in covered if box.intersects(other)], f"{said} lies over another"
        covered.append(box)
        kinds.add(said["k"])
        if said["k"] == WARD:
            ward = shapely.transform(
                wards[said["n"].replace("\n", " ")], lambda corners: np.array([seen.at(one) for one in corners])
            )
            assert ward.buffer(1).contains(box), f"{said} leaves its ward"
    assert (seen.changed & ~allowed).sum() <= 0.01 * seen.changed.sum(), "nothing is drawn beside the names' boxes"
    return kinds


@pytest.fixture(scope="module")
def town(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Three wards with a ground of every kind of names, each with room."""
    home = made_stores.town(tmp_path_factory.mktemp("town"))
    places = {
        kind: [(shapely.Point(WEST + (at % 3 + 0.5) * STEP, SOUTH + (0.001 if at < 3 else 0.0085)), {"name": f"The {kind}"})]
        for at, kind in enumerate(("suburb", "station", "park", "lake", "village", "town"))
    }
    layers = {
        **places,
        "main": [(road(0.0025), {"name": "Grid Way"})],
        "local": [(road(-0.002), {"name": "Elm Close"})],
    }
    taken = [f"{kind}={kind}" for kind in layers]
    file = geopackage(tmp_path_factory.mktemp("given") / "own.gpkg", layers)
    load_ground(home, str(file), session=requests.Session(), taken=taken, attribution="Made", progress=lambda *_said: None)
    return serve(home)


def test_near_by_every_kind_has_room(town: Served, opened):
    seen = drawn(
        opened(f"{town.address}/healthz", viewport=WINDOW),
        f"{town.address}/?from=2025-01&to=2025-01",
        square(0, width=3 * STEP).bounds,
    )
    wards = {name: square(at) for at, name in enumerate(made_stores.NAMES)}
    assert look_at_each(seen, wards) == {WARD, "suburb", "village", "town", "station", "park", "lake", "main road", "street"}


@pytest.mark.slow
def test_from_afar_wards_names_lie_in_their_wards(serve, with_demonstration: Path, opened):
    app = serve(with_demonstration)
    frame = invented_town.wards()
    seen = drawn(opened(f"{app.address}/healthz", viewport=WINDOW), app.address, tuple(frame.total_bounds))
    assert look_at_each(seen, dict(zip(frame["name"], frame.geometry, strict=True))) == {WARD, "station"}
