"""Residents' reports on the command line: done is 0, refused is 1 and one plain line, called wrongly is 2."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import made_stores
import pytest
from sent_reports import published, sent

from mkmap import cli
from mkmap.reports.report import State
from mkmap.reports.store import deciding, opened, sending, showing
from mkmap.settings import settings
from mkmap.status import health
from mkmap.status import status as state_of


@pytest.fixture(autouse=True)
def town(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MKMAP_HOME", str(home))
    monkeypatch.setenv("MKMAP_OFFLINE", "1")
    settings.cache_clear()
    opened.cache_clear()
    yield made_stores.town(home)
    settings.cache_clear()
    opened.cache_clear()


@pytest.fixture
def store(town: Path):
    return opened(town)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["mkmap", *words])
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_the_list_has_every_report_and_those_of_a_state(run, store):
    sent(store)
    published(store)
    code, out, _err = run("reports", "list")
    assert code == 0
    assert "2 reports." in out
    assert "High Street" in out
    assert "1 report." in run("reports", "list", "--state", "published")[1]
    found = json.loads(run("reports", "list", "--json")[1])
    assert [one["state"] for one in found] == ["pending", "published"]
    assert run("reports", "list", "--state", "lost")[0] == 2


def test_a_report_is_shown_with_text_flags_and_history(run, store):
    _receipt, report = sent(store, text="They came at night.")
    run("reports", "publish", str(report.id))
    out = run("reports", "show", str(report.id))[1]
    for expected in ("They came at night.", "published", "police told", "command line: publish"):
        assert expected in out


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (["publish", "1"], State.PUBLISHED),
        (["reject", "1", "--reason", "not a crime"], State.REJECTED),
        (["duplicate", "1", "--of", "2"], State.REJECTED),
    ],
)
def test_decisions_and_their_undoing(run, store, words, state):
    sent(store)
    sent(store)
    assert run("reports", *words)[0] == 0
    assert deciding.get(store, 1).state is state
    assert run("reports", "undo", "1")[0] == 0
    assert deciding.get(store, 1).state is State.PENDING
    assert [one.who for one in deciding.decided(store, 1)] == ["command line"] * 2


@pytest.mark.parametrize(
    "words",
    [
        ["publish", "99"],
        ["undo", "1"],
        ["reject", "1", "--reason", " "],
        ["duplicate", "1", "--of", "1"],
        ["duplicate", "1", "--of", "99"],
        ["erase", "99"],
        ["erase", "--receipt", "12"],
        ["erase", "--receipt", "1" * 16],
    ],
)
def test_what_cannot_be_is_one_plain_line_and_changes_nothing(run, store, words):
    _receipt, before = sent(store)
    code, _out, err = run("reports", *words)
    assert code == 1
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert deciding.get(store, 1) == before


@pytest.mark.parametrize(
    "words", [["erase"], ["erase", "1", "--receipt", "1" * 16], ["reject", "1"], ["publish"], ["publish", "one"]]
)
def test_called_wrongly_is_2(run, store, words):
    sent(store)
    assert run("reports", *words)[0] == 2


def test_erasing_by_number_and_by_receipt(run, store):
    sent(store)
    receipt, _report = sent(store)
    assert run("reports", "erase", "1")[0] == 0
    assert run("reports", "erase", "--receipt", f"{receipt[:4]} {receipt[4:]}")[0] == 0
    assert sum(showing.counts(store).values()) == 0


def test_a_dry_run_says_what_would_go_and_lets_nothing_go(run, store):
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    published(store, at=long_ago)
    _receipt, report = sent(store, at=long_ago)
    deciding.decide(store, report, deciding.Act.REJECT, who="Ann", at=long_ago, reason="because")
    sent(store, at=long_ago)
    said = run("reports", "purge", "--dry-run")[1]
    assert said == "Would go: 1 rejected, 0 withdrawn and 1 published reports, and the texts of 0 more.\n"
    assert sum(showing.counts(store).values()) == 3
    assert run("reports", "purge")[1] == said.replace("Would go", "Gone")
    assert showing.counts(store) == {State.PENDING: 1, State.PUBLISHED: 0, State.REJECTED: 0, State.WITHDRAWN: 0}


def test_a_backup_and_its_restoring(run, store, tmp_path):
    file = tmp_path / "reports.backup"
    receipt, _report = sent(store)
    code, out, _err = run("backup", str(file))
    assert code == 0
    assert "1 report written" in out
    assert "keep it safe" in out
    sending.erase(store, receipt, at=datetime.now(UTC))
    assert (
        "0 reports came back; 0 were here already and stay as they are; 1 had been erased and stay so."
        in run("restore", str(file))[1]
    )
    assert run("restore", str(tmp_path / "absent"))[0] == 1
    code, _out, err = run("backup", str(tmp_path / "absent" / "file"))
    assert code == 1
    assert "No backup was written" in err


def test_status_and_health_tell_what_waits(run, store, home):
    assert state_of(settings(), datetime.now(UTC).date())["reports"] == {
        "pending": 0,
        "published": 0,
        "rejected": 0,
        "withdrawn": 0,
    }
    sent(store, at=datetime(2026, 1, 1, 12, tzinfo=UTC))
    published(store)
    run("backup", str(home / "backup"))
    found = json.loads(run("status", "--json")[1])
    assert found["reports"] == {"pending": 1, "published": 1, "rejected": 0, "withdrawn": 0}
    assert found["oldest_pending_report"] == "2026-01-01T12:00:00+00:00"
    assert found["last_backup"]
    said = run("status")[1]
    assert "1 waiting, 1 published" in said
    assert "The queue is late" in said
    told = health(settings())
    assert (told["status"], told["oldest_pending_report"]) == ("ok", "2026-01-01T12:00:00+00:00")


def test_a_database_that_is_gone_is_said_and_the_map_stays_healthy(run, monkeypatch):
    monkeypatch.setenv("MKMAP_DATABASE_URL", "postgresql://mkmap@127.0.0.1:1/none")
    settings.cache_clear()
    assert "their database does not answer" in run("status")[1]
    assert json.loads(run("status", "--json")[1])["reports"] is None
    told = health(settings())
    assert (told["status"], told["reports_answer"]) == ("ok", False)
    assert run("verify")[0] == 1
    assert run("reports", "list")[0] == 1


def test_verify_looks_at_the_database(run, store, home):
    sent(store)
    assert run("verify")[0] == 0
    file = home / "reports" / "reports.sqlite"
    content = bytearray(file.read_bytes())
    content[4096:8192] = b"\x55" * 4096
    file.write_bytes(content)
    code, _out, err = run("verify")
    assert code == 1
    assert "Traceback" not in err


def test_beside_the_demonstration_the_commands_act_on_invented_reports(run, tmp_path, monkeypatch):
    monkeypatch.setenv("MKMAP_HOME", str(tmp_path / "nothing"))
    settings.cache_clear()
    _code, out, err = run("reports", "list", "--state", "pending")
    assert "8 reports." in out
    assert "invented" in err
    assert not (tmp_path / "nothing" / "reports").exists()
    run("reports", "publish", out.split()[0])
    assert "7 reports." in run("reports", "list", "--state", "pending")[1]
    run("demo")
    assert "8 reports." in run("reports", "list", "--state", "pending")[1]
