"""Offer the yearly numbers of what was received and decided, as CSV and JSON."""

from datetime import date

import pandas as pd
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.crimes.export import Provenance, csv
from mkmap.errors import MkmapError
from mkmap.operate.clock import Clock
from mkmap.reports import yearly
from mkmap.reports.export import LICENCE
from mkmap.reports.store import tallies
from mkmap.settings import settings
from mkmap.view.snapshot import Snapshot
from mkmap.web.answers import ALWAYS_ASK, unreadable
from mkmap.words import _

CSV, JSON = "text/csv; charset=utf-8", "application/json"
COLUMNS = ["year", "what", "detail", "value"]


def _answer(today: date, media_type: str) -> Response:
    try:
        snapshot = Snapshot.now(settings(), today)
        counted = tallies.counted(snapshot.reports)
    except MkmapError as error:
        return unreadable(error)
    carried = _provenance(snapshot)
    if media_type == CSV:
        table = pd.DataFrame(map(vars, yearly.numbers(counted)), columns=COLUMNS)
        body = csv(table.convert_dtypes(), carried)  # else a gap makes 8 reports 8.0
    else:
        body = yearly.as_json(counted, carried.as_dict())
    return Response(body, media_type=media_type, headers={"Cache-Control": ALWAYS_ASK})


def _provenance(snapshot: Snapshot) -> Provenance:
    whose = (
        _("Demonstration reports: invented, not evidence")
        if snapshot.dataset.is_demonstration
        else _("Counts of what this site has received from residents, and of what its moderators decided")
    )
    return Provenance(snapshot.dataset.name, whose, str(snapshot.today), "", licence=LICENCE)


def routes(clock: Clock) -> list[Route]:
    def route(ending: str, media_type: str) -> Route:
        async def endpoint(_request: Request) -> Response:
            return await run_in_threadpool(_answer, clock.today(), media_type)

        return Route(f"/data/decisions.{ending}", endpoint, methods=["GET"])

    return [route("csv", CSV), route("json", JSON)]
