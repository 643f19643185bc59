"""Count, year by year, what is received and decided: numbers that outlive what they count, and say nothing of anybody."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.reports.reasons import Reason, counted_as
from mkmap.reports.report import State
from mkmap.reports.store.tables import decisions, reports, tallies

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

RECEIVED, PUBLISHED, REJECTED, TAKEN_DOWN = "received", "published", "rejected", "taken down"
WITHDRAWN, ERASED = "withdrawn", "erased"


@dataclass(frozen=True, order=True)
class Tally:
    """What is counted: in which year, what (one of the above, or a kind of request), with which reason or outcome, after how many days."""

    year: int
    what: str
    detail: str = ""
    days: int = 0


def add(connection: sa.Connection, tally: Tally, count: int = 1) -> None:
    """At the end of a transaction: on PostgreSQL nobody else counts the same until it is over."""
    insert = _insert_of(connection.dialect.name)
    values = {"year": tally.year, "what": tally.what, "detail": tally.detail, "days": tally.days, "total": count}
    connection.execute(
        insert(tallies)
        .values(**values)
        .on_conflict_do_update(
            index_elements=[tallies.c.year, tallies.c.what, tallies.c.detail, tallies.c.days],
            set_={"total": tallies.c.total + count},
        )
    )


def _insert_of(dialect: str) -> "type[sqlite.Insert | postgresql.Insert]":
    """Each database's own, which can count on where a row is there already; it is loaded where it is needed."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.Insert
    from sqlalchemy.dialects import postgresql

    return postgresql.Insert


def add_all(connection: sa.Connection, counted: Mapping[Tally, int]) -> None:
    """In one order everywhere: two who count the same at once do not stand in each other's way."""
    for tally, count in sorted(counted.items()):
        add(connection, tally, count)


def of_decision(received_at: datetime, at: datetime, act: str, before: str, reason: str) -> Tally | None:
    """What a decision counts as; None for one that decides nothing."""
    days = max((at - received_at).days, 0)
    if act == "publish":
        return Tally(at.year, PUBLISHED, days=days)
    if act not in ("reject", "duplicate"):
        return None
    why = Reason.DUPLICATE if act == "duplicate" else counted_as(reason)
    return Tally(at.year, TAKEN_DOWN, why) if before == State.PUBLISHED else Tally(at.year, REJECTED, why, days)


def count_decision(connection: sa.Connection, numbers: Sequence[int], act: str, *, at: datetime, reason: str) -> None:
    """Of reports as they stand before it; what is taken back is counted no more. Called before anything else is written down."""
    standing = connection.execute(sa.select(reports).where(reports.c.id.in_(numbers))).all()
    if act == "undo":
        since = _since_undone(connection, numbers)
        made = [
            of_decision(row.received_at, one.at, one.act, one.before, one.reason) for row in standing for one in since[row.id]
        ]
    else:
        made = [of_decision(row.received_at, at, act, row.state, reason) for row in standing]
    sign = -1 if act == "undo" else 1
    add_all(connection, {tally: sign * count for tally, count in Counter(filter(None, made)).items()})


def _since_undone(connection: sa.Connection, numbers: Sequence[int]) -> Mapping[int, list[sa.Row]]:
    """Of each report what was decided since it waited last: what an undo takes back."""
    made: dict[int, list[sa.Row]] = defaultdict(list)
    for row in connection.execute(sa.select(decisions).where(decisions.c.report.in_(numbers)).order_by(decisions.c.id)):
        made[row.report] = [] if row.act == "undo" else [*made[row.report], row]
    return made


def counted(store: Store) -> dict[Tally, int]:
    """All that was ever counted."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(tallies).where(tallies.c.total > 0)).all()
    return {Tally(row.year, row.what, row.detail, row.days): row.total for row in rows}
