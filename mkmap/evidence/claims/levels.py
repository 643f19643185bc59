"""Measure a level: how many a week, and how often a ward reaches a number in a month. A level is not a rise."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from mkmap.evidence.base import Base
from mkmap.evidence.change import FEWEST
from mkmap.evidence.interval import Interval, rate_interval
from mkmap.evidence.variation.dispersion import CHANCE_ALONE, Dispersion
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
    those that the police could not place; None where that is not known. `missing`: chosen months that are not stored whole;
    `not_whole`: all months of which a part is stored.
    """

    crimes: int
    weeks: float
    claimed: int
    dispersion: Dispersion | None
    months: pd.DataFrame
    shared: float | None = None
    missing: tuple[Month, ...] = ()
    not_whole: Collection[Month] = frozenset()

    @property
    def rate(self) -> float | None:
        return None if self.missing else self.crimes / self.weeks

    @property
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
        return rate_interval(crimes, self.weeks, self.dispersion or CHANCE_ALONE)

    def _answer(self, interval: Interval | None) -> Answer:
        if interval is None:
            return Answer.CANNOT_BE_CHECKED
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
    crimes, growth = int(counts[chosen].sum()), base.growth(filters.types, filters.months)
    return Weekly(
        crimes, float(weeks[chosen].sum()), claimed, base.dispersion(filters.types), months,
        None if growth is None else crimes * growth, tuple(base.missing(filters.months)), base.area.not_whole,
    )  # fmt: skip


def _weeks(month: Month) -> float:
    return ((month + 1).first_day - month.first_day).days / DAYS_A_WEEK


@dataclass(frozen=True, eq=False)
class WardMonths:
    """Counts of one ward in one month, against a claimed number.

    `chosen`, `stored`: a row a ward and month, of the chosen wards and stored months, and of all that are stored: ward (its name),
    month (Month's text), crimes; highest first. `missing` and `not_whole`: as of `Weekly`.
    """

    claimed: int
    chosen: pd.DataFrame
    stored: pd.DataFrame
    missing: tuple[Month, ...] = ()
    not_whole: Collection[Month] = frozenset()

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
    missing = tuple(base.missing(filters.months))
    return WardMonths(claimed, _rows(chosen, names), _rows(by_ward, names), missing, base.area.not_whole)


def _rows(by_ward: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """A wide table of counts as a row a ward and month, highest first."""
    months, wards = np.repeat(by_ward.index.to_numpy(), len(by_ward.columns)), [names[code] for code in by_ward.columns]
    rows = pd.DataFrame({"ward": wards * len(by_ward), "month": months, "crimes": by_ward.to_numpy().ravel()})
    return rows.sort_values(["crimes", "month", "ward"], ascending=[False, True, True], ignore_index=True)
