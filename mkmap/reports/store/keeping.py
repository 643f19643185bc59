"""Let reports go when their time is over, copy them into a backup, and bring them back from one."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from mkmap.database import tombstones
from mkmap.database.connection import HEAD, Store, sqlite
from mkmap.errors import BadInput, Refused
from mkmap.month import Month
from mkmap.reports.privacy import NETWORK_WINDOW, PUBLISHED_LIVES, REJECTED_LIVES, SESSION_WINDOW, TEXT_LIVES
from mkmap.reports.report import State, police_type
from mkmap.reports.store import rows
from mkmap.reports.store.sending import forget_senders, withdrawn
from mkmap.reports.store.tables import corrections, decisions, facts, gone, metadata, past, reports
from mkmap.words import _

COPIED = (reports, decisions, corrections, gone, past)  # not arrivals: they live a day
WardOf = Callable[[float, float, Month], str]  # longitude, latitude, month → ward code, empty outside the wards


@dataclass(frozen=True)
class Purged:
    """How many reports of each kind went, and of how many only the text."""

    rejected: int
    withdrawn: int
    published: int
    texts: int


def purge(store: Store, ward_of: WardOf, *, at: datetime, dry_run: bool = False) -> Purged:
    """Delete what has been kept for its time; of published reports counts by year, ward and type stay.

    A dry run does the same, and takes it back.
    """
    with store.writing() as connection:
        published = _over(connection, State.PUBLISHED, at - PUBLISHED_LIVES)
        _count(connection, published, ward_of)
        found = Purged(
            rejected=_delete(connection, _over(connection, State.REJECTED, at - REJECTED_LIVES)),
            withdrawn=_delete(connection, _over(connection, State.WITHDRAWN, at - REJECTED_LIVES)),
            published=_delete(connection, published),
            texts=connection.execute(
                sa.update(reports)
                .where(reports.c.state != State.PENDING, reports.c.decided_at < at - TEXT_LIVES, reports.c.text != "")
                .values(text="")
            ).rowcount,
        )
        forget_senders(connection, at - max(SESSION_WINDOW, NETWORK_WINDOW))
        if found.published:
            rows.changed(connection, at)
        if dry_run:
            connection.rollback()
    return found


def _over(connection: sa.Connection, state: State, before: datetime) -> list[sa.Row]:
    wanted = sa.select(reports).where(reports.c.state == state, reports.c.decided_at < before)
    return list(connection.execute(wanted.with_for_update()))


def _delete(connection: sa.Connection, found: list[sa.Row]) -> int:
    for row in found:
        connection.execute(sa.delete(reports).where(reports.c.id == row.id))
    return len(found)


def _count(connection: sa.Connection, found: list[sa.Row], ward_of: WardOf) -> None:
    cells = Counter(
        (
            Month.parse(row.month).year,
            ward_of(row.longitude, row.latitude, Month.parse(row.month)),
            police_type(row.kind),
            row.told_police,
            row.response,
        )
        for row in found
    )
    for (year, ward, crime_type, told_police, response), count in cells.items():
        cell = {"year": year, "ward": ward, "crime_type": crime_type, "told_police": told_police, "response": response}
        same = sa.and_(*(past.c[name] == value for name, value in cell.items()))
        if not connection.execute(sa.update(past).where(same).values(reports=past.c.reports + count)).rowcount:
            connection.execute(sa.insert(past).values(**cell, reports=count))


def backup(store: Store, file: Path, *, at: datetime) -> int:
    """Write every report into one SQLite file, whole or not at all; how many there are in it.

    Raises Refused where the file cannot be written.
    """
    with store.writing() as connection:  # noted first: the backup holds what was acknowledged before this moment
        rows.set_fact(connection, "last_backup", at.isoformat(), at)
    tombstones.write(store)
    copied = _read(store)
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # for nobody else to read
        os.close(handle)
        temporary = Path(name)
        try:
            _write(temporary, copied)
            os.replace(temporary, file)
            _sync(file.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, SQLAlchemyError) as error:
        why = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else _("the disk may be full")
        raise Refused(
            _("No backup was written to {file}: {why}. An older one there was kept.").format(file=file, why=why)
        ) from None
    return len(copied[reports])


def _read(store: Store) -> dict[sa.Table, list[dict]]:
    """All tables in one snapshot."""
    with store.reading(**store.one_moment) as connection:
        return {table: [dict(row._mapping) for row in connection.execute(sa.select(table))] for table in (*COPIED, facts)}


def _write(file: Path, copied: dict[sa.Table, list[dict]]) -> None:
    engine = sqlite(file)
    with engine.execution_options(writing=True).begin() as connection:
        metadata.create_all(connection)
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        connection.execute(sa.text("PRAGMA defer_foreign_keys=ON"))  # a duplicate may stand before its original
        for table, found in copied.items():
            if found:
                connection.execute(sa.insert(table), found)
    with engine.begin() as connection:
        if damage := _integrity(connection):
            raise Refused(damage)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def damage(store: Store) -> str | None:
    """What is wrong with the database; PostgreSQL looks after itself, and must only answer.

    Raises NotKept where it does not.
    """
    with store.reading() as connection:
        if store.is_sqlite:
            found = _integrity(connection)
            connection.rollback()  # to end it otherwise, a damaged file would be read once more
            return found
        connection.execute(sa.select(sa.func.count()).select_from(reports))
    return None


def _integrity(connection: sa.Connection) -> str | None:
    """What SQLite finds wrong with its file; None where it is in order."""
    damaged = _("The reports' database is damaged; restore a backup.")
    try:
        found = connection.execute(sa.text("PRAGMA integrity_check")).scalars().all()
        broken = connection.execute(sa.text("PRAGMA foreign_key_check")).first()
    except OperationalError:  # it did not answer: that says nothing about the file
        raise
    except SQLAlchemyError:
        return damaged
    return None if found == ["ok"] and not broken else damaged


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
        for submission, entry in tombstones.beside(store.folder).items():
            tombstones.note(connection, submission, entry["act"], datetime.fromisoformat(entry["at"]))
        for row in copied[gone]:
            tombstones.note(connection, row.submission, row.act, row.at)
        acts = {row.submission: row.act for row in connection.execute(sa.select(gone.c.submission, gone.c.act))}
        for submission in (name for name, act in acts.items() if act == tombstones.ERASED):
            connection.execute(sa.delete(reports).where(reports.c.submission == submission))
        known = set(connection.execute(sa.select(reports.c.submission)).scalars())
        wanted = [
            row for row in copied[reports] if row.submission not in known and acts.get(row.submission) != tombstones.ERASED
        ]
        if not known:
            _take_over(connection, copied, at)
        _add(connection, wanted, copied)
        for row in connection.execute(sa.select(reports).where(reports.c.state != State.WITHDRAWN)).all():
            if acts.get(row.submission) == State.WITHDRAWN:
                withdrawn(connection, row, at)
        rows.changed(connection, at)
    tombstones.write(store)
    stood = sum(row.submission in known for row in copied[reports])
    return Restored(len(wanted), stood, len(copied[reports]) - len(wanted) - stood)


def _read_backup(file: Path) -> dict[sa.Table, list[sa.Row]]:
    if not file.is_file():
        raise BadInput(_("there is no such file. Nothing was changed."), source=file.name)
    engine = sqlite(file)
    sa.event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA query_only=ON"))
    try:
        with engine.begin() as connection:
            if _integrity(connection):
                raise BadInput(_("the backup is damaged. Nothing was changed."), source=file.name)
            revision = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
            if revision != HEAD:
                raise BadInput(_("the backup is of another version of mkmap. Nothing was changed."), source=file.name)
            for row in connection.execute(rows.REPORT):
                rows.report(row)  # a state, month or flag that is none would be found only when the pages fail
            bytes.fromhex(connection.execute(sa.select(facts.c.value).where(facts.c.name == "receipt_key")).scalar_one())
            return {table: list(connection.execute(sa.select(table))) for table in (*COPIED, facts)}
    except (SQLAlchemyError, ValueError):
        raise BadInput(_("this is no backup of mkmap's reports. Nothing was changed."), source=file.name) from None


def _take_over(connection: sa.Connection, copied: dict[sa.Table, list[sa.Row]], at: datetime) -> None:
    """Into an empty store comes the key of the receipts too, and the counts of what is past."""
    key = next(row.value for row in copied[facts] if row.name == "receipt_key")
    rows.set_fact(connection, "receipt_key", key, at)
    if not connection.execute(sa.select(past.c.id)).first():
        for row in copied[past]:
            connection.execute(sa.insert(past).values(**{k: v for k, v in row._mapping.items() if k != "id"}))


def _add(connection: sa.Connection, wanted: list[sa.Row], copied: dict[sa.Table, list[sa.Row]]) -> None:
    """Reports under new numbers, with what was decided and asked about them."""
    numbers: dict[int, int] = {}
    for row in wanted:
        values = {name: value for name, value in row._mapping.items() if name != "id"} | {"duplicate_of": None}
        numbers[row.id] = connection.execute(sa.insert(reports).values(**values)).inserted_primary_key[0]
    _link(connection, [row for row in wanted if row.duplicate_of], copied[reports])
    for table in (decisions, corrections):
        for row in copied[table]:
            if row.report in numbers:
                values = {name: value for name, value in row._mapping.items() if name != "id"} | {"report": numbers[row.report]}
                connection.execute(sa.insert(table).values(**values))


def _link(connection: sa.Connection, duplicates: list[sa.Row], copied: list[sa.Row]) -> None:
    """Name the originals by the numbers that they have here, those that stood already too."""
    here = {row.submission: row.id for row in connection.execute(sa.select(reports.c.submission, reports.c.id))}
    numbers = {row.id: here.get(row.submission) for row in copied}
    for row in duplicates:
        same = reports.c.submission == row.submission
        connection.execute(sa.update(reports).where(same).values(duplicate_of=numbers.get(row.duplicate_of)))


def last_backup(store: Store) -> str | None:
    """When the last backup began (ISO 8601, UTC)."""
    with store.reading() as connection:
        found = rows.fact(connection, "last_backup")
        return found.value if found else None
