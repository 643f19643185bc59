"""Fit monthly counts of many places at once by the calendar month and the year, and say how far months lie from the fit.

A log-linear Poisson model, by iterative proportional fitting (Deming and Stephan 1940): of whole years one step is exact.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from mkmap.evidence.variation.monthly_counts import MonthlyCounts

CLOSE_ENOUGH = 1e-7  # of what is expected in a month, beside the most that is
STEPS_AT_MOST = (
    60  # ten are enough, but where a month without any crime draws a year's effect to its edge, which no step reaches
)
AUTOCORRELATIONS = np.linspace(0, 0.9, 19)


@dataclass(frozen=True, eq=False)
class Design:
    """What a fit takes from its months, whatever their counts: depends only on which are known."""

    df: int
    neighbours: int  # pairs of months in a row
    expected: np.ndarray  # of `AUTOCORRELATIONS`: what the residuals of such months show


@dataclass(frozen=True, eq=False)
class MonthFit:
    """Pearson's residuals (…, months, places) around the fit, 0 where a month is unknown or fitted exactly, and degrees of freedom."""

    residuals: np.ndarray
    means: np.ndarray  # a month, by place
    df: np.ndarray
    design: Design

    @property
    def chi2_per_df(self) -> np.ndarray:
        """The variance over that of chance, by place."""
        spread: np.ndarray = (self.residuals**2).sum(axis=-2) / np.maximum(self.df, 1)
        return spread

    @cached_property
    def tails(self) -> np.ndarray:
        """By how much months' fourth moment is over a bell curve's (≥ 0): where they burst, few of them tell of the others.

        The fit follows a burst, so that the residuals show less of it, the fewer degrees of freedom are left.
        """
        squares, known = (self.residuals**2).sum(axis=-2), (self.residuals != 0).sum(axis=-2)
        shown = over(known * (self.residuals**4).sum(axis=-2), squares**2) - 3
        tails: np.ndarray = np.maximum(shown, 0) * known / np.maximum(self.df, 1)
        return tails


def fitted(months: MonthlyCounts) -> MonthFit:
    """A calendar month or a year without any crime is fitted exactly and says nothing."""
    counts, known = months.by_year()
    means = _means(counts, known[..., None].astype(float))
    residuals = over(counts - means, np.sqrt(means))
    design = _design(known.tobytes())
    df = design.df - _silent(known, means > 0)
    flat = residuals.reshape(*residuals.shape[:-3], -1, residuals.shape[-1])
    return MonthFit(flat, means.sum(axis=(-3, -2)) / max(months.stored, 1), df, design)


def _silent(known: np.ndarray, telling: np.ndarray) -> np.ndarray:
    """Degrees of freedom that go with calendar months and years without any crime, by place."""
    cells = known.sum() - telling.sum(axis=(-3, -2))
    months = np.any(known, axis=0).sum() - telling.any(axis=-3).sum(axis=-2)
    years = np.any(known, axis=1).sum() - telling.any(axis=-2).sum(axis=-2)
    silent: np.ndarray = cells - months - years + (cells == known.sum())
    return silent


def _means(counts: np.ndarray, known: np.ndarray) -> np.ndarray:
    of_years = over(counts.sum(axis=-2, keepdims=True), known.sum(axis=-2, keepdims=True))
    in_years, in_months = counts.sum(axis=-2, keepdims=True), counts.sum(axis=-3, keepdims=True)
    means = np.zeros(counts.shape)
    for _step in range(STEPS_AT_MOST):
        of_months = over(in_months, (of_years * known).sum(axis=-3, keepdims=True))
        of_years = over(in_years, (of_months * known).sum(axis=-2, keepdims=True))
        before, means = means, of_years * of_months * known
        if np.abs(means - before).max(initial=0) <= CLOSE_ENOUGH * means.max(initial=0):
            break
    return means


@lru_cache(maxsize=64)
def _design(known: bytes) -> Design:
    """Projects onto the effects, and asks what is left of months that hang together: a year's effect takes some of it away."""
    at = np.flatnonzero(np.frombuffer(known, bool))
    effects = np.column_stack([np.equal.outer(part, np.unique(part)) for part in (at % 12, at // 12)]).astype(float)
    left = np.eye(len(at)) - effects @ np.linalg.pinv(effects)
    apart = np.abs(np.subtract.outer(at, at))
    neighbours = left @ ((apart == 1) / 2) @ left
    powers = AUTOCORRELATIONS[:, None] ** np.arange(apart.max(initial=0) + 1)
    variance, covariance = (powers @ np.bincount(apart.ravel(), part.ravel()) for part in (left, neighbours))
    return Design(round(np.trace(left)), int((apart == 1).sum() // 2), over(covariance, variance))


def over(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """A quotient, and 0 where there is nothing to divide by."""
    part, whole = np.broadcast_arrays(part, whole)
    quotient: np.ndarray = np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)
    return quotient
