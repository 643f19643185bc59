"""Say who looks at which report, so that two moderators do not read the same one; a claim holds nobody up."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mkmap.database.connection import Store
from mkmap.reports.store.tables import claims

LIVES = timedelta(minutes=10)  # longer than one report takes; who went for tea keeps nobody from it
RENEWED = timedelta(minutes=5)  # an older one is written anew when its report is looked at: not at every press


def claim(store: Store, number: int, who: str, *, at: datetime) -> None:
    """Look at a report, and at no other; not where somebody else does."""
    if not _is_due(store, number, who, at):
        return
    try:
        with store.writing() as connection:
            own_or_over = sa.or_(claims.c.who == who, claims.c.at <= at - LIVES)
            connection.execute(sa.delete(claims).where(own_or_over))
            if connection.execute(sa.select(claims.c.who).where(claims.c.report == number)).first() is None:
                connection.execute(sa.insert(claims).values(report=number, who=who, at=at))
    except IntegrityError:  # somebody else was faster, or the report is erased
        return


def claimed(store: Store, numbers: Iterable[int], *, at: datetime) -> dict[int, str]:
    """Who looks at each of these reports, where somebody does."""
    wanted = sa.select(claims.c.report, claims.c.who).where(claims.c.report.in_([*numbers]), claims.c.at > at - LIVES)
    with store.reading() as connection:
        return {row.report: row.who for row in connection.execute(wanted)}


def _is_due(store: Store, number: int, who: str, at: datetime) -> bool:
    """Whether something is to be written: only to look takes no writer's turn."""
    with store.reading() as connection:
        row = connection.execute(sa.select(claims).where(claims.c.report == number, claims.c.at > at - LIVES)).first()
    return row is None or (row.who == who and row.at <= at - RENEWED)
