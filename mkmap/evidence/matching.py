"""Match chosen months with the same months of the year before, as far as both are stored."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from mkmap.evidence.variation.monthly_counts import YEAR
from mkmap.filters import Filters
from mkmap.month import Month


@dataclass(frozen=True)
class Matched:
    """`known`: the months of the later year that are compared, or what of them is stored where nothing can be.

    `missing`: what is needed and not stored, where nothing can be compared; `left_out`: where something can. `asked`: months chosen.
    """

    known: tuple[Month, ...]
    missing: tuple[Month, ...]
    left_out: tuple[Month, ...]
    asked: int

    @property
    def known_before(self) -> tuple[Month, ...]:
        return tuple(month + -YEAR for month in self.known)


def matched(stored: Collection[Month], filters: Filters) -> Matched:
    months = compared(filters).months
    missing = tuple(sorted({month for month in [*year_before(compared(filters)).months, *months] if month not in stored}))
    both = tuple(month for month in months if month in stored and month + -YEAR in stored)
    if both:
        return Matched(both, (), missing, len(filters.months))
    return Matched(tuple(month for month in months if month in stored), missing, (), len(filters.months))


def compared(filters: Filters) -> Filters:
    """The last twelve of more months: a longer time would share months with the year before it."""
    return replace(filters, first=max(filters.first, filters.last + (1 - YEAR)))


def year_before(filters: Filters) -> Filters:
    """The same calendar months, a year earlier."""
    return replace(filters, first=filters.first + -YEAR, last=filters.last + -YEAR)
