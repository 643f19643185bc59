"""What senders say the police did reaches the evidence with the ward of the report's own month; what is not public does not."""

from pathlib import Path

import made_stores
import pandas as pd
import pytest
from sent_reports import NOW, published, sent

from mkmap.database import connection
from mkmap.database.connection import Store
from mkmap.month import Month
from mkmap.operate.updating import ward_finder
from mkmap.places.store import Places
from mkmap.reports import privacy
from mkmap.reports.answers import answers
from mkmap.reports.report import Place
from mkmap.reports.store import retention, sending

MARCH = Month(2026, 3)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(made_stores.town(tmp_path / "town"))


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, home: Path) -> Store:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    found = connection.connected(home, url)
    yield found
    found.engine.dispose()


def at_point(column: int) -> Place:
    return Place(*made_stores.place(column), "High Street")


def test_each_published_report_has_ward_answer_and_when_it_was_decided(store: Store, places: Places):
    published(store, month=MARCH, place=at_point(0))
    published(store, month=MARCH, place=at_point(3))
    sent(store, month=MARCH, place=at_point(1))
    found = answers(store, places)
    assert found.reports["ward"].tolist() == [made_stores.ALDER, ""]
    assert found.reports["month"].tolist() == ["2026-03"] * 2
    assert found.reports["response"].tolist() == ["came"] * 2
    assert found.reports["told_police"].all()
    assert (pd.to_datetime(found.reports["decided_at"], utc=True) == NOW).all()
    assert found.past.empty


def test_a_ward_is_that_of_the_reports_month_and_no_filter_moves_it(store: Store, places: Places, tmp_path: Path):
    """New wards since May 2026: the same place had another code before."""
    made_stores.add_wards(tmp_path / "town", name="newer", start=pd.Timestamp(2026, 5, 7).date(), first=11)
    for month in (MARCH, MARCH + 3):
        published(store, month=month, place=at_point(0))
    wards = dict(answers(store, places.now()).reports[["month", "ward"]].to_numpy().tolist())
    assert wards["2026-03"] == made_stores.ALDER
    assert wards["2026-06"] not in ("", made_stores.ALDER)


def test_what_is_withdrawn_is_gone_and_what_is_over_is_a_count(store: Store, places: Places):
    receipt, _report = published(store, month=MARCH, place=at_point(0))
    published(store, NOW - privacy.PUBLISHED_LIVES * 1.1, month=Month(2024, 3), place=at_point(1))
    assert len(answers(store, places).reports) == 2
    sending.withdraw(store, receipt, at=NOW)
    retention.purge(store, ward_finder(places), at=NOW)
    found = answers(store, places)
    assert found.reports.empty
    assert found.past.to_numpy().tolist() == [[2024, made_stores.BROUGHTON, True, "came", 1]]
