"""What the sender of a report can do: send it, look at it, withdraw it, have it erased."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mkmap.database import tombstones
from mkmap.database.connection import Store
from mkmap.database.tombstones import gone
from mkmap.errors import Code, Refused
from mkmap.reports.privacy import (
    NETWORK_HASH_LIVES,
    NETWORK_LIMIT,
    NETWORK_WINDOW,
    REQUEST_WINDOW,
    REQUESTS_OF_A_NETWORK,
    REQUESTS_OF_A_VISIT,
    SESSION_LIMIT,
    SESSION_WINDOW,
)
from mkmap.reports.report import Flag, Report, State, Submission
from mkmap.reports.store import floods, rows, settling, tallies
from mkmap.reports.store.tables import arrivals, decisions, reports
from mkmap.reports.store.tallies import Tally

DIGITS = 16
SENDER = "sender"  # who decided, where no moderator did


@dataclass(frozen=True)
class Sender:
    """For the limits alone: a visit, and the network address it came from; neither is stored but as a salted hash."""

    session: str
    address: str | None = None


def submit(store: Store, submission: Submission, *, at: datetime, sender: Sender | None = None) -> str:
    """Keep a report, and give its receipt of 16 digits; the same submission id gives the same receipt, and no second row.

    Raises NotKept where it is not certain that it was kept (sending again is safe), Refused where it was erased before.
    """
    try:
        with store.writing() as connection:
            if stands := _standing(connection, submission.id):
                return stands
            limits, network = _arrived(connection, sender, at) if sender else ([], "")
            row = sa.insert(reports).values(**_row(connection, submission, limits, at)).returning(reports.c.id)
            number = connection.execute(row).scalar_one()
            if network:
                floods.arrived(connection, number, network, at)
            tallies.add(connection, Tally(at.year, tallies.RECEIVED))
            return receipt_of(connection, submission.id)
    except IntegrityError:  # the same submission came twice at once: the other was faster
        with store.reading() as connection:
            if stands := _standing(connection, submission.id):
                return stands
        raise


def sent(store: Store, submission_id: str) -> tuple[str, Report] | None:
    """The receipt and the report of a submission id, if it was kept."""
    with store.reading() as connection:
        row = connection.execute(rows.REPORT.where(reports.c.submission == digest(submission_id))).first()
        return (receipt_of(connection, submission_id), rows.report(row)) if row else None


def find(store: Store, receipt: str) -> Report | None:
    """The report of a receipt; None where there is none, or none any more."""
    with store.reading() as connection:
        row = connection.execute(rows.REPORT.where(reports.c.receipt == digest(receipt))).first()
        return rows.report(row) if row else None


def withdraw(store: Store, receipt: str, *, at: datetime) -> None:
    """Take a report back: it is public no more, and its text is deleted at once. Twice is as good as once.

    Raises Refused where no report has the receipt.
    """
    with store.writing() as connection:
        row = _of(connection, receipt)
        if row.state == State.WITHDRAWN:
            return
        tombstones.note(connection, row.submission, State.WITHDRAWN, at)
        withdrawn(connection, row, at)
    store.note()


def withdrawn(connection: sa.Connection, row: sa.Row, at: datetime) -> None:
    """Set a report withdrawn; its row and what was decided about it follow `REJECTED_LIVES` later."""
    settling.withdrawn(connection, row.id, at)
    connection.execute(
        sa.update(reports)
        .where(reports.c.id == row.id)
        .values(
            state=State.WITHDRAWN,
            text="",
            flags="[]",
            flagged=False,
            heap=None,
            reason="",
            version=row.version + 1,
            decided_at=at,
        )
    )
    connection.execute(
        sa.insert(decisions).values(
            report=row.id, at=at, who=SENDER, act="withdraw", before=row.state, after=State.WITHDRAWN, reason=""
        )
    )
    rows.changed(connection, at)
    tallies.add(connection, Tally(at.year, tallies.WITHDRAWN))


def erase(store: Store, receipt: str, *, at: datetime) -> None:
    """Delete all that is stored about a report, for good.

    Raises Refused where no report has the receipt.
    """
    with store.writing() as connection:
        erased(connection, _of(connection, receipt), at)
    store.note()


def erased(connection: sa.Connection, row: sa.Row, at: datetime) -> None:
    """Delete a report with what was decided and asked about it; a restored backup does not bring it back."""
    tombstones.note(connection, row.submission, tombstones.ERASED, at)
    settling.erased(connection, row.id, at)
    connection.execute(sa.delete(reports).where(reports.c.id == row.id))  # the rest goes with it
    rows.changed(connection, at)
    tallies.add(connection, Tally(at.year, tallies.ERASED))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _of(connection: sa.Connection, receipt: str) -> sa.Row:
    row = connection.execute(sa.select(reports).where(reports.c.receipt == digest(receipt)).with_for_update()).first()
    if row is None:
        raise Refused(Code.RECEIPT_UNKNOWN)
    return row


def _standing(connection: sa.Connection, submission_id: str) -> str | None:
    """The receipt of a submission that was kept before.

    Raises Refused where it was erased: a page left open must not bring it back.
    """
    hashed = digest(submission_id)
    if connection.execute(sa.select(gone.c.act).where(gone.c.submission == hashed, gone.c.act == tombstones.ERASED)).first():
        raise Refused(Code.REPORT_ERASED)
    if connection.execute(sa.select(reports.c.id).where(reports.c.submission == hashed)).first():
        return receipt_of(connection, submission_id)
    return None


def receipt_of(connection: sa.Connection, submission_id: str) -> str:
    """The same 16 digits for the same submission: nothing has to be remembered to say them again."""
    number = int.from_bytes(hmac.digest(rows.receipt_key(connection), submission_id.encode(), "sha256"))
    return str(number % 10**DIGITS).zfill(DIGITS)


def _row(connection: sa.Connection, submission: Submission, limits: list[Flag], at: datetime) -> dict[str, object]:
    place = submission.place
    return {
        "submission": digest(submission.id),
        "receipt": digest(receipt_of(connection, submission.id)),
        "mark": secrets.token_hex(8),
        "state": State.PENDING,
        "received_at": at,
        "kind": submission.kind,
        "month": str(submission.month),
        "longitude": place.longitude,
        "latitude": place.latitude,
        "street": place.street,
        "told_police": submission.told_police,
        "response": submission.response,
        "text": submission.text,
        "flags": json.dumps([*submission.flags, *limits]),
        "flagged": bool(submission.flags or limits),
        "version": 1,
        "reason": "",
    }


def _arrived(connection: sa.Connection, sender: Sender, at: datetime) -> tuple[list[Flag], str]:
    """Note that somebody sent a report, and say which limits that passes, and by what name moderators know the network."""
    salt = _salt(connection, at)
    limits = [(sender.session, SESSION_LIMIT, SESSION_WINDOW, Flag.MANY_IN_SESSION)]
    if network := _network(sender.address):
        limits.append((network, NETWORK_LIMIT, NETWORK_WINDOW, Flag.MANY_FROM_NETWORK))
    passed = [flag for text, most, window, flag in limits if _is_over(connection, salt, text, most, window, at)]
    return passed, floods.name(salt, network) if network else ""


def asks_much(connection: sa.Connection, sender: Sender, at: datetime) -> bool:
    """Note that somebody asks for something, and say whether that is one of many from their network.

    Raises Refused where this visit has asked too often.
    """
    salt = _salt(connection, at)
    if _is_over(connection, salt, f"asks {sender.session}", REQUESTS_OF_A_VISIT, REQUEST_WINDOW, at):
        raise Refused(Code.CORRECTIONS_TOO_MANY, most=REQUESTS_OF_A_VISIT)
    network = _network(sender.address)
    return bool(network) and _is_over(connection, salt, f"asks {network}", REQUESTS_OF_A_NETWORK, REQUEST_WINDOW, at)


def _is_over(connection: sa.Connection, salt: bytes, text: str, most: int, window: timedelta, at: datetime) -> bool:
    """Note an arrival, and say whether there were so many before within a time."""
    hashed = hmac.digest(salt, text.encode(), "sha256").hex()
    recent = sa.select(sa.func.count()).where(arrivals.c.sender == hashed, arrivals.c.at > at - window)
    is_over: bool = connection.execute(recent).scalar_one() >= most
    connection.execute(sa.insert(arrivals).values(sender=hashed, at=at))
    return is_over


def _salt(connection: sa.Connection, at: datetime) -> bytes:
    """The salt of the day; with a new one the old hashes mean nothing, and go."""
    if stands := _fresh_salt(connection, at):
        return stands
    rows.alone(connection)
    if stands := _fresh_salt(connection, at):  # somebody else was faster
        return stands
    forget_senders(connection, at)
    salt = secrets.token_bytes(32)
    rows.set_fact(connection, "salt", salt.hex(), at)
    return salt


def _fresh_salt(connection: sa.Connection, at: datetime) -> bytes | None:
    stands = rows.fact(connection, "salt")
    return bytes.fromhex(stands.value) if stands and at - stands.at < NETWORK_HASH_LIVES else None


def forget_senders(connection: sa.Connection, before: datetime) -> None:
    """No limit looks at those any more."""
    connection.execute(sa.delete(arrivals).where(arrivals.c.at <= before))


def _network(address: str | None) -> str | None:
    """An IPv4 address, or the 64 bits that an IPv6 household shares."""
    try:
        network = ip_address(address or "")
    except ValueError:
        return None
    return str(network) if network.version == 4 else str(ip_network(f"{network}/64", strict=False))
