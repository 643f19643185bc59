"""Delete what people asked of the site when its time is over; its counts stay."""

from datetime import datetime

import sqlalchemy as sa

from mkmap.reports.privacy import ANSWER_LIVES, TEXT_LIVES, UNANSWERED_LIVES
from mkmap.reports.request import Kind, Outcome
from mkmap.reports.store import settling, tallies
from mkmap.reports.store.settling import OPEN
from mkmap.reports.store.tables import reports, requests


def holds(since: datetime) -> sa.ColumnElement[bool]:
    """Of a report: whether an appeal about it waits, and not for longer than since then."""
    waits = sa.select(requests.c.id).where(requests.c.report == reports.c.id, requests.c.kind == Kind.APPEAL, OPEN)
    return waits.where(requests.c.sent_at >= since).exists()


def purge(connection: sa.Connection, at: datetime) -> None:
    """Texts go first, then the answers; what nobody has answered in its time is counted as that."""
    settling.orphans(connection, at)
    old_text = sa.and_(requests.c.answered_at < at - TEXT_LIVES, requests.c.text != "")
    connection.execute(sa.update(requests).where(old_text).values(text=""))
    connection.execute(sa.delete(requests).where(requests.c.answered_at < at - ANSWER_LIVES))
    too_old = sa.delete(requests).where(OPEN, requests.c.sent_at < at - UNANSWERED_LIVES)
    rows = connection.execute(too_old.returning(requests.c.kind, requests.c.sent_at)).all()
    tallies.add_all(connection, [settling.tally(row, Outcome.UNANSWERED, at) for row in rows])
