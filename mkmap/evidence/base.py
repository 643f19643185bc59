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
from mkmap.evidence.dispersion import Dispersion, Of, estimated
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
        if (key := tuple(types)) not in self._by_ward:
            self._by_ward[key] = self._counted(key)
        return self._by_ward[key]

    def dispersion(self, types: Sequence[str] = ()) -> Dispersion | None:
        """By how much the area's months vary beyond chance; of too few of them, the force's; None where that is not known either."""
        if (key := tuple(types)) not in self._dispersions:
            self._dispersions[key] = estimated(self.counts(types=key)) or estimated(self.force.counts(key), Of.FORCE)
        return self._dispersions[key]

    def change(self, filters: Filters) -> Change:
        """The chosen months beside the same months of the year before."""
        (found,) = self._compared(filters, self.counts(filters.wards, filters.types).to_frame()).values()
        return found

    def changes(self, filters: Filters) -> dict[str, Change]:
        """The same for each ward of the area by itself, by its code, whichever wards are chosen."""
        return self._compared(filters, self.by_ward(filters.types))

    def missing(self, months: Sequence[Month]) -> list[Month]:
        """Those of some months that are not stored, each once, oldest first."""
        return sorted({month for month in months if month not in self.area.stored})

    def _compared(self, filters: Filters, counts: pd.DataFrame) -> dict[str, Change]:
        """The change of each column of counts."""
        before = year_before(filters)
        if missing := self.missing([*before.months, *filters.months]):
            return dict.fromkeys(counts, Change(0, 0, None, missing=tuple(missing)))
        now, then = (counts.loc[str(one.first) : str(one.last)].sum() for one in (filters, before))
        dispersion, factors = self.dispersion(filters.types), self._unplaced(filters, before)
        return {
            column: Change(int(now[column]), int(then[column]), dispersion, _times(factors, now[column], then[column]))
            for column in counts
        }

    def _unplaced(self, *periods: Filters) -> tuple[float, ...] | None:
        """By what the counts of each period grow with the force's unplaced crimes shared out like the placed ones.

        None where the whole force is not stored.
        """
        monthly, factors = self._of_force(periods[0].types), []
        for filters in periods:
            months = monthly.loc[str(filters.first) : str(filters.last)]
            if len(months) < len(filters.months) or not months["placed"].sum():
                return None
            factors.append(1 + float(months["unplaced"].sum() / months["placed"].sum()))
        return tuple(factors)

    def _of_force(self, types: tuple[str, ...]) -> pd.DataFrame:
        if types not in self._forces:
            self._forces[types] = pd.DataFrame({"placed": self.force.placed(types), "unplaced": self.force.unplaced(types)})
        return self._forces[types]

    def _counted(self, types: tuple[str, ...]) -> pd.DataFrame:
        chosen = [place for place, name in enumerate(self._types) if not types or name in types]
        months = pd.Index([str(month) for month in sorted(self.area.stored)], dtype="str", name="month")
        return pd.DataFrame(self._cube[chosen].sum(axis=0), index=months, columns=list(self.area.ward_names))

    @cached_property
    def _types(self) -> pd.Index:
        return self.area.cells["crime_type"].cat.categories

    @cached_property
    def _cube(self) -> np.ndarray:
        """Counts by type, stored month and ward, so that a choice of types is one sum."""
        cells, wards, months = self.area.cells, list(self.area.ward_names), sorted(map(str, self.area.stored))
        found = np.zeros((len(self._types), len(months), len(wards)), dtype="int64")
        month, ward = (_places(cells[name], values) for name, values in (("month", months), ("ward", wards)))
        inside = ward >= 0
        places = cells["crime_type"].cat.codes.to_numpy()[inside], month[inside], ward[inside]
        np.add.at(found, places, cells["crimes"].to_numpy()[inside])
        return found

    @cached_property
    def _by_ward(self) -> dict[tuple[str, ...], pd.DataFrame]:
        return {}

    @cached_property
    def _forces(self) -> dict[tuple[str, ...], pd.DataFrame]:
        return {}

    @cached_property
    def _dispersions(self) -> dict[tuple[str, ...], Dispersion | None]:
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
    places = np.append(pd.Index(values).get_indexer(column.cat.categories), -1)
    return places[column.cat.codes.to_numpy()]  # the code of a missing value is -1


def _times(factors: tuple[float, ...] | None, *counts: int) -> tuple[float, ...] | None:
    return None if factors is None else tuple(count * factor for count, factor in zip(counts, factors, strict=True))


def year_before(filters: Filters) -> Filters:
    """The same calendar months, a year earlier."""
    return replace(filters, first=filters.first + -YEAR, last=filters.last + -YEAR)
