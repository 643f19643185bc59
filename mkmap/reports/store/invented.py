"""Fill a demonstration's store with invented reports, all at once."""

import json
from dataclasses import asdict

import sqlalchemy as sa

from mkmap.reports.report import Report, State
from mkmap.reports.store import rows
from mkmap.reports.store.connection import Store
from mkmap.reports.store.sending import digest
from mkmap.reports.store.tables import corrections, decisions, reports

FILLED = "filled"  # the fact that says for which month
ACTS = {
    State.PUBLISHED: ("demonstration", "publish"),
    State.REJECTED: ("demonstration", "reject"),
    State.WITHDRAWN: ("sender", "withdraw"),
}


def filled_on(store: Store) -> str | None:
    """The month that the store was filled for, as text."""
    with store.reading() as connection:
        found = rows.fact(connection, FILLED)
        return found.value if found else None


def fill(store: Store, found: list[Report], month: str) -> None:
    """Put reports in the place of all that is there."""
    with store.writing() as connection:
        at = max(report.received_at for report in found)
        connection.execute(sa.delete(reports))
        connection.execute(sa.insert(reports), [_row(report) for report in found])
        connection.execute(sa.insert(decisions), [_decision(report) for report in found if report.state in ACTS])
        asked = [report for report in found if report.corrections]
        connection.execute(
            sa.insert(corrections),
            [
                {"request": f"demonstration-{one.id}", "report": one.id, "at": at, "what": "It happened elsewhere", "text": ""}
                for one in asked
            ],
        )
        rows.set_fact(connection, FILLED, month, at)
        rows.changed(connection, at)


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
        "report": report.id, "at": report.decided_at, "who": who, "act": act,
        "before": State.PENDING, "after": report.state, "reason": report.reason,
    }  # fmt: skip
