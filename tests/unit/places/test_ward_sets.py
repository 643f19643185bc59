"""Ward sets have dates: each month has the set that was in force at its end."""

from datetime import date

import pytest
from refusing import refused

from mkmap.errors import Code, Refused
from mkmap.month import Month
from mkmap.places.sets import WardSet, default_name, ended, in_force


def made(name: str, start: str, end: str | None = None) -> WardSet:
    return WardSet(name, date.fromisoformat(start), date.fromisoformat(end) if end else None, 19, "wards.geojson")


@pytest.mark.parametrize(
    "name",
    [
        "", " ", ".", "..", "../up", "a/b", "a\\b", ".hidden", "-dash", "a" * 41,
        'a"b', "a'b", "a;b", "a\nb", "a\0b", "ends ", "ends.",
        "café", "point", "Point", "LONGITUDE", "latitude", "street",
    ],
)  # fmt: skip
def test_a_name_that_is_no_file_or_column_is_refused(name):
    with refused(Refused, Code.WARD_SET_UNNAMABLE):
        made(name, "2014-05-22")


def test_an_end_before_the_start_is_refused():
    with refused(Refused, Code.WARD_SET_ENDS_EARLY) as refusal:
        made("wards", "2014-05-22", "2014-05-21")
    assert str(refusal.value) == "A ward set cannot end (2014-05-21) before it starts (2014-05-22). Nothing was changed."


@pytest.mark.parametrize(
    "name", ["2014", "wards-2014", "Wards 2026", "wards_2014.1", "a", "a" * 40, default_name(date(2026, 5, 7))]
)
def test_a_plain_name_is_kept(name):
    assert made(name, "2014-05-22", "2014-05-22").name == name


def test_without_sets_no_set_is_in_force():
    assert in_force([], Month(2026, 5)) is None


@pytest.mark.parametrize(
    ("month", "name"),
    [
        ("2010-01", "old"),  # before the first: the earliest
        ("2014-05", "old"),
        ("2026-04", "old"),
        ("2026-05", "new"),  # in force on the month's last day
        ("2031-12", "new"),
    ],
)
def test_a_set_without_an_end_ends_when_a_newer_one_starts(month, name):
    sets = ended([made("old", "2014-05-22"), made("new", "2026-05-07")])
    assert [ward_set.end for ward_set in sets] == [date(2026, 5, 6), None]
    assert in_force(sets, Month.parse(month)).name == name


@pytest.mark.parametrize(
    ("month", "name"), [("2019-06", "old"), ("2020-06", "trial"), ("2021-06", "trial"), ("2030-01", "trial")]
)
def test_after_the_last_end_the_latest_earlier_set_is_used(month, name):
    sets = ended([made("old", "2014-05-22"), made("trial", "2020-01-01", "2020-12-31")])
    assert in_force(sets, Month.parse(month)).name == name


def test_the_newest_start_wins_over_a_longer_set():
    sets = ended([made("long", "2014-05-22", "2040-01-01"), made("short", "2020-01-01", "2020-12-31")])
    assert [in_force(sets, Month(year, 6)).name for year in (2019, 2020, 2021)] == ["long", "short", "long"]


def test_of_two_sets_with_one_start_the_later_in_the_list_wins():
    sets = ended([made("first", "2014-05-22"), made("second", "2014-05-22")])
    assert in_force(sets, Month(2020, 1)).name == "second"
    assert [ward_set.end for ward_set in sets] == [None, None]
