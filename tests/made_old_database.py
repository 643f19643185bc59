"""Make a database of reports as an older mkmap has left it: a published report, and somebody who asked for its correction."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from mkmap.database.connection import sqlite
from mkmap.database.upgrade import MIGRATIONS

ROWS = (
    "INSERT INTO reports VALUES (7, 'a', 'b', 'c', 'published', '2026-10-01 12:00:00', 'Burglary', '2026-09', -0.7, 52.1, 'High Street',"
    " 1, 'came', 'They came at night.', '[]', 2, '2026-10-03 13:00:00', '', NULL)",
    "INSERT INTO decisions VALUES (1, 7, '2026-10-03 13:00:00', 'Ann', 'publish', 'pending', 'published', '')",
    "INSERT INTO corrections VALUES (1, 'd', 7, '2026-11-01 12:00:00', 'It was another month', 'May')",
)


def made(file: Path, revision: str = "0001") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    file.touch()
    with sqlite(file).execution_options(writing=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for row in ROWS:
            connection.execute(sa.text(row))
    return file
