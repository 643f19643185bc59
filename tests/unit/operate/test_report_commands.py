"""Residents' reports on the command line: done is 0, refused is 1 and one plain line, called wrongly is 2."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import made_stores
import pytest
from sent_reports import corrected, published, sent, submission

from mkmap.database.connection import opened
from mkmap.operate import commands
from mkmap.reports.report import Place, State
from mkmap.reports.store import deciding, floods, requests, sending, showing
from mkmap.settings import settings


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
            commands.main()
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


def test_a_flood_is_listed_and_decided_as_one(run, store, monkeypatch):
    monkeypatch.setattr(floods, "FLOODS", ((2, timedelta(hours=1)),))
    for number in range(3):
        sending.submit(store, submission(), at=datetime.now(UTC), sender=sending.Sender(str(number), "203.0.113.9"))
    sent(store)
    (heap,) = floods.heaps(store)
    assert heap.name in run("reports", "floods")[1]
    assert run("reports", "reject", "--flood", "nothing", "--reason", "advertising")[0] == 1
    assert run("reports", "reject", "1", "--flood", heap.name, "--reason", "advertising")[0] == 2
    assert run("reports", "reject", "--flood", heap.name, "--reason", " ")[0] == 1
    assert "3 reports of the flood" in run("reports", "reject", "--flood", heap.name, "--reason", "advertising")[1]
    assert showing.counts(store)[State.PENDING] == 1
    assert "0 floods." in run("reports", "floods")[1]


def test_who_decided_what_is_printed_as_csv(run, store):
    sent(store, text="a canary in the text")
    run("reports", "reject", "1", "--reason", "=1+1")
    head, *rows = run("reports", "decisions")[1].splitlines()
    assert head == "at,who,report,act,before,after,reason,kind,month"
    assert len(rows) == 1
    assert rows[0].endswith("command line,1,reject,pending,rejected,'=1+1,Burglary,2026-10")


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
    what = "1 rejected, 0 withdrawn and 1 published; of others only the text: 0."
    assert said == f"Reports that would go: {what} Nothing was changed.\n"
    assert sum(showing.counts(store).values()) == 3
    assert run("reports", "purge")[1] == f"Reports that went: {what}\n"
    assert showing.counts(store) == {State.PENDING: 1, State.PUBLISHED: 0, State.REJECTED: 0, State.WITHDRAWN: 0}


def test_beside_the_demonstration_the_commands_act_on_invented_reports(run, tmp_path, monkeypatch):
    monkeypatch.setenv("MKMAP_HOME", str(tmp_path / "nothing"))
    settings.cache_clear()
    _code, out, err = run("reports", "list", "--state", "pending")
    assert "8 reports." in out
    assert (out.splitlines()[0], err) == ("Demonstration reports: invented, not evidence.", "")
    assert not (tmp_path / "nothing" / "reports").exists()
    run("reports", "publish", out.splitlines()[1].split()[0])
    assert "7 reports." in run("reports", "list", "--state", "pending")[1]
    run("demo")
    assert "8 reports." in run("reports", "list", "--state", "pending")[1]


def test_json_stays_json_beside_the_demonstration(run, tmp_path, monkeypatch):
    monkeypatch.setenv("MKMAP_HOME", str(tmp_path / "nothing"))
    settings.cache_clear()
    _code, out, err = run("reports", "list", "--json")
    assert {one["state"] for one in json.loads(out)} == set(State)
    assert "invented" in err


def test_nothing_that_is_printed_steers_a_terminal(run, store):
    """A street comes from a file of somebody else, a restored text from a backup of whoever made it."""
    place = Place(-0.705418, 52.136428, "High\x1b[2J\x9b31m [red]Street")
    sent(store, place=place, text="one\x07\x1b]0;title\nanother \u202eline")
    for words in (["list"], ["show", "1"]):
        out = run("reports", *words)[1]
        assert "[red]Street" in out, "and markup is but text"
        assert [sign for sign in out if not sign.isprintable() and sign != "\n"] == []
    assert "one\ufffd" in out
    assert "\nanother" in out


def test_what_waits_is_listed_answered_and_erased(run, store):
    _receipt, report = published(store)
    receipt = corrected(store, report.mark, text="It was May.", at=datetime.now(UTC))
    out = run("reports", "requests")[1]
    for expected in ("Correction asked for", f"report {report.id}", "It was another month", "It was May.", "1 request."):
        assert expected in out
    assert "The mark stays as it is." in run("reports", "answer", "1", "--note", "It was April.")[1]
    assert requests.find(store, receipt).note == "It was April."
    assert run("reports", "answer", "1")[0] == 1
    for act in ("answer", "show"):
        assert f"{10**30}" in "".join(map(str, run("reports", act, str(10**30)))), "no such one, in words"
    assert "0 requests." in run("reports", "requests")[1]
    run("reports", "erase", "--receipt", receipt)
    assert requests.find(store, receipt) is None
