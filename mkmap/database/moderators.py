"""Know moderators by the account that they sign in with: issuer and subject, never again by an address once they are known."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mkmap.database.connection import Store
from mkmap.database.operators import SKEW
from mkmap.database.tables import Utc, metadata
from mkmap.errors import Code, Refused

SIGN_OUT_KEPT = timedelta(days=32)  # a sign-in is remembered by its browser for 30 days, and believed for one more

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
        signed_out = _row(connection, sign_outs, person)
        known = _row(connection, moderators, person)
    if signed_out is not None and person.issued_at <= (signed_out.at if signed_out.at <= at + SKEW else signed_out.issued_at):
        raise Refused(Code.MODERATOR_SIGNED_OUT)
    address = known.address if known is not None else as_listed(person.address)
    if not address or address not in listed:
        raise Refused(Code.MODERATOR_UNLISTED)
    if known is None:
        _know(store, person, address, at)
    return address


def sign_out(store: Store, person: Person, *, at: datetime) -> None:
    """From now on no sign-in of before is believed, in whichever browser, process or socket it is."""
    row = {"issuer": person.issuer, "subject": person.subject, "issued_at": person.issued_at}
    until = max(at, person.issued_at)  # the provider's clock may be ahead of ours
    with store.writing() as connection:
        connection.execute(sa.delete(sign_outs).where(sa.or_(sign_outs.c.at < at - SIGN_OUT_KEPT, _is(sign_outs, person))))
        connection.execute(sa.insert(sign_outs).values(**row, at=until))


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


def _row(connection: sa.Connection, table: sa.Table, person: Person) -> sa.Row | None:
    return connection.execute(sa.select(table).where(_is(table, person))).first()


def _is(table: sa.Table, person: Person) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.issuer == person.issuer, table.c.subject == person.subject)
