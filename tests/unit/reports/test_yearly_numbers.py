"""What was received and decided is counted by year, once each, and stays when what was counted is gone."""

from datetime import timedelta
from pathlib import Path

import pytest
from sent_reports import NOW, corrected, published, sent

from mkmap.database.connection import Store, connected
from mkmap.reports import privacy, yearly
from mkmap.reports.store import backup, deciding, retention, sending, tallies
from mkmap.reports.store.deciding import Act
from mkmap.reports.store.tallies import Tally

DAY = timedelta(days=1)


@pytest.fixture
def store(home: Path) -> Store:
    return connected(home)


def numbers(store: Store) -> dict[str, float]:
    """Of the year of the tests, those that are not zero."""
    named = {
        f"{one.what} {one.detail}".strip(): one.value for one in yearly.numbers(tallies.counted(store)) if one.year == NOW.year
    }
    return {name: value for name, value in named.items() if value}


def decide(store: Store, report, act: Act, after: timedelta = DAY, reason: str = ""):
    return deciding.decide(store, report, act, who="Ann", at=NOW + after, reason=reason)


def test_each_decision_counts_once_and_what_is_taken_back_not_at_all(store):
    _receipt, report = sent(store)
    report = decide(store, report, Act.PUBLISH)
    assert numbers(store) == {"received": 1, "published": 1, "median days reports": 1.0}
    report = decide(store, report, Act.UNDO)
    assert numbers(store) == {"received": 1}
    report = decide(store, report, Act.REJECT, 3 * DAY, "advertising")
    assert numbers(store) == {"received": 1, "rejected advertising": 1, "median days reports": 3.0}
    report = decide(store, decide(store, report, Act.UNDO), Act.PUBLISH)
    report = decide(store, report, Act.REJECT, reason="somebody's own words")
    assert numbers(store) == {"received": 1, "published": 1, "taken down another reason": 1, "median days reports": 1.0}
    decide(store, report, Act.UNDO)
    assert numbers(store) == {"received": 1}, "it waits again: neither was decided"


def test_senders_and_those_who_ask_are_counted(store):
    receipt, report = published(store)
    corrected(store, report.mark)
    decide(store, report, Act.KEEP, 2 * DAY)
    corrected(store, report.mark)
    sending.withdraw(store, receipt, at=NOW)
    sending.erase(store, receipt, at=NOW)
    assert numbers(store) == {
        "received": 1,
        "published": 1,
        "withdrawn": 1,
        "erased": 1,
        "correction received": 2,
        "correction kept": 1,
        "correction gone": 1,
        "median days requests": 2.0,
    }


def test_half_waited_no_longer():
    counted = {
        Tally(2026, "published", days=1): 2,
        Tally(2026, "rejected", "advertising", 4): 1,
        Tally(2026, "rejected", "duplicate", 9): 1,
    }
    medians = [one.value for one in yearly.numbers(counted) if one.what == yearly.MEDIAN]
    assert medians == [2.5, None]
    assert ("Published", [2]) in yearly.lines(counted)
    assert not [label for label, _values in yearly.lines(counted) if "Appeals" in label], "a line of zeros is left out"


def test_the_numbers_outlive_what_they_count_and_come_back_with_a_backup(store, tmp_path: Path):
    _receipt, report = published(store)
    decide(store, report, Act.REJECT, reason="not a crime")
    before = numbers(store)
    retention.purge(store, lambda *_place: "", at=NOW + privacy.PUBLISHED_LIVES)
    assert deciding.reports_in(store) == []
    assert numbers(store) == before
    backup.write(store, tmp_path / "file", at=NOW)
    other = connected(tmp_path / "other")
    for _ in range(2):
        backup.restore(other, tmp_path / "file", at=NOW)
    assert numbers(other) == before
