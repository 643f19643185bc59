"""What people do who ask something of the site: send it, appeal, find the answer by the receipt, have it erased."""

import json
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mkmap.database import tombstones
from mkmap.database.connection import Store
from mkmap.database.tombstones import gone
from mkmap.errors import Code, Refused
from mkmap.reports.form import text_flags
from mkmap.reports.masking import masked
from mkmap.reports.privacy import TEXT_CHARACTERS
from mkmap.reports.report import State
from mkmap.reports.request import OF_A_MARK, WHATS, Asked, Kind, Request
from mkmap.reports.store import rows, sending, tallies
from mkmap.reports.store.sending import Sender, digest
from mkmap.reports.store.tables import reports, requests
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
            _insert(connection, asked, row.id, at, is_set_aside=row.heap is not None)  # who floods can appeal as often


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
    store.note()


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
