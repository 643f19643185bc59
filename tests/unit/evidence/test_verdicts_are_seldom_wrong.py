"""Under no change a verdict seldom says *up* or *down*, however months hang together; a real rise is found where it can be.

With eight years stored in at most 7 of 100 comparisons, with three in at most 6 where months are independent of each other.
"""

import numpy as np
import pandas as pd
import pytest
from simulated_months import MODELS, YEAR, means

from mkmap.evidence.change import FEWEST, Change, Verdict
from mkmap.evidence.variation import spread
from mkmap.evidence.variation.dispersion import Dispersion, dispersion_of_counts
from mkmap.evidence.variation.monthly_counts import MonthlyCounts
from mkmap.month import Month

SEED = 20191107
WARDS = 19
FIRST = Month(2018, 1)
MEANS = [4, 8, 30, 80, 700]
THREE_YEARS, EIGHT_YEARS = 36, 96
INDEPENDENT = ["Poisson", "NB", "common factor", "bursts", "seasons differ"]
MONTHS = [str(month) for month in Month(2022, 1).to(Month(2024, 12))]
WINTER = 1 + 0.065 * np.cos(np.pi / 6 * (np.arange(36) - 0.5))  # 1.14 times as many in winter


def called(
    model: str,
    mean: float,
    stored: int,
    towns: int,
    *,
    wards: int = WARDS,
    factor: float = 1.0,
    window: int = YEAR,
    gone: int = 0,
) -> np.ndarray:
    """By town and ward, or by town where one ward is the area: 1 where it is called up, −1 where down. `gone`: not stored, from the end."""
    print(f"seed {SEED}")
    rng = np.random.default_rng([SEED, stored, int(10 * mean), wards])
    counts = MODELS[model](rng, means(towns, stored, wards, mean, factor=factor)).astype(float)
    months = MonthlyCounts(counts, np.ones(stored, bool), FIRST)
    chosen = [FIRST + at for at in range(stored - window, stored) if at != stored - gone]
    if gone:
        months = months.without([FIRST + (stored - gone)])
    at = [month - FIRST for month in chosen]
    now, before = (counts[:, [place - back for place in at]].sum(axis=1) for back in (0, YEAR))
    width = spread.of_each(months, chosen) if wards == 1 else spread.of_wards(months, chosen, wards)
    beyond = (np.abs(now - before) > width.quantiles * np.sqrt(now + before)) & (now + before >= FEWEST)
    return np.where(beyond, np.sign(now - before), 0)


def false(model: str, mean: float, stored: int, towns: int, **how: int) -> float:
    """In so many of 100 comparisons without a change one is called."""
    window = 3 if model == "seasons differ" else YEAR
    return 100 * float(np.mean(called(model, mean, stored, towns, **({"window": window} | how)) != 0))


def at_most(model: str, stored: int) -> float | None:
    """What is promised; None where nothing is, and “more than chance” is not said.

    Measured with three years stored, in %, areas and wards, at means of 4 / 30 / 700: AR 0.5 3 / 7 / 12 and 4 / 7 / 6; AR 0.8
    4 / 11 / 20 and 5 / 10 / 13; Hawkes 0.5 13 / 14 / 14 and 9 / 9 / 9, the clustered wards alone 13 / 11 / 13; wobbling years
    3 / 10 / 62 and 4 / 13 / 66.
    """
    if stored == EIGHT_YEARS:
        return 10 if model == "AR 0.8" else 7
    return 6 if model in INDEPENDENT else None


PROMISED = [(model, stored) for stored in (THREE_YEARS, EIGHT_YEARS) for model in MODELS if at_most(model, stored)]


@pytest.mark.parametrize(("model", "stored"), PROMISED)
def test_no_change_is_seldom_called_a_change(model: str, stored: int):
    """A few towns at one size; all sizes are a long proof."""
    allowed = at_most(model, stored)
    assert false(model, 30, stored, 40) <= allowed + 2  # 760 comparisons: two standard errors
    assert model == "clustered wards" or false(model, 30, stored, 300, wards=1) <= allowed + 3


@pytest.mark.slow
@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize(("model", "stored"), PROMISED)
def test_no_change_is_seldom_called_a_change_at_any_size(model: str, stored: int, mean: float):
    allowed = at_most(model, stored)
    wards = called(model, mean, stored, 1_000, window=3 if model == "seasons differ" else YEAR) != 0
    assert 100 * wards.mean() <= allowed
    if model == "clustered wards":
        assert stored != EIGHT_YEARS or 100 * wards[:, :3].mean() <= allowed  # the clustered ones by themselves
    else:
        assert false(model, mean, stored, 8_000, wards=1) <= allowed


@pytest.mark.slow
@pytest.mark.parametrize("mean", MEANS)
@pytest.mark.parametrize("stored", [THREE_YEARS, EIGHT_YEARS])
@pytest.mark.parametrize("gone", [4, 20, 30])
def test_a_missing_month_brings_no_more_of_them(stored: int, mean: float, gone: int):
    assert false("common factor", mean, stored, 500, gone=gone) <= 6
    assert false("common factor", mean, stored, 4_000, gone=gone, wards=1) <= 6


@pytest.mark.slow
@pytest.mark.parametrize("window", [1, 3, 6])
@pytest.mark.parametrize("stored", [THREE_YEARS, EIGHT_YEARS])
def test_neither_do_shorter_times(stored: int, window: int):
    for model in ("Poisson", "NB", "common factor"):
        assert max(false(model, mean, stored, 500, window=window) for mean in (0.5, 2, *MEANS)) <= 6


POWER = [(2, 85, THREE_YEARS), (2, 78, EIGHT_YEARS), (80 / 53, 38, THREE_YEARS), (80 / 53, 30, EIGHT_YEARS)]


@pytest.mark.parametrize(("factor", "found", "stored"), POWER)
@pytest.mark.parametrize("towns", [200, pytest.param(4_000, marks=pytest.mark.slow)])
def test_a_ward_that_rose_from_53_a_year_is_found(factor: float, found: float, stored: int, towns: int):
    ups = called("common factor", 53 / YEAR, stored, towns, factor=factor)[:, 0] > 0
    assert 100 * ups.mean() >= found


@pytest.mark.parametrize(("found", "stored"), [(65, THREE_YEARS), (58, EIGHT_YEARS)])
def test_a_rise_of_30_percent_of_the_area_is_found(found: float, stored: int):
    assert 100 * np.mean(called("common factor", 80, stored, 4_000, wards=1, factor=1.3) > 0) >= found


def test_the_same_rise_of_a_ward_is_often_not_found_and_then_not_claimed():
    assert np.mean(called("Poisson", 2, THREE_YEARS, 200, factor=1.3)[:, 0] > 0) < 0.5


def simulated(rng: np.random.Generator, mean: float, variance: float) -> np.ndarray:
    """36 months with seasons; variance is so many times the mean."""
    means = mean * WINTER
    return rng.negative_binomial(means / (variance - 1), 1 / variance)


def test_12_against_8_is_no_rise():
    assert Change(12, 8, Dispersion(1.0, 22, 36)).verdict is Verdict.TOO_FEW


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
