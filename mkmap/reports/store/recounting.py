"""Count what comes into a store all at once, as it would have been counted one by one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from mkmap.reports.report import Decision
from mkmap.reports.request import Outcome, Request
from mkmap.reports.store import settling, tallies
from mkmap.reports.store.tallies import Tally

Counts = Mapping[Tally, int]


def add(connection: sa.Connection, rows: Iterable[sa.Row]) -> None:
    """Rows of another store's counts."""
    tallies.add_all(connection, {Tally(row.year, row.what, row.detail, row.days): row.total for row in rows})


def count(
    connection: sa.Connection,
    received: Mapping[int, datetime],
    decided: Iterable[Decision | sa.Row],
    asked: Iterable[Request | sa.Row],
) -> None:
    """Add what came, by when each report was received, with what was decided and asked; decisions about others are none of it."""
    tallies.add_all(connection, of_reports(received, [one for one in decided if one.report in received]))
    tallies.add_all(connection, of_requests(asked))


def of_reports(received: Mapping[int, datetime], decided: Iterable[Decision | sa.Row]) -> Counts:
    """Of reports, by their numbers, and what was decided about them, oldest first; what was taken back counts no more."""
    made: dict[int, list[Tally]] = defaultdict(list)
    for one in decided:
        if one.act == "undo":
            made[one.report].clear()
        elif one.act == "withdraw":
            made[one.report].append(Tally(one.at.year, tallies.WITHDRAWN))
        elif tally := tallies.of_decision(received[one.report], one.at, one.act, one.before, one.reason):
            made[one.report].append(tally)
    counts = Counter(tally for of_one in made.values() for tally in of_one)
    counts.update(Tally(at.year, tallies.RECEIVED) for at in received.values())
    return counts


def of_requests(asked: Iterable[Request | sa.Row]) -> Counts:
    """Of requests, and of their answers."""
    counts: Counter[Tally] = Counter()
    for one in asked:
        counts[Tally(one.sent_at.year, one.kind, tallies.RECEIVED)] += 1
        if one.answered_at and one.outcome:
            counts[settling.tally(one, Outcome(one.outcome), one.answered_at)] += 1
    return counts
