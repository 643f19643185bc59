"""Decide about many reports at once, and take the last decision of a moderator back; each report has its entry in the audit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.reports.report import Report, State
from mkmap.reports.store import rows, settling, tallies
from mkmap.reports.store.deciding import AFTER, Act, checked_reason, may_publish
from mkmap.reports.store.tables import claims, decisions, reports
from mkmap.reports.store.wanted import Wanted, condition

AT_ONCE = 500  # reports in one statement
IN_A_TURN = 2_000  # reports in one transaction: between two of them a resident who sends has a turn
CAN_BE_UNDONE = (Act.PUBLISH, Act.REJECT, Act.DUPLICATE, Act.SECOND)
UNDO_IS_OFFERED = timedelta(hours=1)  # later nobody remembers what the last decision was: each report's own list has it


@dataclass(frozen=True)
class Done:
    """How many were decided about, and how many were not: somebody else was faster, or must look at them."""

    decided: int
    left: int


@dataclass(frozen=True)
class Last:
    """The last decision of a moderator: one act, about one report or many."""

    who: str
    at: datetime
    act: Act
    after: State
    numbers: tuple[int, ...]  # the first two of them: enough to tell one from many
    reports: int


def decide_about(store: Store, seen: Sequence[Report], act: Act, *, who: str, at: datetime, reason: str = "") -> Done:
    """Decide about reports as they were seen; those that have changed since are left.

    Raises Refused where a rejection has no reason; then nothing was changed.
    """
    which = sa.tuple_(reports.c.id, reports.c.version).in_([(report.id, report.version) for report in seen])
    return _decide(store, which, len(seen), act, who=who, at=at, reason=reason)


def decide_all(
    store: Store, wanted: Wanted, act: Act, *, up_to: int, total: int, who: str, at: datetime, reason: str = ""
) -> Done:
    """Decide about all that is wanted, as far as it was there when its `total` was seen: up to a report's number.

    Raises Refused where a rejection has no reason; then nothing was changed.
    """
    return _decide(store, sa.and_(condition(wanted), reports.c.id <= up_to), total, act, who=who, at=at, reason=reason)


def last(store: Store, who: str, *, at: datetime) -> Last | None:
    """What a moderator decided last, where that is not long ago and can be taken back."""
    of_who = sa.select(decisions).where(decisions.c.who == who, decisions.c.at > at - UNDO_IS_OFFERED)
    with store.reading() as connection:
        row = connection.execute(of_who.order_by(decisions.c.at.desc(), decisions.c.id.desc()).limit(1)).first()
        if row is None or row.act not in CAN_BE_UNDONE:
            return None
        same = _of(who, row.at, row.act)
        numbers = connection.execute(sa.select(decisions.c.report).where(same).order_by(decisions.c.report).limit(2)).scalars()
        count = connection.execute(sa.select(sa.func.count()).select_from(decisions).where(same)).scalar_one()
        return Last(who, row.at, Act(row.act), State(row.after), tuple(numbers), count)


def take_back(store: Store, decision: Last, *, at: datetime) -> Done:
    """Undo a decision about all its reports about which nothing was decided since."""
    later = decisions.alias()
    newest = sa.select(sa.func.max(later.c.id)).where(later.c.report == decisions.c.report).scalar_subquery()
    standing = sa.select(decisions.c.report).where(_of(decision.who, decision.at, decision.act), decisions.c.id == newest)
    act = Act.ALONE if decision.act is Act.SECOND else Act.UNDO
    return _decide(store, reports.c.id.in_(standing), decision.reports, act, who=decision.who, at=at)


def _of(who: str, at: datetime, act: str) -> sa.ColumnElement[bool]:
    """A decision about many has one moment."""
    return sa.and_(decisions.c.who == who, decisions.c.at == at, decisions.c.act == act)


def _decide(
    store: Store, which: sa.ColumnElement[bool], total: int, act: Act, *, who: str, at: datetime, reason: str = ""
) -> Done:
    reason = checked_reason(act, reason)
    possible = [which, reports.c.state.in_([before for before, possible in AFTER if possible is act])]
    if act is Act.PUBLISH:
        possible.append(may_publish(who))
    with store.reading() as connection:
        numbers = connection.execute(sa.select(reports.c.id).where(*possible)).scalars().all()
    decided = 0
    for some in _parts(numbers, IN_A_TURN):
        with store.writing() as connection:
            still = sa.select(reports.c.id).where(reports.c.id.in_(some), *possible).with_for_update()
            standing = connection.execute(still).scalars().all()
            for those in _parts(standing, AT_ONCE):
                settling.settle(connection, those, act, who=who, at=at)
                tallies.count_decision(connection, those, act, at=at, reason=reason)
                for statement in _statements(those, act, who, at, reason):
                    connection.execute(statement)
            rows.changed(connection, at)
        decided += len(standing)
    return Done(decided, total - decided)


def _parts(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for first in range(0, len(numbers), size):
        yield numbers[first : first + size]


def _statements(numbers: Sequence[int], act: Act, who: str, at: datetime, reason: str) -> Iterator[sa.Executable]:
    """First what was decided, of the state before; then the state."""
    (state,) = {after for (_before, possible), after in AFTER.items() if possible is act}
    those = reports.c.id.in_(numbers)
    values = [reports.c.id, *map(sa.literal, (at, who, act)), reports.c.state, sa.literal(state), sa.literal(reason)]
    columns = ["report", "at", "who", "act", "before", "after", "reason"]
    yield sa.insert(decisions).from_select(columns, sa.select(*values).where(those))
    yield (
        sa.update(reports)
        .where(those)
        .values(
            state=state,
            version=reports.c.version + 1,
            decided_at=None if state is State.PENDING else at,
            reason=reason if state is State.REJECTED else "",
            duplicate_of=None,
            second_by=None if act is Act.ALONE else reports.c.second_by,
        )
    )
    yield sa.delete(claims).where(claims.c.report.in_(numbers))
