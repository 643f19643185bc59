"""A comparison is of the months that both years have, says which it had to leave out, and is not made where none match."""

from pathlib import Path

import pandas as pd
import pytest
from base_for_tests import base
from made_stores import BROUGHTON, add_crimes, add_wards, crimes

from mkmap.dataset.dataset import real
from mkmap.evidence import series
from mkmap.evidence.change import Verdict
from mkmap.evidence.variation.dispersion import DispersionSource
from mkmap.filters import Filters
from mkmap.month import Month

FORCE = "thames-valley"
LAST = Month(2025, 12)
EVERY = list(Month(2023, 1).to(LAST))  # three years
QUARTER = Filters(Month(2025, 3), Month(2025, 5), (), ("Burglary",))


def store(home: Path, months: list[Month], *, each: int = 6) -> Path:
    """So many burglaries in Alder Park each month, half of it in Broughton."""
    add_wards(home)
    add_crimes(home, [one for month in months for one in _month(str(month), each)])
    return home


def _month(month: str, each: int) -> list:
    return [*crimes(each, month, 0), *crimes(each // 2, month, 1)]


def test_counts_are_of_the_chosen_wards_and_types(home: Path):
    found = base(real(store(home, EVERY), FORCE), LAST)
    assert found.change(QUARTER).now == 27
    assert found.change(Filters(QUARTER.first, QUARTER.last, (BROUGHTON,), ("Burglary",))).now == 9
    assert found.change(Filters(QUARTER.first, QUARTER.last, (), ("Drugs",))).now == 0


@pytest.mark.parametrize("gone", [*QUARTER.months, *(month + -12 for month in QUARTER.months)], ids=str)
def test_each_missing_month_in_each_place_is_left_out_of_both_years_and_named(home: Path, gone: Month):
    found = base(real(store(home, [month for month in EVERY if month != gone]), FORCE), LAST).change(QUARTER)
    assert (found.now, found.before, found.missing, found.left_out) == (18, 18, (), (gone,))
    assert len(found.months) == 2
    assert gone not in {*found.months, *(month + -12 for month in found.months)}


def test_where_no_month_is_in_both_years_nothing_is_compared_but_what_is_known_is_told(home: Path):
    months = [month for month in EVERY if month not in {month + -12 for month in QUARTER.months}]
    found = base(real(store(home, months), FORCE), LAST).change(QUARTER)
    assert found.verdict is Verdict.CANNOT_BE_COMPARED
    assert found.missing == tuple(month + -12 for month in QUARTER.months)
    assert (found.now, found.months) == (27, tuple(QUARTER.months))


def test_of_more_than_twelve_months_the_last_twelve_are_compared(home: Path):
    found = base(real(store(home, EVERY), FORCE), LAST).change(Filters(EVERY[0], LAST))
    assert (found.now, found.before, found.asked) == (108, 108, 36)
    assert found.months == tuple(Month(2025, 1).to(LAST))


def test_a_month_that_is_missing_elsewhere_disturbs_nothing(home: Path):
    found = base(real(store(home, [month for month in EVERY if month != Month(2024, 9)]), FORCE), LAST).change(QUARTER)
    assert found.verdict is Verdict.NO_CLEAR_CHANGE


def test_months_that_are_not_published_yet_are_not_compared(home: Path):
    found = base(real(store(home, EVERY), FORCE), LAST).change(Filters(Month(2025, 11), Month(2026, 2)))
    assert found.left_out == (Month(2026, 1), Month(2026, 2))
    assert found.months == (Month(2025, 11), Month(2025, 12))


def test_how_months_vary_is_taken_from_the_areas_own_24_months(home: Path):
    found = base(real(store(home, EVERY), FORCE), LAST).dispersion(("Burglary",))
    assert (found.source, found.months, found.value) == (DispersionSource.AREA, 36, 1.0)


def test_with_fewer_months_than_24_nobody_is_told_up_or_down(home: Path):
    months = [*Month(2024, 3).to(Month(2024, 5)), *Month(2025, 3).to(Month(2025, 5))]
    add_wards(home)
    add_crimes(home, [one for month in months for one in crimes(90 if month.year == 2025 else 20, str(month), 0)])
    found = base(real(home, FORCE), LAST).change(QUARTER)
    assert found.placed_verdict is Verdict.UP
    assert found.verdict is Verdict.CANNOT_TELL


def test_better_placing_alone_is_no_rise(home: Path):
    """The force records 100 burglaries a month in both years; in the second nearly all of them are placed."""
    add_wards(home)
    placed = {month: 97 if month.year == 2025 else 60 for month in EVERY}
    here = [one for month, count in placed.items() for one in crimes(count, str(month), 0)]
    add_crimes(home, [*here, *(one for month, count in placed.items() for one in crimes(100 - count, str(month), None))])
    found = base(real(home, FORCE), LAST).change(QUARTER)
    assert found.shared == pytest.approx((300, 300))
    assert (found.placed_verdict, found.verdict_of(*found.shared)) == (Verdict.UP, Verdict.NO_CLEAR_CHANGE)
    assert found.verdict is Verdict.CANNOT_TELL


def test_a_series_has_gaps_where_months_are_missing(home: Path):
    gone = Month(2025, 4)
    found = series.months(base(real(store(home, [month for month in EVERY if month != gone]), FORCE), LAST), QUARTER)
    by_month = found.set_index("month")
    assert len(found) == series.SHOWN
    assert pd.isna(by_month.loc["2025-04", "crimes"])
    assert by_month.loc["2025-04", "role"] == series.MonthRole.MISSING
    assert list(by_month["role"].value_counts()[[series.MonthRole.CHOSEN, series.MonthRole.BEFORE]]) == [2, 3]
    assert by_month["rolling"].dropna().index.max() == "2025-03"
    assert set(by_month["rolling"].dropna()) == {108}


def test_two_years_side_by_side_have_gaps_too(home: Path):
    gone = Month(2025, 4)
    found = series.years(base(real(store(home, [month for month in EVERY if month != gone]), FORCE), LAST), QUARTER)
    assert list(found["month"]) == [str(month) for month in Month(2023, 6).to(Month(2025, 5))]
    assert list(found.loc[found["crimes"].isna(), "month"]) == ["2025-04"]
