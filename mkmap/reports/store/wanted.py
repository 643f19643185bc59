"""Say which reports a moderator wants to see, and the same as a condition for the database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from mkmap.reports.report import Flag, State
from mkmap.reports.store.settling import TO_CORRECT
from mkmap.reports.store.tables import networks, reports, requests

UNFLAGGED = "none"  # in place of a flag: the reports that have no flag


@dataclass(frozen=True)
class Wanted:
    """Of what is None everything is wanted, but for the heap: what waits in one is seen only by who asks for it."""

    state: State | None = State.PENDING
    is_asked_to_correct: bool = False
    heap: str | None = None
    flag: Flag | str | None = None  # or UNFLAGGED
    kind: str | None = None
    places: tuple[tuple[float, float], ...] | None = None  # longitude, latitude: the street points of a ward
    network: str | None = None
    day: date | None = None  # on which it was received, UTC


def condition(wanted: Wanted) -> sa.ColumnElement[bool]:
    return sa.and_(sa.true(), *(part for part in _parts(wanted) if part is not None))


def _parts(wanted: Wanted) -> list[sa.ColumnElement[bool] | None]:
    return [
        reports.c.state == wanted.state if wanted.state else None,
        reports.c.id.in_(sa.select(requests.c.report).where(TO_CORRECT)) if wanted.is_asked_to_correct else None,
        _in_heap(wanted),
        _flagged(wanted.flag) if wanted.flag else None,
        reports.c.kind == wanted.kind if wanted.kind else None,
        sa.tuple_(reports.c.longitude, reports.c.latitude).in_(wanted.places) if wanted.places is not None else None,
        reports.c.id.in_(sa.select(networks.c.report).where(networks.c.name == wanted.network)) if wanted.network else None,
        _received(wanted.day) if wanted.day else None,
    ]


def _in_heap(wanted: Wanted) -> sa.ColumnElement[bool] | None:
    if wanted.heap:
        return reports.c.heap == wanted.heap
    return reports.c.heap.is_(None) if wanted.state is State.PENDING else None


def _flagged(flag: Flag | str) -> sa.ColumnElement[bool]:
    if flag == UNFLAGGED:
        return ~reports.c.flagged
    return sa.and_(reports.c.flagged, reports.c.flags.contains(f'"{Flag(flag).value}"', autoescape=True))


def _received(day: date) -> sa.ColumnElement[bool]:
    begins = datetime.combine(day, time(), UTC)
    return sa.and_(reports.c.received_at >= begins, reports.c.received_at < begins + timedelta(days=1))
