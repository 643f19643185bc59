"""Work out 95 % intervals, as wide as the months' own variation asks for."""

import math
from dataclasses import dataclass

import numpy as np

from mkmap.evidence.variation.dispersion import CHANCE_ALONE, Dispersion


@dataclass(frozen=True)
class Interval:
    """Of a ratio, a rate or a difference; `high` of a ratio is infinite where nothing was counted before."""

    low: float
    high: float

    def excludes(self, value: float) -> bool:
        return not self.low <= value <= self.high


def ratio_interval(now: float, before: float, dispersion: Dispersion = CHANCE_ALONE) -> Interval:
    """The score interval of the ratio of two Poisson rates of equal exposure, widened by the dispersion.

    Both ends solve (now − r·before)² = q²·r·(now + before), which `statsmodels.stats.rates.confint_poisson_2indep` looks for by
    trial: that takes a hundred times longer and finds no end where a count is zero. A test holds the two equal.
    """
    if not now + before:
        return Interval(0.0, math.inf)
    spread = dispersion.quantile**2 * (now + before)
    if not before:
        return Interval(now**2 / spread, math.inf)
    middle, root = 2 * now * before + spread, math.sqrt(spread * (spread + 4 * now * before))
    return Interval((middle - root) / (2 * before**2), (middle + root) / (2 * before**2))


def rate_interval(count: float, size: float, dispersion: Dispersion = CHANCE_ALONE) -> Interval:
    """The score interval of a Poisson rate, widened by the dispersion."""
    low, high = rate_limits(np.array([count]), np.array([size]), dispersion)
    return Interval(float(low[0]), float(high[0]))


def rate_limits(counts: np.ndarray, sizes: np.ndarray, dispersion: Dispersion) -> tuple[np.ndarray, np.ndarray]:
    """The same of many rates: both ends solve (count − r·size)² = q²·r·size."""
    q = dispersion.quantile
    middle, root = counts + q**2 / 2, q * np.sqrt(counts + q**2 / 4)
    return np.maximum(middle - root, 0) / sizes, (middle + root) / sizes
