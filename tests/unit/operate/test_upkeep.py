"""What the background does, one piece of work after the other; whatever fails, a sentence is left and nothing is raised."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from refusing import refused
from sent_reports import published, sent
from waiting import until

from mkmap.crimes.store import Crimes
from mkmap.database.connection import opened
from mkmap.errors import Code, Refused, Unreachable
from mkmap.operate import updating as getting
from mkmap.operate.background import Upkeep
from mkmap.places import download
from mkmap.reports.report import State
from mkmap.reports.store import sending, showing
from mkmap.settings import Settings

QUIET = {"offline": True}
AT = datetime(2026, 11, 15, 3, tzinfo=UTC)


@pytest.fixture
def upkeep(home: Path) -> Iterator[Upkeep]:
    started = Upkeep(Settings(home=home, **QUIET))
    started.start()
    yield started
    started.stop()


def ended(upkeep: Upkeep) -> str:
    until(lambda: not upkeep.progress.running and upkeep.progress.text != "", "the work never ended")
    return upkeep.progress.text


def test_a_refusal_leaves_its_sentence(upkeep: Upkeep):
    error = Unreachable(Code.POLICE_TIMED_OUT, host="data.police.uk")

    def refuse(_say) -> str:
        raise error

    upkeep.ask(refuse)
    assert ended(upkeep) == str(error)


def test_a_fault_leaves_a_sentence_without_its_words(upkeep: Upkeep, caplog: pytest.LogCaptureFixture):
    def broken(_say) -> str:
        raise RuntimeError("secret /path of the server")

    upkeep.ask(broken)
    assert ended(upkeep) == "This failed. What is stored was kept; the server's log says more."
    assert "secret" in caplog.text


def test_work_goes_on_after_a_failure(upkeep: Upkeep):
    upkeep.ask(lambda _say: 1 / 0)
    upkeep.ask(lambda _say: "The second was done.")
    until(lambda: upkeep.progress.text == "The second was done.", "the second was never done")


def test_one_after_the_other_in_the_order_asked(upkeep: Upkeep):
    order, going = [], threading.Event()

    def work(number: int):
        def do(_say) -> str:
            going.wait(60)
            order.append(("begins", number))
            time.sleep(0.01)
            order.append(("ends", number))
            return f"{number} done"

        return do

    for number in range(4):
        upkeep.ask(work(number))
    going.set()
    until(lambda: upkeep.progress.text == "3 done", "the last was never done")
    assert order == [(what, number) for number in range(4) for what in ("begins", "ends")]


def test_progress_is_seen_while_it_works(upkeep: Upkeep):
    seen, go_on = threading.Event(), threading.Event()

    def work(say) -> str:
        say(2, 5, "March 2025")
        seen.set()
        go_on.wait(60)
        return "Done."

    upkeep.ask(work)
    assert seen.wait(60)
    progress = upkeep.progress
    assert (progress.running, progress.done, progress.total, progress.text) == (True, 2, 5, "March 2025")
    go_on.set()
    assert ended(upkeep) == "Done."


def test_what_waits_says_so(home: Path):
    waiting = Upkeep(Settings(home=home, **QUIET))  # not started
    waiting.ask(lambda _say: "done")
    assert waiting.progress.running
    assert waiting.progress.text == "Waiting to begin"


def test_without_a_way_out_nothing_is_asked_at_the_start(home: Path, monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr("mkmap.operate.background.fetch_months", lambda settings, *, at, progress: asked.append(settings) or [])
    started = Upkeep(Settings(home=home, **QUIET))
    started.start()
    started.ask(lambda _say: "This came after the start.")
    assert ended(started) == "This came after the start."
    started.stop()
    assert asked == []


def test_with_a_way_out_new_months_are_looked_for_at_the_start(home: Path, monkeypatch: pytest.MonkeyPatch):
    asked = []
    monkeypatch.setattr("mkmap.operate.background.fetch_months", lambda settings, *, at, progress: asked.append(settings) or [])
    started = Upkeep(Settings(home=home, offline=False))
    started.start()
    until(lambda: asked, "nothing was asked")
    started.stop()


def test_it_ends_when_it_is_told_to(home: Path):
    before = set(threading.enumerate())  # those of other tests may still be ending
    started = Upkeep(Settings(home=home, **QUIET))
    started.start()
    (thread,) = (one for one in set(threading.enumerate()) - before if one.name == "upkeep")
    started.stop()
    thread.join(60)
    assert not thread.is_alive()


def test_offline_asks_nobody(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(getting, "load_wards", lambda *_a, **_k: pytest.fail("a service was asked"))
    with refused(Refused, Code.OFFLINE):
        getting.fetch_months(Settings(home=home, offline=True), at=AT, progress=lambda *_step: None)


def test_wards_that_cannot_be_had_are_a_sentence_and_change_nothing(home: Path, monkeypatch: pytest.MonkeyPatch):
    """Nobody listens at this port of this machine."""
    monkeypatch.setattr(download, "session", partial(download.session, again=0))  # to try again takes seconds
    chosen = Settings(home=home, wards_url="http://127.0.0.1:9/x/FeatureServer/0", police_url="http://127.0.0.1:9")
    with pytest.raises(Refused) as refused:
        getting.fetch_months(chosen, at=AT, progress=lambda *_step: None)
    assert str(refused.value).count("\n") == 0
    assert not (home / "places" / "manifest.json").exists()
    assert Crimes(home).last_failed_fetch == {"at": "2026-11-15T03:00:00+00:00", "why": str(refused.value)}


def test_reports_whose_time_is_over_go_by_themselves(home: Path):
    """At the start, and offline too: nobody has to remember it."""
    store = opened(home)
    published(store, at=datetime(2020, 1, 1, tzinfo=UTC))
    receipt, _report = sent(store, at=datetime(2020, 1, 1, tzinfo=UTC))
    upkeep = Upkeep(Settings(home=home, **QUIET))
    upkeep.start()
    until(lambda: showing.counts(store)[State.PUBLISHED] == 0, "nothing was let go")
    upkeep.stop()
    assert sending.find(store, receipt), "what waits, waits"
