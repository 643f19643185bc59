"""The plans come with `fetch` and with the daily look, after the months; a failure of one does not undo the other."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import made_stores
import pytest
from command_line import run
from made_plans import E1, grounds
from refusing import refused
from servers import police_uk as uk
from servers.fetching import invented
from servers.police_uk import PoliceUk
from waiting import PATIENCE

from mkmap.crimes.store import Crimes
from mkmap.errors import Code, Refused
from mkmap.lake.manifest import locked
from mkmap.month import Month
from mkmap.operate import background
from mkmap.operate import updating as getting
from mkmap.plans.store import Plans
from mkmap.police import client, pace
from mkmap.settings import Settings

NEWEST = Month.of(datetime.now(UTC).date()) + -2
AT = datetime(2026, 11, 15, 3, tzinfo=UTC)


@pytest.fixture
def police(home: Path, monkeypatch: pytest.MonkeyPatch):
    """A police.uk with one month; nothing waits between questions."""
    monkeypatch.setattr(client, "PACE", 0.0)
    monkeypatch.setattr(pace, "PACE", 0.0)
    monkeypatch.setattr(client, "wait_exponential", lambda: lambda _state: 0.0)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    made_stores.add_wards(home)
    with PoliceUk({NEWEST: invented(NEWEST)}) as served:
        served.grounds = grounds()
        yield served


def fetch(home: Path, police: PoliceUk):
    return run(home, "fetch", OFFLINE="0", POLICE_URL=police.url)


def test_a_fetch_brings_the_months_and_the_plans(home: Path, police: PoliceUk):
    done = fetch(home, police)
    assert (done.returncode, done.stderr) == (0, "")
    assert "crimes stored" in done.stdout
    assert "The plans of 2 police neighbourhoods are stored." in done.stdout


@pytest.mark.usefixtures("with_demonstration")
def test_status_tells_of_the_plans(home: Path, police: PoliceUk):
    assert json.loads(run(home, "status", "--json").stdout)["plans"] == {
        "neighbourhoods": 0, "fetched_at": None, "last_failed_fetch": None,
    }  # fmt: skip
    assert "What the police say" not in run(home, "status").stdout
    fetch(home, police)
    found = json.loads(run(home, "status", "--json").stdout)["plans"]
    assert found["neighbourhoods"] == 2
    assert datetime.now(UTC) - datetime.fromisoformat(found["fetched_at"]) < timedelta(minutes=5)
    assert f"What the police say they do: 2 neighbourhoods, of {found['fetched_at'][:10]}" in run(home, "status").stdout


def test_failed_plans_are_one_line_and_the_months_stay(home: Path, police: PoliceUk):
    police.misbehave(uk.body(b"null"), path="locate-neighbourhood")
    done = fetch(home, police)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert "crimes stored" in done.stdout
    assert "could not be learnt" in done.stderr
    assert [stored.month for stored in Crimes(home).months()] == [NEWEST]
    assert "Last failed fetch of it" in run(home, "status").stdout


def test_a_failed_month_is_one_line_and_the_plans_stay(home: Path, police: PoliceUk):
    police.misbehave(uk.body(b"[]"), path="crimes-street/")
    done = fetch(home, police)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert "no crimes at all" in done.stderr
    assert "plans of 2" in done.stdout
    assert Plans(home).plan(E1)


def test_without_the_list_of_months_it_is_as_before(home: Path, police: PoliceUk):
    police.misbehave(uk.status(404), path="crimes-street-dates")
    done = fetch(home, police)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert police.asked("locate") == []


def test_a_store_that_is_being_changed_is_told_beside_the_months(home: Path, police: PoliceUk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mkmap.lake.manifest.LOCK_PATIENCE", 0.1)
    (home / "plans").mkdir(parents=True)
    ready, done = threading.Event(), threading.Event()

    def hold() -> None:
        with locked(home / "plans" / "lock"):
            ready.set()
            done.wait(PATIENCE)

    holder = threading.Thread(target=hold)
    holder.start()
    assert ready.wait(PATIENCE)
    try:
        found = fetch(home, police)
    finally:
        done.set()
        holder.join()
    assert (found.returncode, "crimes stored" in found.stdout) == (0, True)
    assert "has been changing the store" in found.stderr


def test_offline_asks_nobody(home: Path, police: PoliceUk):
    with refused(Refused, Code.OFFLINE):
        getting.fetch_plans(Settings(home=home, offline=True, police_url=police.url), AT, lambda *_step: None)
    assert police.requests == []


def test_the_daily_look_brings_plans_once_a_week(home: Path, police: PoliceUk):
    upkeep = background.Upkeep(Settings(home=home, police_url=police.url))
    assert "plans of 2" in upkeep.get_latest(lambda *_step: None)
    asked = len(police.asked("locate"))
    assert "plans" not in upkeep.get_latest(lambda *_step: None)
    assert len(police.asked("locate")) == asked > 0


def test_the_daily_look_brings_plans_when_there_are_no_months(home: Path, police: PoliceUk):
    police.misbehave(uk.status(404), path="crimes-street-dates")
    said = background.Upkeep(Settings(home=home, police_url=police.url)).get_latest(lambda *_step: None)
    assert "has no answer" in said
    assert "plans of 2" in said


def test_verify_looks_at_the_plans(home: Path, police: PoliceUk):
    fetch(home, police)
    assert run(home, "verify").returncode == 0
    next((home / "plans").glob("thames-valley-E1-*.json")).write_text("{}")
    done = run(home, "verify")
    assert (done.returncode, "thames-valley-E1" in done.stderr) == (1, True)


def test_the_demonstration_has_plans_of_its_own(home: Path):
    assert run(home, "demo").returncode == 0
    assert json.loads(run(home, "status", "--json").stdout)["plans"]["neighbourhoods"] == 3
    assert not (home / "plans").exists()
    assert (home / "demonstration" / "plans").is_dir()
