"""Bring a database's tables to the newest form, by Alembic's migrations."""

import threading
from pathlib import Path

import sqlalchemy as sa

from mkmap.errors import Code, Damaged

HEAD = "0006"  # the newest migration
FIRST = "0001"
MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_241_967  # PostgreSQL's advisory lock: any number that nobody else uses in this database
_ONE_AT_A_TIME = threading.Lock()  # Alembic keeps what it works on in globals: two databases in two threads would meet there


def is_due(connection: sa.Connection) -> bool:
    """Whether a migration is to be run.

    Raises Damaged where a newer mkmap has written the tables.
    """
    return _revision(connection) != HEAD


def is_empty(connection: sa.Connection) -> bool:
    """Whether no mkmap has made its tables here."""
    return _revision(connection) is None


def upgrade(connection: sa.Connection) -> None:
    """Run the migrations in the transaction of a writer, unless somebody else was faster."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
    with _ONE_AT_A_TIME:
        if is_due(connection):
            _run(connection)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if revision is not None and revision > HEAD:
        raise Damaged(Code.DATABASE_NEWER)
    return revision


def _run(connection: sa.Connection) -> None:
    from alembic import command  # only where something is to be done: it takes longer to load than a page
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
