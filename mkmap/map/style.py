"""Draw what lies under the marks: a ground of muted greys on which every mark keeps its contrast, wards' borders, map points."""

from collections.abc import Mapping, Sequence
from typing import Any

from mkmap.drawing.palette import Colour, Ground, Paper, css
from mkmap.map.cells import LAST_ZOOM
from mkmap.places.ground.kinds import LINES, MAX_ZOOM, MIN_ZOOM

Layer = dict[str, Any]
# Pixels at zooms 10, 14 and 18.
WIDTHS = {
    "main": (1.2, 5, 22),
    "through": (0.8, 3.5, 18),
    "local": (0.3, 1.6, 12),
    "path": (0.2, 0.7, 2),
    "rail": (0.6, 1.4, 3),
    "stream": (0.5, 1.2, 5),
}
CASED = ("local", "through", "main")  # a rim of this many pixels on either side, under all of them: crossings stay open
RIM = 0.7
BORDER, POINT = 1.2, 2.2  # pixels: the width of a line, the radius of a dot


Style = dict[str, Any]


def style(paper: Paper, source: Mapping[str, Any] | None) -> Style:
    """A ground; `source`: our tiles, None where there are none."""
    layers = [{"id": "paper", "type": "background", "paint": {"background-color": css(paper.paper)}}]
    layers += _layers(paper) if source else []
    return {"version": 8, "name": "mkmap", "sources": {"ground": source} if source else {}, "layers": layers}


def with_places(ground_style: Mapping[str, Any], ground: Ground, wards: str, points: str) -> Style:
    """A style with wards and map points, which the addresses of their GeoJSON name, on top.

    The map library draws thousands of them for what the layers above it take for a dozen.
    """
    sources = {"wards": {"type": "geojson", "data": wards}, "points": {"type": "geojson", "data": points}}
    layers = [
        {"id": "points", "type": "circle", "source": "points", "minzoom": LAST_ZOOM + 0.5,
         "paint": {"circle-radius": POINT, "circle-color": css(ground.street)}},
        {"id": "wards", "type": "line", "source": "wards",
         "paint": {"line-color": css(ground.outline), "line-width": BORDER}},
    ]  # fmt: skip
    return {**ground_style, "sources": {**ground_style["sources"], **sources}, "layers": [*ground_style["layers"], *layers]}


def tiles(address: str, bounds: Sequence[float], attribution: str) -> dict[str, Any]:
    """A source of our tiles; `attribution`: HTML, as the map library puts it into the page."""
    return {
        "type": "vector", "tiles": [address], "minzoom": MIN_ZOOM, "maxzoom": MAX_ZOOM, "bounds": list(bounds), "attribution": attribution,
    }  # fmt: skip


def _layers(paper: Paper) -> list[Layer]:
    return [
        *(_area(kind, getattr(paper, kind)) for kind in ("built", "green", "wood", "water")),
        _line("stream", paper.water),
        _line("path", paper.path),
        *(_line(kind, getattr(paper, kind)[1], RIM) for kind in CASED),
        *(_line(kind, getattr(paper, kind)[0]) for kind in CASED),
        _line("rail", paper.rail),
    ]


def _area(kind: str, colour: Colour) -> Layer:
    return {"id": kind, "type": "fill", "source": "ground", "source-layer": kind, "paint": {"fill-color": css(colour)}}


def _line(kind: str, colour: Colour, rim: float = 0.0) -> Layer:
    assert kind in LINES
    far, middle, near = (width + 2 * rim for width in WIDTHS[kind])
    width = ["interpolate", ["exponential", 1.6], ["zoom"], 10, far, 14, middle, 18, near]
    return {
        "id": f"{kind}-rim" if rim else kind,
        "type": "line",
        "source": "ground",
        "source-layer": kind,
        "layout": {"line-cap": "round", "line-join": "round"},
        "paint": {"line-color": css(colour), "line-width": width},
    }
