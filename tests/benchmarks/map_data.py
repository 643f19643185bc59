"""Ask for the map's data as a browser does: what its layers name, of tiles those in view, and nothing twice."""

import json
import math
from collections.abc import Iterable, Iterator
from contextlib import closing
from http.client import HTTPConnection

from mkmap.map.mercator import TILE, pixels

SIZE = (695, 530)  # pixels of the map in a window of 1366 by 768


def addresses(deck: str) -> list[str]:
    """What a map (its JSON) asks for when it opens."""
    described = json.loads(deck)
    named = [layer for layer in described["layers"] if isinstance(layer.get("data"), str)]
    return list(dict.fromkeys(address for layer in named for address in _of(layer, described["initialViewState"])))


def _of(layer: dict, view: dict) -> Iterator[str]:
    address = layer["data"]
    if "{z}" not in address:
        yield address
        return
    deeper = math.log2(TILE / layer.get("tileSize", TILE))
    number = math.floor(view["zoom"] + deeper + 0.5)  # as deck.gl rounds
    if number < layer.get("minZoom", 0):
        return
    number = min(number, layer.get("maxZoom", number))
    for x, y in _in_view(view, number):
        yield address.replace("{z}", str(number)).replace("{x}", str(x)).replace("{y}", str(y))


def _in_view(view: dict, number: int) -> Iterator[tuple[int, int]]:
    """Columns and rows of the tiles of a number that the map shows."""
    middle = pixels((view["longitude"], view["latitude"]), 0) / TILE + 0.5
    half = [length / 2 / (TILE * 2 ** view["zoom"]) for length in SIZE]
    columns, rows = (
        range(math.floor((there - reach) * 2**number), math.floor((there + reach) * 2**number) + 1)
        for there, reach in zip(middle.tolist(), half, strict=True)
    )
    yield from ((x, y) for x in columns for y in rows)


class MapData:
    """What one browser has."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.has: set[str] = set()

    def load(self, deck: str) -> None:
        missing = [address for address in addresses(deck) if address not in self.has]
        if missing:
            load(self._port, missing)
            self.has.update(missing)


def load(port: int, paths: Iterable[str]) -> None:
    """One after the other, over one connection."""
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        for path in paths:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
