"""Copy tables into one SQLite file, whole or not at all, read such a file, and find what is wrong with a database."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from mkmap.database import meetings, moderators, operators
from mkmap.database.connection import Store, sqlite
from mkmap.database.tables import metadata
from mkmap.database.upgrade import HEAD, upgrade
from mkmap.errors import BadInput, Code, Refused
from mkmap.lake.replace import PRIVATE, replace_file

Rows = Sequence[sa.Row[Any]]
Copied = Mapping[sa.Table, Rows]

# What a copy has the empty tables of: it is of this hour and this machine.
OF_NOW = (meetings.meetings, operators.links, operators.sessions, moderators.moderators, moderators.sign_outs)


def snapshot(store: Store, tables: Iterable[sa.Table]) -> Copied:
    """All rows of these tables, as of one moment."""
    with store.reading(**store.one_moment) as connection:
        return all_rows(connection, tables)


def all_rows(connection: sa.Connection, tables: Iterable[sa.Table]) -> Copied:
    return {table: connection.execute(sa.select(table)).all() for table in tables}


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
        version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if not version or version > HEAD:
        raise BadInput(Code.BACKUP_OF_ANOTHER_VERSION, source=file.name)
    with _in_memory(file).begin() as connection:
        upgrade(connection)
        yield connection


def _in_memory(file: Path) -> sa.Engine:
    """A copy that can be brought to the newest form: the file itself stays as it is, and no second one lies about."""
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
        source.backup(copy)
    return sa.create_engine("sqlite://", creator=lambda: copy, poolclass=StaticPool, hide_parameters=True)


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
