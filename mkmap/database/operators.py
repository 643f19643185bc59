"""Keep the operator's right: a link that opens once, and the session that it opened in one browser.

Whoever can start the app or run its commands can make a link; nothing that a network says can. Links and sessions lie in the
database, so that each process behind a proxy knows them and a restart forgets none; of each only the SHA-256 is stored.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from mkmap.database import secret
from mkmap.database.connection import Store
from mkmap.database.tables import Utc, metadata
from mkmap.errors import Code, Refused

LINK_LIVES = timedelta(hours=1)  # it stands in a terminal, and perhaps in a log: long enough to look at the map first
SESSION_LIVES = timedelta(hours=8)  # a working day; a browser that is left open has no right the next morning
SKEW = timedelta(minutes=5)  # two machines' clocks differ; what was made later than that was made by a clock that leapt

links = sa.Table(
    "operator_links",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("made_at", Utc, nullable=False),
    sa.Column("ends_at", Utc, nullable=False),
    sa.Column("used_at", Utc),  # kept until the link's time is over: who comes second is told so
)

sessions = sa.Table(
    "operator_sessions",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("made_at", Utc, nullable=False),
    sa.Column("ends_at", Utc, nullable=False),
)


def make_link(store: Store, *, at: datetime) -> str:
    """The secret of a new link. Raises NotKept where it is not certain that it was kept."""
    token = secret.new()
    with store.writing() as connection:
        for table in (links, sessions):
            connection.execute(sa.delete(table).where(~_stands(table, at)))
        connection.execute(_made(links, token, at, LINK_LIVES))
    return token


def open_session(store: Store, token: str, *, at: datetime) -> str:
    """The secret of the session that a link opens, for the first who comes with it.

    Raises Refused where another was first, where the link's time is over, and where there never was such a one.
    """
    if not _is_there(store, links, token, at):  # who only guesses takes no writer's turn
        raise Refused(Code.OPERATOR_LINK_UNKNOWN)
    held = secret.new()
    with store.writing() as connection:
        unused = sa.update(links).where(links.c.digest == secret.digest(token), links.c.used_at.is_(None))
        if not connection.execute(unused.values(used_at=at)).rowcount:
            raise Refused(Code.OPERATOR_LINK_USED)
        connection.execute(_made(sessions, held, at, SESSION_LIVES))
    return held


def has_session(store: Store, held: str, *, at: datetime) -> bool:
    """Whether this secret is of a session that stands now."""
    return _is_there(store, sessions, held, at)


def end(store: Store, held: str) -> None:
    """Nothing is left of this session."""
    with store.writing() as connection:
        connection.execute(sa.delete(sessions).where(sessions.c.digest == secret.digest(held)))


def end_all(store: Store) -> None:
    """Every session is over, and no link that was made opens one."""
    with store.writing() as connection:
        for table in (links, sessions):
            connection.execute(sa.delete(table))


def _is_there(store: Store, table: sa.Table, held: str, at: datetime) -> bool:
    with store.reading() as connection:
        row = connection.execute(sa.select(table).where(table.c.digest == secret.digest(held), _stands(table, at))).first()
    return row is not None and secret.matches(row.digest, held)


def _stands(table: sa.Table, at: datetime) -> sa.ColumnElement[bool]:
    """Also a beginning is looked at: a clock that was wrong when something was made would let it live for years."""
    return sa.and_(table.c.made_at <= at + SKEW, table.c.ends_at > at)


def _made(table: sa.Table, held: str, at: datetime, lives: timedelta) -> sa.Insert:
    return sa.insert(table).values(digest=secret.digest(held), made_at=at, ends_at=at + lives)
