"""Compare two counts of the same length of time: ratio, interval, and a verdict in one of six words."""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from scipy.stats import t
from statsmodels.stats.rates import test_poisson_2indep

from mkmap.evidence.dispersion import CHANCE_ALONE, Dispersion
from mkmap.month import Month

FEWEST = 10  # in both periods together: below it no ratio is told from chance, whatever it is
EXACT_UP_TO = 1500  # crimes in both periods: beyond it the E-test takes seconds, and the score test gives the same two digits


class Verdict(StrEnum):
    UP = "up"
    DOWN = "down"
    NO_CLEAR_CHANGE = "no clear change"
    TOO_FEW = "too few to tell"
    CANNOT_BE_COMPARED = "cannot be compared"  # months are missing
    CANNOT_TELL = "cannot tell"  # the answer depends on what is not known


@dataclass(frozen=True)
class Interval:
    """95 %, of a ratio or of a rate; `high` is infinite where nothing was counted before."""

    low: float
    high: float

    def excludes(self, value: float) -> bool:
        return not self.low <= value <= self.high


@dataclass(frozen=True)
class Change:
    """Two counts of the same months of two years, or why they cannot be compared.

    `dispersion` None: too few months are stored to know how much they vary. `shared`: both counts with their share of the crimes
    that the police could not place; None where that share is not known. `missing`: the months that are needed and not stored.
    """

    now: int
    before: int
    dispersion: Dispersion | None
    shared: tuple[float, float] | None = None
    missing: tuple[Month, ...] = ()

    @property
    def ratio(self) -> float | None:
        """None where a month is missing, or nothing was counted before."""
        return self.now / self.before if self.before and not self.missing else None

    @cached_property
    def interval(self) -> Interval | None:
        """The widened interval, which alone gives the verdict."""
        return None if self.missing else ratio_interval(self.now, self.before, self.dispersion or CHANCE_ALONE)

    @cached_property
    def shared_interval(self) -> Interval | None:
        return None if self.missing or not self.shared else ratio_interval(*self.shared, self.dispersion or CHANCE_ALONE)

    @cached_property
    def verdict(self) -> Verdict:
        if self.missing:
            return Verdict.CANNOT_BE_COMPARED
        if self.now + self.before < FEWEST:
            return Verdict.TOO_FEW
        if self.dispersion is None or self.depends_on_placing:
            return Verdict.CANNOT_TELL
        return self.placed_verdict

    @property
    def placed_verdict(self) -> Verdict:
        """What the crimes on the map alone would say."""
        return _direction(self.interval)

    @property
    def shared_verdict(self) -> Verdict | None:
        """What they would say with the unplaced crimes shared out."""
        return _direction(self.shared_interval) if self.shared_interval else None

    @property
    def depends_on_placing(self) -> bool:
        """Whether better placing alone could make the difference."""
        return self.shared_verdict is not None and self.shared_verdict != self.placed_verdict

    @cached_property
    def p(self) -> float | None:
        """Two-sided, for chance alone: the E-test (Krishnamoorthy and Thomson 2004); of many crimes the score test."""
        if self.missing or not self.now + self.before:
            return None
        fewer, more = sorted((self.now, self.before))  # the test is the same both ways, and divides by the second
        method = "etest" if fewer + more <= EXACT_UP_TO else "score"
        return float(test_poisson_2indep(fewer, 1, more, 1, method=method).pvalue)

    @cached_property
    def widened_p(self) -> float | None:
        """Two-sided, of the widened interval: under 0.05 where that excludes 1. None where there is nothing to compare."""
        if self.missing or self.dispersion is None or not self.now + self.before:
            return None
        away = abs(self.now - self.before) / math.sqrt(self.dispersion.value * (self.now + self.before))
        return 2 * float(t.sf(away, self.dispersion.df))


def _direction(interval: Interval) -> Verdict:
    if interval.low > 1:
        return Verdict.UP
    return Verdict.DOWN if interval.high < 1 else Verdict.NO_CLEAR_CHANGE


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
