"""Bring together what comparisons rest on: the area's counts, and the whole force's beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from mkmap.crimes.forces import ForceCrimes, force_crimes
from mkmap.crimes.query import AreaCrimes
from mkmap.dataset.dataset import Dataset
from mkmap.evidence.change import Change
from mkmap.evidence.matching import Matched, matched
from mkmap.evidence.variation import spread
from mkmap.evidence.variation.dispersion import Dispersion, DispersionSource, dispersion_of_counts
from mkmap.evidence.variation.monthly_counts import MonthlyCounts
from mkmap.filters import Filters
from mkmap.month import Month

KEPT = 64  # comparisons of as many choices: a hall looks at a few


@dataclass(frozen=True, eq=False)
class Base:
    """Counts of the area in one set of wards, and of the force where whole months of it are stored."""

    area: AreaCrimes
    force: ForceCrimes

    def counts(self, wards: Sequence[str] = (), types: Sequence[str] = ()) -> pd.Series:
        """Crimes in each stored month (index: Month's text, oldest first), of these wards (codes; none: all) and types."""
        by_ward = self.by_ward(types)
        return (by_ward[list(wards)] if wards else by_ward).sum(axis=1)

    def by_ward(self, types: Sequence[str] = ()) -> pd.DataFrame:
        """The same with a column for each ward of the area, by its code."""
        chosen = [place for place, name in enumerate(self._types) if not types or name in types]
        months = pd.Index([str(month) for month in sorted(self.area.stored)], dtype="str", name="month")
        return pd.DataFrame(self._cube[chosen].sum(axis=0), index=months, columns=list(self.area.ward_names))

    def dispersion(self, types: Sequence[str] = ()) -> Dispersion | None:
        """By how much the area's months vary beyond chance; of too few of them, the force's; None where that is not known either."""
        if (key := tuple(types)) not in self._dispersions:
            of_area = dispersion_of_counts(self.counts(types=key))
            self._dispersions[key] = of_area or dispersion_of_counts(self.force.counts(key), DispersionSource.FORCE)
        return self._dispersions[key]

    def change(self, filters: Filters) -> Change:
        """The chosen months beside the same months of the year before: of the area by itself, of wards by what wards tell together."""
        wards = filters.wards if set(filters.wards) != set(self.area.ward_names) else ()
        if len(wards) == 1:
            return self.changes(filters)[wards[0]]
        (change,) = self._kept_changes(filters, wards, self.counts(wards, filters.types).to_frame())
        return change

    def changes(self, filters: Filters) -> dict[str, Change]:
        """The same for each ward of the area by itself, by its code, whichever wards are chosen."""
        by_ward = self.by_ward(filters.types)
        return dict(zip(by_ward, self._kept_changes(filters, tuple(by_ward), by_ward), strict=True))

    def missing(self, months: Sequence[Month]) -> list[Month]:
        """Those of some months that are not stored whole, each once, oldest first."""
        return sorted({month for month in months if month not in self.area.stored})

    def growth(self, types: tuple[str, ...], months: Sequence[Month]) -> float | None:
        """How many times as many a count of these months is with the force's unplaced crimes shared out like the placed ones.

        None where the whole force is not stored.
        """
        return _growth(self._force_sums(types, months))

    def _kept_changes(self, filters: Filters, wards: tuple[str, ...], counts: pd.DataFrame) -> list[Change]:
        """Of each column of counts, worked out once for a page, which asks for its own and for every ward's."""
        period = matched(self.area.stored, filters)
        key = period, filters.types, wards
        if key not in self._changes:
            if len(self._changes) >= KEPT:
                self._changes.clear()
            self._changes[key] = self._compared(period, filters.types, counts, wards)
        return self._changes[key]

    def _compared(self, period: Matched, types: tuple[str, ...], counts: pd.DataFrame, wards: tuple[str, ...]) -> list[Change]:
        """The change of each column of counts; of the area where no wards are named."""
        now, not_whole = counts.loc[[str(month) for month in period.known]].sum(), self.area.not_whole
        if period.missing:
            return [
                Change(int(one), 0, None, missing=period.missing, months=period.known, asked=period.asked, not_whole=not_whole)
                for one in now
            ]
        before = counts.loc[[str(month) for month in period.known_before]].sum()
        force = [self._force_sums(types, months) for months in (period.known, period.known_before)]
        growths, unplaced = tuple(_growth(sums) for sums in force), tuple(sums[1] for sums in force if sums)
        return [
            Change(
                int(one), int(other), dispersion, _shared(one, other, *growths), (),
                unplaced if len(unplaced) == 2 else None, period.known, period.left_out, period.asked, not_whole,
            )
            for one, other, dispersion in zip(now, before, self._dispersions_of(counts, types, period, wards), strict=True)
        ]  # fmt: skip

    def _dispersions_of(
        self, counts: pd.DataFrame, types: tuple[str, ...], period: Matched, wards: tuple[str, ...]
    ) -> list[Dispersion | None]:
        """Of each column; the force's where too few months of the area are stored."""
        widths = self._spread(counts, types, period, wards)
        if widths is None:
            return [self.dispersion(types)] * counts.shape[1]
        return [widths.of(place) for place in range(-counts.shape[1], 0)]

    def _spread(
        self, counts: pd.DataFrame, types: tuple[str, ...], period: Matched, wards: tuple[str, ...]
    ) -> spread.Spread | None:
        if not wards:
            return spread.of_each(MonthlyCounts.of_stored(counts), period.known)
        by_ward = self.by_ward(types)
        columns = by_ward if len(by_ward.columns) == counts.shape[1] else pd.concat([by_ward, counts], axis="columns")
        return spread.of_wards(MonthlyCounts.of_stored(columns), period.known, len(by_ward.columns))

    def _force_sums(self, types: tuple[str, ...], months: Sequence[Month]) -> tuple[int, int] | None:
        """The force's placed and unplaced crimes of some months; None where not all of these are stored for the whole force."""
        texts, of_force = [str(month) for month in months], self._of_force(types)
        if not texts or of_force.index.isin(texts).sum() != len(texts):
            return None
        placed, unplaced = of_force.loc[texts].sum()
        return int(placed), int(unplaced)

    def _of_force(self, types: tuple[str, ...]) -> pd.DataFrame:
        if types not in self._forces:
            self._forces[types] = pd.DataFrame({"placed": self.force.placed(types), "unplaced": self.force.unplaced(types)})
        return self._forces[types]

    @cached_property
    def _types(self) -> pd.Index:
        return self.area.cells["crime_type"].cat.categories

    @cached_property
    def _cube(self) -> np.ndarray:
        """Counts by type, stored month and ward, so that a choice of types is one sum."""
        cells, wards, months = self.area.cells, list(self.area.ward_names), sorted(map(str, self.area.stored))
        cube = np.zeros((len(self._types), len(months), len(wards)), dtype="int64")
        month, ward = (_places(cells[name], values) for name, values in (("month", months), ("ward", wards)))
        inside = ward >= 0
        places = cells["crime_type"].cat.codes.to_numpy()[inside], month[inside], ward[inside]
        np.add.at(cube, places, cells["crimes"].to_numpy()[inside])
        return cube

    @cached_property
    def _forces(self) -> dict[tuple[str, ...], pd.DataFrame]:
        """Kept by types: to count a force takes 6 ms, and each ward's change asks for it."""
        return {}

    @cached_property
    def _changes(self) -> dict[tuple[Matched, tuple[str, ...], tuple[str, ...]], list[Change]]:
        """Kept by months, types and wards: ten milliseconds each."""
        return {}

    @cached_property
    def _dispersions(self) -> dict[tuple[str, ...], Dispersion | None]:
        """Kept by types: 1 ms, or 4 ms where the force's months are needed too."""
        return {}


def base_of(dataset: Dataset, area: AreaCrimes) -> Base:
    """What an area's comparisons rest on.

    Raises Damaged where a stored file cannot be read.
    """
    return _base(area, force_crimes(dataset.crimes, dataset.force))


@lru_cache(maxsize=4)
def _base(area: AreaCrimes, force: ForceCrimes) -> Base:
    """The same base for the same counts, so that what it has worked out is kept until the store changes."""
    return Base(area, force)


def _places(column: pd.Series, values: Sequence[str]) -> np.ndarray:
    """The place of each row's category among some values; -1 where it is not among them."""
    of_categories = np.append(pd.Index(values).get_indexer(column.cat.categories), -1)
    places: np.ndarray = of_categories[column.cat.codes.to_numpy()]  # the code of a missing value is -1
    return places


def _growth(force: tuple[int, int] | None) -> float | None:
    """Of placed and unplaced crimes: all over the placed."""
    return 1 + force[1] / force[0] if force and force[0] else None


def _shared(now: int, before: int, growth: float | None, growth_before: float | None) -> tuple[float, float] | None:
    """Both counts with their share of the unplaced crimes."""
    return None if growth is None or growth_before is None else (now * growth, before * growth_before)
