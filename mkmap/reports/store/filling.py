"""Fill a store with reports that nobody sent, all at once, in the place of all that it holds."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.database.tombstones import gone
from mkmap.reports.report import Decision, Report
from mkmap.reports.request import Request
from mkmap.reports.store import recounting, rows
from mkmap.reports.store.sending import digest
from mkmap.reports.store.tables import decisions, past, reports, requests
from mkmap.reports.store.tables import tallies as counts

FILLED = "filled"  # the fact that says for which month


def filled_for(store: Store) -> str | None:
    """The month that the store was filled for, as text."""
    with store.reading() as connection:
        return _month(connection)


def fill(
    store: Store,
    contents: Sequence[Report],
    month: str,
    *,
    decided: Sequence[Decision] = (),
    asked: Sequence[Request] = (),
    anew: bool = False,
) -> None:
    """Put reports, with what was decided and asked about them, in the place of all that is there.

    Not where another process has just done so for the month, but for `anew`.
    """
    with store.writing() as connection:
        if _month(connection) == month and not anew:
            return
        at = max(report.received_at for report in contents)
        for table in (requests, reports, gone, past, counts):  # what was decided goes with the reports
            connection.execute(sa.delete(table))
        _insert(connection, reports, [_report(report) for report in contents])
        _insert(connection, decisions, [asdict(decision) for decision in decided])
        _insert(connection, requests, [_request(request) for request in asked])
        recounting.count(connection, {report.id: report.received_at for report in contents}, decided, asked)
        rows.set_fact(connection, FILLED, month, at)
        rows.changed(connection, at)


def _month(connection: sa.Connection) -> str | None:
    fact = rows.fact(connection, FILLED)
    return fact.value if fact else None


def _insert(connection: sa.Connection, table: sa.Table, values: list[dict[str, Any]]) -> None:
    if values:
        connection.execute(sa.insert(table), values)


def _report(report: Report) -> dict[str, Any]:
    place = asdict(report.place)
    kept = {name: value for name, value in asdict(report).items() if name not in ("place", "month", "flags", "corrections")}
    hashes = {name: _hash(name, report.id) for name in ("submission", "receipt")}
    flags = {"flags": json.dumps(report.flags), "flagged": bool(report.flags)}
    return kept | place | hashes | flags | {"month": str(report.month)}


def _request(request: Request) -> dict[str, Any]:
    kept = {name: value for name, value in asdict(request).items() if name not in ("id", "flags", "outcome")}
    hashes = {name: _hash(name, request.id) for name in ("request", "receipt")}
    return kept | hashes | {"flags": json.dumps(request.flags), "outcome": request.outcome or ""}


def _hash(name: str, number: int) -> str:
    """Nothing that anybody was given has this hash."""
    return digest(f"demonstration-{name}-{number}")
