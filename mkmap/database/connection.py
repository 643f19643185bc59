"""Open the database, SQLite in the data folder or PostgreSQL, and run transactions on it."""

import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from filelock import Timeout
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from mkmap.database import engines, identity, tombstones, upgrade, witness
from mkmap.database.witness import Witness
from mkmap.database.write_queue import WriteQueue
from mkmap.errors import Code, NotKept, StoreLost
from mkmap.lake.replace import PRIVATE, replace_file

log = logging.getLogger(__name__)

PATIENCE = 5  # seconds: a person waits this long for a turn, and for a lock; then is asked to try again
QUIET = 2_000_000_000  # nanoseconds: longer than a tick of any file system's clock
NO_SUCH_TABLE = "42P01"  # as PostgreSQL says it


class Store:
    """Transactions on one database; its tables are there when it is made.

    Two of the same database, with the same folder beside it, are equal.
    """

    def __init__(self, engine: sa.Engine, folder: Path, *, file: Path | None = None, expected: bool = True):
        self.engine = engine
        self.folder = folder
        self.home = folder.parent
        self.id = ""
        self.is_witnessed = True
        self._file = file
        self._queue = WriteQueue(folder)
        try:
            self._open(expected)
        except BaseException:
            engine.dispose()
            raise

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Store) and (self.engine.url, self.folder) == (other.engine.url, other.folder)

    def __hash__(self) -> int:
        return hash((self.engine.url, self.folder))

    def _open(self, expected: bool) -> None:
        self._upgrade(expected and witness.read(self.home) is not None)
        with self.reading() as connection:
            self.id = identity.id_of(connection)

    def _upgrade(self, is_known: bool) -> None:
        with self.reading() as connection:
            if not upgrade.is_due(connection):
                return
            if is_known and upgrade.is_empty(connection):
                raise StoreLost(Code.STORE_MISSING)
        with self.writing() as connection:
            upgrade.upgrade(connection)

    def check(self) -> None:
        """Whether this is the store that the installation knows, and no older than what is known of it.

        Raises StoreLost where it is not, NotKept where it does not answer.
        """
        if not self.is_witnessed:
            return
        known = witness.read(self.home)  # before the database: what is known stood in it then
        seen = self._seen()
        if known and known.store not in ("", seen.store):
            raise StoreLost(Code.STORE_ANOTHER)
        if known and tombstones.lacks(seen.gone, known.gone):
            raise StoreLost(Code.STORE_OLDER)

    def note(self) -> None:
        """Keep outside what the database says of itself, for the day on which only a backup is left."""
        if self.is_witnessed:
            witness.keep(self.home, self._seen())

    def take(self) -> None:
        """Whatever was known before: this is the store, because the operator says so."""
        witness.replace(self.home, self._seen())

    def _seen(self) -> Witness:
        with self.reading(**self.one_moment) as connection:
            return Witness(identity.id_of(connection), tombstones.noted(connection))

    @contextmanager
    def reading(self, **options: object) -> Iterator[sa.Connection]:
        """One transaction that only reads; `options` are SQLAlchemy's execution options.

        Raises NotKept where the database does not answer.
        """
        with self._in_words(), self._begun(**options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction: all of it is on the disk when the block ends, or nothing is.

        Raises NotKept where that is not certain, sqlalchemy's IntegrityError where a unique value stands already.
        """
        with self._in_words(), self._begun(writing=True) as connection:
            self._recognize(connection)
            yield connection

    def _recognize(self, connection: sa.Connection) -> None:
        """A database can be put into another's place under a running app; a restored one is known by then."""
        if not self.id or (stands := identity.id_of(connection)) == self.id:
            return
        known = witness.read(self.home)
        if known is None or known.store != stands:
            raise StoreLost(Code.STORE_ANOTHER)
        self.id = stands

    @contextmanager
    def _begun(self, **options: object) -> Iterator[sa.Connection]:
        with ExitStack() as stack:
            with self._queue.turn(PATIENCE) if self.is_sqlite else nullcontext():
                connection = stack.enter_context(self.engine.execution_options(**options).begin())
            yield connection

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """What a database says may hold what a person wrote: only the kind of the error goes on, to the log."""
        try:
            yield
        except IntegrityError:
            raise
        except (SQLAlchemyError, Timeout) as error:
            raise (StoreLost(Code.STORE_MISSING) if self._is_missing(error) else _not_kept(error)) from None

    def _is_missing(self, error: Exception) -> bool:
        if self._file is not None:
            return _is_empty(self._file)
        return getattr(getattr(error, "orig", None), "sqlstate", None) == NO_SUCH_TABLE

    @property
    def one_moment(self) -> dict[str, str]:
        """The options with which everything that one transaction reads is of one moment, as on SQLite it always is."""
        return {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}

    def standing(self) -> tuple[int, int, int] | None:
        """What no later state of SQLite's file has in common with this one; None where that cannot be told without asking.

        Two writes within one tick of the clock leave the same time: only a file that has been quiet for longer says enough.
        """
        try:
            stat = self._file.stat() if self._file else None
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
    """The store of a data folder, opened anew; where none was ever known, an empty one is made.

    Raises Refused where the setting cannot be used, NotKept where the database does not answer, or is not the one that is known.
    """
    store = _connected(home, database_url, expected=True)
    try:
        store.check()
    except BaseException:
        store.engine.dispose()
        raise
    store.note()
    return store


def unexpected(home: Path, database_url: str = "") -> Store:
    """Whatever database is there, or a new one; nothing is known of it until it is taken. Raises as `connected` does."""
    return _connected(home, database_url, expected=False)


@cache
def invented(home: Path) -> Store:
    """The store of what nobody sent: it is never missed, and made anew."""
    store = _connected(home, "", expected=False)
    store.is_witnessed = False
    return store


def _connected(home: Path, database_url: str, *, expected: bool) -> Store:
    folder = home / "reports"
    _private(folder)
    if database_url:
        return Store(engines.postgresql(database_url, PATIENCE), folder, expected=expected)
    file = folder / "reports.sqlite"
    _make(file, expected)
    return Store(sqlite(file), folder, file=file, expected=expected)


def _make(file: Path, expected: bool) -> None:
    """Put an empty store where none is, whole or not at all: a file without content is always the rest of something.

    Raises StoreLost where one is expected.
    """
    if not _is_empty(file):
        return
    try:
        with WriteQueue(file.parent).turn(PATIENCE):
            if not _is_empty(file):  # somebody else was faster
                return
            if expected and (file.exists() or witness.read(file.parent.parent)):
                raise StoreLost(Code.STORE_MISSING)
            for left in file.parent.glob(".new-*"):  # by whoever was killed before
                left.unlink()
            replace_file(file, _migrate, mode=PRIVATE)
    except (OSError, SQLAlchemyError, Timeout) as error:
        raise _not_kept(error) from None


def _migrate(file: Path) -> None:
    with sqlite(file).execution_options(writing=True).begin() as connection:
        upgrade.upgrade(connection)


def _is_empty(file: Path) -> bool:
    try:
        return file.stat().st_size == 0
    except FileNotFoundError:
        return True
    except OSError as error:
        raise _not_kept(error) from None


def _private(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _not_kept(error) from error


def sqlite(file: Path) -> sa.Engine:
    """An engine on a file that is there."""
    return engines.sqlite(file, PATIENCE)


def _not_kept(error: Exception) -> NotKept:
    cause = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or getattr(cause, "errno", "") or ""
    log.warning("the reports' database did not answer: %s %s", type(cause).__name__, code)
    return NotKept(Code.DATABASE_SILENT)
