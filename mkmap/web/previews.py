"""Answer programs that read HTML alone, such as social networks: what a page says, in the head of Streamlit's own page, and a picture."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit
from anyio import CapacityLimiter, fail_after, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.errors import MkmapError
from mkmap.evidence.claims import claim as claims
from mkmap.filters import PARAMETERS
from mkmap.settings import PROJECT, settings
from mkmap.ui.meeting import slides
from mkmap.view import sentences
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View
from mkmap.web.preview_picture import HEIGHT, WIDTH, picture
from mkmap.words import _

PICTURE = "/share/preview.png"
WITHOUT_FILTERS = ("/report", "/about", "/moderation")
INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
ALWAYS_ASK = "no-cache"
A_DAY = "public, max-age=86400"
PATIENCE = 10  # seconds that a picture may wait for others to be drawn

log = logging.getLogger(__name__)
PAGES = {"/" if file.stem == "map" else f"/{file.stem}" for file in (PROJECT / "pages").glob("*.py")}


@dataclass(frozen=True)
class Preview:
    """What is told of a page; `query` is what its address asked for, empty where it asked for nothing."""

    title: str
    text: str
    path: str
    query: str
    picture: str  # the query of its picture

    def head(self, base: str) -> str:
        """The page's title and what networks read, as HTML."""
        tags = (f'<meta {kind}="{escape(name)}" content="{escape(text)}" />' for kind, name, text in self._tags(base))
        return "\n    ".join([f"<title>{escape(self.title)}</title>", *tags])

    def _tags(self, base: str) -> Iterator[tuple[str, str, str]]:
        yield "name", "description", self.text
        yield "name", "twitter:card", "summary_large_image"
        yield "property", "og:type", "website"
        yield "property", "og:locale", "en_GB"
        yield "property", "og:site_name", _("Crime map of {area}").format(area=settings().area_name)
        yield "property", "og:title", self.title
        yield "property", "og:description", self.text
        yield "property", "og:url", f"{base}{self.path}{'?' if self.query else ''}{self.query}"
        yield "property", "og:image", f"{base}{PICTURE}?{self.picture}"
        yield "property", "og:image:type", "image/png"
        yield "property", "og:image:width", str(WIDTH)
        yield "property", "og:image:height", str(HEIGHT)
        yield "property", "og:image:alt", _("Bars by month, under this sentence: {sentence}").format(sentence=self.title)


def preview(view: View, path: str, params: QueryParams) -> Preview:
    """Of a page at an address without filters, the address stays as it is: it means the latest month, next month too."""
    own = _own(path, params)
    title, headline = _title(view, path, own), sentences.headline(view.snapshot, view.selection)
    said = [headline] if title != headline else []
    text = " ".join([*said, sentences.badge(view.snapshot), *sentences.gaps(view.selection)])
    pairs = view.selection.filters.pairs()
    is_asked = path not in WITHOUT_FILTERS and any(params.getlist(key) for key in (*PARAMETERS, *dict(own)))
    query = urlencode([*pairs, *own]) if is_asked else ""
    return Preview(title, text, path, query, urlencode([*pairs, ("v", view.snapshot.version)]))


def _own(path: str, params: QueryParams) -> list[tuple[str, str]]:
    """What a page keeps in its address beside the filters."""
    if path == "/claims":
        claim, _ignored = claims.read({key: params.getlist(key) for key in claims.PARAMETERS})
        return claim.pairs()
    if path == "/meeting":
        return [("slide", slides.read(params.get("slide", "")).slide.value)]
    return []


def _title(view: View, path: str, own: list[tuple[str, str]]) -> str:
    """Of a claim, what was counted: a preview that said the claim alone would spread it."""
    if path == "/trends" or own == claims.Claim().pairs():
        return view.findings.change_sentence
    if path in WITHOUT_FILTERS:
        said = _("What the police recorded in {area}, and what residents report").format(area=view.snapshot.settings.area_name)
        return sentences.of_demonstration(view.snapshot, said)
    return sentences.headline(view.snapshot, view.selection)


@cache
def index() -> str:
    """Streamlit's own page."""
    return INDEX.read_text()


def _with_head(request: Request) -> str:
    """Streamlit's page with the head of an address; without it where that cannot be made: the page itself says what is broken."""
    try:
        base = sentences.base_address(settings().public_url, str(request.url))
        head = preview(_view(request), request.url.path, request.query_params).head(base)
    except Exception:  # whatever it is, it is no reason to keep the page back
        log.exception("no preview was made")
        return index()
    return re.sub("<title>.*?</title>", lambda _found: head, index(), count=1)


def _view(request: Request) -> View:
    params = {key: request.query_params.getlist(key) for key in PARAMETERS}
    snapshot = Snapshot.now(settings(), date.today())
    return View(snapshot, snapshot.read(params).filters)


async def _page(request: Request) -> Response:
    accepted = request.headers.get("accept", "*/*")
    wants_html = "text/html" in accepted or "*/*" in accepted
    body = await run_in_threadpool(_with_head, request) if wants_html else index()
    return Response(body, media_type="text/html", headers={"Cache-Control": ALWAYS_ASK, "Vary": "Accept"})


async def _picture(request: Request) -> Response:
    """One at a time, so that pictures cannot wear the server out."""
    try:
        view = await run_in_threadpool(_view, request)
        with fail_after(PATIENCE):
            body = await to_thread.run_sync(picture, view, limiter=_one_at_a_time())
    except TimeoutError:
        said = _("Many pictures are being drawn. Please try again in a minute.")
        return Response(said, 503, media_type="text/plain", headers={"Retry-After": "60"})
    except MkmapError:
        said = _("The data cannot be read at the moment. Nothing was lost; the operator can find out with “verify”.")
        return Response(said, 503, media_type="text/plain")
    cached = request.query_params.get("v") == view.snapshot.version
    return Response(body, media_type="image/png", headers={"Cache-Control": A_DAY if cached else ALWAYS_ASK})


@cache
def _one_at_a_time() -> CapacityLimiter:
    return CapacityLimiter(1)


ROUTES = [Route(PICTURE, _picture, methods=["GET"]), *(Route(path, _page, methods=["GET"]) for path in sorted(PAGES))]
