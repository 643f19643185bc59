"""Answer what was asked about a report when something is decided about it, or when it goes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from mkmap.reports.request import OF_A_MARK, Kind, Outcome, Request
from mkmap.reports.store import tallies
from mkmap.reports.store.tables import requests
from mkmap.reports.store.tallies import Tally

OPEN = requests.c.answered_at.is_(None)
TO_CORRECT = sa.and_(OPEN, requests.c.kind == Kind.CORRECTION)
SETTLES: Mapping[str, Mapping[Kind, Outcome]] = {  # an act → which requests it answers, and how
    "keep": {Kind.CORRECTION: Outcome.KEPT},
    "reject": dict.fromkeys(OF_A_MARK, Outcome.REMOVED),
    "duplicate": dict.fromkeys(OF_A_MARK, Outcome.REMOVED),
    "undo": {**dict.fromkeys(OF_A_MARK, Outcome.REMOVED), Kind.APPEAL: Outcome.REOPENED},
}


def settle(connection: sa.Connection, numbers: Sequence[int], act: str, *, who: str, at: datetime) -> None:
    """Answer what waits about reports where an act is the answer; what a mark that is public anew makes untrue waits again."""
    if act == "publish":
        _reopen(connection, numbers)
    for kind, outcome in SETTLES.get(act, {}).items():
        _answer(connection, sa.and_(requests.c.report.in_(numbers), requests.c.kind == kind), outcome, who, at)


def withdrawn(connection: sa.Connection, report: int, at: datetime) -> None:
    """There is nothing to correct or to look at any more, and what was written about it goes at once."""
    _answer(connection, requests.c.report == report, Outcome.GONE, "", at)
    connection.execute(sa.update(requests).where(requests.c.report == report).values(text="", note="", flags="[]"))


def erased(connection: sa.Connection, report: int, at: datetime) -> None:
    """Of a report that is about to be erased: its sender's appeals go with it; who asked about it keeps an answer, and no text."""
    connection.execute(sa.delete(requests).where(requests.c.report == report, requests.c.kind == Kind.APPEAL))
    withdrawn(connection, report, at)


def orphans(connection: sa.Connection, at: datetime, *, perhaps_erased: bool = False) -> None:
    """Requests whose report is gone, because its time was over or because a backup brought it not back.

    What a moderator wrote to whoever asked stays as long as an answer does, but where the report may have been erased.
    """
    orphaned = sa.and_(requests.c.report.is_(None), requests.c.kind != Kind.COMPLAINT)
    connection.execute(sa.update(requests).where(orphaned, requests.c.text != "").values(text="", flags="[]"))
    if perhaps_erased:
        connection.execute(sa.update(requests).where(orphaned, requests.c.note != "").values(note=""))
    _answer(connection, sa.and_(orphaned, requests.c.kind == Kind.APPEAL), Outcome.UNANSWERED, "", at)
    _answer(connection, orphaned, Outcome.GONE, "", at)


def _reopen(connection: sa.Connection, numbers: Sequence[int]) -> None:
    """Whoever reads that a mark was taken down, and sees it, was told a lie; nor was what they asked ever looked at."""
    untrue = sa.and_(requests.c.report.in_(numbers), requests.c.outcome == Outcome.REMOVED)
    rows = connection.execute(sa.select(requests).where(untrue).with_for_update()).all()
    counted = Counter(tally(row, Outcome.REMOVED, row.answered_at) for row in rows)
    tallies.add_all(connection, {one: -count for one, count in counted.items()})
    connection.execute(sa.update(requests).where(untrue).values(answered_at=None, outcome="", who="", note=""))


def tally(row: Request | sa.Row, outcome: Outcome, at: datetime) -> Tally:
    return Tally(at.year, row.kind, outcome, max((at - row.sent_at).days, 0))


def _answer(connection: sa.Connection, which: sa.ColumnElement[bool], outcome: Outcome, who: str, at: datetime) -> None:
    answered = sa.update(requests).where(which, OPEN).values(answered_at=at, outcome=outcome, who=who)
    rows = connection.execute(answered.returning(requests.c.kind, requests.c.sent_at)).all()
    tallies.add_all(connection, Counter(tally(row, outcome, at) for row in rows))
