"""What moderators do with what people ask of the site: see what waits, due first, and answer it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.errors import Code, Refused
from mkmap.reports.masking import masked
from mkmap.reports.privacy import COMPLAINT_ACKNOWLEDGED, TEXT_CHARACTERS
from mkmap.reports.report import State
from mkmap.reports.request import ANSWERED_WITHIN, BY_HAND, Kind, Request
from mkmap.reports.store import rows, settling, tallies
from mkmap.reports.store.deciding import names_of
from mkmap.reports.store.settling import OPEN
from mkmap.reports.store.tables import decisions, requests


def get(store: Store, number: int) -> Request:
    """Raises Refused where there is no such request."""
    with store.reading() as connection:
        return rows.request(_row(connection, number))


def waiting(store: Store, at_most: int) -> list[Request]:
    """What waits for an answer, and is due first; who has sent many comes last."""
    first = (requests.c.is_set_aside, requests.c.acknowledged_at.is_not(None), requests.c.sent_at, requests.c.id)
    in_order = sa.select(requests).where(OPEN).order_by(*first).limit(at_most)
    with store.reading() as connection:
        rows_of = [connection.execute(in_order.where(requests.c.kind == kind)).all() for kind in Kind]
    return sorted(map(rows.request, chain.from_iterable(rows_of)), key=lambda one: (one.is_set_aside, one.due))[:at_most]


@dataclass(frozen=True)
class Waiting:
    """Of one kind: how many wait, and of these how many for longer than was said."""

    open: int
    late: int


def counts(store: Store, at: datetime) -> Mapping[Kind, Waiting]:
    """How many requests of each kind wait."""
    with store.reading() as connection:
        of = {kind: requests.c.kind == kind for kind in Kind}
        return {kind: Waiting(_count(connection, of[kind]), _count(connection, of[kind], _is_late(kind, at))) for kind in Kind}


def acknowledge(store: Store, number: int, *, at: datetime) -> None:
    """Say to whoever complained that somebody has read it. Raises Refused where it is answered or gone."""
    with store.writing() as connection:
        row = _unanswered(connection, number)
        if row.acknowledged_at is None:
            connection.execute(sa.update(requests).where(requests.c.id == row.id).values(acknowledged_at=at))


def note(store: Store, number: int, text: str) -> None:
    """Keep what whoever asked shall read when a decision about the report answers. Raises Refused where it is answered or gone."""
    with store.writing() as connection:
        row = _unanswered(connection, number)
        connection.execute(
            sa.update(requests).where(requests.c.id == row.id).values(note=masked(text.strip()[:TEXT_CHARACTERS]).text)
        )


def answer(store: Store, number: int, *, who: str, at: datetime, note: str = "", others: bool = False) -> Request:
    """Answer a request so that nothing changes: the mark stays, the rejection stands, a complaint has an answer in words.

    `others`: whether there is another moderator, who must look at an appeal against one's own rejection. What does change
    something is decided about the report, and answers with it. Raises Refused where it is answered already or must not be.
    """
    with store.writing() as connection:
        row = _unanswered(connection, number)
        kind, note = Kind(row.kind), masked(note.strip()[:TEXT_CHARACTERS]).text
        if kind is Kind.APPEAL and others and _rejected_by(connection, row.report) in names_of(who):
            raise Refused(Code.APPEAL_AGAINST_ONESELF)
        if kind is Kind.COMPLAINT and not note:
            raise Refused(Code.COMPLAINT_WITHOUT_ANSWER)
        outcome = BY_HAND[kind]
        values = {"answered_at": at, "outcome": outcome, "note": note, "who": who}
        answered = sa.update(requests).where(_heap(row), OPEN).values(**values).returning(requests.c.kind, requests.c.sent_at)
        tallies.add_all(connection, Counter(settling.tally(one, outcome, at) for one in connection.execute(answered).all()))
        return rows.request(_row(connection, row.id))


def _heap(row: sa.Row) -> sa.ColumnElement[bool]:
    """What is answered with a request: itself, and of those that were set aside all of the same kind about the same."""
    itself: sa.ColumnElement[bool] = requests.c.id == row.id
    same_kind: sa.ColumnElement[bool] = requests.c.kind == row.kind
    of_the_heap = sa.and_(requests.c.is_set_aside, same_kind, requests.c.report.is_not_distinct_from(row.report))
    return of_the_heap if row.is_set_aside else itself


def rejected_by(store: Store, report: int) -> str:
    """Who rejected a report last; empty where nobody has."""
    with store.reading() as connection:
        return _rejected_by(connection, report)


def _rejected_by(connection: sa.Connection, report: int) -> str:
    of_it = sa.select(decisions.c.who).where(decisions.c.report == report, decisions.c.after == State.REJECTED)
    return connection.execute(of_it.order_by(decisions.c.id.desc()).limit(1)).scalar() or ""


def _row(connection: sa.Connection, number: int) -> sa.Row:
    row = connection.execute(sa.select(requests).where(rows.is_number(requests.c.id, number)).with_for_update()).first()
    if row is None:
        raise Refused(Code.NO_SUCH_REQUEST, number=str(number))
    return row


def _unanswered(connection: sa.Connection, number: int) -> sa.Row:
    row = _row(connection, number)
    if row.answered_at is not None:
        raise Refused(Code.REQUEST_ANSWERED, number=str(number))
    return row


def _count(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(requests).where(OPEN, *which)).scalar_one()


def _is_late(kind: Kind, at: datetime) -> sa.ColumnElement[bool]:
    late = requests.c.sent_at < at - ANSWERED_WITHIN[kind]
    if kind is not Kind.COMPLAINT:
        return late
    return sa.or_(late, sa.and_(requests.c.acknowledged_at.is_(None), requests.c.sent_at < at - COMPLAINT_ACKNOWLEDGED))
