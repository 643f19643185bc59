"""Whoever waits for the reports' database comes to it: on a slow disk, and after another was killed in the middle."""

import sqlite3
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from forked import CONTEXT
from refusing import refused
from sent_reports import NOW, sent, submission
from waiting import until

from mkmap.database import connection
from mkmap.database.write_queue import WriteQueue
from mkmap.errors import Code, NotKept
from mkmap.reports.report import State
from mkmap.reports.store import backup, sending, showing

MANY = 8


def test_on_a_slow_disk_everybody_comes_as_often_as_the_others(home: Path, monkeypatch):
    """A slow commit, and writers that come back at once: SQLite alone lets some of them starve; a busy machine may keep one for a turn."""
    monkeypatch.setattr(connection, "PATIENCE", 60)
    store = connection.connected(home)
    sa.event.listen(store.engine, "commit", lambda _connection: time.sleep(0.05))
    enough = threading.Event()

    receipts: Counter[int] = Counter()

    def write(writer: int) -> None:
        while not enough.is_set():
            sending.submit(store, submission(), at=NOW)
            receipts[writer] += 1

    with ThreadPoolExecutor(MANY) as writers:
        writing = [writers.submit(write, number) for number in range(MANY)]
        try:
            until(lambda: receipts.total() >= 5 * MANY, "the writers came to a halt")
        finally:
            enough.set()
        for one in writing:
            one.result()
    assert len(receipts) == MANY
    assert max(receipts.values()) <= 2 * min(receipts.values()), (
        receipts
    )  # whoever starves comes once where others come forty times
    assert showing.counts(store)[State.PENDING] == receipts.total()


def killed_in_the_middle(home: Path, said) -> None:
    """In a process of its own: change more than the cache holds, so that half of it is in the file, and wait for the end."""
    store = connection.connected(home)
    with store.writing() as found:
        found.execute(sa.text("PRAGMA cache_size=1"))
        found.execute(sa.text("UPDATE reports SET text = hex(randomblob(2000))"))
        said.send(True)
        time.sleep(60)


def test_what_a_killed_writer_left_is_taken_back_by_whoever_comes_first(home: Path):
    store = connection.connected(home)
    for _ in range(20):
        sent(store)
    ours, theirs = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=killed_in_the_middle, args=(home, theirs), daemon=True)
    process.start()
    assert ours.recv()
    process.kill()
    process.join()
    assert (home / "reports" / "reports.sqlite-journal").stat().st_size > 0, "nothing was left to be taken back"
    start = threading.Barrier(MANY)

    def come(number: int) -> bool:
        start.wait()
        return bool(sending.submit(store, submission(), at=NOW) if number % 2 else showing.counts(store))

    with ThreadPoolExecutor(MANY) as coming:
        assert all(coming.map(come, range(MANY)))
    assert backup.damage(store) is None
    with store.reading() as found:
        assert set(found.execute(sa.text("SELECT text FROM reports")).scalars()) == {"They came at night."}


def test_a_busy_database_is_not_called_a_damaged_one(home: Path, monkeypatch):
    monkeypatch.setattr(connection, "PATIENCE", 0.2)
    store = connection.connected(home)
    holder = sqlite3.connect(home / "reports" / "reports.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotKept):
        backup.damage(store)
    holder.close()
    assert backup.damage(store) is None


def test_a_turn_that_does_not_come_is_said_in_words(home: Path, monkeypatch):
    monkeypatch.setattr(connection, "PATIENCE", 0.2)
    store = connection.connected(home)
    with ThreadPoolExecutor(1) as other, WriteQueue(home / "reports").turn(1), refused(NotKept, Code.DATABASE_SILENT):
        other.submit(sending.submit, store, submission(), at=NOW).result()


def test_where_no_turn_can_be_taken_reading_goes_on(home: Path):
    """A folder that is mounted to be read only."""
    store = connection.connected(home)
    receipt, _report = sent(store)
    (home / "reports" / "turn.lock").unlink()
    (home / "reports" / "turn.lock").mkdir()
    assert sending.find(store, receipt)
