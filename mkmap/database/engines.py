"""Make SQLAlchemy's engines: a durable SQLite file, or PostgreSQL; `patience` in seconds, for a lock and an answer."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from mkmap.errors import Code, Refused

EXISTING = {"mode": "rw", "uri": "true"}  # SQLite would put an empty database where a file is missing
POOL = 10  # connections to PostgreSQL that a process keeps


def sqlite(file: Path, patience: float) -> sa.Engine:
    """An engine on a file that is there; each transaction has a connection of its own, so that a file may be put in another's place."""
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=f"file:{quote(str(file.absolute()))}", query=EXISTING),
        poolclass=NullPool,
        connect_args={"timeout": patience},
        hide_parameters=True,
    )
    sa.event.listen(engine, "connect", _durable)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _durable(connection: sqlite3.Connection, _record: object) -> None:
    """A rollback journal, synced with its folder (EXTRA: FULL and the folder); what is deleted is overwritten."""
    connection.isolation_level = None  # begin and commit are ours
    for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin(connection: sa.Connection) -> None:
    """Everybody takes a lock at once: a writer that reads first could find that another was faster, and fail."""
    if connection.get_execution_options().get("writing"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql("BEGIN")
    connection.exec_driver_sql("PRAGMA schema_version").fetchall()


def postgresql(database_url: str, patience: float) -> sa.Engine:
    try:
        url = sa.make_url(database_url)
        if url.get_backend_name() not in ("postgresql", "postgres"):
            raise ArgumentError(url.get_backend_name())
    except (ArgumentError, ValueError):  # of a port that is no number
        raise Refused(Code.DATABASE_URL_UNUSABLE) from None
    limits = f"-c statement_timeout={patience * 2000:.0f} -c lock_timeout={patience * 1000:.0f} -c synchronous_commit=on"
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=POOL,
        max_overflow=POOL,
        pool_timeout=patience * 2,
        connect_args={"connect_timeout": patience, "options": limits},
        hide_parameters=True,
    )
