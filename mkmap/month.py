"""A calendar month: a value, never a loose string."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date

from mkmap.words import _, language

_PATTERN = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One month, e.g. `Month(2025, 1)`; `str()` gives police.uk's form, `2025-01`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `YYYY-MM`, and nothing else.

        Raises ValueError for any other text.
        """
        parts = _PATTERN.fullmatch(text)
        if not parts:
            raise ValueError(f"{text!r} is not a month like 2025-01")
        return cls(int(parts[1]), int(parts[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def __add__(self, months: int) -> "Month":
        years, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, number + 1)

    def __sub__(self, earlier: "Month") -> int:
        """How many months lie between two months."""
        return (self.year - earlier.year) * 12 + self.number - earlier.number

    def to(self, last: "Month") -> Iterator["Month"]:
        """Every month from this one to `last`, both included."""
        return (self + step for step in range(last - self + 1))

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date.fromordinal((self + 1).first_day.toordinal() - 1)

    @property
    def name(self) -> str:
        """For people: `January 2025`."""
        return _written(self, "MMMM y", language())

    @property
    def short(self) -> str:
        """For narrow columns: `Jan 2025`."""
        return _written(self, "MMM y", language())

    @property
    def calendar(self) -> str:
        """The month of any year: `Jan`."""
        return _written(self, "MMM", language())


@lru_cache(maxsize=1024)
def _written(month: Month, pattern: str, language: str) -> str:
    return format_date(month.first_day, pattern, locale=language)


def span(first: Month, last: Month) -> str:
    """For people: `January 2025 to March 2025`, or the one month."""
    return first.name if first == last else _("{first} to {last}").format(first=first.name, last=last.name)


def ranges(months: list[Month]) -> list[str]:
    """Months in words, neighbours drawn together: `March 2019 to December 2021`."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and month - runs[-1][-1] == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [span(run[0], run[-1]) for run in runs]
