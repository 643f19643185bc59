"""Delete reports whose time is over; of published ones the counts stay."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mkmap.database import moderators
from mkmap.database.connection import Store
from mkmap.month import Month
from mkmap.reports.privacy import (
    APPEAL_HOLDS,
    NETWORK_WINDOW,
    PUBLISHED_LIVES,
    REJECTED_LIVES,
    REQUEST_WINDOW,
    SESSION_WINDOW,
    TEXT_LIVES,
)
from mkmap.reports.report import State, police_type
from mkmap.reports.store import floods, request_retention, rows
from mkmap.reports.store.sending import forget_senders
from mkmap.reports.store.tables import facts, past, reports

WardOf = Callable[[float, float, Month], str]  # longitude, latitude, month → ward code, empty outside the wards
Rows = Sequence[sa.Row[Any]]

LIVES = {State.REJECTED: REJECTED_LIVES, State.WITHDRAWN: REJECTED_LIVES, State.PUBLISHED: PUBLISHED_LIVES}
LAST_PURGE, DATE_CONFIRMED = "last_purge", "date_confirmed"  # facts


@dataclass(frozen=True)
class Purged:
    """How many reports of each kind went, and of how many only the text."""

    rejected: int
    withdrawn: int
    published: int
    texts: int


def purge(store: Store, ward_of: WardOf, *, at: datetime, dry_run: bool = False) -> Purged:
    """Delete what has been kept for its time; of published reports counts by year, ward and type stay.

    A dry run does the same, and takes it back.
    """
    with store.writing() as connection:
        published = _over(connection, State.PUBLISHED, at - PUBLISHED_LIVES)
        _count(connection, published, ward_of)
        purged = Purged(
            rejected=_delete(
                connection,
                _over(connection, State.REJECTED, at - REJECTED_LIVES, ~request_retention.appealed(at - APPEAL_HOLDS)),
            ),
            withdrawn=_delete(connection, _over(connection, State.WITHDRAWN, at - REJECTED_LIVES)),
            published=_delete(connection, published),
            texts=connection.execute(
                sa.update(reports)
                .where(reports.c.state != State.PENDING, reports.c.decided_at < at - TEXT_LIVES, reports.c.text != "")
                .where(~request_retention.waits(at - APPEAL_HOLDS))
                .values(text="")
            ).rowcount,
        )
        request_retention.purge(connection, at)
        forget_senders(connection, at - max(SESSION_WINDOW, NETWORK_WINDOW, REQUEST_WINDOW))
        moderators.forget_sign_outs(connection, at)
        rows.set_fact(connection, LAST_PURGE, at.isoformat(), at)
        floods.forget(connection, at)
        if purged.published:
            rows.changed(connection, at)
        if dry_run:
            connection.rollback()
    return purged


def is_over(row: sa.Row, at: datetime) -> bool:
    """Whether a report, as it stands in a row, is kept no more."""
    lives = LIVES.get(State(row.state))
    return lives is not None and row.decided_at < at - lives


@dataclass(frozen=True)
class LastKnown:
    """Moments (UTC) that the store knows: of its last purge, or before the first of the latest of anything;
    when the operator last said that the date is right; what time it is by PostgreSQL's clock."""

    at: datetime
    confirmed: datetime | None
    database: datetime | None


def last_known(store: Store) -> LastKnown:
    """Raises NotKept where the database does not answer."""
    with store.reading() as connection:
        purged, confirmed = rows.fact(connection, LAST_PURGE), rows.fact(connection, DATE_CONFIRMED)
        latest = connection.execute(sa.select(sa.func.max(facts.c.at))).scalar_one()
        clock = None if store.is_sqlite else connection.execute(sa.select(sa.func.now())).scalar_one()
    return LastKnown(purged.at if purged else latest, confirmed.at if confirmed else None, clock)


def last_purge(store: Store) -> datetime | None:
    with store.reading() as connection:
        fact = rows.fact(connection, LAST_PURGE)
        return fact.at if fact else None


def confirm_date(store: Store, at: datetime) -> None:
    """The operator says that it is this time."""
    with store.writing() as connection:
        rows.set_fact(connection, DATE_CONFIRMED, at.isoformat(), at)


def _over(connection: sa.Connection, state: State, before: datetime, *but: sa.ColumnElement[bool]) -> Rows:
    wanted = sa.select(reports).where(reports.c.state == state, reports.c.decided_at < before, *but)
    return connection.execute(wanted.with_for_update()).all()


def _delete(connection: sa.Connection, over: Rows) -> int:
    for row in over:
        connection.execute(sa.delete(reports).where(reports.c.id == row.id))
    return len(over)


def _count(connection: sa.Connection, over: Rows, ward_of: WardOf) -> None:
    cells = Counter(
        (
            Month.parse(row.month).year,
            ward_of(row.longitude, row.latitude, Month.parse(row.month)),
            police_type(row.kind),
            row.told_police,
            row.response,
        )
        for row in over
    )
    for (year, ward, crime_type, told_police, response), count in cells.items():
        cell = {"year": year, "ward": ward, "crime_type": crime_type, "told_police": told_police, "response": response}
        same = sa.and_(*(past.c[name] == value for name, value in cell.items()))
        if not connection.execute(sa.update(past).where(same).values(reports=past.c.reports + count)).rowcount:
            connection.execute(sa.insert(past).values(**cell, reports=count))
