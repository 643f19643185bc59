"""Read who decided what, of all reports that are kept: the audit, without a word that a resident wrote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.reports.store.tables import decisions, reports

AT_ONCE = 1000  # rows


@dataclass(frozen=True)
class Entry:
    """A decision (UTC), and of the report what is public of a published one but its place."""

    at: datetime
    who: str
    report: int
    act: str
    before: str
    after: str
    reason: str  # the moderator's words, masked
    kind: str
    month: str


def entries(store: Store) -> Iterator[Entry]:
    """The oldest first."""
    of = decisions.c
    wanted = (
        sa.select(of.at, of.who, of.report, of.act, of.before, of.after, of.reason, reports.c.kind, reports.c.month)
        .join(reports, reports.c.id == of.report)
        .order_by(of.id)
    )
    with store.reading(yield_per=AT_ONCE) as connection:
        for row in connection.execute(wanted):
            yield Entry(*row)
