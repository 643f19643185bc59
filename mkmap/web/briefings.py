"""Answer requests for a ward's two sheets, as PDF."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.briefing.files import file_name
from mkmap.briefing.paper import pdf
from mkmap.briefing.ward import view_of
from mkmap.errors import MkmapError
from mkmap.filters import Filters
from mkmap.operate.clock import Clock
from mkmap.plans.plan import WardPlans
from mkmap.settings import settings
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View
from mkmap.web.answers import OneAtATime, busy, ignored, in_words, parameters, unreadable
from mkmap.words import _

PATIENCE = 15  # seconds that a request may wait for others' sheets
KEPT = 64  # files of about 100 kB: every ward in some months
HEADERS = {"Cache-Control": "private, no-cache"}  # a resident's report can be withdrawn


@dataclass(frozen=True)
class BriefingRequest:
    """What a request is about; two with the same filters, of the same stored data and day, get the same file."""

    version: str
    filters: Filters
    plans: WardPlans | None
    view: View = field(compare=False)
    ignored: tuple[str, ...] = field(compare=False)

    @classmethod
    def of(cls, request: Request, today: date) -> "BriefingRequest | None":
        """None where the wards in force at the end of the chosen months have no such code.

        Raises Damaged where what is stored cannot be read.
        """
        snapshot, code = Snapshot.now(settings(), today), request.path_params["code"]
        read = snapshot.read(parameters(request, ("from", "to", "type")))
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


class Briefings:
    """The route, with the files that were made lately and the turn of those to be made."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turn = OneAtATime(PATIENCE)
        self._file = lru_cache(maxsize=KEPT)(_file)

    async def answer(self, request: Request) -> Response:
        try:
            asked = await run_in_threadpool(BriefingRequest.of, request, self._clock.today())
            if asked is None:
                return in_words(_("There is no ward with this code in these months."), 404)
            body = await self._turn.do(self._file, asked)
        except TimeoutError:
            return busy(_("Many briefings are being made. Please try again in a minute."))
        except MkmapError as error:
            return unreadable(error)
        headers = {**HEADERS, **ignored(asked.ignored), "Content-Disposition": f'inline; filename="{asked.name}"'}
        return Response(body, media_type="application/pdf", headers=headers)


def _file(asked: BriefingRequest) -> bytes:
    return pdf(asked.view)


def routes(clock: Clock) -> list[Route]:
    return [Route("/briefing/{code}.pdf", Briefings(clock).answer, methods=["GET"])]
