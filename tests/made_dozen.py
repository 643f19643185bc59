"""Make three years of burglaries in a dozen wards, of which one stands out: of three, one alone would be half of how wards differ.

Each ward has 1,000 households and 2 burglaries a month, but Alder Park 4, and in 2025 eight.
"""

from collections.abc import Iterator
from pathlib import Path

from made_stores import NAMES, Row, add_crimes, add_households, add_wards, crimes

from mkmap.month import Month

MONTHS = list(Month(2023, 1).to(Month(2025, 12)))
DOZEN = (*NAMES, *(f"Ward {letter}" for letter in "DEFGHIJKL"))


def dozen(home: Path, without: tuple[str, ...] = (), *, households: bool = True, months: list[Month] = MONTHS) -> Path:
    """A data folder; `without`: months (Month's text) that are missing."""
    add_wards(home, DOZEN)
    add_crimes(home, [one for month in map(str, months) if month not in without for one in month_of_a_dozen(month)])
    if households:
        add_households(home)
    return home


def month_of_a_dozen(month: str) -> Iterator[Row]:
    for column in range(len(DOZEN)):
        yield from crimes(2 if column else 8 if month > "2025" else 4, month, column)
