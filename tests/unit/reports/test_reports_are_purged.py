"""What has been kept for its time goes, no sooner and no later, and of published reports the counts stay."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import made_stores
import pytest
import sqlalchemy as sa
from command_line import run
from sent_reports import NOW, published, sent
from waiting import until

from mkmap.database import connection
from mkmap.database.connection import Store, opened
from mkmap.errors import Code, NotKept
from mkmap.month import Month
from mkmap.operate import background
from mkmap.operate.background import Upkeep
from mkmap.operate.updating import ward_finder
from mkmap.places.store import Places
from mkmap.reports import privacy
from mkmap.reports.report import Place, Report
from mkmap.reports.store import deciding, retention, sending, showing, tables
from mkmap.reports.store.retention import Purged
from mkmap.settings import PROJECT, Settings

MOMENT = timedelta(seconds=1)
OVER = NOW - privacy.PUBLISHED_LIVES - MOMENT
MARCH = Month(2024, 3)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, home: Path) -> Store:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    found = connection.connected(home, url)
    yield found
    found.engine.dispose()


def nowhere(_longitude: float, _latitude: float, _month: Month) -> str:
    return ""


def rejected(store: Store, at: datetime) -> Report:
    _receipt, report = sent(store, at)
    return deciding.decide(store, report, deciding.Act.REJECT, who="somebody", at=at, reason="not a crime")


def withdrawn(store: Store, at: datetime) -> Report:
    receipt, _report = sent(store, at)
    sending.withdraw(store, receipt, at=at)
    return sending.find(store, receipt)


def everything(store: Store) -> dict[str, list[str]]:
    with store.reading() as found:
        return {name: sorted(map(str, found.execute(sa.select(table)))) for name, table in tables.metadata.tables.items()}


def counts_left(store: Store) -> set[tuple]:
    past = tables.past.c
    with store.reading() as found:
        return {tuple(row) for row in found.execute(sa.select(past.year, past.ward, past.crime_type, past.reports))}


@pytest.mark.parametrize(
    ("make", "lives", "gone"),
    [
        (rejected, privacy.REJECTED_LIVES, Purged(1, 0, 0, 0)),
        (withdrawn, privacy.REJECTED_LIVES, Purged(0, 1, 0, 0)),
        (lambda store, at: published(store, at, text="")[1], privacy.PUBLISHED_LIVES, Purged(0, 0, 1, 0)),
    ],
    ids=["rejected", "withdrawn", "published"],
)
def test_each_lives_as_long_as_promised_and_no_longer(
    store: Store, make: Callable[[Store, datetime], Report], lives: timedelta, gone: Purged
):
    report = make(store, NOW - lives)
    assert retention.purge(store, nowhere, at=NOW) == Purged(0, 0, 0, 0)
    assert deciding.get(store, report.id)
    assert retention.purge(store, nowhere, at=NOW + MOMENT) == gone
    assert sum(everything_of(store, report)) == 0


def everything_of(store: Store, report: Report) -> list[int]:
    with store.reading() as found:
        of_it = [tables.reports.c.id, tables.decisions.c.report, tables.requests.c.report]
        return [found.execute(sa.select(sa.func.count()).where(column == report.id)).scalar_one() for column in of_it]


def test_a_text_goes_thirty_days_after_the_decision_and_the_mark_stays(store: Store):
    _receipt, report = published(store, NOW - privacy.TEXT_LIVES, text="a canary in the text")
    before = showing.published(store)
    retention.purge(store, nowhere, at=NOW)
    assert deciding.get(store, report.id).text == "a canary in the text"
    assert retention.purge(store, nowhere, at=NOW + MOMENT) == Purged(0, 0, 0, 1)
    assert "canary" not in str(everything(store))
    assert showing.published(store) == before
    assert retention.purge(store, nowhere, at=NOW + MOMENT) == Purged(0, 0, 0, 0)


def test_what_waits_is_never_let_go(store: Store):
    _receipt, report = sent(store, datetime(2000, 1, 1, tzinfo=UTC))
    assert retention.purge(store, nowhere, at=NOW) == Purged(0, 0, 0, 0)
    assert deciding.get(store, report.id) == report


def test_of_published_reports_counts_by_year_ward_and_type_stay(store: Store, tmp_path: Path):
    """An attempted burglary is a burglary there; what lies outside the wards is counted too."""
    places = Places(made_stores.town(tmp_path / "town"))
    alder, outside = Place(*made_stores.place(0), "High Street"), Place(*made_stores.place(3), "Abroad Road")
    for kind, month, place in (
        ("Burglary", MARCH, alder),
        ("Attempted burglary", MARCH + 1, alder),
        ("Burglary", MARCH + -12, alder),
        ("Drugs", MARCH, outside),
    ):
        published(store, OVER, kind=kind, month=month, place=place)
    published(store, NOW, month=MARCH, place=alder)
    before = showing.version(store)
    assert retention.purge(store, ward_finder(places), at=NOW).published == 4
    expected = {
        (2024, made_stores.ALDER, "Burglary", 2), (2023, made_stores.ALDER, "Burglary", 1), (2024, "", "Drugs", 1),
    }  # fmt: skip
    assert counts_left(store) == expected
    assert showing.version(store) != before, "maps are drawn anew"
    assert len(showing.published(store)) == 1
    published(store, OVER, month=MARCH, place=alder)
    retention.purge(store, ward_finder(places), at=NOW)
    assert (2024, made_stores.ALDER, "Burglary", 3) in counts_left(store)
    assert len(counts_left(store)) == 3, "one count a cell"


def test_without_wards_they_are_counted_without_one(store: Store, tmp_path: Path):
    published(store, OVER, month=MARCH)
    retention.purge(store, ward_finder(Places(tmp_path / "nothing")), at=NOW)
    assert counts_left(store) == {(2024, "", "Burglary", 1)}


def test_a_dry_run_says_the_same_numbers_and_changes_nothing(store: Store):
    rejected(store, OVER), rejected(store, OVER), withdrawn(store, OVER), published(store, OVER), sent(store, OVER)
    published(store, NOW - privacy.TEXT_LIVES - MOMENT)
    before = everything(store)
    would = retention.purge(store, nowhere, at=NOW, dry_run=True)
    assert would == Purged(2, 1, 1, 1)
    assert everything(store) == before
    assert retention.purge(store, nowhere, at=NOW) == would
    assert everything(store) != before


def test_the_command_finds_the_wards_of_what_is_shown(home: Path):
    made_stores.town(home)
    published(opened(home), datetime(2020, 1, 1, tzinfo=UTC), month=Month(2019, 12), place=Place(*made_stores.place(1), "x"))
    assert "1 published" in run(home, "reports", "purge", "--dry-run").stdout
    assert counts_left(opened(home)) == set()
    assert "1 published" in run(home, "reports", "purge").stdout
    assert counts_left(opened(home)) == {(2019, made_stores.BROUGHTON, "Burglary", 1)}


def test_the_readme_names_the_numbers_that_are_kept_to():
    told = (PROJECT / "docs" / "residents-reports.md").read_text().partition("For how long:")[2].partition("\n- ")[0]
    numbers = [int(number) for number in re.findall(r"(\d+) (?:days|hours)", told)]
    lives = [privacy.PUBLISHED_LIVES, privacy.REJECTED_LIVES, privacy.TEXT_LIVES]
    assert numbers == [*(one.days for one in lives), privacy.NETWORK_HASH_LIVES / timedelta(hours=1)]


@pytest.fixture
def started(home: Path):
    """Start the background; it ends with the test."""
    running = []

    def start(*, offline: bool = True) -> Upkeep:
        upkeep = Upkeep(Settings(home=home, offline=offline))
        running.append(upkeep)
        upkeep.start()
        return upkeep

    yield start
    for upkeep in running:
        upkeep.stop()


def test_the_app_lets_go_every_hour_though_it_is_offline(started, monkeypatch: pytest.MonkeyPatch):
    hours = []
    monkeypatch.setattr(background, "ONCE_AN_HOUR", 0.02)
    monkeypatch.setattr(background, "ONCE_A_DAY", 0.02)
    monkeypatch.setattr(background, "purge_reports", lambda _settings, at: hours.append(at))
    monkeypatch.setattr(background, "fetch_months", lambda *_a, **_k: pytest.fail("a service was asked"))
    started()
    until(lambda: len(hours) > 3, "it is not every hour")


def test_work_that_is_asked_for_again_and_again_puts_no_hour_off(started, monkeypatch: pytest.MonkeyPatch):
    hours, done = [], []
    monkeypatch.setattr(background, "ONCE_AN_HOUR", 0.1)
    monkeypatch.setattr(background, "purge_reports", lambda _settings, at: hours.append(at))
    upkeep = started()

    def keep_busy(_say) -> str:
        done.append(True)
        if len(hours) < 3:
            upkeep.ask(keep_busy)
        return "done"

    upkeep.ask(keep_busy)
    until(lambda: len(hours) >= 3, "it is not every hour")
    assert done


@pytest.mark.parametrize("error", [NotKept(Code.DATABASE_SILENT), RuntimeError("a canary")])
def test_a_failure_is_said_beside_what_else_was_done_until_it_is_over(started, monkeypatch, error: Exception):
    def refuse(_settings: Settings, _at: datetime) -> None:
        raise error

    monkeypatch.setattr(background, "purge_reports", refuse)
    upkeep = started()
    until(lambda: "could not be let go" in upkeep.progress.text, "the failure is not said")
    upkeep.ask(lambda _say: "March was loaded.")
    both = "March was loaded. Reports whose time is over could not be let go"
    until(lambda: upkeep.progress.text.startswith(both), "the failure is not said beside the other work")
    assert "canary" not in upkeep.progress.text
    monkeypatch.setattr(background, "purge_reports", lambda _settings, _at: None)
    upkeep._purge()
    upkeep.ask(lambda _say: "April was loaded.")
    until(lambda: upkeep.progress.text == "April was loaded.", "the failure is said after it is over")
