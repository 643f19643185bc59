"""Answer what the map library loads under the layers: the style, and the ground's tiles."""

import gzip
from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mkmap.dataset.dataset import Dataset, shown
from mkmap.drawing.palette import DARK, DARK_PAPER, LIGHT, LIGHT_PAPER
from mkmap.errors import MkmapError
from mkmap.map import style
from mkmap.operate.clock import Clock
from mkmap.settings import settings
from mkmap.web.answers import ALWAYS_ASK, unreadable
from mkmap.web.basemap import OwnBasemap
from mkmap.web.files import FOREVER
from mkmap.words import _

ASKED = {"Cache-Control": "private, no-cache", "Vary": "Host, Referer"}  # it says where this browser is
BASEMAP = OwnBasemap(settings())
MVT = "application/vnd.mapbox-vector-tile"


def _dataset(today: date) -> Dataset:
    chosen = settings()
    return shown(chosen.home, chosen.force, today, chosen.area)


def _tile(request: Request, today: date) -> Response:
    try:
        ground = _dataset(today).ground
        at = request.path_params
        content = ground.drawn.tiles.get((at["z"], at["x"], at["y"]))
    except MkmapError as error:
        return unreadable(error)
    is_named = request.query_params.get("v") == ground.version
    headers = {"Cache-Control": FOREVER if is_named else ALWAYS_ASK, "Vary": "Accept-Encoding"}
    if content is None:
        return Response(status_code=204, headers=headers)  # a tile of which nothing is drawn is no mistake of the browser's
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(content), media_type=MVT, headers=headers)
    return Response(content, media_type=MVT, headers={**headers, "Content-Encoding": "gzip"})


def _style(request: Request, today: date) -> Response:
    try:
        basemap = BASEMAP.get()
        drawn = _written(basemap.style) if basemap else _own_style(request, today)
    except MkmapError as error:
        return unreadable(error)
    return JSONResponse(_with_places(drawn, request.query_params), headers=ASKED)


def _own_style(request: Request, today: date) -> style.Style:
    paper = DARK_PAPER if "dark" in request.query_params else LIGHT_PAPER
    return style.style(paper, _source(_dataset(today), _origin(request)))


def _with_places(drawn: style.Style, asked: Mapping[str, str]) -> style.Style:
    """With the wards and points of the month that the address names, if it names one."""
    if not {"to", "v"} <= asked.keys():
        return drawn
    of_what = urlencode({"to": asked["to"], "v": asked["v"]})
    ground = DARK if "dark" in asked else LIGHT
    return style.with_places(drawn, ground, f"/map/wards.json?{of_what}", f"/map/points.json?{of_what}")


def _source(dataset: Dataset, origin: str) -> dict | None:
    ground = dataset.ground
    if not ground.is_there:
        return None
    whose = _("Demonstration: an invented town") if dataset.is_demonstration else ground.attribution
    address = f"{origin}/tiles/{{z}}/{{x}}/{{y}}.mvt?v={ground.version}"
    return style.tiles(address, ground.bounds, escape(whose))  # the map library writes it into the page as HTML


def _written(style: Mapping[str, Any]) -> dict[str, Any]:
    """A foreign style whose attributions can stand in a page."""
    sources = {name: {**source, "attribution": escape(source["attribution"])} for name, source in style["sources"].items()}
    return {**style, "sources": sources}


def _origin(request: Request) -> str:
    """Where the browser is: the map library asks for tiles by whole addresses, and behind a proxy only the browser knows its own."""
    page = urlsplit(request.headers.get("referer", ""))
    if page.scheme in ("http", "https") and page.netloc:
        return f"{page.scheme}://{page.netloc}"
    return str(request.base_url).rstrip("/")


def routes(clock: Clock) -> list[Route]:
    async def tile(request: Request) -> Response:
        return await run_in_threadpool(_tile, request, clock.today())

    async def look(request: Request) -> Response:
        return await run_in_threadpool(_style, request, clock.today())

    return [
        Route("/tiles/{z:int}/{x:int}/{y:int}.mvt", tile, methods=["GET"]),
        Route("/map/style.json", look, methods=["GET"]),
    ]
