"""A change is counts, a ratio, an interval and a verdict; the known answers of the literature and of the libraries."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson_2indep

from mkmap.evidence.change import Change, Verdict
from mkmap.evidence.interval import ratio_interval
from mkmap.evidence.variation.dispersion import CHANCE_ALONE, Dispersion, Past
from mkmap.month import Month

KNOWN = [  # now, before, ratio, low, high: for chance alone
    (12, 8, "1.50", "0.63", "3.57"),
    (124, 110, "1.13", "0.87", "1.46"),
    (741, 675, "1.10", "0.99", "1.22"),
    (24, 8, "3.00", "1.37", "6.55"),
]
counts = st.integers(1, 5000)


def change(now: int, before: int, **how) -> Change:
    return Change(now, before, **{"dispersion": CHANCE_ALONE} | how)


@pytest.mark.parametrize(("now", "before", "ratio", "low", "high"), KNOWN)
def test_known_answers_to_the_digit(now, before, ratio, low, high):
    found = change(now, before)
    assert (f"{found.ratio:.2f}", f"{found.interval.low:.2f}", f"{found.interval.high:.2f}") == (ratio, low, high)


@given(counts, counts)
def test_the_interval_is_the_one_that_statsmodels_finds_by_trial(now: int, before: int):
    ours = ratio_interval(now, before)
    theirs = confint_poisson_2indep(now, 1, before, 1, method="score", compare="ratio")
    assert (ours.low, ours.high) == pytest.approx(theirs, rel=1e-4)  # theirs stops looking there


@given(counts, counts, st.floats(1, 20), st.integers(1, 100))
def test_dispersion_only_ever_widens(now: int, before: int, value: float, df: int):
    narrow, wide = ratio_interval(now, before), ratio_interval(now, before, Dispersion(value, df, 36))
    assert wide.low < narrow.low < now / before < narrow.high < wide.high


@given(counts, counts, st.floats(1, 20), st.integers(1, 100))
def test_the_widened_p_says_what_the_widened_interval_says(now: int, before: int, value: float, df: int):
    found = change(now, before, dispersion=Dispersion(value, df, 36))
    assert (found.widened_p < 0.05) == found.interval.excludes(1) or found.widened_p == pytest.approx(0.05)


@pytest.mark.parametrize("how", [{"dispersion": None}, {"missing": (Month(2024, 3),)}])
def test_what_is_not_compared_has_no_widened_p(how: dict):
    assert change(24, 8, **how).widened_p is None


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_looking_from_the_other_year_turns_the_interval_over(now: int, before: int):
    one, other = ratio_interval(now, before), ratio_interval(before, now)
    assert one.low == pytest.approx(0 if math.isinf(other.high) else 1 / other.high)


def test_nothing_before_has_no_ratio_but_a_lower_end():
    found = change(24, 0)
    assert found.ratio is None
    assert found.interval.low > 1
    assert math.isinf(found.interval.high)
    assert found.verdict is Verdict.UP


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        (24, 8, Verdict.UP),
        (8, 24, Verdict.DOWN),
        (12, 8, Verdict.TOO_FEW),  # three and a half times as many could be true
        (124, 110, Verdict.NO_CLEAR_CHANGE),
        (9, 0, Verdict.TOO_FEW),
        (0, 0, Verdict.TOO_FEW),
        (5, 5, Verdict.TOO_FEW),
        (30, 31, Verdict.NO_CLEAR_CHANGE),
    ],
)
def test_verdicts(now, before, verdict):
    assert change(now, before).verdict is verdict


def test_months_that_vary_more_take_a_verdict_back():
    assert change(240, 170, dispersion=Dispersion(8.0, 22, 36)).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(("past", "verdict"), [(Past(1.0, 5, 6), Verdict.UP), (Past(12.0, 5, 6), Verdict.CANNOT_TELL)])
def test_years_that_differ_among_themselves_take_it_back_too(past: Past, verdict: Verdict):
    assert change(300, 200, dispersion=Dispersion(1.0, 22, 36, past=past)).verdict is verdict


@given(st.integers(0, 2000), counts, st.floats(1, 20), st.integers(1, 100))
def test_no_clear_change_excludes_a_halving_and_a_doubling(now: int, before: int, value: float, df: int):
    found = change(now, before, dispersion=Dispersion(value, df, 36))
    excludes = found.interval.low > 0.5 and found.interval.high < 2
    assert (found.verdict is Verdict.NO_CLEAR_CHANGE) <= excludes


@given(st.integers(0, 3000), st.floats(1, 20), st.integers(1, 100))
def test_the_smallest_change_that_could_be_seen_is_the_smallest(before: int, value: float, df: int):
    found = change(before, before, dispersion=Dispersion(value, df, 36))

    def verdict(now: int) -> Verdict:
        return change(now, before, dispersion=found.dispersion).verdict

    assert verdict(found.least_rise) is Verdict.UP
    assert verdict(found.least_rise - 1) is not Verdict.UP
    if found.most_fall is not None:
        assert verdict(found.most_fall) is Verdict.DOWN
    assert verdict(0 if found.most_fall is None else found.most_fall + 1) is not Verdict.DOWN


@given(counts, counts, st.floats(1, 5))
def test_so_many_unplaced_crimes_turn_it_and_not_one_fewer(now: int, before: int, value: float):
    found = change(now, before, dispersion=Dispersion(value, 22, 36))
    if found.turning is None:
        assert found.placed_verdict not in (Verdict.UP, Verdict.DOWN)
        return
    added = (0, 1) if now > before else (1, 0)

    def verdict(crimes: int) -> Verdict:
        return found.verdict_of(now + crimes * added[0], before + crimes * added[1])

    assert verdict(found.turning) is not found.placed_verdict
    assert verdict(found.turning - 1) is found.placed_verdict


def test_a_missing_month_is_never_compared():
    found = change(0, 0, missing=(Month(2024, 3),))
    assert found.verdict is Verdict.CANNOT_BE_COMPARED
    assert (found.ratio, found.interval) == (None, None)


def test_without_knowing_how_months_vary_there_is_no_verdict():
    assert change(240, 80, dispersion=None).verdict is Verdict.CANNOT_TELL


def test_where_better_placing_could_be_the_difference_nobody_can_tell():
    found = change(300, 240, shared=(300.0, 290.0))
    assert (found.placed_verdict, found.verdict_of(*found.shared)) == (Verdict.UP, Verdict.NO_CLEAR_CHANGE)
    assert found.verdict is Verdict.CANNOT_TELL


def test_where_twice_its_share_of_the_unplaced_would_be_the_difference_nobody_can_tell_either():
    found = change(300, 240, shared=(310.0, 262.0))
    assert (found.verdict_of(*found.shared), found.verdict_of(*found.doubly_shared)) == (Verdict.UP, Verdict.NO_CLEAR_CHANGE)
    assert found.verdict is Verdict.CANNOT_TELL


def test_where_placing_makes_no_difference_the_verdict_stands():
    assert change(300, 240, shared=(310.0, 250.0)).verdict is Verdict.UP
