"""Answer requests for a ward's two sheets, as PDF."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from urllib.parse import quote

from anyio import CapacityLimiter, fail_after
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.briefing.files import file_name
from mkmap.briefing.paper import pdf
from mkmap.briefing.ward import view_of
from mkmap.errors import MkmapError
from mkmap.filters import Filters
from mkmap.plans.plan import WardPlans
from mkmap.settings import settings
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View
from mkmap.words import _

PATIENCE = 15  # seconds that a request may wait for others' sheets
KEPT = 64  # files of about 100 kB: every ward in some months
HEADERS = {"Cache-Control": "private, no-cache"}  # a resident's report can be withdrawn


@dataclass(frozen=True)
class Asked:
    """What a request is about; two with the same filters, of the same stored data and day, get the same file."""

    version: str
    filters: Filters
    plans: WardPlans | None
    view: View = field(compare=False)
    ignored: tuple[str, ...] = field(compare=False)

    @classmethod
    def of(cls, request: Request) -> "Asked | None":
        """None where the wards in force at the end of the chosen months have no such code.

        Raises Damaged where what is stored cannot be read.
        """
        snapshot, code = Snapshot.now(settings(), date.today()), request.path_params["code"]
        read = snapshot.read({key: request.query_params.getlist(key) for key in ("from", "to", "type")})
        if code not in snapshot.ward_names(read.filters.last):
            return None
        view = view_of(snapshot, read.filters, code)
        return cls(_version(view), view.selection.filters, snapshot.plans(code), view, read.ignored)

    @property
    def name(self) -> str:
        (code,) = self.filters.wards
        return file_name(self.view.snapshot, self.filters, code, self.view.selection.area.ward_names[code])


def _version(view: View) -> str:
    """A text that changes with the counts, with the published reports, and with the day."""
    return f"{view.snapshot.version}-{view.published.version if view.published else ''}-{view.snapshot.today}"


@lru_cache(maxsize=KEPT)
def _made(asked: Asked) -> bytes:
    return pdf(asked.view)


@cache
def _one_at_a_time() -> CapacityLimiter:
    """So that sheets cannot wear the server out."""
    return CapacityLimiter(1)


async def _briefing(request: Request) -> Response:
    try:
        asked = await run_in_threadpool(Asked.of, request)
        if asked is None:
            return _plain(_("There is no ward with this code in these months."), 404)
        body = await _in_turn(asked)
    except TimeoutError:
        return _plain(_("Many briefings are being made. Please try again in a minute."), 503, {"Retry-After": "60"})
    except MkmapError:
        said = _("The data cannot be read at the moment. Nothing was lost; the operator can find out with “verify”.")
        return _plain(said, 503)
    more = {"X-Ignored": quote(" ".join(asked.ignored), safe=" ,.:/")} if asked.ignored else {}
    headers = {**HEADERS, **more, "Content-Disposition": f'inline; filename="{asked.name}"'}
    return Response(body, media_type="application/pdf", headers=headers)


async def _in_turn(asked: Asked) -> bytes:
    """Raises TimeoutError where the turn does not come."""
    limiter = _one_at_a_time()
    with fail_after(PATIENCE):
        await limiter.acquire()
    try:
        return await run_in_threadpool(_made, asked)
    finally:
        limiter.release()


def _plain(text: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return Response(text, status, media_type="text/plain", headers=headers)


ROUTES = [Route("/briefing/{code}.pdf", _briefing, methods=["GET"])]
