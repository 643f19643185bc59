"""Compare two shares: charged crimes among the crimes of two years, with an interval that the months' own variation widens.

Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10.
"""

import math
from dataclasses import dataclass

from mkmap.evidence.change import FEWEST, Verdict
from mkmap.evidence.interval import Interval
from mkmap.evidence.variation.dispersion import CHANCE_ALONE, Dispersion


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """Between 0 and 1; not a number of nothing."""
        return self.part / self.whole if self.whole else math.nan

    @property
    def rest(self) -> int:
        return self.whole - self.part


@dataclass(frozen=True)
class ShareChange:
    """The same share of two years; `dispersion` None: too few months are known to say how much they vary."""

    now: Share
    before: Share
    dispersion: Dispersion | None

    @property
    def difference(self) -> float:
        return self.now.value - self.before.value

    @property
    def interval(self) -> Interval | None:
        """Of the difference, widened; None where one of the years has nothing to share."""
        if not (self.now.whole and self.before.whole):
            return None
        quantile = (self.dispersion or CHANCE_ALONE).quantile
        now, before = _wilson(self.now, quantile), _wilson(self.before, quantile)
        down = math.hypot(self.now.value - now.low, before.high - self.before.value)
        up = math.hypot(now.high - self.now.value, self.before.value - before.low)
        return Interval(self.difference - down, self.difference + up)

    @property
    def verdict(self) -> Verdict:
        if min(self.now.part + self.before.part, self.now.rest + self.before.rest) < FEWEST or self.interval is None:
            return Verdict.TOO_FEW
        if self.dispersion is None:
            return Verdict.CANNOT_TELL
        if self.interval.excludes(0):
            return Verdict.UP if self.difference > 0 else Verdict.DOWN
        return Verdict.NO_CLEAR_CHANGE


def _wilson(share: Share, quantile: float) -> Interval:
    """The score interval of one share: both ends p solve (part − p·whole)² = q²·p·(1 − p)·whole."""
    middle = share.part + quantile**2 / 2
    root = quantile * math.sqrt(share.part * share.rest / share.whole + quantile**2 / 4)
    whole = share.whole + quantile**2
    return Interval((middle - root) / whole, (middle + root) / whole)
