"""Under no change a verdict says *up* or *down* in at most 6 of 100 comparisons; a real rise is found where it can be."""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from mkmap.evidence.change import Change, Verdict
from mkmap.evidence.dispersion import Dispersion, dispersion_of_counts
from mkmap.month import Month

SEED = 20191107
COMPARISONS = [300, pytest.param(2_000, marks=pytest.mark.slow)]  # without the dispersion one in five would be wrong
MONTHS = [str(month) for month in Month(2022, 1).to(Month(2024, 12))]
WINTER = 1 + 0.065 * np.cos(np.pi / 6 * (np.arange(36) - 0.5))  # 1.14 times as many in winter


def simulated(rng: np.random.Generator, mean: float, variance: float, factor: float = 1.0) -> np.ndarray:
    """36 months with seasons; variance is so many times the mean; the last year's mean times `factor`."""
    means = mean * WINTER * np.repeat([1, 1, factor], 12)
    return rng.poisson(means) if variance == 1 else rng.negative_binomial(means / (variance - 1), 1 / variance)


def verdicts(mean: float, variance: float, factor: float = 1.0, *, comparisons: int) -> list[Verdict]:
    """Of each series the last year beside the one before, and the last month beside the same a year before."""
    print(f"seed {SEED}")
    rng = np.random.default_rng([SEED, int(mean), int(10 * variance)])
    found = []
    for _series in range(comparisons // 2):
        counts = simulated(rng, mean, variance, factor)
        dispersion = dispersion_of_counts(pd.Series(counts, index=MONTHS))
        found.append(Change(int(counts[24:].sum()), int(counts[12:24].sum()), dispersion).verdict)
        found.append(Change(int(counts[35]), int(counts[23]), dispersion).verdict)
    return found


def share(found: list[Verdict], *wanted: Verdict) -> float:
    return sum(one in wanted for one in found) / len(found)


@pytest.mark.parametrize("variance", [1, 2.5], ids=["chance alone", "over-dispersed"])
@pytest.mark.parametrize("mean", [8, 30, 80, 700])
@pytest.mark.parametrize("comparisons", COMPARISONS)
def test_no_change_is_seldom_called_a_change(mean: float, variance: float, comparisons: int):
    assert share(verdicts(mean, variance, comparisons=comparisons), Verdict.UP, Verdict.DOWN) <= 0.06


@cache
def _risen(mean: float) -> float:
    years = verdicts(mean, 1.5, factor=1.3, comparisons=200)[::2]
    return share(years, Verdict.UP)


def test_a_rise_of_30_percent_is_found_at_the_size_of_a_city():
    assert _risen(80) > 0.95


def test_a_rise_of_30_percent_is_often_not_found_in_a_ward_and_then_not_claimed():
    assert _risen(2) < 0.5


def test_12_against_8_is_no_rise():
    assert Change(12, 8, Dispersion(1.0, 22, 36)).verdict is Verdict.NO_CLEAR_CHANGE


def test_the_dispersion_is_found_again():
    rng = np.random.default_rng(SEED)
    found = [dispersion_of_counts(pd.Series(simulated(rng, 80, 2.5), index=MONTHS)).value for _series in range(200)]
    assert np.mean(found) == pytest.approx(2.5, rel=0.1)


def test_fewer_than_24_months_say_nothing():
    assert dispersion_of_counts(pd.Series(range(23), index=MONTHS[:23])) is None


def test_a_month_that_never_had_a_crime_does_not_disturb():
    counts = pd.Series(np.random.default_rng(SEED).poisson(20, 36), index=MONTHS)
    counts[[month for month in MONTHS if month.endswith("-08")]] = 0
    assert dispersion_of_counts(counts).df == 33 - 11 - 2


def test_nothing_at_all_says_nothing():
    assert dispersion_of_counts(pd.Series(0, index=MONTHS)) is None


def test_gaps_between_the_months_are_no_zeros():
    counts = pd.Series(np.random.default_rng(SEED).poisson(20, 36), index=MONTHS)
    assert (
        dispersion_of_counts(counts.drop(MONTHS[5])).value
        < dispersion_of_counts(counts.where(counts.index != MONTHS[5], 0)).value
    )
