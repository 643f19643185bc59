"""Delete what people asked of the site when its time is over; its counts stay."""

from collections import Counter
from datetime import datetime

import sqlalchemy as sa

from mkmap.reports.privacy import ANSWER_LIVES, TEXT_LIVES, UNANSWERED_LIVES
from mkmap.reports.request import Kind, Outcome
from mkmap.reports.store import settling, tallies
from mkmap.reports.store.settling import OPEN
from mkmap.reports.store.tables import reports, requests


def appealed(since: datetime) -> sa.ColumnElement[bool]:
    """Of a report: whether its sender has appealed since then; with its receipt the answer is read."""
    return _appeals(since).exists()


def waits(since: datetime) -> sa.ColumnElement[bool]:
    """Of a report: whether an appeal that was sent since then is not answered yet."""
    return _appeals(since).where(OPEN).exists()


def _appeals(since: datetime) -> sa.Select:
    about_it = sa.and_(requests.c.report == reports.c.id, requests.c.kind == Kind.APPEAL)
    return sa.select(requests.c.id).where(about_it, requests.c.sent_at >= since)


def purge(connection: sa.Connection, at: datetime) -> None:
    """Texts go first, then the answers; what nobody has answered in its time is counted as that."""
    settling.orphans(connection, at)
    old_text = sa.and_(requests.c.answered_at < at - TEXT_LIVES, requests.c.text != "")
    connection.execute(sa.update(requests).where(old_text).values(text=""))
    connection.execute(sa.delete(requests).where(requests.c.answered_at < at - ANSWER_LIVES))
    too_old = sa.delete(requests).where(OPEN, requests.c.sent_at < at - UNANSWERED_LIVES)
    rows = connection.execute(too_old.returning(requests.c.kind, requests.c.sent_at)).all()
    tallies.add_all(connection, Counter(settling.tally(row, Outcome.UNANSWERED, at) for row in rows))
