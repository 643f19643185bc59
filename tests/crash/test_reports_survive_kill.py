"""Whatever is killed, whenever: a receipt that was seen is a report that is kept, once and whole."""

import os
import random
import resource
import signal
import sqlite3
import threading
import time
from collections.abc import Sized
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
import sqlalchemy as sa
from forked import CONTEXT
from refusing import refused
from sent_reports import NOW, PLACE, sent, submission
from waiting import PATIENCE, until
from writers import identity, text_of, told, wait_for_receipts, whole, writers

from mkmap.database import connection, witness
from mkmap.database.connection import Store
from mkmap.errors import BadInput, Code, NotKept
from mkmap.month import Month
from mkmap.reports.report import State
from mkmap.reports.store import backup, deciding, sending, showing
from mkmap.reports.store.tables import reports


def check_whole(store: Store, receipts: dict[str, str]) -> None:
    """Every receipt finds its report, as it was sent; none is there twice."""
    assert backup.damage(store) is None
    with store.reading() as found:
        rows = {row.submission: row for row in found.execute(sa.select(reports))}
        assert len(rows) == found.execute(sa.select(sa.func.count()).select_from(reports)).scalar_one()
    for one, receipt in receipts.items():
        row = rows[sending.digest(one)]
        assert row.receipt == sending.digest(receipt)
        assert (row.text, row.street, row.month, row.state) == (text_of(one), PLACE.street, "2026-10", "pending")
    assert all(row.text.startswith("text of ") and row.version == 1 for row in rows.values()), "a half of a report"


@pytest.mark.parametrize(("rounds", "each", "seed"), [(17, 1, 1), pytest.param(334, 10, 2, marks=pytest.mark.slow)])
def test_three_writers_are_killed_again_and_again(home: Path, rounds: int, each: int, seed: int):
    """Three kills a round, and so many receipts before each: 51 here; 1,002 kills and 10,020 receipts in the long proof."""
    rng = random.Random(seed)
    print(f"seed {seed}")
    connection.connected(home)
    receipts: dict[str, str] = {}
    announced: set[str] = set()
    for turn in range(rounds):
        with writers(home, "", range(3 * turn, 3 * turn + 3)) as running:
            said = [message for _process, pipe in running for message in wait_for_receipts(pipe, each)]
            pipes = dict(running)
            for process in sorted(pipes, key=lambda _process: rng.random()):
                time.sleep(rng.uniform(0, 0.03))
                os.kill(process.pid, signal.SIGKILL)
                process.join()
                said += told(pipes[process])
        announced |= {one for one, _receipt in said}
        receipts |= {one: receipt for one, receipt in said if receipt}
    store = connection.connected(home)
    check_whole(store, receipts)
    print(f"{len(receipts)} receipts")
    assert len(receipts) >= 3 * rounds * each
    before = sum(showing.counts(store).values())
    unanswered = announced - receipts.keys()
    again = {one: sending.submit(store, whole(one), at=NOW) for one in announced}
    assert {one: again[one] for one in receipts} == receipts
    check_whole(store, again)
    assert before <= sum(showing.counts(store).values()) <= before + len(unanswered)
    assert sum(showing.counts(store).values()) == len(announced)


@pytest.mark.parametrize(("kills", "seed"), [(3, 3), pytest.param(100, 4, marks=pytest.mark.slow)])
def test_postgresql_is_killed_in_the_middle_and_recovers_without_a_restart_of_ours(
    postgres_server, postgres_url, home, kills, seed
):
    """Between and during commits. Whoever is told to try again, and does, has one report."""
    rng, store = random.Random(seed), connection.connected(home, postgres_url)
    print(f"seed {seed}")
    receipts: dict[str, str] = {}
    unsure: set[str] = set()
    refused: list[str] = []
    stop = threading.Event()

    def write(writer: int) -> None:
        count = 0
        while not stop.is_set():
            one = whole(identity(writer, count))
            try:
                receipts[one.id] = sending.submit(store, one, at=NOW)
                count += 1
            except NotKept:
                unsure.add(one.id)
                refused.append(one.id)
                time.sleep(0.05)  # and the same again: the submission id is the browser's

    with ThreadPoolExecutor(4) as threads:
        writing = [threads.submit(write, number) for number in range(4)]
        try:
            for _ in range(kills):
                until_grown(receipts, 4, "nothing was written")
                time.sleep(rng.uniform(0, 0.3))
                postgres_server.kill()
                try:
                    until_grown(refused, 1, "nobody was told to try again: the server was never gone")
                finally:
                    postgres_server.start()
            until_grown(receipts, 4, "nothing was written after the last kill")
        finally:
            stop.set()
        for one in writing:
            one.result()
    check_whole(store, receipts)
    assert sum(showing.counts(store).values()) == len(receipts | dict.fromkeys(unsure - receipts.keys()))
    store.engine.dispose()


def until_grown(what: Sized, by: int, otherwise: str) -> None:
    reached = len(what)
    until(lambda: len(what) >= reached + by, otherwise)


def limited(home: Path, told_to: Connection) -> None:
    """In a process of its own: write under a limit on the size of files, and say how many were kept."""
    most = (home / "reports" / "reports.sqlite").stat().st_size + 100_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = connection.connected(home)
    kept = 0
    while True:
        try:
            sending.submit(store, submission(f"{kept:032x}", text="x" * 400), at=NOW)
        except NotKept:
            return told_to.send(kept)
        kept += 1


def test_a_full_disk_gives_no_receipt_and_leaves_the_rest_whole(home: Path):
    connection.connected(home)
    ours, theirs = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=limited, args=(home, theirs), daemon=True)
    process.start()
    assert ours.poll(PATIENCE), "the disk was never full"
    kept = ours.recv()
    process.join(PATIENCE)
    assert kept > 20
    store = connection.connected(home)
    assert showing.counts(store)[State.PENDING] == kept
    assert backup.damage(store) is None
    sent(store)
    assert showing.counts(store)[State.PENDING] == kept + 1


def test_a_folder_that_may_not_be_written_gives_no_receipt(home: Path):
    """As root nothing is forbidden, so the child is nobody."""
    store = connection.connected(home)
    receipt, _report = sent(store)
    folder = home / "reports"
    folder.chmod(0o555)
    (folder / "reports.sqlite").chmod(0o444)
    for above in list(folder.parents)[:4]:
        if above.stat().st_uid == os.geteuid() and above != Path("/"):
            above.chmod(above.stat().st_mode | 0o055)
    try:
        process = CONTEXT.Process(target=_refused, args=(home,))
        process.start()
        process.join(PATIENCE)
        assert process.exitcode == 7
    finally:
        folder.chmod(0o755)
        (folder / "reports.sqlite").chmod(0o644)
    assert sending.find(store, receipt)
    assert showing.counts(store)[State.PENDING] == 1


def _refused(home: Path) -> None:
    if os.geteuid() == 0:
        os.setuid(65534)
    try:
        sending.submit(connection.connected(home), submission(), at=NOW)
    except NotKept:
        os._exit(7)
    os._exit(1)


def test_a_lock_that_is_held_too_long_gives_no_receipt_and_the_next_try_one(home: Path, monkeypatch):
    monkeypatch.setattr(connection, "PATIENCE", 0.3)
    store, one = connection.connected(home), submission()
    holder = sqlite3.connect(home / "reports" / "reports.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with refused(NotKept, Code.DATABASE_SILENT):
        sending.submit(store, one, at=NOW)
    holder.execute("ROLLBACK")
    holder.close()
    assert sending.submit(store, one, at=NOW)
    assert showing.counts(store)[State.PENDING] == 1


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""


def test_a_backup_while_writers_run_has_all_that_was_acknowledged_before(home, url, tmp_path):
    store = connection.connected(home, url)
    with writers(home, url, range(3)) as running:
        for turn in range(3):
            said = [message for _process, pipe in running for message in wait_for_receipts(pipe)]
            receipts = {one: receipt for one, receipt in said if receipt}
            file = tmp_path / f"{turn}.backup"
            backup.write(store, file, at=NOW)
            other = connection.connected(tmp_path / f"restored-{turn}")
            backup.restore(other, file, at=NOW)
            check_whole(other, receipts)
    assert file.stat().st_mode & 0o077 == 0, "nobody else may read it"
    store.engine.dispose()


def test_what_was_erased_or_withdrawn_stays_so_after_a_restore(home, url, tmp_path):
    store = connection.connected(home, url)
    (erased, _), (withdrawn, report), (kept, _) = sent(store), sent(store), sent(store)
    deciding.decide(store, report, deciding.Act.PUBLISH, who="Ann", at=NOW)
    backup.write(store, tmp_path / "backup", at=NOW)
    sending.erase(store, erased, at=NOW)
    sending.withdraw(store, withdrawn, at=NOW)
    newer, _ = sent(store)
    assert backup.restore(store, tmp_path / "backup", at=NOW) == backup.Restored(0, 2, 1, 0)

    lost = tmp_path / "lost"  # the database is gone, the witness outside it is left
    lost.mkdir()
    (lost / witness.FILE).write_bytes((home / witness.FILE).read_bytes())
    other = connection.unexpected(lost)
    backup.restore(other, tmp_path / "backup", at=NOW)
    for one in (store, other):
        assert sending.find(one, erased) is None
        assert sending.find(one, withdrawn).state is State.WITHDRAWN
        assert sending.find(one, withdrawn).text == ""
        assert showing.published(one) == []
        assert sending.find(one, kept)
    assert sending.find(store, newer), "a report that came after the backup is not lost"
    store.engine.dispose()


def test_from_one_database_into_the_other_nothing_changes(home, postgres_url, tmp_path):
    """Receipts too: the sender who presses again on the new server gets the same."""
    one, first = submission(month=Month(2026, 9)), connection.connected(home)
    receipt = sending.submit(first, one, at=NOW)
    deciding.decide(first, sending.find(first, receipt), deciding.Act.PUBLISH, who="Ann", at=NOW)
    original = sending.find(first, receipt)
    backup.write(first, tmp_path / "backup", at=NOW)
    second = connection.connected(tmp_path / "second", postgres_url)
    backup.restore(second, tmp_path / "backup", at=NOW)
    backup.write(second, tmp_path / "backup", at=NOW)
    third = connection.connected(tmp_path / "third")
    backup.restore(third, tmp_path / "backup", at=NOW)
    for store in (second, third):
        assert sending.find(store, receipt) == original
        assert sending.submit(store, one, at=NOW) == receipt
        assert [one.who for one in deciding.decided(store, original.id)] == ["Ann"]
    second.engine.dispose()


@pytest.mark.parametrize("content", [b"", b"no backup", b"SQLite format 3\x00" + b"\x00" * 4096])
def test_a_file_that_is_no_backup_is_refused_and_nothing_changes(home, tmp_path, content):
    store = connection.connected(home)
    receipt, report = sent(store)
    (tmp_path / "file").write_bytes(content)
    for file, code in {
        tmp_path / "file": Code.NOT_A_BACKUP,
        tmp_path / "absent": Code.NO_SUCH_FILE,
        tmp_path: Code.NO_SUCH_FILE,
    }.items():
        with refused(BadInput, code):
            backup.restore(store, file, at=NOW)
    assert sending.find(store, receipt) == report
