"""Compare two counts of the same length of time: ratio, interval, and a verdict in one of six words."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from mkmap.evidence.discoveries import discovered
from mkmap.evidence.interval import Interval, ratio_interval
from mkmap.evidence.variation.dispersion import CHANCE_ALONE, Dispersion
from mkmap.month import Month

FEWEST = 10  # in both periods together: below it no ratio is told from chance, whatever it is
HALVING, DOUBLING = 0.5, 2.0  # where even these are possible, it is not known that nothing clear has changed

UNEVEN = 2  # times as wide as chance alone: then it is not for want of crimes that nobody can tell


class Verdict(StrEnum):
    UP = "up"
    DOWN = "down"
    NO_CLEAR_CHANGE = "no clear change"
    TOO_FEW = "too few to tell"
    CANNOT_BE_COMPARED = "cannot be compared"  # no month is stored in both years
    CANNOT_TELL = "cannot tell"  # the answer depends on what is not known


MARKED = (Verdict.UP, Verdict.DOWN)


@dataclass(frozen=True)
class Change:
    """Two counts of the same months of two years, or why they cannot be compared.

    `dispersion` None: too few months are stored to know how much they vary. `shared`: both counts with their share of the crimes
    that the police could not place; None where that share is not known; `unplaced`: how many of these the force has in both.
    `months`: what is compared, of the later year, or what of it is stored where nothing can be compared. `missing`: the months that
    are needed and not stored whole where nothing can be compared; `left_out`: those without which it is compared. `asked`: months
    that were chosen. `not_whole`: all months of which a part is stored.
    """

    now: int
    before: int
    dispersion: Dispersion | None
    shared: tuple[float, float] | None = None
    missing: tuple[Month, ...] = ()
    unplaced: tuple[int, int] | None = None
    months: tuple[Month, ...] = ()
    left_out: tuple[Month, ...] = ()
    asked: int = 0
    not_whole: Collection[Month] = frozenset()

    @property
    def ratio(self) -> float | None:
        """None where a month is missing, or nothing was counted before."""
        return self.now / self.before if self.before and not self.missing else None

    @property
    def interval(self) -> Interval | None:
        """The widened interval, which alone gives the verdict."""
        return None if self.missing else ratio_interval(self.now, self.before, self.dispersion or CHANCE_ALONE)

    @property
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
        return self.verdict_of(self.now, self.before)

    @property
    def doubly_shared(self) -> tuple[float, float] | None:
        """Both counts with twice their share of the unplaced crimes."""
        return (2 * self.shared[0] - self.now, 2 * self.shared[1] - self.before) if self.shared else None

    @property
    def depends_on_placing(self) -> bool:
        """Whether better placing alone could make the difference."""
        return any(self.turns_with(counts) for counts in (self.shared, self.doubly_shared) if counts)

    def turns_with(self, counts: tuple[float, float]) -> bool:
        """Whether with a share of the unplaced crimes it becomes up or down, or no longer is."""
        placed, other = self.placed_verdict, self.verdict_of(*counts)
        return placed is not other and (placed in MARKED or other in MARKED)

    @property
    def is_too_uneven(self) -> bool:
        """Whether there would be enough crimes to tell if months did not vary beyond chance."""
        return self.verdict is Verdict.CANNOT_TELL and self.dispersion is not None and not self.depends_on_placing

    @property
    def turning(self) -> int | None:
        """How many unplaced crimes would have to lie here, in the year with fewer, until it is no longer up or down."""
        if self.placed_verdict not in MARKED:
            return None
        more, fewer = max(self.now, self.before), min(self.now, self.before)
        return math.ceil(more - fewer - self._least_fall(more))

    @property
    def least_rise(self) -> int:
        """The fewest that would have been called up after so many before."""
        q = self._quantile**2
        rise = self.before + (q + math.sqrt(q**2 + 8 * q * self.before)) / 2
        return max(math.floor(rise) + 1, FEWEST - self.before)

    @property
    def most_fall(self) -> int | None:
        """The most that would have been called down after so many before; None where not even none would."""
        fall = self.before - self._least_fall(self.before)
        most = math.ceil(fall) - 1
        return most if most >= 0 and most + self.before >= FEWEST else None

    @property
    def widened_p(self) -> float | None:
        """Two-sided, of the widened interval: under 0.05 where that excludes 1. None where there is nothing to compare."""
        if self.missing or self.dispersion is None or not self.now + self.before:
            return None
        return self.dispersion.p(abs(self.now - self.before) / math.sqrt(self.now + self.before))

    @property
    def _quantile(self) -> float:
        return (self.dispersion or CHANCE_ALONE).quantile

    def _least_fall(self, before: float) -> float:
        """By how much fewer are just not fewer for sure: (before − now)² = q²·(before + now)."""
        q = self._quantile**2
        return (math.sqrt(q**2 + 8 * q * before) - q) / 2

    def verdict_of(self, now: float, before: float) -> Verdict:
        """What other counts would say, e.g. with unplaced crimes among them."""
        if self.missing:
            return Verdict.CANNOT_BE_COMPARED
        dispersion = self.dispersion or CHANCE_ALONE
        verdict = _direction(ratio_interval(now, before, dispersion))
        if verdict is not Verdict.TOO_FEW or dispersion.quantile < UNEVEN * CHANCE_ALONE.quantile:
            return verdict
        return Verdict.TOO_FEW if _direction(ratio_interval(now, before)) is Verdict.TOO_FEW else Verdict.CANNOT_TELL


def _direction(interval: Interval) -> Verdict:
    if interval.low > 1:
        return Verdict.UP
    if interval.high < 1:
        return Verdict.DOWN
    return Verdict.NO_CLEAR_CHANGE if interval.low > HALVING and interval.high < DOUBLING else Verdict.TOO_FEW


@dataclass(frozen=True)
class ManyChanges:
    """Codes of wards: those that could be compared, those whose own verdict is up or down, those that still stand out among so many."""

    compared: tuple[str, ...]
    marked: tuple[str, ...]
    standing_out: tuple[str, ...]


def many_changes(changes: Mapping[str, Change]) -> ManyChanges:
    """Which wards (by code) have changed, once so many comparisons are made at a time.

    A ward with too few crimes is not compared: how many it has in both periods together says nothing about a change.
    """
    p = {code: change.widened_p for code, change in changes.items() if change.now + change.before >= FEWEST}
    known = {code: value for code, value in p.items() if value is not None}
    marked = tuple(code for code in known if changes[code].verdict in MARKED)
    stands_out = dict(zip(known, discovered(np.array(list(known.values()))), strict=True))
    return ManyChanges(tuple(known), marked, tuple(code for code in marked if stands_out[code]))
