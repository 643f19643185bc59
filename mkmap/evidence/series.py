"""Lay months side by side: each month, twelve months rolling, this year against last. A missing month is a gap, never a zero."""

from enum import StrEnum

import pandas as pd

from mkmap.evidence.base import Base
from mkmap.evidence.variation.monthly_counts import YEAR
from mkmap.filters import Filters
from mkmap.month import Month

SHOWN = 36  # months at the most: three winters, and every bar can still be told from its neighbour


class MonthRole(StrEnum):
    """What a month of a series is."""

    CHOSEN = "chosen"
    BEFORE = "before"  # the same months of the year before
    OTHER = "other"
    MISSING = "missing"
    NOT_WHOLE = "not whole"  # a part is stored, which is counted nowhere


ABSENT = (MonthRole.MISSING, MonthRole.NOT_WHOLE)  # without a number


def months(base: Base, filters: Filters) -> pd.DataFrame:
    """A row a month up to the last that is stored or chosen: month (Month's text), crimes (NA where missing), role (`MonthRole`), rolling.

    `rolling`: the sum of the twelve months that end with it, NA where one of them is missing.
    """
    if base.area.known is None:
        return pd.DataFrame({"month": [], "crimes": pd.array([], "Int64"), "role": [], "rolling": pd.array([], "Int64")})
    oldest, latest = base.area.known
    last = max(latest, filters.last)
    first = min(filters.first + -YEAR, last + (1 - SHOWN))
    every = list(oldest.to(last))
    counts = base.counts(filters.wards, filters.types).reindex(map(str, every)).astype("Int64")
    rolling = counts.rolling(YEAR, min_periods=YEAR).sum().astype("Int64")
    rows = pd.DataFrame({"month": counts.index, "crimes": counts.array, "rolling": rolling.array})
    rows["role"] = [_role(month, base, filters) for month in every]
    return rows[rows["month"] >= str(first)].reset_index(drop=True)


def years(base: Base, filters: Filters) -> pd.DataFrame:
    """The twelve months up to the last chosen one beside the twelve before: month (1 to 12), place (0 to 11), year (`now`, `before`), crimes."""
    counts = base.counts(filters.wards, filters.types)
    rows = [
        (month.number, place, year, str(month), counts.get(str(month)))
        for year, back in (("before", YEAR), ("now", 0))
        for place, month in enumerate((filters.last + (1 - YEAR - back)).to(filters.last + -back))
    ]
    columns = ["number", "place", "year", "month", "crimes"]
    return pd.DataFrame(rows, columns=columns).astype({"crimes": "Int64"})


def _role(month: Month, base: Base, filters: Filters) -> MonthRole:
    if month in base.area.not_whole:
        return MonthRole.NOT_WHOLE
    if month not in base.area.stored:
        return MonthRole.MISSING
    if filters.first <= month <= filters.last:
        return MonthRole.CHOSEN
    return MonthRole.BEFORE if filters.first <= month + YEAR <= filters.last else MonthRole.OTHER
