"""Count what became of the crimes of the chosen months, and compare years only where both could ripen for the same time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.crimes.outcomes import outcomes
from mkmap.crimes.query import AreaCrimes
from mkmap.dataset.dataset import Dataset
from mkmap.evidence.matching import year_before
from mkmap.evidence.shares import Share, ShareChange
from mkmap.evidence.variation.dispersion import Dispersion, dispersion_of_shares
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.store import WardSet

ANTI_SOCIAL = "Anti-social behaviour"  # police.uk publishes no outcome of it
STATUSES = tuple(OutcomeStatus)
FOLLOWED_AT_MOST = 6  # months: most charges for burglary come by then, and more months of files would be needed for more
FOLLOWED_AT_LEAST = 1  # with none, a crime of the 30th has a day and one of the 1st a month
LATER = FOLLOWED_AT_MOST + 1  # later than that, or in a month that no outcomes file tells


@dataclass(frozen=True, eq=False)
class OutcomeCube:
    """Crimes by month of the crime (Month's texts), ward (codes), status and months until the outcome (0 to `LATER`)."""

    months: pd.Index
    wards: pd.Index
    crimes: np.ndarray

    def counts(self, months: Sequence[Month], wards: Sequence[str] = ()) -> np.ndarray:
        """Crimes by month, status and months until the outcome, of these wards (none: of all); zeros of a month that is not there."""
        columns = self.wards.get_indexer(list(wards) or self.wards)
        rows = self.months.get_indexer([str(month) for month in months])
        counts = np.zeros((len(rows), *self.crimes.shape[2:]), dtype="int64")
        counts[rows >= 0] = self.crimes[rows[rows >= 0]][:, columns[columns >= 0]].sum(axis=1)
        return counts

    @property
    def has_outcomes(self) -> bool:
        """Whether any of these crimes has one."""
        return bool(self.crimes.sum() > self.crimes[:, :, STATUSES.index(OutcomeStatus.NONE)].sum())

    def charged(self, months: Sequence[Month], within: int, wards: Sequence[str] = ()) -> tuple[np.ndarray, np.ndarray]:
        """Of each month the crimes with a suspect charged within so many months, and all of its crimes."""
        counts = self.counts(months, wards)
        return counts[:, STATUSES.index(OutcomeStatus.CHARGED), : within + 1].sum(axis=1), counts.sum(axis=(1, 2))


@dataclass(frozen=True, eq=False)
class OutcomeCounts:
    """What became of the crimes of some wards, types and months.

    `months`: a row a chosen stored month (Month's text), a column an `OutcomeStatus`: crimes. `files`: the months of the outcomes
    files that are stored, `needed`: those that could tell of these crimes. `without`: crimes whose type never has an outcome.
    `are_published`: whether any crime of any stored month has an outcome: of some forces none ever has.
    """

    months: pd.DataFrame
    needed: tuple[Month, ...]
    files: tuple[Month, ...]
    without: int
    cohorts: "Cohorts"
    are_published: bool = True

    def count(self, *statuses: OutcomeStatus) -> int:
        """Crimes with one of these statuses; with any of them where none is named."""
        return sum(self._sums[status] for status in statuses or STATUSES)

    @property
    def not_known(self) -> int:
        """Crimes of which the police say nothing, or nothing any more."""
        return self.count(OutcomeStatus.NONE)

    @property
    def are_told(self) -> bool:
        """Whether the police say of any of them what became of it."""
        return self.not_known < self.count()

    @cached_property
    def _sums(self) -> dict[str, int]:
        return dict(zip(self.months.columns, self.months.to_numpy().sum(axis=0).tolist(), strict=True))


@dataclass(frozen=True)
class Cohorts:
    """The crimes of the chosen months and of the year before, each followed for the same time after the month of the crime.

    `within`: months after it, None where no time can be followed in both; `change`: None there too. `missing` and `missing_files`:
    the months whose crimes, and whose outcomes files, are needed and not stored; `not_whole`: all of which a part is stored.
    """

    within: int | None
    change: ShareChange | None
    missing: tuple[Month, ...] = ()
    missing_files: tuple[Month, ...] = ()
    not_whole: Collection[Month] = frozenset()


def outcome_counts_of(dataset: Dataset, area: AreaCrimes, filters: Filters) -> OutcomeCounts:
    """What became of what the filters leave, from what is stored now.

    Raises Damaged where a stored file cannot be read.
    """
    has_without = not filters.types or ANTI_SOCIAL in filters.types
    without = area.select(Filters(filters.first, filters.last, filters.wards, (ANTI_SOCIAL,))).total if has_without else 0
    cube = _cube(dataset, area.ward_set, with_outcomes(filters.types or area.types))
    counts = outcome_counts(cube, filters, area.stored, dataset.crimes.outcomes(dataset.force), without)
    are_published = _cube(dataset, area.ward_set, with_outcomes(area.types)).has_outcomes
    return replace(counts, cohorts=replace(counts.cohorts, not_whole=area.not_whole), are_published=are_published)


def with_outcomes(types: Sequence[str]) -> tuple[str, ...]:
    """Those crime types that can have an outcome."""
    return tuple(name for name in types if name != ANTI_SOCIAL)


@lru_cache(maxsize=16)
def _cube(dataset: Dataset, ward_set: WardSet, types: tuple[str, ...]) -> OutcomeCube:
    cells = outcomes(dataset.crimes, dataset.places, ward_set, dataset.force, types, scope="area")
    return cube_of(cells if types else cells.iloc[:0])  # no type at all would ask for every type


def cube_of(cells: pd.DataFrame) -> OutcomeCube:
    """Of `crimes.outcomes.outcomes`' cells of the area."""
    months, wards = (pd.Index(cells[name].astype("str").unique(), dtype="str") for name in ("month", "ward"))
    crimes = np.zeros((len(months), len(wards), len(STATUSES), LATER + 1), dtype="int64")
    lag = (_number(cells["outcome_month"]) - _number(cells["month"])).clip(0, LATER).fillna(LATER)
    place = (
        months.get_indexer(cells["month"].astype("str")),
        wards.get_indexer(cells["ward"].astype("str")),
        pd.Index([status.value for status in STATUSES]).get_indexer(cells["status"].astype("str")),
        lag.to_numpy("int64"),
    )
    np.add.at(crimes, place, cells["crimes"].to_numpy())
    return OutcomeCube(months, wards, crimes)


def _number(months: pd.Series) -> pd.Series:
    """Months since the year 0, of Month's texts; not a number where there is none."""
    numbers = {text: float(Month.parse(text) - Month(0, 1)) for text in months.dropna().unique()}
    return months.astype("object").map(numbers).astype("float64")


def outcome_counts(
    cube: OutcomeCube, filters: Filters, stored: Collection[Month], files: Collection[Month], without: int = 0
) -> OutcomeCounts:
    """The same of a cube, the stored months and the months of outcomes files."""
    chosen = [month for month in filters.months if month in stored]
    counts = cube.counts(chosen, filters.wards).sum(axis=2)
    months = pd.DataFrame(counts, index=pd.Index(map(str, chosen), dtype="str"), columns=[status.value for status in STATUSES])
    needed = tuple(filters.first.to(max([*stored, *files, filters.last])))
    held = tuple(month for month in needed if month in files)
    return OutcomeCounts(months, needed, held, without, _cohorts(cube, filters, stored, files))


def _cohorts(cube: OutcomeCube, filters: Filters, stored: Collection[Month], files: Collection[Month]) -> Cohorts:
    before = year_before(filters)
    missing = tuple(sorted({month for month in [*before.months, *filters.months] if month not in stored}))
    within = next((k for k in range(FOLLOWED_AT_MOST, FOLLOWED_AT_LEAST - 1, -1) if not _unheard(filters, k, files)), None)
    if missing or within is None:
        return Cohorts(None, None, missing, _unheard(filters, FOLLOWED_AT_LEAST, files))
    now, then = (_share(cube, period.months, within, filters.wards) for period in (filters, before))
    known = tuple(month for month in sorted(stored) if all(later in files for later in month.to(month + within)))
    return Cohorts(within, ShareChange(now, then, _dispersion(cube, within, known)))


def _unheard(filters: Filters, within: int, files: Collection[Month]) -> tuple[Month, ...]:
    """The outcomes files that are needed to follow both years for so many months, and are not stored."""
    periods = filters, year_before(filters)
    needed = {month for period in periods for month in period.first.to(period.last + within)}
    return tuple(sorted(month for month in needed if month not in files))


def _share(cube: OutcomeCube, months: Sequence[Month], within: int, wards: Sequence[str]) -> Share:
    charged, crimes = cube.charged(months, within, wards)
    return Share(int(charged.sum()), int(crimes.sum()))


def _dispersion(cube: OutcomeCube, within: int, known: Sequence[Month]) -> Dispersion | None:
    """By how much the share varies between the months of all wards that can be followed for as long."""
    texts = [str(month) for month in known]
    charged, crimes = (pd.Series(counts, index=texts) for counts in cube.charged(known, within))
    return dispersion_of_shares(charged, crimes)
