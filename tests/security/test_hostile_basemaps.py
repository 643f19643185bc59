"""MKMAP_BASEMAP's answer is a stranger's: read and cleaned on the server, never handed on, and without it the map is there too."""

import json
from collections.abc import Iterator
from typing import Any

import made_stores
import pytest
from made_clock import clock
from servers.asgi import Client
from servers.ons import Portal, send, serving
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from mkmap.settings import Settings, settings
from mkmap.web import basemap, tiles
from mkmap.web.basemap import OwnBasemap, Unusable, cleaned, text_of
from mkmap.web.server import SecurityHeaders

TILES = "https://tiles.example.org/{z}/{x}/{y}.pbf"
STYLE = {
    "version": 8,
    "name": "<script>alert(1)</script>",
    "glyphs": "https://fonts.example.org/{fontstack}/{range}.pbf",
    "sprite": "https://sprites.example.org/sprite",
    "metadata": {"x": "<script>"},
    "sources": {
        "streets": {"type": "vector", "tiles": [TILES], "maxzoom": 14, "attribution": '<img src=x onerror="alert(1)">© <b>Some & others</b>'},
        "pictures": {"type": "raster", "url": "described.json"},
        "lies": {"type": "geojson", "data": "https://spy.example.org/x.json"},
        "film": {"type": "video", "urls": ["https://spy.example.org/x.mp4"]},
    },
    "layers": [
        {"id": "paper", "type": "background", "paint": {"background-color": "#eee", "background-pattern": "x"}},
        {"id": "roads", "type": "line", "source": "streets", "source-layer": "roads", "onclick": "alert(1)", "filter": ["==", "a", 1],
         "paint": {"line-color": ["match", ["get", "kind"], "x", "#fff", "#000"]}},
        {"id": "photo", "type": "raster", "source": "pictures"},
        {"id": "names", "type": "symbol", "source": "streets", "layout": {"text-field": "{name}"}},
        {"id": "spy", "type": "fill", "source": "lies"},
        {"id": "nothing"}, "a word", None,
    ],
}  # fmt: skip
DESCRIBED = {"tiles": ["https://pictures.example.org/{z}/{x}/{y}.png"], "attribution": "A painter", "tileSize": 256}


@pytest.fixture
def portal() -> Iterator[Portal]:
    with serving(Portal([{"properties": {}}])) as portal:
        portal.files = {"/style.json": json.dumps(STYLE).encode(), "/described.json": json.dumps(DESCRIBED).encode()}
        yield portal


def own(address: str, **more: Any) -> OwnBasemap:
    return OwnBasemap(Settings(basemap=address, **more))


def test_only_what_is_known_is_handed_on(portal: Portal):
    read = own(f"{portal.address}/style.json").get()
    assert read is not None
    assert [layer["id"] for layer in read.style["layers"]] == ["paper", "roads", "photo"]
    assert set(read.style["sources"]) == {"streets", "pictures"}
    assert read.style["sources"]["pictures"]["tileSize"] == 256
    assert read.hosts == ("https://pictures.example.org", "https://tiles.example.org")
    whole = json.dumps(read.style)
    assert not [word for word in ("script", "onclick", "pattern", "spy", "fonts", "sprites", "<") if word in whole]
    assert read.style["layers"][1]["paint"] == STYLE["layers"][1]["paint"]


def test_attributions_are_text(portal: Portal, monkeypatch: pytest.MonkeyPatch, home):
    made_stores.town(home)
    monkeypatch.setenv("MKMAP_HOME", str(home))
    settings.cache_clear()
    monkeypatch.setattr(tiles, "BASEMAP", own(f"{portal.address}/style.json"))
    client = Client(Starlette(routes=tiles.routes(clock())))
    sources = client.get("/map/style.json").json()["sources"]
    assert {name: source["attribution"] for name, source in sources.items()} == {
        "streets": "© Some &amp; others", "pictures": "A painter",
    }  # fmt: skip


def test_the_policy_lets_its_tiles_in_and_no_more(portal: Portal):
    read = own(f"{portal.address}/style.json")
    app = SecurityHeaders(Starlette(routes=[Route("/", lambda _request: PlainTextResponse("x"))]), basemap=read)
    assert "http" not in Client(app).get("/").headers["content-security-policy"]
    read.get()
    parts = (part.split() for part in Client(app).get("/").headers["content-security-policy"].split(";"))
    foreign = {name: [value for value in values if "http" in value] for name, *values in parts}
    hosts = ["https://pictures.example.org", "https://tiles.example.org"]
    assert {name: values for name, values in foreign.items() if values} == {"img-src": hosts, "connect-src": hosts}


@pytest.mark.parametrize(
    "answer",
    [b"", b"no JSON", b"[]", b"{}", b'{"version": 8}', b"[" * 100_000, json.dumps({**STYLE, "layers": "x"}).encode(),
     json.dumps({**STYLE, "sources": {"a": {"type": "vector", "url": "https://127.0.0.1:1/x"}}}).encode()],
)  # fmt: skip
def test_what_is_no_style_leaves_the_map_without_one(portal: Portal, answer: bytes):
    portal.files["/style.json"] = answer
    read = own(f"{portal.address}/style.json")
    assert read.get() is None
    assert read.get() is None
    assert len([path for path, _params in portal.asked if path == "/style.json"]) == 1, "not asked anew by each visitor"


def test_too_large_an_answer_is_not_read_to_its_end(portal: Portal, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(basemap, "MOST_BYTES", 1_000)
    portal.instead["file"] = send(200, b" " * 100_000)
    assert own(f"{portal.address}/style.json").get() is None


def test_without_a_way_out_nobody_is_asked(portal: Portal):
    assert own(f"{portal.address}/style.json", offline=True).get() is None
    assert own("none").get() is None
    assert portal.asked == []


@pytest.mark.parametrize(
    "tile",
    ["javascript:alert(1)", "ftp://x.org/{z}", "https://a.org; script-src *", "https://a.org/' x", "https://user:pw@a.org/{z}", "mapbox://x", 7,
     "http://localhost/{z}", "https://192.168.0.1/{z}", "http://127.1/{z}", "http://2130706433/{z}", "http://0x7f.0.0.1/{z}", "http://router/{z}",
     "http://169.254.169.254/{z}", "https://[::1]/{z}", "https://printer.local/{z}"],
)  # fmt: skip
def test_an_address_that_is_none_of_the_web_is_refused(tile: object):
    sources = {"a": {"type": "vector", "tiles": [tile]}}
    with pytest.raises(Unusable):
        cleaned({**STYLE, "sources": sources}, "https://style.example.org/", lambda _address: {})


def test_text_of_html():
    assert text_of('<a href="https://x">Open<b>Street</b>Map</a>  &copy; us') == "OpenStreetMap © us"
    assert "<" not in text_of("<script>alert(1)</script <b>x")


def test_its_own_host_may_be_of_the_same_network():
    sources = {"streets": {"type": "vector", "tiles": ["{z}/{x}/{y}"]}}
    read = cleaned({**STYLE, "sources": sources}, "http://10.0.0.5:8080/style.json", lambda _address: {})
    assert read.hosts == ("http://10.0.0.5:8080",)


def test_what_one_reader_of_json_takes_and_another_does_not_is_left_out():
    text = (
        '{"version": 8, "sources": {"__proto__": {"type": "vector", "tiles": ["https://a.org/1"]},'
        ' "a": {"type": "vector", "tiles": ["https://a.org/2"], "minzoom": NaN, "maxzoom": 1e999, "bounds": [0, 0, 1, Infinity]}},'
        ' "layers": [{"id": "x", "type": "line", "source": "a", "source-layer": "\\ud800", "minzoom": -Infinity, "filter": ["==", NaN, 1],'
        ' "paint": {"line-width": NaN, "line-color": "\\ud800", "line-gap-width": {"__proto__": 1}, "__proto__": 1, "line-blur": 1'
        + "0" * 400
        + '}}, {"id": "x", "type": "line", "source": "a"}, {"id": "\\ud800", "type": "background"}]}'
    )
    style = cleaned(json.loads(text), "https://style.example.org/", lambda _address: {}).style
    assert style["sources"] == {"a": {"type": "vector", "tiles": ["https://a.org/2"], "attribution": ""}}
    assert style["layers"] == [{"id": "x", "type": "line", "source": "a", "paint": {}}]
