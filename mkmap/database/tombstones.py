"""Remember what was erased and withdrawn, beside the database too: no backup may bring it back."""

import json
import logging
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock

from mkmap.database.connection import PATIENCE, Store
from mkmap.database.tables import Utc, metadata
from mkmap.lake.replace import replace_file

ERASED = "erased"

log = logging.getLogger(__name__)

gone = sa.Table(  # what a restored backup must not bring back
    "gone",
    metadata,
    sa.Column("submission", sa.String(64), primary_key=True),
    sa.Column("act", sa.String(16), nullable=False),  # erased, withdrawn
    sa.Column("at", Utc, nullable=False),
)


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
                rows = connection.execute(sa.select(gone)).all()
            tombstones = {row.submission: {"act": row.act, "at": row.at.isoformat()} for row in rows}
            known = beside(store.folder)
            if not tombstones.items() <= known.items():
                text = json.dumps(known | tombstones)
                replace_file(file, lambda new: new.write_text(text))
    except OSError as error:  # it stands in the database; the next erasure or backup writes it here too
        log.warning("what was erased could not be noted beside the database: %s", error.strerror)


def beside(folder: Path) -> dict[str, dict[str, str]]:
    """Hash of a submission → act and time, as the copy says."""
    try:
        tombstones: dict[str, dict[str, str]] = json.loads(_file(folder).read_bytes())
    except (OSError, ValueError):
        return {}
    return tombstones


def _file(folder: Path) -> Path:
    return folder / "gone.json"
