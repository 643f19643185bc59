"""Remember what was erased and withdrawn, beside the database too: no backup may bring it back."""

import json
import logging
import os
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock

from mkmap.database.connection import PATIENCE, Store
from mkmap.reports.store.tables import gone

ERASED = "erased"

log = logging.getLogger(__name__)


def note(connection: sa.Connection, submission: str, act: str, at: datetime) -> None:
    """`submission`: its hash, as it stands in the tables. Erasing outlasts withdrawing."""
    values = {"act": act, "at": at}
    known = sa.update(gone).where(gone.c.submission == submission, gone.c.act != ERASED).values(**values)
    if connection.execute(known).rowcount:
        return
    if not connection.execute(sa.select(gone.c.act).where(gone.c.submission == submission)).first():
        connection.execute(sa.insert(gone).values(submission=submission, **values))


def write(store: Store) -> None:
    """Put a copy beside the database, for the day on which only a backup is left; what the copy knew already stays in it."""
    file = _file(store.folder)
    try:
        with FileLock(file.with_suffix(".lock"), timeout=PATIENCE):  # read and written as one: two may erase at once
            with store.reading() as connection:
                found = {
                    row.submission: {"act": row.act, "at": row.at.isoformat()} for row in connection.execute(sa.select(gone))
                }
            known = beside(store.folder)
            if not found.items() <= known.items():
                _swap(file, json.dumps(known | found))
    except OSError as error:  # it stands in the database; the next erasure or backup writes it here too
        log.warning("what was erased could not be noted beside the database: %s", error.strerror)


def _swap(file: Path, text: str) -> None:
    temporary = file.with_suffix(".new")
    with temporary.open("w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(temporary, file)


def beside(folder: Path) -> dict[str, dict[str, str]]:
    """Hash of a submission → act and time, as the copy says."""
    try:
        return json.loads(_file(folder).read_bytes())
    except (OSError, ValueError):
        return {}


def _file(folder: Path) -> Path:
    return folder / "gone.json"
