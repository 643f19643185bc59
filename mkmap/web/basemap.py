"""Read the operator's own map style from its address, and hand on only what is known to be harmless."""

import json
import logging
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from ipaddress import ip_address
from threading import Lock
from typing import Any
from urllib.parse import urljoin, urlsplit

from mkmap.errors import MkmapError
from mkmap.places import download
from mkmap.settings import Settings

log = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds for one answer: the first visitors wait for it
MOST_BYTES = 5_000_000
AGAIN = 300.0  # seconds until a style that could not be read is asked for anew
MOST_SOURCES, MOST_LAYERS, DEEPEST, LONGEST = 10, 500, 12, 300
DRAWN = {
    "background": False,
    "fill": True,
    "line": True,
    "circle": True,
    "raster": True,
}  # kind of layer: whether it has a source
LARGEST = 1e15
MOST_HOSTS = 16
NUMBERS = ("minzoom", "maxzoom")
# Addresses as they may stand in a Content-Security-Policy and in an address of a tile.
_HOST = re.compile(r"[A-Za-z0-9.-]{1,100}(:\d{1,5})?")
_ADDRESS = re.compile(r"https?://[^\s\"'<>\\]+")
_NAME = re.compile(r"[A-Za-z][\w .:/-]{0,99}")  # of a source or a property: never `__proto__`
_HALF = re.compile(r"[\ud800-\udfff]")
_IS_A_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[\da-f]*)\.?", re.IGNORECASE)  # as browsers read hosts: 127.1, 0x7f.1, 2130706433
_PICTURES = re.compile(r"pattern|image")  # of a sprite, which is not taken

Ask = Callable[[str], Any]  # an address -> what its JSON says
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Basemap:
    """A style of lines, areas and pictures without names, and the hosts that its tiles come from (`https://host:port`)."""

    style: Json
    hosts: tuple[str, ...]


class Unusable(ValueError):
    """A style is not one."""


def cleaned(raw: Any, address: str, ask: Ask) -> Basemap:
    """What may be handed on of a style; names are this app's own to draw, so that none lies over another.

    `ask` gets the description of a source that names one. Raises Unusable for what is no style, and what `ask` raises.
    """
    if not isinstance(raw, Mapping) or raw.get("version") != 8 or not isinstance(raw.get("sources"), Mapping):
        raise Unusable
    given = [(name, one) for name, one in raw["sources"].items() if isinstance(one, Mapping) and _NAME.fullmatch(name)]
    sources = {name: source for name, one in given[:MOST_SOURCES] if (source := _source(one, address, ask))}
    drawn = _layers(raw.get("layers"), sources)
    if not drawn:
        raise Unusable
    hosts = {_host(tile) for source in sources.values() for tile in source["tiles"]}
    if len(hosts) > MOST_HOSTS:  # they stand in a header of every answer
        raise Unusable
    return Basemap({"version": 8, "name": "basemap", "sources": sources, "layers": drawn}, tuple(sorted(hosts)))


def _source(raw: Json, address: str, ask: Ask) -> dict[str, Any] | None:
    """A source of tiles, its description (TileJSON) put in; None for other kinds."""
    if raw.get("type") not in ("vector", "raster"):
        return None
    said = dict(raw)
    if isinstance(raw.get("url"), str):
        address = _address(raw["url"], address)
        described = ask(address)
        said = {**(described if isinstance(described, Mapping) else {}), **said}
    tiles = said.get("tiles")
    if not isinstance(tiles, list) or not all(isinstance(tile, str) for tile in tiles):
        raise Unusable
    source = {"type": raw["type"], "tiles": [_address(tile, address) for tile in tiles[:MOST_SOURCES]]}
    source |= {name: said[name] for name in (*NUMBERS, "tileSize") if _is_number(said.get(name))}
    source |= {"scheme": "tms"} if said.get("scheme") == "tms" else {}
    bounds = said.get("bounds")
    if isinstance(bounds, list) and len(bounds) == 4 and all(map(_is_number, bounds)):
        source["bounds"] = bounds
    return {**source, "attribution": text_of(str(said.get("attribution") or ""))}


def _layers(raw: Any, sources: Json) -> list[dict[str, Any]]:
    """Those that can be drawn, each id once: for one that stands twice the map library draws none."""
    given = raw[:MOST_LAYERS] if isinstance(raw, list) else []
    layers = {layer["id"]: layer for one in reversed(given) if (layer := _layer(one, sources))}
    return [*reversed(layers.values())]


def _layer(raw: Any, sources: Json) -> dict[str, Any] | None:
    if not isinstance(raw, Mapping) or raw.get("type") not in DRAWN or not _is_word(raw.get("id")):
        return None
    if DRAWN[raw["type"]] and raw.get("source") not in sources:
        return None
    names = ("id", "type", "source", "source-layer") if DRAWN[raw["type"]] else ("id", "type")
    layer: dict[str, Any] = {name: raw[name] for name in names if _is_word(raw.get(name))}
    layer |= {name: raw[name] for name in NUMBERS if _is_number(raw.get(name))}
    layer |= {"filter": raw["filter"]} if isinstance(raw.get("filter"), list) and _is_plain(raw["filter"]) else {}
    for name in ("layout", "paint"):
        if isinstance(raw.get(name), Mapping):
            layer[name] = {key: value for key, value in raw[name].items() if _is_property(key) and _is_plain(value)}
    return layer


def _is_property(key: str) -> bool:
    return bool(_NAME.fullmatch(key)) and not _PICTURES.search(key)


def _is_plain(value: Any, depth: int = 0) -> bool:
    """Whether a value is of numbers, words, lists and objects that are not too deep."""
    match value:
        case None | bool():
            return True
        case int() | float():
            return _is_number(value)
        case str():
            return _is_word(value)
        case list():
            return depth < DEEPEST and all(_is_plain(item, depth + 1) for item in value)
        case dict():
            names = all(_NAME.fullmatch(str(name)) for name in value)
            return names and depth < DEEPEST and all(_is_plain(item, depth + 1) for item in value.values())
    return False


def _is_number(value: Any) -> bool:
    """One that every reader of JSON reads alike: Python's own takes NaN and numbers of any length."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -LARGEST < value < LARGEST


def _is_word(value: Any) -> bool:
    """A text that can be written again: Python's JSON lets halves of a letter through."""
    return isinstance(value, str) and not _HALF.search(value)


def _address(text: str, base: str) -> str:
    """Raises Unusable for what is no address of the web, or leads a visitor's browser or this server into a network of theirs."""
    address = urljoin(base, text)
    host = urlsplit(address).netloc
    if not _ADDRESS.fullmatch(address) or not _HOST.fullmatch(host):
        raise Unusable
    if host != urlsplit(base).netloc and _is_inside(host.partition(":")[0]):
        raise Unusable
    return address


def _is_inside(host: str) -> bool:
    """Whether a host is of this machine or of a network that no stranger sees; a name of one label is."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return (
            "." not in host.strip(".")
            or host.lower().endswith((".localhost", ".local", ".internal"))
            or _IS_A_NUMBER.fullmatch(host) is not None
        )


def _host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(html: str) -> str:
    """What a piece of HTML says, as text: `<a href="…">OpenStreetMap</a>` → `OpenStreetMap`."""
    parser = _Text()
    parser.feed(html[: 10 * LONGEST])
    parser.close()
    return " ".join("".join(parser.parts).split())[:LONGEST]


class OwnBasemap:
    """The basemap of the settings: read before anybody comes, and anew after a while where that failed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._read: Basemap | None = None
        self._due = 0.0

    @property
    def hosts(self) -> tuple[str, ...]:
        return self._read.hosts if self._read else ()

    def get(self) -> Basemap | None:
        """None where the settings name none, and where it cannot be read."""
        if self._settings.basemap == "none" or self._settings.offline:
            return None
        with self._lock:
            if self._read is None and time.monotonic() >= self._due:
                self._read = self._asked()
                self._due = time.monotonic() + AGAIN
        return self._read

    def _asked(self) -> Basemap | None:
        with download.session(again=0) as session:

            def ask(address: str) -> Any:
                return json.loads(download.answer(session, address, params={}, deadline=PATIENCE, most=MOST_BYTES))

            try:
                return cleaned(ask(self._settings.basemap), self._settings.basemap, ask)
            except (MkmapError, ValueError, RecursionError) as error:
                log.warning("MKMAP_BASEMAP cannot be used, so it is not drawn: %s", str(error) or "it is no map style")
                return None
