"""A lost, empty, older or foreign database of reports is noticed, nothing is made in silence, and nothing erased comes back."""

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import made_stores
import pytest
from command_line import run
from refusing import refused
from sent_reports import NOW, sent

from mkmap.database import connection, moderators, witness
from mkmap.database.connection import opened
from mkmap.database.moderators import Person
from mkmap.errors import Code, Refused, StoreLost
from mkmap.operate.health import health
from mkmap.reports.store import backup, sending, showing
from mkmap.settings import Settings

FILE = Path("reports", "reports.sqlite")


@pytest.fixture
def town(home: Path) -> Path:
    return made_stores.town(home)


def empty(town: Path, _before: Path) -> None:
    (town / FILE).write_bytes(b"")


def missing(town: Path, _before: Path) -> None:
    (town / FILE).unlink()


def folder_missing(town: Path, _before: Path) -> None:
    shutil.rmtree(town / "reports")


def another(town: Path, before: Path) -> None:
    connection.connected(before.parent / "another")
    shutil.copy(before.parent / "another" / FILE, town / FILE)


def older(town: Path, before: Path) -> None:
    shutil.copy(before, town / FILE)


def without_witness(town: Path, _before: Path) -> None:
    (town / witness.FILE).write_text("{")


LOST = {
    empty: Code.STORE_MISSING,
    missing: Code.STORE_MISSING,
    folder_missing: Code.STORE_MISSING,
    another: Code.STORE_ANOTHER,
    older: Code.STORE_OLDER,
    without_witness: Code.WITNESS_DAMAGED,
}


@pytest.mark.parametrize("lose", LOST, ids=lambda lose: lose.__name__)
def test_a_lost_store_is_said_everywhere_and_the_way_out_keeps_what_was_erased_erased(
    town: Path, tmp_path: Path, lose: Callable
):
    store = opened(town)
    (erased, _), (kept, _) = sent(store), sent(store)
    backup.write(store, tmp_path / "backup", at=NOW)
    shutil.copy(town / FILE, tmp_path / "before")
    sending.erase(store, erased, at=NOW)
    lose(town, tmp_path / "before")

    for is_running in (True, False):  # the app that has it open, and the next start
        with refused(StoreLost, LOST[lose]):
            opened(town).check()
        if lose not in (older, without_witness) or not is_running:
            with refused(StoreLost, LOST[lose]):
                sent(opened(town))
        told = health(Settings(home=town), date.today())
        assert (told["status"], told["reports"], told["pending_reports"]) == ("damaged", "lost", None)
        opened.cache_clear()
    assert json.loads(run(town, "status", "--json").stdout)["reports_store"] == "lost"
    for command in ("status", "verify"):
        done = run(town, command)
        assert "reports begin" in done.stdout + done.stderr
    assert done.returncode == 1
    assert (town / FILE).exists() == (lose not in (missing, folder_missing)), "nothing was made"

    if lose is without_witness:  # nobody knows what was erased: no backup comes in before somebody has looked
        assert run(town, "restore", tmp_path / "backup").returncode == 1
    if lose in (another, without_witness, older):
        assert run(town, "reports", "begin").returncode == 0
    else:
        assert "came back: 1." in (done := run(town, "restore", tmp_path / "backup")).stdout
        assert "What was erased" not in done.stdout, "it is known here"
    opened.cache_clear()
    found = opened(town)
    assert sending.find(found, erased) is None
    assert bool(sending.find(found, kept)) == (lose is not another)
    assert run(town, "verify").returncode == 0
    assert health(Settings(home=town), date.today())["status"] == "ok"


def test_an_empty_postgresql_is_noticed_and_a_restore_knows_what_was_erased(town: Path, postgres_server, tmp_path: Path):
    first, second = (postgres_server.create(f"{name}_{tmp_path.name}") for name in ("first", "second"))
    store = connection.connected(town, first)
    (erased, _), (kept, _) = sent(store), sent(store)
    backup.write(store, tmp_path / "backup", at=NOW)
    sending.erase(store, erased, at=NOW)
    with refused(StoreLost, Code.STORE_MISSING):
        connection.connected(town, second)
    assert json.loads(run(town, "status", "--json", DATABASE_URL=second).stdout)["reports_store"] == "lost"
    done = run(town, "restore", tmp_path / "backup", DATABASE_URL=second)
    assert "came back: 1." in done.stdout
    assert "What was erased or withdrawn after that" in done.stdout, "another machine may have erased more"
    restored = connection.connected(town, second)
    assert sending.find(restored, erased) is None
    assert sending.find(restored, kept)
    elsewhere = connection.connected(tmp_path / "elsewhere", second)  # a second machine, which knows nothing yet
    assert witness.read(tmp_path / "elsewhere") == witness.read(town)
    for one in (store, restored, elsewhere):
        one.engine.dispose()


def test_to_begin_with_none_is_said_and_what_was_erased_stays_known(town: Path, tmp_path: Path):
    store = opened(town)
    erased, _report = sent(store)
    backup.write(store, tmp_path / "backup", at=NOW)
    sending.erase(store, erased, at=NOW)
    (town / FILE).unlink()
    opened.cache_clear()
    assert "it holds 0 reports" in run(town, "reports", "begin").stdout
    assert sum(showing.counts(opened(town)).values()) == 0
    assert "Erased before, and not brought back: 1." in run(town, "restore", tmp_path / "backup").stdout


def test_a_backup_in_a_new_house_says_what_it_cannot_know(town: Path, tmp_path: Path):
    sent(opened(town))
    run(town, "backup", tmp_path / "backup")
    done = run(tmp_path / "fresh", "restore", tmp_path / "backup")
    assert "came back: 1." in done.stdout
    assert "erase them again" in done.stdout


def test_the_tombstones_of_before_are_taken_over_and_their_file_goes(town: Path):
    store = opened(town)
    erased, _report = sent(store)
    sending.erase(store, erased, at=NOW)
    known = witness.read(town)
    (town / witness.FILE).unlink()
    old = {name: {"act": stone.act, "at": stone.at.isoformat()} for name, stone in known.gone.items()}
    (town / witness.OF_BEFORE).write_text(json.dumps(old))
    connection.connected(town)
    assert witness.read(town) == known
    assert not (town / witness.OF_BEFORE).exists()


def test_a_restore_undoes_no_sign_out_and_brings_accounts_back(town: Path, tmp_path: Path):
    early, ann = NOW - timedelta(hours=2), "ann@example.org"
    person = Person("https://id.example.org", "1", ann, True, early)
    store = opened(town)
    assert moderators.name(store, person, [ann], at=NOW) == ann
    backup.write(store, tmp_path / "before", at=NOW)
    moderators.sign_out(store, person, at=NOW)
    backup.restore(store, tmp_path / "before", at=NOW)
    with refused(Refused, Code.MODERATOR_SIGNED_OUT):
        moderators.name(store, person, [ann], at=NOW)
    other = connection.connected(tmp_path / "other")
    backup.restore(other, tmp_path / "before", at=NOW)  # it does not know of the sign-out: everybody signs in again
    with refused(Refused, Code.MODERATOR_SIGNED_OUT):
        moderators.name(other, person, [ann], at=NOW)
    impostor = Person("https://id.example.org", "2", ann, True, NOW + timedelta(minutes=1))
    with refused(Refused, Code.MODERATOR_OF_ANOTHER_ACCOUNT):
        moderators.name(other, impostor, [ann], at=NOW + timedelta(minutes=1))
