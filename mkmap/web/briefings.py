"""Answer requests for a ward's two sheets, as PDF."""

from dataclasses import dataclass, field
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.briefing.files import file_name
from mkmap.briefing.paper import pdf
from mkmap.briefing.ward import view_of
from mkmap.errors import MkmapError
from mkmap.operate.clock import Clock
from mkmap.plans.plan import WardPlans
from mkmap.settings import settings
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View
from mkmap.web.answers import MadeOnce, busy, ignored, in_words, parameters, unreadable
from mkmap.words import _, language

PATIENCE = 180  # seconds that a request may wait for others' sheets: all wards' on a busy machine
KEPT = 64  # files of about 100 kB: every ward in some months
HEADERS = {"Cache-Control": "private, no-cache"}  # a resident's report can be withdrawn


@dataclass(frozen=True)
class BriefingRequest:
    """What a request is about; two of the same view, of the same published reports and plans, get the same file."""

    view: View
    reports: str  # the version of the published ones; empty where their database does not answer
    plans: WardPlans | None
    ignored: tuple[str, ...] = field(compare=False)
    language: str = field(default_factory=language)

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
        return cls(view, view.published.version if view.published else "", view.findings.plan, read.ignored)

    @property
    def name(self) -> str:
        (code,) = self.view.filters.wards
        return file_name(self.view.snapshot, self.view.filters, code, self.view.findings.ward_names[code])


class Briefings:
    """The route, with the files that were made lately and the turns of those to be made."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._files = MadeOnce(_file, kept=KEPT, patience=PATIENCE)

    async def answer(self, request: Request) -> Response:
        try:
            asked = await run_in_threadpool(BriefingRequest.of, request, self._clock.today())
            if asked is None:
                return in_words(_("There is no ward with this code in these months."), 404)
            body = await self._files.get(asked)
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
