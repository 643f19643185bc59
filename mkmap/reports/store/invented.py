"""Fill a demonstration's store with invented reports, all at once."""

import json
from dataclasses import asdict
from datetime import datetime

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.reports.report import Report, State
from mkmap.reports.store import rows
from mkmap.reports.store.deciding import Act
from mkmap.reports.store.sending import SENDER, digest
from mkmap.reports.store.tables import corrections, decisions, gone, past, reports

FILLED = "filled"  # the fact that says for which month
ACTS = {
    State.PUBLISHED: ("demonstration", Act.PUBLISH),
    State.REJECTED: ("demonstration", Act.REJECT),
    State.WITHDRAWN: (SENDER, "withdraw"),
}


def filled_for(store: Store) -> str | None:
    """The month that the store was filled for, as text."""
    with store.reading() as connection:
        return _month(connection)


def fill(store: Store, found: list[Report], month: str, *, anew: bool = False) -> None:
    """Put reports in the place of all that is there, unless another process has just done so for the month.

    `anew`: in any case.
    """
    with store.writing() as connection:
        if _month(connection) == month and not anew:
            return
        at = max(report.received_at for report in found)
        for table in (reports, gone, past):  # what was decided and asked goes with the reports
            connection.execute(sa.delete(table))
        connection.execute(sa.insert(reports), [_row(report) for report in found])
        connection.execute(sa.insert(decisions), [_decision(report) for report in found if report.state in ACTS])
        if asked := [_asked(report, at) for report in found if report.corrections]:
            connection.execute(sa.insert(corrections), asked)
        rows.set_fact(connection, FILLED, month, at)
        rows.changed(connection, at)


def _month(connection: sa.Connection) -> str | None:
    found = rows.fact(connection, FILLED)
    return found.value if found else None


def _asked(report: Report, at: datetime) -> dict:
    what = "It happened somewhere else"
    return {"request": digest(f"demonstration-{report.id}"), "report": report.id, "at": at, "what": what, "text": ""}


def _row(report: Report) -> dict:
    place = asdict(report.place)
    kept = {name: value for name, value in asdict(report).items() if name not in ("place", "month", "flags", "corrections")}
    hashes = {
        name: digest(f"demonstration-{name}-{report.id}") for name in ("submission", "receipt")
    }  # no receipt has this hash
    return kept | place | hashes | {"month": str(report.month), "flags": json.dumps(report.flags)}


def _decision(report: Report) -> dict:
    who, act = ACTS[report.state]
    return {
        "report": report.id, "at": report.decided_at, "who": who, "act": Act.DUPLICATE if report.duplicate_of else act,
        "before": State.PENDING, "after": report.state, "reason": report.reason,
    }  # fmt: skip
