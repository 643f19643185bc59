"""A database and a backup that an older mkmap has left are read: their tables are brought to the newest form, and nothing is lost."""

from pathlib import Path

import made_old_database
from sent_reports import NOW

from mkmap.database import connection
from mkmap.database.connection import Store
from mkmap.reports.report import State
from mkmap.reports.request import Kind
from mkmap.reports.store import answering, backup, deciding, showing, tallies
from mkmap.reports.store.tallies import Tally


def test_a_database_from_before_keeps_its_reports_and_what_was_asked(home: Path):
    made_old_database.made(home / "reports" / "reports.sqlite")
    has_moved(connection.connected(home))


def has_moved(store: Store) -> None:
    """The report, and what was asked about it, which is a request now."""
    assert showing.counts(store)[State.PUBLISHED] == 1
    (asked,) = answering.waiting(store, 9)
    assert (asked.kind, asked.what, asked.text) == (Kind.CORRECTION, "It was another month", "May")
    assert deciding.get(store, asked.report).corrections == 1
    counted = [Tally(2026, "received"), Tally(2026, "published", days=2), Tally(2026, "correction", "received")]
    assert tallies.counted(store) == dict.fromkeys(counted, 1)


def test_a_backup_from_before_is_read_and_stays_as_it_is(home: Path, tmp_path: Path):
    file = made_old_database.made(tmp_path / "backup")
    before, store = file.read_bytes(), connection.connected(home)
    assert backup.restore(store, file, at=NOW).added == 1
    has_moved(store)
    assert file.read_bytes() == before
