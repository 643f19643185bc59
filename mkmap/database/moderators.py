"""Know moderators by the account that they sign in with: issuer and subject, never again by an address once they are known."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mkmap.database.connection import Store
from mkmap.database.operators import SKEW
from mkmap.database.tables import Utc, metadata
from mkmap.errors import Code, Refused

SIGN_OUT_KEPT = timedelta(days=32)  # a sign-in is remembered by its browser for 30 days, and believed for one more
EVERYBODY = ""  # issuer and subject of the sign-out that ends every sign-in; no provider has an empty name

moderators = sa.Table(
    "moderators",
    metadata,
    sa.Column("issuer", sa.String(500), primary_key=True),
    sa.Column("subject", sa.String(255), primary_key=True),
    sa.Column("address", sa.String(320), nullable=False, unique=True),
    sa.Column("since", Utc, nullable=False),
)

sign_outs = sa.Table(
    "sign_outs",
    metadata,
    sa.Column("issuer", sa.String(500), primary_key=True),
    sa.Column("subject", sa.String(255), primary_key=True),
    sa.Column("at", Utc, nullable=False),
    sa.Column("issued_at", Utc, nullable=False),  # of the sign-in that ended: all that is sure where the clock had leapt
)


@dataclass(frozen=True)
class Person:
    """Who signed in, as the provider says it, and when it said so."""

    issuer: str
    subject: str
    address: str
    is_verified: bool
    issued_at: datetime


def as_listed(address: str) -> str:
    """An address as the list of moderators is read: small ASCII letters; empty where it has others.

    Letters that only look alike, or become alike when a language makes them small (K of kelvin, long s, ligatures), are others.
    """
    return address.lower() if address.isascii() else ""


def name(store: Store, person: Person, listed: Collection[str], *, at: datetime) -> str:
    """The address on the list under which somebody decides; who comes with it for the first time is known from then on.

    Raises Refused with the reason where there is none.
    """
    if not person.is_verified:
        raise Refused(Code.MODERATOR_UNVERIFIED)
    with store.reading() as connection:
        is_over = any(_ends(row, person, at) for row in connection.execute(sa.select(sign_outs).where(_is_or_all(person))))
        known = _row(connection, moderators, person)
    if is_over:
        raise Refused(Code.MODERATOR_SIGNED_OUT)
    address = known.address if known is not None else as_listed(person.address)
    if not address or address not in listed:
        raise Refused(Code.MODERATOR_UNLISTED)
    if known is None:
        _know(store, person, address, at)
    return address


def sign_out(store: Store, person: Person, *, at: datetime) -> None:
    """From now on no sign-in of before is believed, in whichever browser, process or socket it is."""
    until = max(at, person.issued_at)  # the provider's clock may be ahead of ours
    with store.writing() as connection:
        _set_sign_out(connection, person.issuer, person.subject, until, person.issued_at)


def sign_everybody_out(connection: sa.Connection, at: datetime) -> None:
    """Who signed out since a backup was made is not known where only the backup is left."""
    _set_sign_out(connection, EVERYBODY, EVERYBODY, at, at)


def add(connection: sa.Connection, known: Iterable[sa.Row], signed_out: Iterable[sa.Row]) -> None:
    """Bring in what a backup says: an account that is known here, or another of its address, stays; a sign-out only gets later."""
    for row in known:
        same = sa.or_(_is(moderators, row), moderators.c.address == row.address)
        if not connection.execute(sa.select(moderators).where(same)).first():
            connection.execute(sa.insert(moderators).values(**row._mapping))
    for row in signed_out:
        stands = _row(connection, sign_outs, row)
        if stands is None or stands.at < row.at:
            _set_sign_out(connection, row.issuer, row.subject, row.at, row.issued_at)


def forget_sign_outs(connection: sa.Connection, at: datetime) -> None:
    """No sign-in of before them is believed anyhow."""
    connection.execute(sa.delete(sign_outs).where(sign_outs.c.at < at - SIGN_OUT_KEPT))


def _set_sign_out(connection: sa.Connection, issuer: str, subject: str, at: datetime, issued_at: datetime) -> None:
    same = sa.and_(sign_outs.c.issuer == issuer, sign_outs.c.subject == subject)
    connection.execute(sa.delete(sign_outs).where(same))
    connection.execute(sa.insert(sign_outs).values(issuer=issuer, subject=subject, at=at, issued_at=issued_at))


def forget(store: Store, address: str) -> bool:
    """Let another account take an address of the list; False where none had it."""
    with store.writing() as connection:
        return bool(connection.execute(sa.delete(moderators).where(moderators.c.address == as_listed(address))).rowcount)


def _know(store: Store, person: Person, address: str, at: datetime) -> None:
    row = {"issuer": person.issuer, "subject": person.subject, "address": address, "since": at}
    try:
        with store.writing() as connection:
            connection.execute(sa.insert(moderators).values(**row))
    except IntegrityError:  # the same person in two tabs at once, or another who has the address already
        with store.reading() as connection:
            known = _row(connection, moderators, person)
        if known is None or known.address != address:
            raise Refused(Code.MODERATOR_OF_ANOTHER_ACCOUNT, address=address) from None


def _ends(signed_out: sa.Row, person: Person, at: datetime) -> bool:
    """Whether a sign-out came after this sign-in; of one in the future, by a clock that had leapt, only the sign-in it ended counts."""
    until: datetime = signed_out.at if signed_out.at <= at + SKEW else signed_out.issued_at
    return person.issued_at <= until


def _row(connection: sa.Connection, table: sa.Table, person: Person | sa.Row) -> sa.Row | None:
    return connection.execute(sa.select(table).where(_is(table, person))).first()


def _is(table: sa.Table, person: Person | sa.Row) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.issuer == person.issuer, table.c.subject == person.subject)


def _is_or_all(person: Person) -> sa.ColumnElement[bool]:
    return sa.or_(_is(sign_outs, person), sign_outs.c.issuer == EVERYBODY)
