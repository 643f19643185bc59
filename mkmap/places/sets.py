"""Say what a ward set is, and which one is in force in a month."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from mkmap.errors import Code, Refused
from mkmap.month import Month

# A name becomes a file's name and a column of the points table: to be quoted in SQL, and never one of the table's own.
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _.-]{0,38}[A-Za-z0-9_-])?")
OWN_COLUMNS = frozenset({"point", "longitude", "latitude", "street"})


@dataclass(frozen=True)
class WardSet:
    """One set of ward boundaries, in force from `start` to `end`, both included; `end` None: until a newer one starts.

    Raises Refused for a name that cannot be kept and for an end before the start.
    """

    name: str
    start: date
    end: date | None
    wards: int
    source: str

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name) or self.name.lower() in OWN_COLUMNS:
            raise Refused(Code.WARD_SET_UNNAMABLE, name=self.name, columns=", ".join(sorted(OWN_COLUMNS)))
        if self.end and self.end < self.start:
            raise Refused(Code.WARD_SET_ENDS_EARLY, end=self.end, start=self.start)

    def is_same(self, name: str) -> bool:
        """Whether a name means this set; DuckDB's columns know no difference between capitals and small letters."""
        return self.name.lower() == name.lower()


@dataclass(frozen=True)
class Households:
    """Households of each ward (by code) in a year, and one sentence on the lookup's error where there was a lookup."""

    per_ward: dict[str, int]
    year: int
    source: str
    error: str | None = None


def default_name(start: date) -> str:
    """The name of a set that was given none: its start, so that loading the same wards again replaces them."""
    return f"wards_{start:%Y_%m_%d}"


def ended(sets: list[WardSet]) -> list[WardSet]:
    """The sets with the end of an open one set to the day before the next newer one starts."""
    newer = dict(pairwise(sorted({ward_set.start for ward_set in sets})))
    return [_ended(ward_set, newer.get(ward_set.start)) for ward_set in sets]


def in_force(sets: list[WardSet], month: Month) -> WardSet | None:
    """The set in force on a month's last day, or else the latest earlier one, or else the earliest; None of none.

    `sets`: oldest first, ends closed by `ended`; of two that start on one day the later in the list wins.
    """
    started = [ward_set for ward_set in sets if ward_set.start <= month.last_day]
    running = [ward_set for ward_set in started if ward_set.end is None or ward_set.end >= month.last_day]
    if running:
        return running[-1]
    if started:
        return max(started, key=lambda ward_set: ward_set.end or date.max)
    return sets[0] if sets else None


def _ended(ward_set: WardSet, newer: date | None) -> WardSet:
    if ward_set.end or not newer:
        return ward_set
    return replace(ward_set, end=newer - timedelta(days=1))
