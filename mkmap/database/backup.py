"""Copy tables into one SQLite file, whole or not at all, read such a file, and find what is wrong with a database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from mkmap.database import meetings, operators
from mkmap.database import upgrade as upgrading
from mkmap.database.connection import Store, sqlite
from mkmap.database.identity import identity
from mkmap.database.tables import metadata
from mkmap.database.upgrade import FIRST, HEAD
from mkmap.errors import BadInput, Code, Refused
from mkmap.lake.replace import PRIVATE, replace_file

Rows = Sequence[sa.Row[Any]]
Copied = Mapping[sa.Table, Rows]

OF_NOW = (meetings.meetings, operators.links, operators.sessions)  # a copy has them empty: they are of this hour


def snapshot(store: Store, tables: Iterable[sa.Table]) -> Copied:
    """All rows of these tables, as of one moment."""
    with store.reading(**store.one_moment) as connection:
        return all_rows(connection, tables)


def all_rows(connection: sa.Connection, tables: Iterable[sa.Table]) -> Copied:
    """Of a table that an older version did not have: none."""
    there = set(sa.inspect(connection).get_table_names())
    return {table: connection.execute(sa.select(table)).all() if table.name in there else [] for table in tables}


def write_copy(file: Path, copied: Copied) -> None:
    """Write rows into a file that nobody else may read; one that stood there is kept until the new one is whole.

    Raises OSError or SQLAlchemyError where the disk refuses, Refused where what was written is damaged.
    """
    replace_file(file, lambda new: _fill(new, copied), mode=PRIVATE)


def _fill(file: Path, copied: Copied) -> None:
    engine = sqlite(file)
    with engine.execution_options(writing=True).begin() as connection:
        metadata.create_all(connection, tables=[*{*metadata.sorted_tables, *OF_NOW}])
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        connection.execute(sa.text("PRAGMA defer_foreign_keys=ON"))  # a duplicate may stand before its original
        for table, rows in copied.items():
            if rows:
                connection.execute(sa.insert(table), [dict(row._mapping) for row in rows])
    with engine.begin() as connection:
        if not is_sound(connection):
            raise Refused(Code.DATABASE_DAMAGED)


@contextmanager
def read_copy(file: Path) -> Iterator[sa.Connection]:
    """A connection to a file that `write_copy` wrote, to read it alone.

    Raises BadInput where there is none, or it is damaged or of another version; SQLAlchemyError where it is something else.
    """
    if not file.is_file():
        raise BadInput(Code.NO_SUCH_FILE, source=file.name)
    engine = sqlite(file)
    sa.event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA query_only=ON"))
    with engine.begin() as connection:
        if not is_sound(connection):
            raise BadInput(Code.BACKUP_DAMAGED, source=file.name)
        version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        if not FIRST <= version <= HEAD:
            raise BadInput(Code.BACKUP_OF_ANOTHER_VERSION, source=file.name)
        if version == HEAD:
            yield connection
        else:
            with _of_today(connection) as upgraded:
                yield upgraded


@contextmanager
def _of_today(old: sa.Connection) -> Iterator[sa.Connection]:
    """The same in the newest form; in memory alone, since it is confidential."""
    engine = sa.create_engine("sqlite://", hide_parameters=True)
    with engine.begin() as connection:
        driver, target = old.connection.driver_connection, connection.connection.driver_connection
        assert driver is not None, "it is open"
        driver.backup(target)
        had_id = sa.inspect(connection).has_table(identity.name)
        upgrading.upgrade(connection)
        if not had_id:  # the one that it is given now is nobody's
            connection.execute(sa.delete(identity))
        yield connection
    engine.dispose()


def damage(store: Store, table: sa.Table) -> str | None:
    """What is wrong with the database; PostgreSQL looks after itself, and must only answer about a table.

    Raises NotKept where it does not.
    """
    with store.reading() as connection:
        if store.is_sqlite:
            sound = is_sound(connection)
            connection.rollback()  # to end it otherwise, a damaged file would be read once more
            return None if sound else str(Refused(Code.DATABASE_DAMAGED))
        connection.execute(sa.select(sa.func.count()).select_from(table))
    return None


def is_sound(connection: sa.Connection) -> bool:
    """Whether SQLite finds nothing wrong with its file."""
    try:
        answers = connection.execute(sa.text("PRAGMA integrity_check")).scalars().all()
        broken = connection.execute(sa.text("PRAGMA foreign_key_check")).first()
    except OperationalError:  # it did not answer: that says nothing about the file
        raise
    except SQLAlchemyError:
        return False
    return answers == ["ok"] and not broken
