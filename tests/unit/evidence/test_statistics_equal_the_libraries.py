"""What is computed by formula, so that no start pays for an import, is what statsmodels and scipy.stats say."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, t
from statsmodels.genmod.families import Binomial, Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.stats.rates import confint_poisson

from mkmap.evidence.change import Change
from mkmap.evidence.discoveries import FALSE_DISCOVERIES, discovered
from mkmap.evidence.funnel import of_rates
from mkmap.evidence.interval import rate_interval
from mkmap.evidence.shares import Share, ShareChange
from mkmap.evidence.variation.dispersion import CHANCE_ALONE, Dispersion, dispersion_of_counts, dispersion_of_shares
from mkmap.month import Month

EXACT = {"rel": 1e-12, "abs": 1e-12}
MONTHS = [str(month) for month in Month(2021, 3).to(Month(2024, 12))]
counts = st.integers(0, 5000)
dispersions = st.builds(Dispersion, st.floats(1, 20), st.integers(1, 100), st.just(36))


def alpha(dispersion: Dispersion) -> float:
    """The level at which an interval for chance alone is as wide."""
    return 2 * norm.sf(dispersion.quantile)


@given(dispersions)
def test_the_quantile_is_students(dispersion: Dispersion):
    assert dispersion.quantile == pytest.approx(math.sqrt(dispersion.value) * t.ppf(0.975, dispersion.df), **EXACT)
    assert pytest.approx(norm.ppf(0.975), **EXACT) == CHANCE_ALONE.quantile


@given(st.integers(1, 5000), counts, dispersions)
def test_the_p_of_a_change_is_students(now: int, before: int, dispersion: Dispersion):
    away = abs(now - before) / math.sqrt(dispersion.value * (now + before))
    assert Change(now, before, dispersion).widened_p == pytest.approx(2 * t.sf(away, dispersion.df), **EXACT)


@given(st.lists(counts, min_size=4, max_size=40).filter(any))
def test_the_p_of_a_funnel_is_the_normal_distributions(crimes: list[int]):
    funnel = of_rates(np.array(crimes, float), np.arange(1, len(crimes) + 1))
    assert funnel.p == pytest.approx(2 * norm.sf(np.abs(funnel.z)), **EXACT)


@given(counts, st.floats(0.5, 200), dispersions)
def test_a_rates_interval_is_the_score_interval(count: int, size: float, dispersion: Dispersion):
    level = alpha(dispersion)
    if level > 1e-300:  # beyond it their level is no number any more
        interval = rate_interval(count, size, dispersion)
        assert (interval.low, interval.high) == pytest.approx(
            confint_poisson(count, size, method="score", alpha=level), rel=1e-10
        )


@given(counts, counts, counts, counts, dispersions)
def test_a_differences_interval_is_newcombes(part: int, rest: int, before: int, rest_before: int, dispersion: Dispersion):
    now, then = Share(part, part + rest), Share(before, before + rest_before)
    if now.whole and then.whole and (level := alpha(dispersion)) > 1e-300:
        theirs = confint_proportions_2indep(
            now.part, now.whole, then.part, then.whole, method="newcomb", compare="diff", alpha=level
        )
        interval = ShareChange(now, then, dispersion).interval
        assert (interval.low, interval.high) == pytest.approx(theirs, abs=1e-10)


@given(st.lists(st.floats(0, 1), max_size=60))
def test_the_discoveries_are_those_of_benjamini_and_hochberg(p: list[float]):
    theirs = multipletests(p, FALSE_DISCOVERIES, method="fdr_bh")[0].tolist() if p else []
    assert discovered(np.array(p)).tolist() == theirs


def fitted(endog: np.ndarray, family: object) -> float:
    """Pearson's χ² over its degrees of freedom, as statsmodels fits it."""
    months = [Month.parse(text) for text in MONTHS]
    effects = [np.array([getattr(month, part) for month in months]) for part in ("number", "year")]
    columns = [(values[:, None] == np.unique(values)).astype(float) for values in effects]
    model = GLM(endog, np.column_stack([columns[0], columns[1][:, 1:]]), family=family).fit(tol=1e-14)
    return max(1.0, model.pearson_chi2 / model.df_resid)


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.floats(0.5, 800), st.floats(1.05, 5))
def test_the_dispersion_of_counts_is_that_of_a_poisson_model(seed: int, mean: float, variance: float):
    drawn = np.random.default_rng(seed).negative_binomial(mean / (variance - 1), 1 / variance, len(MONTHS)) + 1
    ours = dispersion_of_counts(pd.Series(drawn, index=MONTHS))
    assert ours.value == pytest.approx(fitted(drawn, Poisson()), rel=1e-9)


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.floats(0.02, 0.98), st.integers(20, 900))
def test_the_dispersion_of_shares_is_that_of_a_binomial_model(seed: int, share: float, crimes: int):
    rng = np.random.default_rng(seed)
    whole = rng.poisson(crimes, len(MONTHS)) + 2
    part = np.clip(rng.binomial(whole, rng.beta(20 * share, 20 * (1 - share), len(MONTHS))), 1, whole - 1)
    ours = dispersion_of_shares(pd.Series(part, index=MONTHS), pd.Series(whole, index=MONTHS))
    assert ours.value == pytest.approx(fitted(np.column_stack([part, whole - part]), Binomial()), rel=1e-9)
