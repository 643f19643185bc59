"""What moderators do: see the queue, decide, take a decision back; each decision is written down with who and when."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from mkmap.database import tombstones
from mkmap.database.connection import Store
from mkmap.errors import AlreadyDecided, Code, Refused
from mkmap.reports.masking import masked
from mkmap.reports.privacy import TEXT_CHARACTERS
from mkmap.reports.report import STATES, Decision, Report, State
from mkmap.reports.request import Kind, Request
from mkmap.reports.store import rows, settling, tallies
from mkmap.reports.store.sending import erased
from mkmap.reports.store.settling import OPEN
from mkmap.reports.store.tables import decisions, reports, requests

CORRECTIONS_AT_ONCE = 20  # that are shown of one mark: a moderator has seen enough to look


class Act(StrEnum):
    PUBLISH = "publish"
    REJECT = "reject"
    DUPLICATE = "duplicate"
    UNDO = "undo"
    KEEP = "keep"  # a correction that was asked for is not made


AFTER: dict[tuple[State, Act], State] = {
    (State.PENDING, Act.PUBLISH): State.PUBLISHED,
    (State.PENDING, Act.REJECT): State.REJECTED,
    (State.PENDING, Act.DUPLICATE): State.REJECTED,
    (State.PUBLISHED, Act.REJECT): State.REJECTED,
    (State.PUBLISHED, Act.DUPLICATE): State.REJECTED,
    (State.PUBLISHED, Act.UNDO): State.PENDING,
    (State.PUBLISHED, Act.KEEP): State.PUBLISHED,
    (State.REJECTED, Act.UNDO): State.PENDING,
}


def reports_in(store: Store, *states: State) -> list[Report]:
    """The reports in these states, oldest first; of no state: all."""
    wanted = rows.REPORT.order_by(reports.c.received_at, reports.c.id)
    if states:
        wanted = wanted.where(reports.c.state.in_(states))
    with store.reading() as connection:
        return [rows.report(row) for row in connection.execute(wanted)]


def get(store: Store, number: int) -> Report:
    """Raises Refused where there is no such report."""
    with store.reading() as connection:
        return rows.report(_row(connection, number))


def decided(store: Store, number: int) -> list[Decision]:
    """What was decided about a report, oldest first."""
    with store.reading() as connection:
        made = connection.execute(sa.select(decisions).where(decisions.c.report == number).order_by(decisions.c.id))
        return [Decision(row.report, row.at, row.who, row.act, row.before, row.after, row.reason) for row in made]


def decide(
    store: Store, seen: Report, act: Act, *, who: str, at: datetime, reason: str = "", duplicate_of: int | None = None
) -> Report:
    """Decide about a report as it was seen; gives it as it is now.

    Raises AlreadyDecided where somebody else was faster, Refused where the act is not possible; then nothing was changed.
    """
    reason = masked(reason.strip()[:TEXT_CHARACTERS]).text
    with store.writing() as connection:
        row = _row(connection, seen.id, lock=True)
        if row.version != seen.version:
            raise _already(connection, row)
        after = AFTER.get((State(row.state), act))
        if after is None:
            raise Refused(Code.ACT_IMPOSSIBLE, state=STATES[State(row.state)])
        if act is Act.REJECT and not reason:
            raise Refused(Code.REJECTION_WITHOUT_REASON)
        if act is Act.DUPLICATE:
            _check_original(connection, row.id, duplicate_of)
        settling.settle(connection, [row.id], act, who=who, at=at)
        tallies.count_decision(connection, [row.id], act, at=at, reason=reason)
        connection.execute(
            sa.update(reports)
            .where(reports.c.id == row.id)
            .values(
                state=after,
                version=row.version + 1,
                decided_at=row.decided_at if act is Act.KEEP else None if after is State.PENDING else at,
                reason=reason if after is State.REJECTED else "",
                duplicate_of=duplicate_of if act is Act.DUPLICATE else None,
            )
        )
        connection.execute(
            sa.insert(decisions).values(report=row.id, at=at, who=who, act=act, before=row.state, after=after, reason=reason)
        )
        rows.changed(connection, at)
        return rows.report(_row(connection, row.id))


def erase(store: Store, number: int, *, at: datetime) -> None:
    """Delete all that is stored about a report, for good, when its sender has asked for it otherwise than by receipt.

    Raises Refused where there is no such report.
    """
    with store.writing() as connection:
        erased(connection, _row(connection, number, lock=True), at)
    tombstones.write(store)


def likely_duplicates(
    report: Report, others: list[Report], metres: Callable[[Report, Report], float], near: float
) -> list[Report]:
    """Reports of the same crime type, within a month and `near` metres."""
    return [
        other
        for other in others
        if other.id != report.id
        and other.crime_type == report.crime_type
        and abs(other.month - report.month) <= 1
        and metres(report, other) <= near
    ]


def corrections_of(store: Store, number: int) -> list[Request]:
    """Open requests to correct a report's mark; a flood of them comes last, and is cut."""
    of_it = sa.select(requests).where(OPEN, requests.c.report == number, requests.c.kind == Kind.CORRECTION)
    with store.reading() as connection:
        asked = connection.execute(of_it.order_by(requests.c.is_set_aside, requests.c.id).limit(CORRECTIONS_AT_ONCE))
        return [rows.request(row) for row in asked]


def _row(connection: sa.Connection, number: int, *, lock: bool = False) -> sa.Row:
    wanted = rows.REPORT.where(reports.c.id == number)
    row = connection.execute(wanted.with_for_update(of=reports) if lock else wanted).first()
    if row is None:
        raise Refused(Code.NO_SUCH_REPORT, number=str(number))
    return row


def _already(connection: sa.Connection, row: sa.Row) -> AlreadyDecided:
    last = connection.execute(
        sa.select(decisions).where(decisions.c.report == row.id).order_by(decisions.c.id.desc()).limit(1)
    ).first()
    return AlreadyDecided(
        Code.ALREADY_DECIDED,
        who=last.who if last else "?",
        number=str(row.id),
        state=STATES[State(row.state)],
        at=last.at.strftime("%H:%M:%S") if last else "?",
    )


def _check_original(connection: sa.Connection, number: int, original: int | None) -> None:
    row = connection.execute(sa.select(reports).where(reports.c.id == original)).first()
    if row is None or row.id == number or row.state not in (State.PENDING, State.PUBLISHED):
        raise Refused(Code.NOT_AN_ORIGINAL, number=str(number), original=str(original))
