"""Answer the phone that moves a hall's slides: its page, its moves, and nothing without the secret that it holds in a cookie."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from mkmap.database import meetings
from mkmap.database.connection import Store
from mkmap.database.meetings import Meeting
from mkmap.database.secret import digest
from mkmap.errors import Damaged, NotKept, Refused
from mkmap.filters import PARAMETERS
from mkmap.operate.clock import Clock
from mkmap.settings import settings
from mkmap.view.deck import Deck, deck_of
from mkmap.view.screens import Screen
from mkmap.view.slides import Slide
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View
from mkmap.web import presenter_page
from mkmap.web.answers import ALWAYS_ASK
from mkmap.words import _

COOKIE = "mkmap_phone"
SCRIPT = Path(__file__).with_name("hall.js")
LARGEST = 2_000  # bytes of a form: a secret, a slide, a number
NO_STORE = {"Cache-Control": "no-store"}
Form = dict[str, str]


@dataclass(frozen=True)
class Presenter:
    """What a phone that has its secret sees."""

    secret: str
    meeting: Meeting
    view: View
    deck: Deck

    @property
    def slide(self) -> Slide | None:
        """Where the hall is; None before the first slide."""
        named = self.meeting.position.slide
        return self.deck.nearest(Slide(named)) if named in tuple(Slide) else None

    def page(self) -> str:
        return presenter_page.page(self.view, self.deck, self.slide, self.meeting, proof(self.secret))


def proof(secret: str) -> str:
    """What a form carries, so that no other site can send one: it is made of the cookie, and does not give it away."""
    return digest(f"form {secret}")


class Presenting:
    """The routes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def show(self, request: Request) -> Response:
        """The page of the phone that holds the secret; else, of a code, the question whether this phone is to be it."""
        return await run_in_threadpool(_in_words, self._show, request)

    async def take(self, request: Request) -> Response:
        form = await _form(request)
        return await run_in_threadpool(_in_words, self._take, request, form)

    async def move(self, request: Request) -> Response:
        form = await _form(request)
        return await run_in_threadpool(_in_words, self._move, request, form)

    async def version(self, request: Request) -> Response:
        """How often the hall has moved: one row, asked for each second."""
        return await run_in_threadpool(_in_words, self._version, request)

    def _show(self, request: Request) -> Response:
        if presenter := self._presenter(request):
            return _html(presenter.page())
        code = request.query_params.get("code", "")
        return _html(presenter_page.question(code) if code else presenter_page.over(), 200 if code else 404)

    def _take(self, request: Request, form: Form) -> Response:
        secret = meetings.take(self._store(), form.get("code", ""), at=self._clock.now())
        answer = RedirectResponse("/presenter", 303, headers=NO_STORE)
        lives = int(meetings.LONGEST.total_seconds())
        answer.set_cookie(COOKIE, secret, lives, path="/presenter", httponly=True, samesite="strict")
        return answer

    def _move(self, request: Request, form: Form) -> Response:
        presenter = self._presenter(request)
        if presenter is None or not hmac.compare_digest(form.get("proof", "").encode(), proof(presenter.secret).encode()):
            return _html(presenter_page.over(), 403)
        slide, screen = form.get("slide", ""), form.get("screen", "")
        if slide in presenter.deck.slides and screen in tuple(Screen) and form.get("version") == str(presenter.meeting.version):
            meetings.move_by_phone(self._store(), presenter.secret, presenter.meeting, slide, screen, at=self._clock.now())
        return RedirectResponse("/presenter", 303, headers=NO_STORE)

    def _version(self, request: Request) -> Response:
        meeting = self._meeting(request)
        return PlainTextResponse(str(meeting.version) if meeting else presenter_page.OVER, headers=NO_STORE)

    def _presenter(self, request: Request) -> Presenter | None:
        meeting = self._meeting(request)
        if meeting is None:
            return None
        asked = parse_qs(meeting.position.filters)
        snapshot = self._snapshot()
        view = View(snapshot, snapshot.read({name: asked.get(name, []) for name in PARAMETERS}).filters)
        return Presenter(request.cookies[COOKIE], meeting, view, deck_of(view))

    def _meeting(self, request: Request) -> Meeting | None:
        secret = request.cookies.get(COOKIE, "")
        return meetings.of_phone(self._store(), secret, at=self._clock.now()) if secret else None

    def _store(self) -> Store:
        return self._snapshot().reports

    def _snapshot(self) -> Snapshot:
        return Snapshot.now(settings(), self._clock.today())


def _in_words(answer: Callable[..., Response], *args: object) -> Response:
    """What is refused is said on a page of its own; where the database does not answer, the phone is off."""
    try:
        return answer(*args)
    except (NotKept, Damaged):
        return _html(presenter_page.refused(_("The phone is off at the moment. The keys still work.")), 503)
    except Refused as error:
        return _html(presenter_page.refused(str(error)), 409)


async def _form(request: Request) -> Form:
    """The fields of a small form; of a large one nothing."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return {}
    return {name: values[-1] for name, values in parse_qs(body.decode("latin-1")).items()}


def _html(page: str, status: int = 200) -> Response:
    return HTMLResponse(page, status, headers=NO_STORE)


async def script(_request: Request) -> Response:
    """The one file of our own that runs in a browser."""
    return Response(SCRIPT.read_bytes(), media_type="text/javascript", headers={"Cache-Control": ALWAYS_ASK})


def routes(clock: Clock) -> list[Route]:
    presenting = Presenting(clock)
    return [
        Route("/meeting/hall.js", script, methods=["GET"]),
        Route("/presenter", presenting.show, methods=["GET"]),
        Route("/presenter/take", presenting.take, methods=["POST"]),
        Route("/presenter/move", presenting.move, methods=["POST"]),
        Route("/presenter/version", presenting.version, methods=["GET"]),
    ]
