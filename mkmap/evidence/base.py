"""Bring together what comparisons rest on: the area's counts, and the whole force's beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from mkmap.crimes.forces import ForceCrimes, force_crimes
from mkmap.crimes.query import AreaCrimes
from mkmap.dataset.dataset import Dataset
from mkmap.evidence.change import Change
from mkmap.evidence.dispersion import Dispersion, DispersionSource, dispersion_of_counts
from mkmap.filters import Filters
from mkmap.month import Month

YEAR = 12  # months


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
        """The chosen months beside the same months of the year before."""
        (change,) = self._compared(filters, self.counts(filters.wards, filters.types).to_frame()).values()
        return change

    def changes(self, filters: Filters) -> dict[str, Change]:
        """The same for each ward of the area by itself, by its code, whichever wards are chosen."""
        return self._compared(filters, self.by_ward(filters.types))

    def missing(self, months: Sequence[Month]) -> list[Month]:
        """Those of some months that are not stored whole, each once, oldest first."""
        return sorted({month for month in months if month not in self.area.stored})

    def growth(self, filters: Filters) -> float | None:
        """How many times as many a count of these months is with the force's unplaced crimes shared out like the placed ones.

        None where the whole force is not stored.
        """
        months = self._of_force(filters.types).loc[str(filters.first) : str(filters.last)]
        placed, unplaced = months.sum()
        return 1 + float(unplaced / placed) if len(months) == len(filters.months) and placed else None

    def _compared(self, filters: Filters, counts: pd.DataFrame) -> dict[str, Change]:
        """The change of each column of counts."""
        before = year_before(filters)
        if missing := self.missing([*before.months, *filters.months]):
            return dict.fromkeys(counts, Change(0, 0, None, missing=tuple(missing), not_whole=self.area.not_whole))
        now, then = (counts.loc[str(period.first) : str(period.last)].sum() for period in (filters, before))
        dispersion, growths = self.dispersion(filters.types), (self.growth(filters), self.growth(before))
        return {
            column: Change(int(now[column]), int(then[column]), dispersion, _shared(now[column], then[column], *growths))
            for column in counts
        }

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


def _shared(now: int, before: int, growth: float | None, growth_before: float | None) -> tuple[float, float] | None:
    """Both counts with their share of the unplaced crimes."""
    return None if growth is None or growth_before is None else (now * growth, before * growth_before)


def year_before(filters: Filters) -> Filters:
    """The same calendar months, a year earlier."""
    return replace(filters, first=filters.first + -YEAR, last=filters.last + -YEAR)
