"""Answer programs that read HTML alone, such as social networks: what a page says, in the head of Streamlit's own page, and a picture."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.errors import MkmapError
from mkmap.evidence.claims import claim as claims
from mkmap.filters import PARAMETERS
from mkmap.operate.clock import Clock
from mkmap.settings import settings
from mkmap.view import sentences, slides
from mkmap.view.pages import Page
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View
from mkmap.web import own_files
from mkmap.web.answers import ALWAYS_ASK, OneAtATime, busy, parameters, unreadable
from mkmap.web.preview_picture import HEIGHT, WIDTH, picture
from mkmap.words import _, language

PICTURE = "/share/preview.png"
A_DAY = "public, max-age=86400"
PATIENCE = 10  # seconds that a picture may wait for others to be drawn

log = logging.getLogger(__name__)


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
        yield "property", "og:locale", language()
        yield "property", "og:site_name", _("Crime map of {area}").format(area=settings().area_name)
        yield "property", "og:title", self.title
        yield "property", "og:description", self.text
        yield "property", "og:url", f"{base}{self.path}{'?' if self.query else ''}{self.query}"
        yield "property", "og:image", f"{base}{PICTURE}?{self.picture}"
        yield "property", "og:image:type", "image/png"
        yield "property", "og:image:width", str(WIDTH)
        yield "property", "og:image:height", str(HEIGHT)
        yield "property", "og:image:alt", _("Bars by month, under this sentence: {sentence}").format(sentence=self.title)


def preview(view: View, page: Page, params: QueryParams) -> Preview:
    """Of a page at an address without filters, the address stays as it is: it means the latest month, next month too."""
    own = _own(page, params)
    title, headline = _title(view, page, own), sentences.headline(view.snapshot, view.selection)
    first = [headline] if title != headline else []
    text = " ".join([*first, sentences.badge(view.snapshot), *sentences.gaps(view.selection)])
    pairs = view.filters.pairs()
    is_asked = page.has_filters and any(params.getlist(key) for key in (*PARAMETERS, *dict(own)))
    query = urlencode([*pairs, *own]) if is_asked else ""
    return Preview(title, text, page.path, query, urlencode([*pairs, ("v", view.snapshot.version)]))


def _own(page: Page, params: QueryParams) -> list[tuple[str, str]]:
    """What a page keeps in its address beside the filters."""
    if page is Page.CLAIMS:
        claim, _ignored = claims.read({key: params.getlist(key) for key in claims.PARAMETERS})
        return claim.pairs()
    if page is Page.MEETING:
        slide = slides.read(params.get("slide", "")).slide
        return [("slide", slide.value)] if slide else []
    return []


def _title(view: View, page: Page, own: list[tuple[str, str]]) -> str:
    """Of a claim, what was counted: a preview that said the claim alone would spread it."""
    if page is Page.TRENDS or own == claims.Claim().pairs():
        return view.findings.change_sentence
    if page is Page.ABOUT or not page.has_filters:  # what they tell first is the same whatever is chosen
        about = _("What the police recorded in {area}, and what residents report")
        return sentences.of_demonstration(view.snapshot, about.format(area=view.snapshot.settings.area_name))
    return sentences.headline(view.snapshot, view.selection)


def _view(request: Request, today: date) -> View:
    snapshot = Snapshot.now(settings(), today)
    return View(snapshot, snapshot.read(parameters(request, PARAMETERS)).filters)


class Previews:
    """The routes: each page of Streamlit's with the head of its address, and the picture, whose drawing takes turns."""

    def __init__(self, html: str, clock: Clock) -> None:
        self._html = html
        self._clock = clock
        self._turn = OneAtATime(PATIENCE)

    def page_route(self, page: Page) -> Route:
        async def endpoint(request: Request) -> Response:
            accepted = request.headers.get("accept", "*/*")
            wants_html = "text/html" in accepted or "*/*" in accepted
            body = await run_in_threadpool(self._with_head, request, page) if wants_html else self._html
            return Response(body, media_type="text/html", headers={"Cache-Control": ALWAYS_ASK, "Vary": "Accept, Host"})

        return Route(page.path, endpoint, methods=["GET"])

    def _with_head(self, request: Request, page: Page) -> str:
        """Streamlit's page with the head of an address; without it where that cannot be made: the page itself says what is broken."""
        try:
            base = sentences.base_address(settings().public_url, str(request.url))
            head = preview(_view(request, self._clock.today()), page, request.query_params).head(base)
        except Exception:  # whatever it is, it is no reason to keep the page back
            log.exception("no preview was made")
            return self._html
        return re.sub("<title>.*?</title>", lambda _title: head, self._html, count=1)

    async def picture(self, request: Request) -> Response:
        try:
            view = await run_in_threadpool(_view, request, self._clock.today())
            body = await self._turn.do(picture, view)
        except TimeoutError:
            return busy(_("Many pictures are being drawn. Please try again in a minute."))
        except MkmapError as error:
            return unreadable(error)
        is_named = request.query_params.get("v") == view.snapshot.version
        return Response(body, media_type="image/png", headers={"Cache-Control": A_DAY if is_named else ALWAYS_ASK})


def routes(html: str, clock: Clock) -> list[Route]:
    """`html`: Streamlit's own page."""
    previews = Previews(own_files.linked(html), clock)
    return [Route(PICTURE, previews.picture, methods=["GET"]), *map(previews.page_route, Page)]
