"""Open the database, SQLite in the data folder or PostgreSQL, and run transactions on it."""

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from filelock import Timeout
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from mkmap.database import upgrade
from mkmap.database.write_queue import WriteQueue
from mkmap.errors import Code, NotKept, Refused

log = logging.getLogger(__name__)

PATIENCE = 5  # seconds: a person waits this long for a turn, and for a lock; then is asked to try again
QUIET = 2_000_000_000  # nanoseconds: longer than a tick of any file system's clock
POOL = 10  # connections to PostgreSQL that a process keeps


class Store:
    """Transactions on one database; its tables are there when it is made.

    Two of the same database, with the same folder beside it, are equal.
    """

    def __init__(self, engine: sa.Engine, folder: Path):
        self.engine = engine
        self.folder = folder
        self._queue = WriteQueue(folder)
        try:
            self._upgrade()
        except BaseException:
            engine.dispose()
            raise

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Store) and (self.engine.url, self.folder) == (other.engine.url, other.folder)

    def __hash__(self) -> int:
        return hash((self.engine.url, self.folder))

    def _upgrade(self) -> None:
        with self.reading() as connection:
            if not upgrade.is_due(connection):
                return
        with self.writing() as connection:
            upgrade.upgrade(connection)

    @contextmanager
    def reading(self, **options: object) -> Iterator[sa.Connection]:
        """One transaction that only reads; `options` are SQLAlchemy's execution options.

        Raises NotKept where the database does not answer.
        """
        with _in_words(), self._begun(**options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction: all of it is on the disk when the block ends, or nothing is.

        Raises NotKept where that is not certain, sqlalchemy's IntegrityError where a unique value stands already.
        """
        with _in_words(), self._begun(writing=True) as connection:
            yield connection

    @contextmanager
    def _begun(self, **options: object) -> Iterator[sa.Connection]:
        with ExitStack() as stack:
            with self._queue.turn(PATIENCE) if self.is_sqlite else nullcontext():
                connection = stack.enter_context(self.engine.execution_options(**options).begin())
            yield connection

    @property
    def one_moment(self) -> dict[str, str]:
        """The options with which everything that one transaction reads is of one moment, as on SQLite it always is."""
        return {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}

    def standing(self) -> tuple[int, int, int] | None:
        """What no later state of SQLite's file has in common with this one; None where that cannot be told without asking.

        Two writes within one tick of the clock leave the same time: only a file that has been quiet for longer says enough.
        """
        try:
            stat = os.stat(self.engine.url.database or "") if self.is_sqlite else None
        except OSError:
            return None
        is_quiet = stat and time.time_ns() - stat.st_mtime_ns > QUIET
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size) if stat and is_quiet else None

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"


@cache
def opened(home: Path, database_url: str = "") -> Store:
    """The store of a data folder; kept for the life of the process. Raises as `connected` does."""
    return connected(home, database_url)


def connected(home: Path, database_url: str = "") -> Store:
    """The store of a data folder, opened anew.

    Raises Refused where the setting cannot be used, NotKept where the database does not answer.
    """
    folder = home / "reports"
    _private(folder)
    if not database_url:
        return Store(sqlite(folder / "reports.sqlite"), folder)
    return Store(_postgresql(database_url), folder)


def _private(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _not_kept(error) from error


def sqlite(file: Path) -> sa.Engine:
    """An engine on a file; each transaction has a connection of its own, so that a file may be put in another's place."""
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(file)),
        poolclass=NullPool,
        connect_args={"timeout": PATIENCE},
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


def _postgresql(database_url: str) -> sa.Engine:
    try:
        url = sa.make_url(database_url)
        if url.get_backend_name() not in ("postgresql", "postgres"):
            raise ArgumentError(url.get_backend_name())
    except (ArgumentError, ValueError):  # of a port that is no number
        raise Refused(Code.DATABASE_URL_UNUSABLE) from None
    limits = f"-c statement_timeout={PATIENCE * 2000} -c lock_timeout={PATIENCE * 1000} -c synchronous_commit=on"
    return sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=POOL,
        max_overflow=POOL,
        pool_timeout=PATIENCE * 2,
        connect_args={"connect_timeout": PATIENCE, "options": limits},
        hide_parameters=True,
    )


@contextmanager
def _in_words() -> Iterator[None]:
    """What a database says may hold what a person wrote: only the kind of the error goes on, to the log."""
    try:
        yield
    except IntegrityError:
        raise
    except (SQLAlchemyError, Timeout) as error:
        raise _not_kept(error) from None


def _not_kept(error: Exception) -> NotKept:
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or getattr(cause, "errno", "") or ""
    log.warning("the reports' database did not answer: %s %s", type(cause).__name__, code)
    return NotKept(Code.DATABASE_SILENT)
