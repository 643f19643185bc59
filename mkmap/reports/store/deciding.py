"""What moderators do: see the queue, decide, take a decision back; each decision is written down with who and when."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.errors import AlreadyDecided, Code, Refused
from mkmap.reports.masking import masked
from mkmap.reports.privacy import TEXT_CHARACTERS
from mkmap.reports.report import OPERATORS, STATES, Decision, Report, State
from mkmap.reports.request import Request
from mkmap.reports.store import rows, settling, tallies
from mkmap.reports.store.sending import erased
from mkmap.reports.store.settling import TO_CORRECT
from mkmap.reports.store.tables import claims, decisions, reports, requests

CORRECTIONS_AT_ONCE = 20  # that are shown of one mark: a moderator has seen enough to look


class Act(StrEnum):
    PUBLISH = "publish"
    REJECT = "reject"
    DUPLICATE = "duplicate"
    UNDO = "undo"
    KEEP = "keep"  # a correction that was asked for is not made
    SECOND = "second"  # only another moderator may publish it
    ALONE = "alone"  # that is taken back, by whoever wanted it


AFTER: dict[tuple[State, Act], State] = {
    (State.PENDING, Act.PUBLISH): State.PUBLISHED,
    (State.PENDING, Act.REJECT): State.REJECTED,
    (State.PENDING, Act.DUPLICATE): State.REJECTED,
    (State.PENDING, Act.SECOND): State.PENDING,
    (State.PENDING, Act.ALONE): State.PENDING,
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
    reason = checked_reason(act, reason)
    with store.writing() as connection:
        row = _row(connection, seen.id, lock=True)
        if row.version != seen.version:
            raise _already(connection, row)
        after = AFTER.get((State(row.state), act))
        if after is None:
            raise Refused(Code.ACT_IMPOSSIBLE, state=STATES[State(row.state)])
        _check_second_look(row.second_by, act, who)
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
                second_by=who if act is Act.SECOND else None if act is Act.ALONE else row.second_by,
            )
        )
        connection.execute(sa.delete(claims).where(claims.c.report == row.id))
        connection.execute(
            sa.insert(decisions).values(report=row.id, at=at, who=who, act=act, before=row.state, after=after, reason=reason)
        )
        rows.changed(connection, at)
        return rows.report(_row(connection, row.id))


def checked_reason(act: Act, reason: str) -> str:
    """A reason as it is kept: masked. Raises Refused where a rejection has none."""
    kept = masked(reason.strip()[:TEXT_CHARACTERS]).text
    if act is Act.REJECT and not kept:
        raise Refused(Code.REJECTION_WITHOUT_REASON)
    return kept


def may_publish(who: str) -> sa.ColumnElement[bool]:
    """All but those at which somebody else must look, too."""
    return sa.or_(reports.c.second_by.is_(None), reports.c.second_by.not_in(names_of(who)))


def _check_second_look(second_by: str | None, act: Act, who: str) -> None:
    is_own = second_by in names_of(who)
    if act is Act.PUBLISH and is_own:
        raise Refused(Code.SECOND_LOOK_MISSING)
    if act is Act.ALONE and not is_own:
        raise Refused(Code.SECOND_LOOK_OF_ANOTHER)
    if act is Act.SECOND and second_by is not None:
        raise Refused(Code.SECOND_LOOK_ASKED, who=second_by)


def names_of(who: str) -> tuple[str, ...]:
    """All names of a person: whoever has the commands and the operator's session is one."""
    return OPERATORS if who in OPERATORS else (who,)


def erase(store: Store, number: int, *, at: datetime) -> None:
    """Delete all that is stored about a report, for good, when its sender has asked for it otherwise than by receipt.

    Raises Refused where there is no such report.
    """
    with store.writing() as connection:
        erased(connection, _row(connection, number, lock=True), at)
    store.note()


def corrections_of(store: Store, number: int) -> list[Request]:
    """Open requests to correct a report's mark; a flood of them comes last, and is cut."""
    of_it = sa.select(requests).where(TO_CORRECT, requests.c.report == number)
    with store.reading() as connection:
        asked = connection.execute(of_it.order_by(requests.c.is_set_aside, requests.c.id).limit(CORRECTIONS_AT_ONCE))
        return [rows.request(row) for row in asked]


def _row(connection: sa.Connection, number: int, *, lock: bool = False) -> sa.Row:
    wanted = rows.REPORT.where(rows.is_number(reports.c.id, number))
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
    row = connection.execute(sa.select(reports).where(rows.is_number(reports.c.id, original))).first()
    if row is None or row.id == number or row.state not in (State.PENDING, State.PUBLISHED):
        raise Refused(Code.NOT_AN_ORIGINAL, number=str(number), original=str(original))
