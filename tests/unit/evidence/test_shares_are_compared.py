"""Two shares are compared as two counts are: an interval that the months' own variation widens, and a verdict in words."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from mkmap.evidence.change import Verdict
from mkmap.evidence.shares import Share, ShareChange
from mkmap.evidence.variation.dispersion import CHANCE_ALONE, Dispersion, dispersion_of_shares
from mkmap.month import Month

SEED = 20191107
MONTHS = [str(month) for month in Month(2022, 1).to(Month(2024, 12))]
counts = st.integers(1, 2000)


def change(now: tuple[int, int], before: tuple[int, int], dispersion: Dispersion | None = CHANCE_ALONE) -> ShareChange:
    return ShareChange(Share(*now), Share(*before), dispersion)


def test_the_known_answer_of_newcombe():
    """His example (a), 56 of 70 against 48 of 80: 0.2000, interval 0.0524 to 0.3339."""
    found = change((56, 70), (48, 80))
    assert found.difference == pytest.approx(0.2)
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (0.0524, 0.3339)


@given(counts, counts, counts, counts)
def test_the_interval_is_the_libraries_own_where_chance_is_alone(part: int, rest: int, before: int, rest_before: int):
    found = change((part, part + rest), (before, before + rest_before))
    theirs = confint_proportions_2indep(part, part + rest, before, before + rest_before, method="newcomb", compare="diff")
    assert (found.interval.low, found.interval.high) == pytest.approx(theirs)


@given(counts, counts, counts, counts, st.floats(1, 20), st.integers(1, 100))
def test_dispersion_only_ever_widens(part: int, rest: int, before: int, rest_before: int, value: float, df: int):
    shares = (part, part + rest), (before, before + rest_before)
    narrow, wide = change(*shares).interval, change(*shares, Dispersion(value, df, 36)).interval
    assert wide.low <= narrow.low <= narrow.high <= wide.high


@pytest.mark.parametrize(
    ("now", "before", "verdict"),
    [
        ((60, 400), (20, 400), Verdict.UP),
        ((20, 400), (60, 400), Verdict.DOWN),
        ((25, 400), (20, 400), Verdict.NO_CLEAR_CHANGE),
        ((9, 400), (0, 400), Verdict.TOO_FEW),
        ((396, 400), (395, 400), Verdict.TOO_FEW),
        ((0, 0), (20, 400), Verdict.TOO_FEW),
        ((10, 400), (0, 400), Verdict.UP),
    ],
)
def test_verdicts(now, before, verdict):
    assert change(now, before).verdict is verdict


def test_nobody_is_told_up_or_down_where_it_is_not_known_how_months_vary():
    assert change((60, 400), (20, 400), None).verdict is Verdict.CANNOT_TELL


def test_months_that_vary_more_take_a_verdict_back():
    assert change((40, 400), (20, 400)).verdict is Verdict.UP
    assert change((40, 400), (20, 400), Dispersion(4.0, 22, 36)).verdict is Verdict.NO_CLEAR_CHANGE


def simulated(rng: np.random.Generator, variance: float, share: float = 0.08) -> tuple[pd.Series, pd.Series]:
    """36 months of about 400 crimes; the variance of the charged is so many times that of chance."""
    crimes = rng.poisson(400, 36)
    spread = (crimes - 1) / (variance - 1) - 1 if variance > 1 else None
    chance = share if spread is None else rng.beta(share * spread, (1 - share) * spread)
    return pd.Series(rng.binomial(crimes, chance), index=MONTHS), pd.Series(crimes, index=MONTHS)


@pytest.mark.parametrize("variance", [1, 2.5])
def test_the_dispersion_is_found_again(variance: float):
    rng = np.random.default_rng(SEED)
    found = [dispersion_of_shares(*simulated(rng, variance)).value for _series in range(40)]
    assert np.mean(found) == pytest.approx(variance, rel=0.2)  # below 1 it is taken as 1


@pytest.mark.parametrize("variance", [1, 2.5], ids=["chance alone", "over-dispersed"])
@pytest.mark.parametrize("comparisons", [100, pytest.param(2_000, marks=pytest.mark.slow)])
def test_no_change_is_seldom_called_a_change(variance: float, comparisons: int):
    print(f"seed {SEED}")
    rng, wrong = np.random.default_rng([SEED, int(10 * variance)]), 0
    for _series in range(comparisons):
        charged, crimes = simulated(rng, variance)
        now, before = (Share(int(charged[at].sum()), int(crimes[at].sum())) for at in (MONTHS[24:], MONTHS[12:24]))
        wrong += ShareChange(now, before, dispersion_of_shares(charged, crimes)).verdict in (Verdict.UP, Verdict.DOWN)
    assert wrong / comparisons <= (0.06 if comparisons > 1_000 else 0.1)  # of few comparisons, chance may make a few more


def test_a_share_that_doubles_is_found():
    rng = np.random.default_rng(SEED)
    charged, crimes = simulated(rng, 1.5)
    later, more = simulated(rng, 1.5, share=0.16)
    now, before = (Share(int(part[-12:].sum()), int(whole[-12:].sum())) for part, whole in ((later, more), (charged, crimes)))
    assert ShareChange(now, before, dispersion_of_shares(charged, crimes)).verdict is Verdict.UP


def test_fewer_than_24_months_say_nothing():
    charged, crimes = simulated(np.random.default_rng(SEED), 1)
    assert dispersion_of_shares(charged[:23], crimes[:23]) is None


def test_a_month_in_which_nobody_is_ever_charged_does_not_disturb():
    charged, crimes = simulated(np.random.default_rng(SEED), 1)
    charged[[month for month in MONTHS if month.endswith("-08")]] = 0
    assert dispersion_of_shares(charged, crimes).df == 33 - 11 - 2


def test_nobody_charged_at_all_says_nothing():
    crimes = pd.Series(400, index=MONTHS)
    assert dispersion_of_shares(crimes * 0, crimes) is None
    assert dispersion_of_shares(crimes, crimes) is None
