"""Fit monthly shares by the calendar month and the year, and say how far the months scatter around the fit.

A generalised linear model with the canonical link, by iteratively reweighted least squares (McCullagh and Nelder 1989, section 2.5).
`statsmodels.genmod` fits it too and takes 0.7 seconds to import, which every command and every start would pay; a test holds the
two equal.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from mkmap.month import Month

CLOSE_ENOUGH = 1e-10  # of Pearson's χ²: it is shown with one decimal
STEPS_AT_MOST = 100  # five to eight are enough, and thirty where a month that is fitted exactly draws the fit to its edge

Function = Callable[[np.ndarray], np.ndarray]


class Family(NamedTuple):
    """How what is observed varies around its mean, and on which scale the effects add up."""

    link: Function
    mean: Function  # the link's inverse
    variance: Function


BINOMIAL = Family(logit, expit, lambda mean: mean * (1 - mean))


class Scatter(NamedTuple):
    """Pearson's χ² of the months around the fit, and its degrees of freedom."""

    chi2: float
    df: int


def scatter(family: Family, observed: np.ndarray, sizes: np.ndarray, months: Sequence[Month]) -> Scatter | None:
    """Of a number a month, each the mean of so many (`sizes`); None where no degree of freedom is left.

    No calendar month and no year may lie at the edge as a whole: none of it, or all of it.
    """
    effects = _effects(months)
    df = len(observed) - int(np.linalg.matrix_rank(effects)) if len(observed) else 0
    return Scatter(_chi2(family, observed, sizes, effects), df) if df >= 1 else None


def _chi2(family: Family, observed: np.ndarray, sizes: np.ndarray, effects: np.ndarray) -> float:
    mean, chi2 = (observed + np.average(observed, weights=sizes)) / 2, np.inf
    linear = family.link(mean)
    for _step in range(STEPS_AT_MOST):
        variance = family.variance(mean)
        weights = np.sqrt(sizes * variance)
        target = linear + (observed - mean) / variance
        linear = effects @ np.linalg.lstsq(weights[:, None] * effects, weights * target, rcond=None)[0]
        mean, before = family.mean(linear), chi2
        chi2 = float(np.sum(sizes * (observed - mean) ** 2 / family.variance(mean)))
        if abs(chi2 - before) <= CLOSE_ENOUGH * (1 + chi2):
            break
    return chi2


def _effects(months: Sequence[Month]) -> np.ndarray:
    """A column a calendar month and a column a year but the first."""
    calendar, years = (_columns([getattr(month, part) for month in months]) for part in ("number", "year"))
    return np.column_stack([calendar, years[:, 1:]])


def _columns(values: list[int]) -> np.ndarray:
    columns: np.ndarray = np.equal.outer(values, np.unique(values)).astype(float)
    return columns
