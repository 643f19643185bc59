"""What the public sees of the reports, and how many there are."""

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.month import Month
from mkmap.reports.report import Mark, Place, State
from mkmap.reports.store import rows
from mkmap.reports.store.tables import past, reports

if TYPE_CHECKING:  # who only counts should not wait for it
    import pandas as pd


def version(store: Store) -> str:
    """A text that changes whenever the published reports do; every change of the filters asks for it."""
    standing = store.standing()
    return _version_of(store, standing) if standing else _version(store)


@lru_cache(maxsize=8)
def _version_of(store: Store, _standing: tuple[int, int, int]) -> str:
    return _version(store)


def _version(store: Store) -> str:
    with store.reading() as connection:
        fact = rows.fact(connection, "public_version")
        return fact.value if fact else "0"


def published(store: Store) -> list[Mark]:
    """The public marks, oldest month first; within a month in no order that tells when they were sent."""
    wanted = (
        sa.select(reports.c.mark, reports.c.kind, reports.c.month, reports.c.longitude, reports.c.latitude, reports.c.street)
        .where(reports.c.state == State.PUBLISHED)
        .order_by(reports.c.month, reports.c.mark)
    )
    with store.reading() as connection:
        return [
            Mark(row.mark, row.kind, Month.parse(row.month), Place(row.longitude, row.latitude, row.street))
            for row in connection.execute(wanted)
        ]


def answers(store: Store) -> "tuple[pd.DataFrame, pd.DataFrame]":
    """What the senders of published reports say that the police did, and the counts that remain of past ones; both of one moment.

    The first: longitude, latitude (WGS 84), month (Month's text), told_police, response, decided_at (UTC), a row a report.
    The second: year, ward (code; empty outside the wards), told_police, response, reports.
    """
    kept = reports.c
    live = sa.select(kept.longitude, kept.latitude, kept.month, kept.told_police, kept.response, kept.decided_at)
    gone = sa.select(past.c.year, past.c.ward, past.c.told_police, past.c.response, past.c.reports)
    with store.reading(**store.one_moment) as connection:
        return _frame(connection, live.where(kept.state == State.PUBLISHED)), _frame(connection, gone)


def _frame(connection: sa.Connection, wanted: sa.Select) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(connection.execute(wanted).all(), columns=list(wanted.selected_columns.keys()))


def counts(store: Store) -> dict[State, int]:
    """How many reports are in each state."""
    with store.reading() as connection:
        counted = connection.execute(sa.select(reports.c.state, sa.func.count()).group_by(reports.c.state))
        return dict.fromkeys(State, 0) | {State(state): count for state, count in counted}


def oldest_pending(store: Store) -> datetime | None:
    """When the report that waits longest was received (UTC)."""
    with store.reading() as connection:
        return connection.execute(
            sa.select(sa.func.min(reports.c.received_at)).where(reports.c.state == State.PENDING)
        ).scalar()
