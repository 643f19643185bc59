"""Copy all reports into one file, and bring back what is missing from one."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from mkmap.database import backup as files
from mkmap.database import tombstones
from mkmap.database.backup import Copied, Rows
from mkmap.database.connection import Store
from mkmap.database.tombstones import gone
from mkmap.errors import BadInput, Code, Refused
from mkmap.reports.report import State
from mkmap.reports.request import Kind
from mkmap.reports.store import rows, settling
from mkmap.reports.store.sending import withdrawn
from mkmap.reports.store.tables import decisions, facts, past, reports, requests, tallies

COPIED = (reports, decisions, requests, gone, past, tallies, facts)  # not arrivals: they live a day


def write(store: Store, file: Path, *, at: datetime) -> int:
    """Write every report into one SQLite file, whole or not at all; how many there are in it.

    Raises Refused where the file cannot be written.
    """
    with store.writing() as connection:  # noted first: the backup holds what was acknowledged before this moment
        rows.set_fact(connection, "last_backup", at.isoformat(), at)
    tombstones.write(store)
    copied = files.snapshot(store, COPIED)
    try:
        files.write_copy(file, copied)
    except (OSError, SQLAlchemyError) as error:
        if isinstance(error, OSError) and error.errno:
            raise Refused(Code.BACKUP_UNWRITABLE, file=file, why=os.strerror(error.errno)) from None
        raise Refused(Code.BACKUP_PERHAPS_TOO_LARGE, file=file) from None
    return len(copied[reports])


def last_backup(store: Store) -> str | None:
    """When the last backup began (ISO 8601, UTC)."""
    with store.reading() as connection:
        fact = rows.fact(connection, "last_backup")
        return fact.value if fact else None


def damage(store: Store) -> str | None:
    """What is wrong with the reports' database, in a sentence.

    Raises NotKept where it does not answer.
    """
    return files.damage(store, reports)


@dataclass(frozen=True)
class Restored:
    """How many reports came back, how many stood already, and how many were not brought back because they were erased."""

    added: int
    known: int
    erased: int


def restore(store: Store, file: Path, *, at: datetime) -> Restored:
    """Bring back what a backup has and the store has not; what is newer here stays, and what was erased stays erased.

    Raises BadInput where the file is no backup of reports; then nothing was changed.
    """
    copied = _read_backup(file)
    with store.writing() as connection:
        if not store.is_sqlite:  # else one that is erased meanwhile could come back
            connection.execute(sa.text("LOCK TABLE reports, gone IN SHARE ROW EXCLUSIVE MODE"))
        acts = _gone(connection, store.folder, copied)
        known = set(connection.execute(sa.select(reports.c.submission)).scalars())
        wanted = [
            row for row in copied[reports] if row.submission not in known and acts.get(row.submission) != tombstones.ERASED
        ]
        if not known:
            _take_over(connection, copied, at)
        _add(connection, wanted, copied)
        _add_requests(connection, copied, acts)
        for row in connection.execute(sa.select(reports).where(reports.c.state != State.WITHDRAWN)).all():
            if acts.get(row.submission) == State.WITHDRAWN:
                withdrawn(connection, row, at)
        settling.orphans(connection, at)
        rows.changed(connection, at)
    tombstones.write(store)
    stood = sum(row.submission in known for row in copied[reports])
    return Restored(len(wanted), stood, len(copied[reports]) - len(wanted) - stood)


def _gone(connection: sa.Connection, folder: Path, copied: Copied) -> dict[str, str]:
    """What was withdrawn or erased, as the database, the file beside it or the backup knows; what was erased goes again."""
    for submission, entry in tombstones.beside(folder).items():
        tombstones.note(connection, submission, entry["act"], datetime.fromisoformat(entry["at"]))
    for row in copied[gone]:
        tombstones.note(connection, row.submission, row.act, row.at)
    acts = {row.submission: row.act for row in connection.execute(sa.select(gone.c.submission, gone.c.act))}
    for submission in (name for name, act in acts.items() if act == tombstones.ERASED):
        connection.execute(sa.delete(reports).where(reports.c.submission == submission))
        connection.execute(sa.delete(requests).where(requests.c.request == submission))
    return acts


def _read_backup(file: Path) -> Copied:
    try:
        with files.read_copy(file) as connection:
            for row in connection.execute(rows.REPORT):
                rows.report(row)  # a state, month or flag that is none would be found only when the pages fail
            for row in connection.execute(sa.select(requests)):
                rows.request(row)
            rows.receipt_key(connection)
            return files.all_rows(connection, COPIED)
    except (SQLAlchemyError, ValueError):
        raise BadInput(Code.NOT_A_BACKUP, source=file.name) from None


def _take_over(connection: sa.Connection, copied: Copied, at: datetime) -> None:
    """Into an empty store comes the key of the receipts too, and the counts of what is past."""
    key = next(row.value for row in copied[facts] if row.name == "receipt_key")
    rows.set_fact(connection, "receipt_key", key, at)
    for table in (past, tallies):
        if not connection.execute(sa.select(table)).first():
            for row in copied[table]:
                connection.execute(sa.insert(table).values(**{k: v for k, v in row._mapping.items() if k != "id"}))


def _add(connection: sa.Connection, wanted: Rows, copied: Copied) -> None:
    """Reports under new numbers, with what was decided and asked about them."""
    numbers: dict[int, int] = {}
    for row in wanted:
        values = {name: value for name, value in row._mapping.items() if name != "id"} | {"duplicate_of": None}
        numbers[row.id] = connection.execute(sa.insert(reports).values(**values).returning(reports.c.id)).scalar_one()
    _link(connection, [row for row in wanted if row.duplicate_of], copied[reports])
    for row in copied[decisions]:
        if row.report in numbers:
            values = {name: value for name, value in row._mapping.items() if name != "id"} | {"report": numbers[row.report]}
            connection.execute(sa.insert(decisions).values(**values))


def _add_requests(connection: sa.Connection, copied: Copied, acts: Mapping[str, str]) -> None:
    """Requests that are not here and were not erased, about the reports as they are numbered here."""
    known = set(connection.execute(sa.select(requests.c.request)).scalars())
    numbers = _numbers(connection, copied[reports])
    for row in copied[requests]:
        is_of_the_erased = row.kind == Kind.APPEAL and numbers.get(row.report) is None
        if row.request not in known and acts.get(row.request) != tombstones.ERASED and not is_of_the_erased:
            values = {name: value for name, value in row._mapping.items() if name != "id"} | {"report": numbers.get(row.report)}
            connection.execute(sa.insert(requests).values(**values))


def _link(connection: sa.Connection, duplicates: Rows, copied: Rows) -> None:
    """Name the originals by the numbers that they have here, those that stood already too."""
    numbers = _numbers(connection, copied)
    for row in duplicates:
        same = reports.c.submission == row.submission
        connection.execute(sa.update(reports).where(same).values(duplicate_of=numbers.get(row.duplicate_of)))


def _numbers(connection: sa.Connection, copied: Rows) -> dict[int, int | None]:
    """The number of a report in a backup → the one that it has here."""
    here = {row.submission: row.id for row in connection.execute(sa.select(reports.c.submission, reports.c.id))}
    return {row.id: here.get(row.submission) for row in copied}
