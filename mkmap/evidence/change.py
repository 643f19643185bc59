"""Compare two counts of the same length of time: ratio, interval, and a verdict in one of six words."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import stdtr

from mkmap.evidence.discoveries import discovered
from mkmap.evidence.dispersion import CHANCE_ALONE, Dispersion
from mkmap.evidence.interval import Interval, ratio_interval
from mkmap.month import Month

FEWEST = 10  # in both periods together: below it no ratio is told from chance, whatever it is


class Verdict(StrEnum):
    UP = "up"
    DOWN = "down"
    NO_CLEAR_CHANGE = "no clear change"
    TOO_FEW = "too few to tell"
    CANNOT_BE_COMPARED = "cannot be compared"  # months are missing
    CANNOT_TELL = "cannot tell"  # the answer depends on what is not known


MARKED = (Verdict.UP, Verdict.DOWN)


@dataclass(frozen=True)
class Change:
    """Two counts of the same months of two years, or why they cannot be compared.

    `dispersion` None: too few months are stored to know how much they vary. `shared`: both counts with their share of the crimes
    that the police could not place; None where that share is not known. `missing`: the months that are needed and not stored whole; `not_whole`: all
    months of which a part is stored.
    """

    now: int
    before: int
    dispersion: Dispersion | None
    shared: tuple[float, float] | None = None
    missing: tuple[Month, ...] = ()
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
    def shared_interval(self) -> Interval | None:
        return None if self.missing or not self.shared else ratio_interval(*self.shared, self.dispersion or CHANCE_ALONE)

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
        return _direction(self.interval)

    @property
    def shared_verdict(self) -> Verdict | None:
        """What they would say with the unplaced crimes shared out."""
        return _direction(self.shared_interval) if self.shared_interval else None

    @property
    def depends_on_placing(self) -> bool:
        """Whether better placing alone could make the difference."""
        return self.shared_verdict is not None and self.shared_verdict != self.placed_verdict

    @property
    def widened_p(self) -> float | None:
        """Two-sided, of the widened interval: under 0.05 where that excludes 1. None where there is nothing to compare."""
        if self.missing or self.dispersion is None or not self.now + self.before:
            return None
        away = abs(self.now - self.before) / math.sqrt(self.dispersion.value * (self.now + self.before))
        return 2 * float(stdtr(self.dispersion.df, -away))


def _direction(interval: Interval | None) -> Verdict:
    if interval is None:
        return Verdict.CANNOT_BE_COMPARED
    if interval.low > 1:
        return Verdict.UP
    return Verdict.DOWN if interval.high < 1 else Verdict.NO_CLEAR_CHANGE


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
