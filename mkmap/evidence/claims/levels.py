"""Measure a level: how many a week, and how often a ward reaches a number in a month. A level is not a rise."""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd
from statsmodels.stats.rates import confint_poisson

from mkmap.crimes.forces import ForceCrimes
from mkmap.evidence.base import Base
from mkmap.evidence.change import FEWEST, Interval
from mkmap.evidence.dispersion import CHANCE_ALONE, Dispersion
from mkmap.filters import Filters
from mkmap.month import Month

DAYS_A_WEEK = 7


class Answer(StrEnum):
    """What can be said of a claimed level."""

    MORE = "more"
    FEWER = "fewer"
    CANNOT_TELL = "cannot tell"
    TOO_FEW = "too few to tell"
    CANNOT_BE_CHECKED = "cannot be checked"  # months are missing


@dataclass(frozen=True, eq=False)
class Weekly:
    """Crimes a week in the chosen months, against a claimed number.

    `months`: a row a stored month: month (Month's text), crimes, rate (a week), chosen. `shared`: the crimes with their share of
    those that the police could not place; None where that is not known. `missing`: chosen months that are not stored.
    """

    crimes: int
    weeks: float
    claimed: int
    dispersion: Dispersion | None
    months: pd.DataFrame
    shared: float | None = None
    missing: tuple[Month, ...] = ()

    @property
    def rate(self) -> float | None:
        return None if self.missing else self.crimes / self.weeks

    @cached_property
    def interval(self) -> Interval | None:
        """Of the weekly rate that usually brings so many, widened by the months' variation."""
        return None if self.missing else self._interval(self.crimes)

    @property
    def answer(self) -> Answer:
        if self.missing:
            return Answer.CANNOT_BE_CHECKED
        if self.crimes < FEWEST:
            return Answer.TOO_FEW
        if self.dispersion is None or self.depends_on_placing:
            return Answer.CANNOT_TELL
        return self._answer(self.interval)

    @property
    def depends_on_placing(self) -> bool:
        """Whether the crimes that the police could not place could change the answer."""
        return self.shared is not None and self._answer(self._interval(self.shared)) != self._answer(self.interval)

    @property
    def months_over(self) -> int:
        """Stored months with more a week than is claimed."""
        return int((self.months["rate"] > self.claimed).sum())

    def _interval(self, crimes: float) -> Interval:
        if not (alpha := (self.dispersion or CHANCE_ALONE).alpha):  # months that vary so much say nothing at all
            return Interval(0.0, math.inf)
        low, high = confint_poisson(crimes, self.weeks, method="score", alpha=alpha)
        return Interval(max(float(low), 0.0), float(high))

    def _answer(self, interval: Interval) -> Answer:
        if interval.low > self.claimed:
            return Answer.MORE
        return Answer.FEWER if interval.high < self.claimed else Answer.CANNOT_TELL


def weekly(base: Base, filters: Filters, claimed: int) -> Weekly:
    counts = base.counts(filters.wards, filters.types)
    weeks = np.array([_weeks(Month.parse(text)) for text in counts.index])
    chosen = (counts.index >= str(filters.first)) & (counts.index <= str(filters.last))
    months = pd.DataFrame(
        {"month": counts.index, "crimes": counts.to_numpy(), "rate": counts.to_numpy() / weeks, "chosen": chosen}
    )
    crimes = int(counts[chosen].sum())
    return Weekly(
        crimes, float(weeks[chosen].sum()), claimed, base.dispersion(filters.types), months,
        _shared(base, filters, crimes), tuple(base.missing(filters.months)),
    )  # fmt: skip


def _weeks(month: Month) -> float:
    return ((month + 1).first_day - month.first_day).days / DAYS_A_WEEK


def _shared(base: Base, filters: Filters, crimes: int) -> float | None:
    """A count with the force's unplaced crimes shared out like the placed ones; None where the whole force is not stored."""
    months = [str(month) for month in filters.months]
    if not all(month in base.force.stored for month in filters.months):
        return None
    placed, unplaced = (counts[months].sum() for counts in _placed_and_not(base.force, filters.types))
    return crimes * (1 + float(unplaced / placed)) if placed else None


@lru_cache(maxsize=16)
def _placed_and_not(force: ForceCrimes, types: tuple[str, ...]) -> tuple[pd.Series, pd.Series]:
    return force.placed(types), force.unplaced(types)


@dataclass(frozen=True, eq=False)
class WardMonths:
    """Counts of one ward in one month, against a claimed number.

    `chosen`, `stored`: a row a ward and month, of the chosen wards and stored months, and of all that are stored: ward (its name),
    month (Month's text), crimes; highest first. `missing`: chosen months that are not stored.
    """

    claimed: int
    chosen: pd.DataFrame
    stored: pd.DataFrame
    missing: tuple[Month, ...] = ()

    @property
    def reached(self) -> pd.DataFrame:
        """The rows of `chosen` that have as many as claimed, or more."""
        return self.chosen[self.chosen["crimes"] >= self.claimed]

    @property
    def ever_reached(self) -> int:
        return int((self.stored["crimes"] >= self.claimed).sum())


def ward_months(base: Base, filters: Filters, claimed: int) -> WardMonths:
    by_ward = base.by_ward(filters.types)
    chosen = by_ward.loc[str(filters.first) : str(filters.last), list(filters.wards or by_ward.columns)]
    names = base.area.ward_names
    return WardMonths(claimed, _rows(chosen, names), _rows(by_ward, names), tuple(base.missing(filters.months)))


def _rows(by_ward: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """A wide table of counts as a row a ward and month, highest first."""
    months, wards = np.repeat(by_ward.index.to_numpy(), len(by_ward.columns)), [names[code] for code in by_ward.columns]
    rows = pd.DataFrame({"ward": wards * len(by_ward), "month": months, "crimes": by_ward.to_numpy().ravel()})
    return rows.sort_values(["crimes", "month", "ward"], ascending=[False, True, True], ignore_index=True)
