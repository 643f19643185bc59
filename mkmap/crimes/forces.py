"""Count the crimes of a whole force, by district, in the months that are stored for the whole force.

police.uk names no district; the name of a crime's LSOA without its code is one (`Milton Keynes 001A` → `Milton Keynes`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from mkmap.crimes.parquet import add_crimes, queried
from mkmap.crimes.store import Crimes, StoredMonth
from mkmap.month import Month

# Of the force's placed crimes while a district is recorded: Rutland has 0.017 of its force's, the smallest but for Scilly; what
# a force records in a neighbour's district, or is placed at the other end of the country, is at most 0.012 of its crimes.
OWN_SHARE = 0.015
FEW = 10  # crimes a month: with more, a month without any is not chance (0.00005) but a district that had another name
CELLS = """
    SELECT month, nullif(district, '') AS district, crime_type, point IS NOT NULL AS placed, count(*) AS crimes
    FROM crimes GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True, eq=False)
class ForceCrimes:
    """The counted crimes of a force; a month that is not stored for the whole force is in nothing that this gives."""

    stored: dict[Month, StoredMonth]  # of the whole force, oldest first
    cells: pd.DataFrame  # month (Month's text), district (NA where none), crime_type, placed (bool), crimes: number ≥ 1

    @cached_property
    def months(self) -> pd.Index:
        """The stored months' texts, oldest first."""
        return pd.Index([str(month) for month in self.stored], dtype="str", name="month")

    @cached_property
    def districts(self) -> tuple[str, ...]:
        """The districts that the force polices, by name: those with a share of its crimes; also those that are no more."""
        recorded = self._recorded > 0
        presence = _filled(recorded)
        share = self._recorded.sum() / presence.mul(self._recorded.sum(axis=1), axis=0).sum()
        return tuple(share.index[share >= OWN_SHARE])

    def counts(self, types: Iterable[str] = ()) -> pd.Series:
        """Crimes of the whole force, placed or not, of all types where none is chosen: a number a stored month's text."""
        return self._by_month(self._of(types))

    def placed(self, types: Iterable[str] = ()) -> pd.Series:
        """Those of `counts` that have a map point."""
        return self._by_month(self._of(types)[lambda cells: cells["placed"]])

    def unplaced(self, types: Iterable[str] = ()) -> pd.Series:
        """Those of `counts` that have none."""
        return self._by_month(self._of(types)[lambda cells: ~cells["placed"]])

    def by_district(self, types: Iterable[str] = ()) -> pd.DataFrame:
        """Placed crimes: a row a stored month, a column a district of the force, by name.

        NA where a district is not there: before or after a reorganisation, or where its LSOAs had other names.
        """
        counts = self._placed(self._of(types))[list(self.districts)]
        return counts.astype("Int64").where(self._district_presence[list(self.districts)])

    @cached_property
    def _recorded(self) -> pd.DataFrame:
        """Placed crimes of all types: a row a stored month, a column a district, strays too."""
        return self._placed(self.cells)

    @cached_property
    def _district_presence(self) -> pd.DataFrame:
        """Whether a district exists in a month: it has a crime then, or has so few that a month without one is chance."""
        recorded = self._recorded > 0
        years = recorded.groupby(recorded.index.str[:4]).transform("any")
        has_few = self._recorded.where(recorded).mean() < FEW
        return recorded | ((years | _filled(recorded)) & has_few)

    def _of(self, types: Iterable[str]) -> pd.DataFrame:
        chosen = list(types)
        return self.cells[self.cells["crime_type"].isin(chosen)] if chosen else self.cells

    def _by_month(self, cells: pd.DataFrame) -> pd.Series:
        return cells.groupby("month", observed=True)["crimes"].sum().reindex(self.months, fill_value=0)

    def _placed(self, cells: pd.DataFrame) -> pd.DataFrame:
        counts = cells[cells["placed"]].groupby(["month", "district"], observed=True)["crimes"].sum().unstack(fill_value=0)
        names = self.cells["district"].cat.categories
        return counts.reindex(index=self.months, columns=names, fill_value=0).rename_axis(columns="district")


def _filled(recorded: pd.DataFrame) -> pd.DataFrame:
    """Each column from its first True to its last."""
    return recorded.cummax() & recorded[::-1].cummax()[::-1]


@lru_cache(maxsize=4)
def force_crimes(crimes: Crimes, force: str) -> ForceCrimes:
    """Count a whole force in what is stored; kept for the store as it stands.

    Raises Damaged where a stored file is missing or cannot be read.
    """
    stored = crimes.of_scope(force, "force")
    with queried(crimes) as database:
        add_crimes(database, crimes, list(stored.values()), force)
        cells = database.sql(CELLS).df()
    return ForceCrimes(stored, cells.astype(dict.fromkeys(("month", "district", "crime_type"), "category")))
