"""What people ask of the site: keep it, find it by its receipt, show moderators what waits, answer it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mkmap.database import tombstones
from mkmap.database.connection import Store
from mkmap.database.tombstones import gone
from mkmap.errors import Code, Refused
from mkmap.reports.form import text_flags
from mkmap.reports.masking import masked
from mkmap.reports.privacy import COMPLAINT_ACKNOWLEDGED, TEXT_CHARACTERS
from mkmap.reports.report import State
from mkmap.reports.request import ANSWERED_WITHIN, BY_HAND, OF_A_MARK, WHATS, Asked, Kind, Request
from mkmap.reports.store import rows, sending, settling, tallies
from mkmap.reports.store.sending import Sender, digest
from mkmap.reports.store.settling import OPEN
from mkmap.reports.store.tables import decisions, reports, requests
from mkmap.reports.store.tallies import Tally


def ask(store: Store, asked: Asked, *, at: datetime, sender: Sender | None = None) -> str:
    """Keep what somebody asks, and give its receipt; the same id gives the same receipt, and no second row.

    Raises Refused where the mark is not public (any more), where the sender asks too often or an answer is not offered; NotKept
    where it is not certain that it was kept.
    """
    if len(asked.text) > TEXT_CHARACTERS:
        raise Refused(Code.CORRECTION_TOO_LONG, most=TEXT_CHARACTERS)
    if asked.what not in WHATS[asked.kind] or (asked.kind is Kind.COMPLAINT and not asked.text.strip()):
        raise Refused(Code.FORM_INCOMPLETE)
    try:
        with store.writing() as connection:
            if stands := _standing(connection, asked.id):
                return stands
            report = _public(connection, asked.mark) if asked.kind in OF_A_MARK else None
            is_set_aside = sender is not None and sending.asks_much(connection, sender, at)
            receipt = sending.receipt_of(connection, asked.id)
            _insert(connection, asked, report, at, receipt=digest(receipt), is_set_aside=is_set_aside)
            return receipt
    except IntegrityError:  # the same came twice at once: the other was faster
        with store.reading() as connection:
            if stands := _standing(connection, asked.id):
                return stands
        raise


def appeal(store: Store, receipt: str, text: str, *, at: datetime) -> None:
    """Ask that a rejection is looked at again: once for each. Twice pressed is as good as once.

    Raises Refused where no rejected report has the receipt, or nothing is said.
    """
    if len(text) > TEXT_CHARACTERS:
        raise Refused(Code.CORRECTION_TOO_LONG, most=TEXT_CHARACTERS)
    if not text.strip():
        raise Refused(Code.APPEAL_WITHOUT_REASON)
    with store.writing() as connection:
        row = connection.execute(sa.select(reports).where(reports.c.receipt == digest(receipt)).with_for_update()).first()
        if row is None or row.state != State.REJECTED:
            raise Refused(Code.APPEAL_IMPOSSIBLE)
        asked = Asked(f"appeal-{row.submission}-{row.version}", Kind.APPEAL, "", text)
        if connection.execute(sa.select(requests.c.id).where(requests.c.request == digest(asked.id))).first() is None:
            _insert(connection, asked, row.id, at)


def sent(store: Store, request_id: str) -> tuple[str, Request] | None:
    """The receipt and the request of a browser's id, if it was kept."""
    with store.reading() as connection:
        row = connection.execute(sa.select(requests).where(requests.c.request == digest(request_id))).first()
        return (sending.receipt_of(connection, request_id), rows.request(row)) if row else None


def find(store: Store, receipt: str) -> Request | None:
    """The request of a receipt; None where there is none, or none any more."""
    with store.reading() as connection:
        row = connection.execute(sa.select(requests).where(requests.c.receipt == digest(receipt))).first()
        return rows.request(row) if row else None


def appeal_of(store: Store, report: int) -> Request | None:
    """The newest appeal about a report."""
    of_it = sa.select(requests).where(requests.c.report == report, requests.c.kind == Kind.APPEAL)
    with store.reading() as connection:
        row = connection.execute(of_it.order_by(requests.c.id.desc()).limit(1)).first()
        return rows.request(row) if row else None


def erase(store: Store, receipt: str, *, at: datetime) -> None:
    """Delete all that is stored of a request, for good. Raises Refused where none has the receipt."""
    with store.writing() as connection:
        row = connection.execute(sa.select(requests).where(requests.c.receipt == digest(receipt)).with_for_update()).first()
        if row is None:
            raise Refused(Code.RECEIPT_UNKNOWN)
        tombstones.note(connection, row.request, tombstones.ERASED, at)
        connection.execute(sa.delete(requests).where(requests.c.id == row.id))
    tombstones.write(store)


def get(store: Store, number: int) -> Request:
    """Raises Refused where there is no such request."""
    with store.reading() as connection:
        return rows.request(_row(connection, number))


def waiting(store: Store, at_most: int) -> list[Request]:
    """What waits for an answer, and is due first; who has sent many comes last."""
    first = (requests.c.is_set_aside, requests.c.acknowledged_at.is_not(None), requests.c.sent_at, requests.c.id)
    in_order = sa.select(requests).where(OPEN).order_by(*first).limit(at_most)
    with store.reading() as connection:
        rows_of = [connection.execute(in_order.where(requests.c.kind == kind)).all() for kind in Kind]
    return sorted(map(rows.request, chain.from_iterable(rows_of)), key=lambda one: (one.is_set_aside, one.due))[:at_most]


@dataclass(frozen=True)
class Waiting:
    """Of one kind: how many wait, and of these how many for longer than was said."""

    open: int
    late: int


def counts(store: Store, at: datetime) -> Mapping[Kind, Waiting]:
    """How many requests of each kind wait."""
    with store.reading() as connection:
        of = {kind: requests.c.kind == kind for kind in Kind}
        return {kind: Waiting(_count(connection, of[kind]), _count(connection, of[kind], _is_late(kind, at))) for kind in Kind}


def acknowledge(store: Store, number: int, *, at: datetime) -> None:
    """Say to whoever complained that somebody has read it. Raises Refused where it is answered or gone."""
    with store.writing() as connection:
        row = _unanswered(connection, number)
        if row.acknowledged_at is None:
            connection.execute(sa.update(requests).where(requests.c.id == row.id).values(acknowledged_at=at))


def note(store: Store, number: int, text: str) -> None:
    """Keep what whoever asked shall read when a decision about the report answers. Raises Refused where it is answered or gone."""
    with store.writing() as connection:
        row = _unanswered(connection, number)
        connection.execute(
            sa.update(requests).where(requests.c.id == row.id).values(note=masked(text.strip()[:TEXT_CHARACTERS]).text)
        )


def answer(store: Store, number: int, *, who: str, at: datetime, note: str = "", others: bool = False) -> Request:
    """Answer a request so that nothing changes: the mark stays, the rejection stands, a complaint has an answer in words.

    `others`: whether there is another moderator, who must look at an appeal against one's own rejection. What does change
    something is decided about the report, and answers with it. Raises Refused where it is answered already or must not be.
    """
    with store.writing() as connection:
        row = _unanswered(connection, number)
        kind, note = Kind(row.kind), masked(note.strip()[:TEXT_CHARACTERS]).text
        if kind is Kind.APPEAL and others and _rejected_by(connection, row.report) == who:
            raise Refused(Code.APPEAL_AGAINST_ONESELF)
        if kind is Kind.COMPLAINT and not note:
            raise Refused(Code.COMPLAINT_WITHOUT_ANSWER)
        outcome = BY_HAND[kind]
        values = {"answered_at": at, "outcome": outcome, "note": note, "who": who}
        connection.execute(sa.update(requests).where(requests.c.id == row.id).values(**values))
        tallies.add(connection, settling.tally(row, outcome, at))
        return rows.request(_row(connection, row.id))


def rejected_by(store: Store, report: int) -> str:
    """Who rejected a report last; empty where nobody has."""
    with store.reading() as connection:
        return _rejected_by(connection, report)


def _rejected_by(connection: sa.Connection, report: int) -> str:
    of_it = sa.select(decisions.c.who).where(decisions.c.report == report, decisions.c.after == State.REJECTED)
    return connection.execute(of_it.order_by(decisions.c.id.desc()).limit(1)).scalar() or ""


def _insert(
    connection: sa.Connection,
    asked: Asked,
    report: int | None,
    at: datetime,
    *,
    receipt: str | None = None,
    is_set_aside: bool = False,
) -> None:
    text = masked(asked.text.strip())
    values = {
        "request": digest(asked.id),
        "receipt": receipt,
        "kind": asked.kind,
        "report": report,
        "sent_at": at,
        "what": asked.what,
        "text": text.text,
        "flags": json.dumps(text_flags(text)),
        "is_set_aside": is_set_aside,
    }
    connection.execute(sa.insert(requests).values(outcome="", note="", who="", **values))
    tallies.add(connection, Tally(at.year, asked.kind, tallies.RECEIVED))


def _standing(connection: sa.Connection, request_id: str) -> str | None:
    """The receipt of a request that was kept before.

    Raises Refused where it was erased: a page left open must not bring it back.
    """
    hashed = digest(request_id)
    if connection.execute(sa.select(gone.c.act).where(gone.c.submission == hashed)).first():
        raise Refused(Code.REQUEST_ERASED)
    if connection.execute(sa.select(requests.c.id).where(requests.c.request == hashed)).first():
        return sending.receipt_of(connection, request_id)
    return None


def _public(connection: sa.Connection, mark: str) -> int:
    wanted = sa.select(reports.c.id).where(reports.c.mark == mark, reports.c.state == State.PUBLISHED)
    report: int | None = connection.execute(wanted).scalar()
    if report is None:
        raise Refused(Code.CORRECTION_OF_NOTHING)
    return report


def _row(connection: sa.Connection, number: int) -> sa.Row:
    row = connection.execute(sa.select(requests).where(requests.c.id == number).with_for_update()).first()
    if row is None:
        raise Refused(Code.NO_SUCH_REQUEST, number=str(number))
    return row


def _unanswered(connection: sa.Connection, number: int) -> sa.Row:
    row = _row(connection, number)
    if row.answered_at is not None:
        raise Refused(Code.REQUEST_ANSWERED, number=str(number))
    return row


def _count(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(requests).where(OPEN, *which)).scalar_one()


def _is_late(kind: Kind, at: datetime) -> sa.ColumnElement[bool]:
    late = requests.c.sent_at < at - ANSWERED_WITHIN[kind]
    if kind is not Kind.COMPLAINT:
        return late
    return sa.or_(late, sa.and_(requests.c.acknowledged_at.is_(None), requests.c.sent_at < at - COMPLAINT_ACKNOWLEDGED))
