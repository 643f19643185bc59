"""The map library gets style, tiles and names from our own routes: cached by version, packed, with an attribution that is text."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import made_ground
import made_stores
import pytest
import requests
from made_clock import TODAY
from made_ground import geopackage, tile_at
from made_wards import middle
from servers.asgi import Client
from servers.routes import own_routes

from mkmap.map.cells import LAST_ZOOM
from mkmap.map.names import NEAREST
from mkmap.map.placed_names import ZOOMS_OF_A_TILE
from mkmap.places.ground.kinds import MAX_ZOOM, MIN_ZOOM
from mkmap.places.ground.load import load_ground
from mkmap.places.ground.store import Ground
from mkmap.settings import settings
from mkmap.view.snapshot import Snapshot
from mkmap.web.files import FOREVER


@pytest.fixture
def client(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setenv("MKMAP_HOME", str(home))
    settings.cache_clear()
    yield own_routes()
    settings.cache_clear()


@pytest.fixture
def town(home: Path) -> Path:
    return made_stores.town(home)


@pytest.fixture
def ground(town: Path, tmp_path: Path) -> Ground:
    """With an attribution that would be a script, if it were written as it is."""
    file = geopackage(
        tmp_path / "own.gpkg", {"roads": made_ground.ZOOMSTACK["roads_national"], "places": made_ground.ZOOMSTACK["names"]}
    )
    load_ground(
        town, str(file), session=requests.Session(), taken=["main=roads", "suburb=places:name1"],
        attribution="<img src=x onerror=alert(1)> & Sons", progress=lambda *_said: None,
    )  # fmt: skip
    return Ground(town)


def test_without_a_ground_there_is_paper_alone(client: Client, town: Path):
    light, dark = client.get("/map/style.json").json(), client.get("/map/style.json?dark=1").json()
    assert (light["sources"], [layer["id"] for layer in light["layers"]]) == ({}, ["paper"])
    assert light["layers"] != dark["layers"]


def test_the_wards_and_points_of_the_month_lie_on_the_ground_from_afar_and_near(client: Client, town: Path):
    drawn = client.get("/map/style.json?to=2025-01&v=a%26b").json()
    assert [drawn["sources"][name]["data"] for name in ("wards", "points")] == [
        f"/map/{name}.json?to=2025-01&v=a%26b" for name in ("wards", "points")
    ]
    assert [(layer["id"], layer.get("minzoom", 0)) for layer in drawn["layers"]] == [
        ("paper", 0),
        ("points", 12.5),
        ("wards", 0),
    ]


def test_the_style_names_our_tiles_where_the_browser_is(client: Client, ground: Ground):
    source = client.get("/map/style.json", headers={"referer": "https://map.example/about?x=1"}).json()["sources"]["ground"]
    assert source["tiles"] == [f"https://map.example/tiles/{{z}}/{{x}}/{{y}}.mvt?v={ground.version}"]
    assert (source["minzoom"], source["maxzoom"]) == (MIN_ZOOM, MAX_ZOOM)
    assert source["attribution"] == "&lt;img src=x onerror=alert(1)&gt; &amp; Sons"
    here = client.get("/map/style.json", headers={"referer": "javascript:alert(1)"}).json()["sources"]["ground"]["tiles"][0]
    assert here.startswith("http://")


def test_a_tile_is_packed_and_kept_by_its_version(client: Client, ground: Ground):
    zoom, x, y = tile_at(*middle(1), MAX_ZOOM)
    path = f"/tiles/{zoom}/{x}/{y}.mvt"
    named = client.get(f"{path}?v={ground.version}", headers={"accept-encoding": "gzip, br"})
    assert (named.status_code, named.headers["content-encoding"], named.headers["cache-control"]) == (200, "gzip", FOREVER)
    assert client.get(path).headers["cache-control"] == "no-cache"
    plain = client.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == gzip.decompress(ground.drawn.tiles[zoom, x, y])


@pytest.mark.parametrize("path", ["/tiles/13/0/0.mvt", "/tiles/99/0/0.mvt"])
def test_where_nothing_is_drawn_the_tile_is_empty(client: Client, ground: Ground, path: str):
    assert (client.get(path).status_code, client.get(path).content) == (204, b"")


def test_a_damaged_ground_is_503_in_words(client: Client, ground: Ground, town: Path):
    (file,) = (town / "ground").glob("*.pmtiles")
    file.write_bytes(b"PMTiles\x03 and nothing else")
    answer = client.get("/tiles/13/0/0.mvt")
    assert answer.status_code == 503
    assert "cannot be read at the moment" in answer.text


def names_of(client: Client, zoom: int, whose: str) -> dict[str, str]:
    """What the tiles over the wards name, and what it is."""
    tiles = {tile_at(*middle(column), zoom - ZOOMS_OF_A_TILE) for column in range(3)}
    answers = [client.get(f"/map/{whose}-names/{z}/{x}/{y}.json").json() for z, x, y in tiles]
    features = [feature["properties"] for answer in answers for feature in answer["features"]]
    assert len({feature["n"] for feature in features}) == len(features), "each stands in one tile"
    return {feature["n"].replace("\n", " "): feature["k"] for feature in features}


def test_names_come_by_zoom(client: Client, ground: Ground):
    wards = dict.fromkeys(made_stores.NAMES, "ward")
    assert names_of(client, LAST_ZOOM + 1, "place") == {**wards, "Fishermead": "suburb"}, "the road lies under a ward's name"
    assert names_of(client, LAST_ZOOM + 1, "ward") == {}, "nothing covers those that stand below the marks"
    streets = {"High Street": "street", "Church Lane": "street", "Mill Road": "street"}
    assert streets.items() <= names_of(client, NEAREST, "place").items(), "the ground has no streets: the police's points do"
    assert names_of(client, NEAREST + 1, "place") == {}


def test_where_there_are_cells_the_wards_names_are_above_them(client: Client, home: Path):
    made_ground.add_town(home, -0.9, 51.95, -0.6, 52.15)
    made_stores.add_crimes(home)
    zoom, x, y = tile_at(-0.75, 52.05, 10 - ZOOMS_OF_A_TILE)
    (name,) = client.get(f"/map/ward-names/{zoom}/{x}/{y}.json").json()["features"]
    assert (name["properties"]["n"], name["properties"]["k"]) == ("Town", "ward")
    assert 500 < name["properties"]["s"] < 1_500, "metres"
    assert client.get(f"/map/place-names/{zoom}/{x}/{y}.json").json()["features"] == []


def test_names_are_kept_by_their_version(client: Client, town: Path):
    version = Snapshot.now(settings(), TODAY).version
    zoom, x, y = tile_at(*middle(1), 12)
    assert client.get(f"/map/ward-names/{zoom}/{x}/{y}.json?v={version}").headers["cache-control"] == FOREVER
    assert client.get(f"/map/ward-names/{zoom}/{x}/{y}.json?v=another").headers["cache-control"] == "no-cache"
