"""Set a flood from one network aside as one heap, which outlives what is known of the network.

Moderators know a network by six letters that live a day; a heap by a name that is made of chance. Once the day is over, nothing in
the database says which network either was.
"""

import hmac
import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.reports.privacy import FLOODS, NETWORK_HASH_LIVES, TEXT_LIVES
from mkmap.reports.report import State
from mkmap.reports.store import rows
from mkmap.reports.store.tables import networks, reports

LETTERS = 6  # of a network's name: one in a thousand million, and not enough to find an address by


@dataclass(frozen=True)
class Heap:
    """How many reports of a flood wait, and when the first and the last came (UTC)."""

    name: str
    reports: int
    first: datetime
    last: datetime


def name(salt: bytes, network: str) -> str:
    """By what moderators tell networks apart for a day; without the salt, which is gone then, nobody can work it out again."""
    return b32encode(hmac.digest(salt, f"name of {network}".encode(), "sha256"))[:LETTERS].decode().lower()


def arrived(connection: sa.Connection, number: int, network: str, at: datetime) -> None:
    """Note from which network a report came; where that is a flood, the report goes to its heap."""
    connection.execute(sa.insert(networks).values(report=number, name=network, at=at))
    windows = [window for most, window in FLOODS if _came(connection, network, at - window) > most]
    if not windows:
        return
    heap = _heap(connection, network, at)
    if heap is None:
        rows.alone(connection)
        heap = _heap(connection, network, at)  # somebody else was faster
    if heap is None:
        heap = secrets.token_hex(4)
        _set_aside(connection, heap, _of(network, at - max(windows)))
    _set_aside(connection, heap, reports.c.id == number)


def heaps(store: Store) -> list[Heap]:
    """The floods that wait, the largest first."""
    count = sa.func.count()
    first, last = (sa.type_coerce(of(reports.c.received_at), reports.c.received_at.type) for of in (sa.func.min, sa.func.max))
    wanted = (
        sa.select(reports.c.heap, count, first, last)
        .where(reports.c.state == State.PENDING, reports.c.heap.is_not(None))
        .group_by(reports.c.heap)
        .order_by(count.desc(), reports.c.heap)
    )
    with store.reading() as connection:
        return [Heap(*row) for row in connection.execute(wanted)]


def network(store: Store, number: int) -> str:
    """The name of the network of a report; empty once its day is over."""
    with store.reading() as connection:
        return connection.execute(sa.select(networks.c.name).where(networks.c.report == number)).scalar() or ""


def forget(connection: sa.Connection, at: datetime) -> None:
    """The names of networks after a day; which reports were of one flood, as long as a decision can be questioned."""
    connection.execute(sa.delete(networks).where(networks.c.at <= at - NETWORK_HASH_LIVES))
    over = sa.and_(reports.c.state != State.PENDING, reports.c.decided_at < at - TEXT_LIVES, reports.c.heap.is_not(None))
    connection.execute(sa.update(reports).where(over).values(heap=None))


def _came(connection: sa.Connection, network: str, since: datetime) -> int:
    wanted = sa.select(sa.func.count()).select_from(networks).where(networks.c.name == network, networks.c.at > since)
    return connection.execute(wanted).scalar_one()


def _heap(connection: sa.Connection, network: str, at: datetime) -> str | None:
    """That of the network, while its name lives: a flood that goes on is one heap."""
    wanted = (
        sa.select(reports.c.heap)
        .join(networks, networks.c.report == reports.c.id)
        .where(networks.c.name == network, networks.c.at > at - NETWORK_HASH_LIVES, reports.c.heap.is_not(None))
        .order_by(networks.c.at.desc())
        .limit(1)
    )
    return connection.execute(wanted).scalar()


def _of(network: str, since: datetime) -> sa.ColumnElement[bool]:
    came = sa.select(networks.c.report).where(networks.c.name == network, networks.c.at > since)
    return sa.and_(reports.c.id.in_(came), reports.c.state == State.PENDING)


def _set_aside(connection: sa.Connection, heap: str, which: sa.ColumnElement[bool]) -> None:
    connection.execute(sa.update(reports).where(which, reports.c.heap.is_(None)).values(heap=heap))
