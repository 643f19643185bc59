"""Say what became of the crimes of the chosen months, and compare years only where both could ripen for the same time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from mkmap.crimes.dataset import Dataset
from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.crimes.outcomes import outcomes
from mkmap.crimes.query import AreaCrimes
from mkmap.evidence import shares
from mkmap.evidence.base import year_before
from mkmap.evidence.shares import Share, ShareChange
from mkmap.filters import Filters
from mkmap.month import Month

ANTI_SOCIAL = "Anti-social behaviour"  # police.uk publishes no outcome of it
STATUSES = tuple(OutcomeStatus)
FOLLOWED_AT_MOST = 6  # months: most charges for burglary come by then, and more months of files would be needed for more
YEAR_0 = Month(0, 1)
FOLLOWED_AT_LEAST = 1  # with none, a crime of the 30th has a day and one of the 1st a month


@dataclass(frozen=True, eq=False)
class Became:
    """What became of the crimes of some wards, types and months.

    `months`: a row a chosen stored month (Month's text), a column an `OutcomeStatus`: crimes. `files`: the months of the outcomes
    files that are stored, `needed`: those that could tell of these crimes. `without`: crimes whose type never has an outcome.
    """

    months: pd.DataFrame
    needed: tuple[Month, ...]
    files: tuple[Month, ...]
    without: int
    cohorts: "Cohorts"

    def count(self, *statuses: OutcomeStatus) -> int:
        """Crimes with one of these statuses; with any of them where none is named."""
        return int(self.months[list(statuses or STATUSES)].to_numpy().sum())


@dataclass(frozen=True)
class Cohorts:
    """The crimes of the chosen months and of the year before, each followed for the same time after the month of the crime.

    `within`: months after it, None where no time can be followed in both; `change`: None there too. `missing` and `missing_files`:
    the months whose crimes, and whose outcomes files, are needed and not stored.
    """

    within: int | None
    change: ShareChange | None
    missing: tuple[Month, ...] = ()
    missing_files: tuple[Month, ...] = ()


def became_of(dataset: Dataset, area: AreaCrimes, filters: Filters) -> Became:
    """What became of what the filters leave, from what is stored now.

    Raises Damaged where a stored file cannot be read.
    """
    types = with_outcomes(filters.types or area.types)
    found = outcomes(dataset.crimes, dataset.places, area.ward_set, dataset.force, types, scope="area")
    cells = found if types else found.iloc[:0]  # no type at all would ask for every type
    has_without = not filters.types or ANTI_SOCIAL in filters.types
    without = area.select(Filters(filters.first, filters.last, filters.wards, (ANTI_SOCIAL,))).total if has_without else 0
    return became(cells, filters, area.stored, dataset.crimes.outcomes(dataset.force), without)


def with_outcomes(types: Sequence[str]) -> tuple[str, ...]:
    """Those crime types that can have an outcome."""
    return tuple(one for one in types if one != ANTI_SOCIAL)


def became(
    cells: pd.DataFrame, filters: Filters, stored: Collection[Month], files: Collection[Month], without: int = 0
) -> Became:
    """The same of `crimes.outcomes.outcomes`' cells of the area, the stored months and the months of outcomes files."""
    months = [str(month) for month in filters.months if month in stored]
    chosen = cells[cells["ward"].isin(filters.wards)] if filters.wards else cells
    counts = chosen.groupby(["month", "status"], observed=True)["crimes"].sum().unstack(fill_value=0)
    found = counts.reindex(index=months, columns=[one.value for one in STATUSES], fill_value=0).fillna(0).astype("int64")
    last = max([*stored, *files, filters.first])
    needed = tuple(filters.first.to(max(last, filters.last)))
    held = tuple(month for month in needed if month in files)
    return Became(found, needed, held, without, _cohorts(cells, filters, stored, files))


def _cohorts(cells: pd.DataFrame, filters: Filters, stored: Collection[Month], files: Collection[Month]) -> Cohorts:
    before = year_before(filters)
    missing = tuple(sorted({month for month in [*before.months, *filters.months] if month not in stored}))
    within = next((k for k in range(FOLLOWED_AT_MOST, FOLLOWED_AT_LEAST - 1, -1) if not _unheard(filters, k, files)), None)
    if missing or within is None:
        return Cohorts(None, None, missing, _unheard(filters, FOLLOWED_AT_LEAST, files))
    monthly = _followed(cells, within, filters.wards)
    now, then = (_share(monthly, one.months) for one in (filters, before))
    return Cohorts(within, ShareChange(now, then, _dispersion(cells, within, stored, files)))


def _unheard(filters: Filters, within: int, files: Collection[Month]) -> tuple[Month, ...]:
    """The outcomes files that are needed to follow both years for so many months, and are not stored."""
    needed = {month for one in (filters, year_before(filters)) for month in one.first.to(one.last + within)}
    return tuple(sorted(month for month in needed if month not in files))


def _followed(cells: pd.DataFrame, within: int, wards: Sequence[str] = ()) -> pd.DataFrame:
    """By month of the crime: crimes, and those of them with a suspect charged at most so many months later (`charged`)."""
    chosen = cells[cells["ward"].isin(wards)] if wards else cells
    crimes = chosen.groupby("month", observed=True)["crimes"].sum()
    charged = chosen[(chosen["status"] == OutcomeStatus.CHARGED.value) & chosen["outcome_month"].notna()]
    later = _number(charged["outcome_month"]) - _number(charged["month"])
    in_time = charged[later <= within].groupby("month", observed=True)["crimes"].sum()
    return pd.DataFrame({"crimes": crimes, "charged": in_time}).fillna(0).astype("int64")


def _number(months: pd.Series) -> pd.Series:
    """Months since the year 0, of Month's texts."""
    return months.astype("category").map(lambda text: Month.parse(text) - YEAR_0).astype(int)  # once a month, not once a row


def _share(monthly: pd.DataFrame, months: Sequence[Month]) -> Share:
    chosen = monthly.reindex([str(month) for month in months], fill_value=0)
    return Share(int(chosen["charged"].sum()), int(chosen["crimes"].sum()))


def _dispersion(cells: pd.DataFrame, within: int, stored: Collection[Month], files: Collection[Month]):
    """By how much the share varies between the months of all wards that can be followed for as long."""
    known = [str(month) for month in sorted(stored) if all(later in files for later in month.to(month + within))]
    monthly = _followed(cells, within).reindex(known, fill_value=0)
    return shares.estimated(monthly["charged"], monthly["crimes"])
