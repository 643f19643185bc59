"""Estimate how much of a month's surplus is left in the next: where months hang together, a year tells less than its months seem to."""

import numpy as np

from mkmap.evidence.variation.month_effects import AUTOCORRELATIONS, Design, MonthFit, over

MOST = 0.9
OWN_DOUBT = 0.5  # standard errors below its own months' answer that a place is never taken


def of_each(fit: MonthFit) -> np.ndarray:
    """Of each place by itself, shrunk (James and Stein): where it cannot be told from none, it is none."""
    own, error = _estimated(fit)
    return _possible(_shrunk(own, error))


def of_wards(fit: MonthFit, wards: int, telling: np.ndarray) -> np.ndarray:
    """Of places, the first of which are wards: drawn to what these share, as far as their differences are no more than chance.

    `telling`: as how many wards that have nothing in common they count.
    """
    own, error = _estimated(fit)
    shared = own[..., :wards].mean(axis=-1, keepdims=True)
    differ = own[..., :wards].var(axis=-1, keepdims=True, ddof=1)
    kept = 1 - np.minimum(1, error**2 / np.maximum(differ, 1e-9))
    drawn = _shrunk(shared, error / np.sqrt(telling)) + kept * (own - shared)
    return _possible(np.maximum(drawn, own - OWN_DOUBT * error))


def widening(autocorrelation: np.ndarray) -> np.ndarray:
    """What the variance of a long sum is multiplied by."""
    times: np.ndarray = (1 + autocorrelation) / (1 - autocorrelation)
    return times


def _possible(autocorrelation: np.ndarray) -> np.ndarray:
    possible: np.ndarray = np.clip(autocorrelation, 0, MOST)
    return possible


def _estimated(fit: MonthFit) -> tuple[np.ndarray, float]:
    """Without the bias that the fit's effects bring, and its standard error; below zero where months alternate."""
    design, residuals = fit.design, fit.residuals
    squares = (residuals**2).sum(axis=-2)
    products = (residuals[..., 1:, :] * residuals[..., :-1, :]).sum(axis=-2)
    shown = over(products, squares)
    slope = _slope(design)
    above = np.interp(shown, design.expected, AUTOCORRELATIONS)
    own = np.where(shown < design.expected[0], (shown - design.expected[0]) * slope, above)
    return own, slope / np.sqrt(max(design.neighbours, 1))


def _slope(design: Design) -> float:
    rise = design.expected[1] - design.expected[0]
    return float((AUTOCORRELATIONS[1] - AUTOCORRELATIONS[0]) / rise) if rise > 0 else 1.0


def _shrunk(value: np.ndarray, error: np.ndarray | float) -> np.ndarray:
    over = np.maximum(value, 1e-9)
    shrunk: np.ndarray = over * np.maximum(0, 1 - (error / over) ** 2)
    return shrunk
