"""`backup` and `restore` as an operator types them: nothing that was erased comes back, nothing newer is lost."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import made_old_database
import made_stores
import pytest
from command_line import run
from sent_reports import NOW, published, sent

from mkmap.database.connection import Store, connected, opened
from mkmap.reports.report import Flag, State
from mkmap.reports.store import backup, deciding, queue, sending, showing
from mkmap.reports.store.wanted import Wanted


@pytest.fixture
def town(home: Path) -> Path:
    return made_stores.town(home)


@pytest.fixture
def store(town: Path) -> Store:
    return opened(town)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reports.backup"


def test_a_backup_says_what_is_in_it_what_is_not_and_who_may_read_it(town: Path, store: Store, file: Path):
    sent(store)
    published(store)
    done = run(town, "backup", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"2 reports written to {file}." in done.stdout
    assert "confidential" in done.stdout
    assert "Police months are not in it; they can be imported again." in done.stdout
    assert file.stat().st_mode & 0o077 == 0


def test_from_a_lost_database_to_the_same_reports(town: Path, store: Store, file: Path, tmp_path: Path):
    receipt, _report = sent(store)
    published(store)
    rejected, copy = sent(store)
    deciding.decide(store, copy, deciding.Act.DUPLICATE, who="Ann", at=NOW, duplicate_of=1)
    run(town, "backup", file)
    fresh = made_stores.town(tmp_path / "fresh")
    done = run(fresh, "restore", file)
    assert done.returncode == 0
    assert "Reports that came back: 3. Here already, and left as they are: 0." in done.stdout
    assert deciding.reports_in(opened(fresh)) == deciding.reports_in(store)
    assert sending.find(opened(fresh), receipt) == sending.find(store, receipt)
    assert [one.who for one in deciding.decided(opened(fresh), sending.find(opened(fresh), rejected).id)] == ["Ann"]
    assert run(fresh, "verify").returncode == 0


def test_erased_stay_erased_withdrawn_withdrawn_and_what_is_newer_stays(town: Path, store: Store, file: Path):
    erased, _report = sent(store)
    withdrawn, _report = published(store)
    waited, later = sent(store)
    run(town, "backup", file)
    assert run(town, "reports", "erase", "--receipt", erased).returncode == 0
    sending.withdraw(store, withdrawn, at=NOW)
    run(town, "reports", "publish", later.id)
    newer, _report = sent(store)
    before = deciding.reports_in(store)
    for _twice in range(2):
        done = run(town, "restore", file)
        assert "came back: 0. Here already, and left as they are: 2. Erased before, and not brought back: 1." in done.stdout
        assert deciding.reports_in(store) == before
    assert sending.find(store, erased) is None
    assert sending.find(store, withdrawn).state is State.WITHDRAWN
    assert sending.find(store, waited).state is State.PUBLISHED
    assert sending.find(store, newer)


def test_a_backup_made_before_another_one_knows_of_no_erasure_but_the_folder_does(town: Path, store: Store, file: Path):
    """The database is lost with all that it knew; what stands beside it is left."""
    erased, _report = sent(store)
    kept, _report = sent(store)
    run(town, "backup", file)
    run(town, "reports", "erase", "--receipt", erased)
    (town / "reports" / "reports.sqlite").unlink()
    opened.cache_clear()
    assert "came back: 1." in run(town, "restore", file).stdout
    assert sending.find(opened(town), erased) is None
    assert sending.find(opened(town), kept)


def damaged(file: Path, good: Path) -> None:
    content = bytearray(good.read_bytes())
    content[4096 : 4096 * 6] = b"\x55" * 4096 * 5
    file.write_bytes(content)


def cut_short(file: Path, good: Path) -> None:
    file.write_bytes(good.read_bytes()[: good.stat().st_size // 2])


def of_something_else(file: Path, _good: Path) -> None:
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE reports (id INTEGER)")
    made.close()


def without_the_key(file: Path, good: Path) -> None:
    changed(file, good, "DELETE FROM facts")


def of_another_version(file: Path, good: Path) -> None:
    changed(file, good, "UPDATE alembic_version SET version_num = '9999'")


def with_a_state_that_is_none(file: Path, good: Path) -> None:
    changed(file, good, "UPDATE reports SET state = 'lost'")


def with_a_month_that_is_none(file: Path, good: Path) -> None:
    changed(file, good, "UPDATE reports SET month = '2026-13'")


def changed(file: Path, good: Path, statement: str) -> None:
    shutil.copy(good, file)
    with sqlite3.connect(file) as made:
        made.execute(statement)
    made.close()


def a_text(file: Path, _good: Path) -> None:
    file.write_text("no backup")


def nothing(_file: Path, _good: Path) -> None:
    pass


FOREIGN = [damaged, cut_short, of_something_else, without_the_key, of_another_version, with_a_state_that_is_none,
           with_a_month_that_is_none, a_text, nothing]  # fmt: skip


@pytest.mark.parametrize("made", FOREIGN)
@pytest.mark.parametrize("full", [True, False], ids=["into reports", "into nothing"])
def test_what_is_no_whole_backup_is_one_line_and_changes_nothing(tmp_path: Path, file: Path, made, full: bool):
    source, target = made_stores.town(tmp_path / "source"), made_stores.town(tmp_path / "target")
    for _report in range(40):
        sent(opened(source))
    run(source, "backup", tmp_path / "good")
    if full:
        sent(opened(target))
    made(file, tmp_path / "good")
    before, content = deciding.reports_in(opened(target)), file.exists() and file.read_bytes()
    done = run(target, "restore", file)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "Nothing was changed." in done.stderr
    assert "Traceback" not in done.stderr
    assert deciding.reports_in(opened(target)) == before
    assert (file.exists() and file.read_bytes()) == content
    assert sum(showing.counts(opened(target)).values()) == len(before)


def test_a_backup_that_cannot_be_written_leaves_the_older_one(town: Path, store: Store, file: Path, tmp_path: Path):
    sent(store)
    done = run(town, "backup", tmp_path / "absent" / "file")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "No backup was written" in done.stderr
    assert run(town, "backup").returncode == run(town, "restore").returncode == 2


@pytest.mark.usefixtures("with_demonstration")
def test_the_demonstrations_reports_go_into_no_backup(home: Path, file: Path):
    assert "8 reports." in run(home, "reports", "list", "--state", "pending").stdout
    assert "0 reports written" in run(home, "backup", file).stdout
    sent(opened(home))
    assert "1 report written" in run(home, "backup", file).stdout
    run(home, "restore", file)
    assert "8 reports." in run(home, "reports", "list", "--state", "pending").stdout


def test_a_backup_of_an_older_version_is_read_in_its_new_form(file: Path, tmp_path: Path):
    """Made before the desk: without its columns and tables."""
    made_old_database.made(file, "0003")
    with closing(sqlite3.connect(file)) as old:
        old.execute("UPDATE reports SET flags = '[\"phone\"]', state = 'pending'")
        old.commit()
    before = file.read_bytes()
    elsewhere = connected(tmp_path / "elsewhere")
    assert backup.restore(elsewhere, file, at=NOW).added == 1
    assert queue.flags(elsewhere, Wanted()) == {Flag.PHONE: 1}
    assert queue.page(elsewhere, Wanted(flag=Flag.PHONE), 9).total == 1
    assert file.read_bytes() == before
