"""A ward is said to stand out, or two to differ, seldom by chance: in a month's few crimes as in many years'."""

import numpy as np
import pytest
from scipy.stats import poisson

from mkmap.evidence import funnel
from mkmap.evidence.change import Change, many_changes
from mkmap.evidence.variation.dispersion import Dispersion

SEED = 19671123
SIZES = np.array(
    [6.5, 5.5, 4.8, 5.8, 6.6, 4.1, 7.1, 6.6, 6.4, 6.1, 7.3, 7.1, 5.6, 4.7, 6.2, 6.3, 5.3, 6.2, 4.9]
)  # 1,000 households
TOTALS = [20, 76, 200, 830, 27_000]  # from a month's robberies to a year's crimes of all types


def alike(total: int, repeats: int):
    """Counts of wards that have all the same rate."""
    print(f"seed {SEED}")
    rng = np.random.default_rng([SEED, total])
    return rng.multinomial(total, SIZES / SIZES.sum(), size=repeats).astype(float)


@pytest.mark.parametrize("total", TOTALS)
def test_no_ward_stands_out_where_all_have_the_same_rate(total: int):
    found = [funnel.of_rates(counts, SIZES).stands_out.any() for counts in alike(total, 400)]
    assert np.mean(found) <= 0.06


@pytest.mark.parametrize("total", TOTALS)
def test_no_two_wards_are_told_apart_where_all_have_the_same_rate(total: int):
    found = [funnel.told_apart(counts, SIZES, funnel.of_rates(counts, SIZES)).any() for counts in alike(total, 300)]
    assert np.mean(found) <= 0.06


def test_a_ward_of_four_times_the_rate_is_found():
    rates = np.where(np.arange(len(SIZES)) == 3, 4.0, 1.0) * 7
    rng = np.random.default_rng(SEED)
    found = [np.flatnonzero(funnel.of_rates(rng.poisson(rates * SIZES).astype(float), SIZES).stands_out) for _n in range(200)]
    assert np.mean([3 in wards for wards in found]) > 0.95


def test_no_crime_where_three_were_expected_is_no_wonder():
    """The square roots of the textbooks call it three and a half deviations; its true probability is 1 in 30."""
    counts = np.array([0, 4, 4, 4, 4, 4, 4, 4, 4, 4], float)
    found = funnel.of_rates(counts, np.ones(10))
    assert not found.stands_out.any()
    assert found.p[0] == pytest.approx(2 * poisson.pmf(0, 3.6) / 2)


@pytest.mark.parametrize("total", TOTALS)
@pytest.mark.parametrize("level", funnel.LIMITS)
def test_a_ward_lies_outside_the_drawn_limits_just_where_it_is_said_to(total: int, level: float):
    for counts in alike(total, 40):
        found = funnel.of_rates(counts, SIZES)
        low, high = found.limits(SIZES, level)
        rates = counts / SIZES
        assert ((rates < low) | (rates > high)).tolist() == found.outside(level).tolist()


def test_wards_that_differ_anyway_widen_the_limits_and_take_standing_out_back():
    rng = np.random.default_rng(SEED)
    counts = rng.negative_binomial(300 / 4, 1 / 5, len(SIZES)).astype(float) * SIZES / SIZES.mean()
    found = funnel.of_rates(counts, SIZES)
    assert found.dispersion > 2
    assert found.stands_out.sum() <= 1


def test_counts_that_no_probability_can_hold_stay_finite():
    found = funnel.of_rates(np.array([0.0, 50_000, 10, 10, 10, 10]), np.array([6.0, 6, 6, 6, 6, 6]))
    assert np.isfinite(found.z).all()
    assert all(np.isfinite(end).all() for end in found.limits(np.array([1.0, 6.0]), 0.998))


CHANCE = Dispersion(1.0, 22, 36)


def test_of_twenty_changes_one_that_chance_would_make_does_not_stand_out():
    changes = {f"w{at}": Change(20, 20, CHANCE) for at in range(19)} | {"marked": Change(32, 15, CHANCE)}
    found = many_changes(changes)
    assert (len(found.compared), found.marked, found.standing_out) == (20, ("marked",), ())


def test_a_change_that_is_far_beyond_chance_stands_out_among_twenty():
    changes = {f"w{at}": Change(20, 20, CHANCE) for at in range(19)} | {"risen": Change(80, 20, CHANCE)}
    assert many_changes(changes).standing_out == ("risen",)


def test_wards_with_too_few_crimes_are_not_among_the_comparisons():
    found = many_changes({"few": Change(5, 1, CHANCE), "enough": Change(20, 21, CHANCE), "unknown": Change(80, 20, None)})
    assert found.compared == ("enough",)


def test_a_change_that_hangs_on_placing_never_stands_out():
    found = many_changes({"one": Change(300, 200, CHANCE, shared=(300.0, 295.0))})
    assert found.compared == ("one",)
    assert found.standing_out == ()


def test_nothing_to_compare_is_no_error():
    assert many_changes({}).compared == ()
