"""A clock that leaps lets nothing be purged; a site that rested for some days purges as usual."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import made_stores
import pytest
import sqlalchemy as sa
from command_line import run
from pydantic import TypeAdapter
from refusing import refused
from sent_reports import sent
from servers.police_uk import PoliceUk

from mkmap.database import connection
from mkmap.database.connection import Store, opened
from mkmap.errors import Code, Refused
from mkmap.operate import updating
from mkmap.operate.health import health
from mkmap.operate.leaps import APART, LONGEST_ABSENCE, Timekeeper, doubt
from mkmap.reports.report import State
from mkmap.reports.store import deciding, retention, showing
from mkmap.reports.store.tables import facts
from mkmap.settings import Settings

NOW = datetime.now(UTC).replace(microsecond=0)
MINUTE, YEARS = timedelta(minutes=1), timedelta(days=9 * 365)


@dataclass
class Steady:
    """Seconds that pass when they are told to."""

    seconds: float = 1_000.0

    def __call__(self) -> float:
        return self.seconds


def fresh(now: datetime) -> Timekeeper:
    return Timekeeper(now, Steady())


@pytest.fixture
def store(home: Path) -> Store:
    found = connection.connected(home)
    retention.purge(found, lambda *_: "", at=NOW)
    return found


@pytest.mark.parametrize(
    ("later", "is_doubtful"),
    [
        (timedelta(0), False),
        (LONGEST_ABSENCE - MINUTE, False),
        (LONGEST_ABSENCE + MINUTE, True),
        (YEARS, True),
        (MINUTE - APART, False),
        (-APART - MINUTE, True),
        (-YEARS, True),
    ],
)
def test_at_the_start_only_a_short_absence_is_believed(store: Store, later: timedelta, is_doubtful: bool):
    now = NOW + later
    assert bool(doubt(store, now, fresh(now))) == is_doubtful


def test_a_store_that_never_purged_is_held_against_the_latest_that_it_knows(home: Path):
    store = connection.connected(home)
    assert doubt(store, NOW, fresh(NOW)) is None
    assert doubt(store, NOW + YEARS, fresh(NOW + YEARS))


def test_in_a_running_process_a_leap_of_two_hours_is_noticed_and_two_hours_that_passed_are_none(store: Store):
    steady, later = Steady(), NOW + timedelta(hours=2)
    keeper = Timekeeper(NOW, steady)
    assert doubt(store, NOW, keeper) is None
    assert doubt(store, later, keeper)
    assert doubt(store, NOW - timedelta(hours=2), keeper)
    steady.seconds += 2 * 60 * 60
    assert doubt(store, later, keeper) is None


def test_police_uk_and_the_operator_can_agree_and_later_leaps_are_noticed_all_the_same(store: Store):
    now, steady = NOW + YEARS, Steady()
    keeper = Timekeeper(now, steady)
    keeper.heard(NOW)
    assert doubt(store, now, keeper), "police.uk says another time"
    keeper.heard(now)
    steady.seconds += 60 * 60
    assert doubt(store, now + timedelta(hours=1), keeper) is None
    assert doubt(store, now + timedelta(days=3), keeper)
    other = fresh(now)
    retention.confirm_date(store, now)
    assert doubt(store, now, other) is None
    assert doubt(store, now + YEARS, other)


def test_postgresql_agrees_at_the_start_and_contradicts_and_is_not_asked_of_a_leap(home: Path, postgres_url: str):
    store = connection.connected(home, postgres_url)
    now, last = datetime.now(UTC), datetime.now(UTC) - timedelta(days=40)
    retention.purge(store, lambda *_: "", at=last)
    assert doubt(store, now, fresh(now)) is None
    assert doubt(store, now + YEARS, fresh(now + YEARS))
    assert doubt(store, now, Timekeeper(last, Steady()))
    store.engine.dispose()


def test_what_police_uk_says_in_its_answers_is_heard(monkeypatch: pytest.MonkeyPatch):
    keeper = Timekeeper()
    monkeypatch.setattr(updating, "KEEPER", keeper)
    assert not keeper.is_confirmed(datetime.now(UTC))
    with PoliceUk({}) as police, updating._police(Settings(police_url=police.url)) as api:
        api.ask("crimes-street-dates", TypeAdapter(list))
        assert keeper.is_confirmed(datetime.now(UTC))
        api._tell_time({"Date": "yesterday"})
        api._tell_time({})
        assert keeper.is_confirmed(datetime.now(UTC))


def test_nothing_goes_and_it_is_said_until_the_operator_confirms(home: Path):
    town = made_stores.town(home)
    store, long_ago = opened(town), datetime.now(UTC) - timedelta(days=60)
    _receipt, report = sent(store, at=long_ago)
    deciding.decide(store, report, deciding.Act.REJECT, who="Ann", at=long_ago, reason="none")
    with store.writing() as writing:  # as if the last sign of life were of then, too
        writing.execute(sa.update(facts).values(at=long_ago))
    with refused(Refused, Code.DATE_DOUBTFUL):
        updating.purge_reports(Settings(home=town), datetime.now(UTC))
    done = run(town, "reports", "purge")
    assert (done.returncode, done.stdout) == (1, "")
    assert "--confirm-date" in done.stderr
    dry = run(town, "reports", "purge", "--dry-run").stdout
    assert "1 rejected" in dry
    assert "--confirm-date" in dry
    assert "--confirm-date" in run(town, "status").stdout
    told = health(Settings(home=town), date.today())
    assert (told["status"], told["purge_waits"], told["last_purge"]) == ("ok", True, None)
    assert showing.counts(store)[State.REJECTED] == 1
    assert "1 rejected" in run(town, "reports", "purge", "--confirm-date").stdout
    assert showing.counts(store)[State.REJECTED] == 0
    assert "--confirm-date" not in run(town, "status").stdout
    assert health(Settings(home=town), date.today())["purge_waits"] is False
    updating.purge_reports(Settings(home=town), datetime.now(UTC))
