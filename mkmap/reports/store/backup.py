"""Copy all reports into one file, and bring back what is missing from one."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from mkmap.database import backup as files
from mkmap.database import identity, moderators, tombstones, witness
from mkmap.database.backup import Copied, Rows
from mkmap.database.connection import Store
from mkmap.database.tombstones import Tombstone, Tombstones, gone
from mkmap.database.witness import Witness
from mkmap.errors import BadInput, Code, Refused, StoreLost
from mkmap.reports.privacy import REJECTED_LIVES
from mkmap.reports.report import State
from mkmap.reports.request import Kind
from mkmap.reports.store import recounting, retention, rows, settling
from mkmap.reports.store.sending import withdrawn
from mkmap.reports.store.tables import decisions, facts, past, reports, requests, tallies

# Not arrivals, which live a day, nor an operator's links and sessions.
COPIED = (
    identity.identity, reports, decisions, requests, gone, past, tallies, facts, moderators.moderators, moderators.sign_outs
)  # fmt: skip


def write(store: Store, file: Path, *, at: datetime) -> int:
    """Write every report into one SQLite file, whole or not at all; how many there are in it.

    Raises Refused where the file cannot be written.
    """
    with store.writing() as connection:  # noted first: the backup holds what was acknowledged before this moment
        rows.set_fact(connection, "last_backup", at.isoformat(), at)
    store.note()
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

    Raises NotKept where it does not answer, or is not the one that is known.
    """
    damage = files.damage(store, reports)
    if damage is None:
        store.check()
    return damage


@dataclass(frozen=True)
class Restored:
    """How many reports came back, how many stood already, and how many did not because they were erased, or their time was over here.

    `unsure_since`: when the backup was made, where nobody can know what was erased or withdrawn after that.
    """

    added: int
    known: int
    erased: int
    over: int
    unsure_since: datetime | None = None


def restore(store: Store, file: Path, *, at: datetime) -> Restored:
    """Bring back what a backup has and the store has not; what is newer here stays, and what was erased stays erased.

    Raises BadInput where the file is no backup of reports, StoreLost where the reports here are not those that are known; then
    nothing was changed.
    """
    copied = read(file)
    outside = witness.read(store.home) or Witness()
    with store.writing() as connection:
        if not store.is_sqlite:  # else one that is erased meanwhile could come back
            connection.execute(sa.text("LOCK TABLE reports, gone IN SHARE ROW EXCLUSIVE MODE"))
        known = set(connection.execute(sa.select(reports.c.submission)).scalars())
        here = identity.id_of(connection)
        if known and outside.store not in ("", here):
            raise StoreLost(Code.STORE_ANOTHER)
        _note(connection, outside.gone, copied)
        acts = tombstones.noted(connection)
        missing = [row for row in copied[reports] if row.submission not in known and not _is_erased(acts, row.submission)]
        is_same = _id(copied) == here
        wanted = [row for row in missing if not (is_same and _is_over(row, acts, at))]
        if not known:
            _take_over(connection, copied, at)
        _add(connection, wanted, copied)
        moderators.add(connection, copied[moderators.moderators], copied[moderators.sign_outs])
        asked = _add_requests(connection, copied, acts)
        if known or is_same:  # else the numbers come with it
            recounting.count(connection, {row.id: row.received_at for row in wanted}, copied[decisions], asked)
        bury(connection, acts, at)
        rows.changed(connection, at)
    store.take()
    stood = sum(row.submission in known for row in copied[reports])
    is_sure = _id(copied) == (here if known else outside.store if store.is_sqlite else "")
    return Restored(
        len(wanted),
        stood,
        len(copied[reports]) - len(missing) - stood,
        len(missing) - len(wanted),
        None if is_sure else _made_at(copied, at),
    )


def begin(store: Store, *, at: datetime) -> int:
    """Accept the database that is there as the reports' store, empty or not; how many reports it has.

    What is known to be erased goes from it, and stays away.
    """
    try:
        outside = witness.read(store.home) or Witness()
    except StoreLost:  # its remedy is to be made anew
        outside = Witness()
    with store.writing() as connection:
        _note(connection, outside.gone)
        bury(connection, tombstones.noted(connection), at)
        rows.changed(connection, at)
        left: int = connection.execute(sa.select(sa.func.count()).select_from(reports)).scalar_one()
    store.take()
    return left


def bury(connection: sa.Connection, acts: Tombstones, at: datetime) -> None:
    """What was erased goes again, and what was withdrawn is withdrawn again."""
    for row in connection.execute(sa.select(reports)).all():
        if _is_erased(acts, row.submission):
            settling.erased(connection, row.id, at)
            connection.execute(sa.delete(reports).where(reports.c.id == row.id))
        elif row.submission in acts and row.state != State.WITHDRAWN:
            withdrawn(connection, row, at)
        elif row.state == State.WITHDRAWN:  # what a backup knows to be asked about it
            settling.withdrawn(connection, row.id, at)
    for row in connection.execute(sa.select(requests.c.id, requests.c.request)).all():
        if _is_erased(acts, row.request):
            connection.execute(sa.delete(requests).where(requests.c.id == row.id))
    settling.orphans(connection, at, perhaps_erased=True)


def _is_erased(acts: Tombstones, submission: str) -> bool:
    return submission in acts and acts[submission].act == tombstones.ERASED


def _is_over(row: sa.Row, acts: Tombstones, at: datetime) -> bool:
    """Of a report that was here: whether it went, and was counted, because its time was over."""
    withdrawn_at = acts[row.submission].at if row.submission in acts else at
    return retention.is_over(row, at) or withdrawn_at < at - REJECTED_LIVES


def _note(connection: sa.Connection, outside: Tombstones, copied: Copied | None = None) -> None:
    """Into the database: what was withdrawn or erased, as the witness and the backup know it."""
    inside = {row.submission: Tombstone(row.act, row.at) for row in copied[gone]} if copied else {}
    for submission, stone in tombstones.together(inside, outside).items():
        tombstones.note(connection, submission, stone.act, stone.at)


def _id(copied: Copied) -> str | None:
    """Of the store that a backup is of; backups of before do not say it."""
    return next((row.id for row in copied[identity.identity]), None)


def _made_at(copied: Copied, at: datetime) -> datetime:
    return next((row.at for row in copied[facts] if row.name == "last_backup"), at)


def read(file: Path) -> Copied:
    """What a backup holds, checked. Raises BadInput where the file is none."""
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
    """An empty store becomes the one that was lost: with its id, the key of the receipts and the counts of what is past.

    Who signed out after the backup is not known then, so that nobody is signed in any more.
    """
    if (store := _id(copied)) != identity.id_of(connection):
        moderators.sign_everybody_out(connection, at)
        recounting.add(connection, copied[tallies])
    if store:
        identity.become(connection, store)
    key = next(row.value for row in copied[facts] if row.name == "receipt_key")
    rows.set_fact(connection, "receipt_key", key, at)
    if not connection.execute(sa.select(past)).first():
        for row in copied[past]:
            connection.execute(sa.insert(past).values(**{k: v for k, v in row._mapping.items() if k != "id"}))


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


def _add_requests(connection: sa.Connection, copied: Copied, acts: Tombstones) -> Rows:
    """Requests that are not here and were not erased, about the reports as they are numbered here; gives those that came."""
    came: list[sa.Row] = []
    known = set(connection.execute(sa.select(requests.c.request)).scalars())
    numbers = _numbers(connection, copied[reports])
    for row in copied[requests]:
        is_of_the_erased = row.kind == Kind.APPEAL and numbers.get(row.report) is None
        if row.request not in known and not _is_erased(acts, row.request) and not is_of_the_erased:
            values = {name: value for name, value in row._mapping.items() if name != "id"} | {"report": numbers.get(row.report)}
            connection.execute(sa.insert(requests).values(**values))
            came.append(row)
    return came


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
