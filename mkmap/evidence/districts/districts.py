"""Compare the districts of the force by the share of crimes with a suspect charged, and say who can be told from whom."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from mkmap.crimes.forces import ForceCrimes
from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.crimes.outcomes import outcomes
from mkmap.dataset.dataset import Dataset
from mkmap.evidence import funnel
from mkmap.evidence.base import Base
from mkmap.evidence.change import FEWEST
from mkmap.evidence.funnel import Funnel
from mkmap.evidence.outcomes.counts import with_outcomes
from mkmap.filters import Filters
from mkmap.month import Month

DISTRICTS_AT_LEAST = 3  # of two, one is always the best and the other the worst
COLUMNS = ["name", "crimes", "charged", "open", "share"]


@dataclass(frozen=True)
class DistrictSpan:
    """A district that is not there in all stored months, and between which of them it is."""

    name: str
    first: Month
    last: Month


@dataclass(frozen=True, eq=False)
class Districts:
    """A row a district: name, crimes, charged, open, share (0 to 1), best first; or why there is no comparison.

    `missing`: chosen months that are not stored whole, `partial`: all of which a part is stored; `not_whole`: those that are
    stored for the area alone; `changed`: districts that
    are there in some of the chosen months only. `elsewhere`: crimes of the force that lie in none of its districts, or nowhere.
    `needed`, `files`: months of the outcomes files that could tell of these crimes, and those of them that are stored.
    """

    rows: pd.DataFrame
    own: str | None = None
    elsewhere: int = 0
    missing: tuple[Month, ...] = ()
    partial: Collection[Month] = frozenset()
    not_whole: tuple[Month, ...] = ()
    changed: tuple[DistrictSpan, ...] = ()
    others: tuple[DistrictSpan, ...] = ()  # districts of months that are not chosen
    needed: tuple[Month, ...] = ()
    files: tuple[Month, ...] = ()
    are_told: bool = True  # whether police.uk has an outcome of any of their crimes

    @property
    def is_comparable(self) -> bool:
        """Whether the chosen months are stored for the whole force, and its districts are the same in all of them."""
        return not (self.missing or self.not_whole or self.changed)

    @property
    def can_rank(self) -> bool:
        return (
            self.is_comparable
            and len(self.rows) >= DISTRICTS_AT_LEAST
            and min(self.rows["charged"].sum(), (self.rows["crimes"] - self.rows["charged"]).sum()) >= FEWEST
        )

    @cached_property
    def funnel(self) -> Funnel:
        """Of districts that can be ranked."""
        return funnel.of_shares(*self._numbers)

    @cached_property
    def apart(self) -> pd.DataFrame:
        """Which two districts can be told apart, by their names."""
        names = self.rows["name"].to_numpy()
        return pd.DataFrame(funnel.told_apart(*self._numbers, self.funnel), index=names, columns=names)

    @property
    def _numbers(self) -> tuple[np.ndarray, np.ndarray]:
        return self.rows["charged"].to_numpy(float), self.rows["crimes"].to_numpy(float)

    def place(self, name: str) -> int:
        """1 for the highest share; the same for equal shares."""
        share = self.rows.loc[self.rows["name"] == name, "share"].iloc[0]
        return 1 + int((self.rows["share"] > share).sum())

    def better(self, name: str) -> list[str]:
        """Districts with a higher share that can be told from this one."""
        return self._apart_from(name, slice(None, self._row(name)))

    def worse(self, name: str) -> list[str]:
        """Districts with a lower share that can be told from this one."""
        return self._apart_from(name, slice(self._row(name) + 1, None))

    def places(self, name: str) -> tuple[int, int]:
        """Between which places a district stands, as far as it can be told from the others."""
        return 1 + len(self.better(name)), len(self.rows) - len(self.worse(name))

    def _row(self, name: str) -> int:
        return int(np.flatnonzero(self.rows["name"] == name)[0])

    def _apart_from(self, name: str, rows: slice) -> list[str]:
        others = self.apart[name].iloc[rows]
        return list(others.index[others])


def districts_of(dataset: Dataset, base: Base, filters: Filters, area_name: str) -> Districts:
    """The districts in the chosen months, of the chosen types that have outcomes; chosen wards make no difference.

    Raises Damaged where a stored file cannot be read.
    """
    types = with_outcomes(filters.types or base.area.types)
    refused = _refused(base, filters)
    if not refused.is_comparable or not types:
        return refused
    cells = outcomes(dataset.crimes, dataset.places, base.area.ward_set, dataset.force, types, scope="force")
    return counted(cells, base.force, filters, dataset.crimes.outcomes(dataset.force), area_name, refused)


def _refused(base: Base, filters: Filters) -> Districts:
    """Without rows: what stands against a comparison, if anything."""
    missing, stored = base.missing(filters.months), base.force.stored
    not_whole = [month for month in filters.months if month not in stored and month not in missing]
    presence = district_presence(base.force)
    chosen = presence.loc[str(filters.first) : str(filters.last)]
    partly = chosen.columns[chosen.any() & ~chosen.all()]
    never = chosen.columns[~chosen.any()] if len(chosen) else []
    return Districts(
        pd.DataFrame(columns=COLUMNS), missing=tuple(missing), partial=base.area.not_whole, not_whole=tuple(not_whole),
        changed=_spans(presence, partly), others=_spans(presence, never),
    )  # fmt: skip


@lru_cache(maxsize=4)
def district_presence(force: ForceCrimes) -> pd.DataFrame:
    """Whether a district is there in a stored month."""
    return force.by_district().notna()


def _spans(presence: pd.DataFrame, names: Collection[str]) -> tuple[DistrictSpan, ...]:
    months = {name: presence.index[presence[name]] for name in names}
    return tuple(DistrictSpan(name, Month.parse(there[0]), Month.parse(there[-1])) for name, there in months.items())


def counted(
    cells: pd.DataFrame, force: ForceCrimes, filters: Filters, files: Collection[Month], area_name: str, refused: Districts
) -> Districts:
    """With the rows of `crimes.outcomes.outcomes`' cells of the whole force, where nothing stands against a comparison."""
    months = [str(month) for month in filters.months]
    chosen = cells[cells["month"].isin(months)]
    counts = chosen.groupby(["district", "status"], observed=True)["crimes"].sum().unstack(fill_value=0)
    whole = district_presence(force).loc[months].all()
    names = [name for name in force.districts if whole[name]]
    counts = counts.reindex(index=names, columns=[status.value for status in OutcomeStatus], fill_value=0)
    charged, still_open = (counts[status.value].to_numpy() for status in (OutcomeStatus.CHARGED, OutcomeStatus.OPEN))
    every = pd.DataFrame({"name": names, "crimes": counts.sum(axis=1).to_numpy(), "charged": charged, "open": still_open})
    rows = _best_first(every[every["crimes"] > 0])
    needed = tuple(filters.first.to(max([*force.stored, *files])))
    return replace(
        refused, rows=rows, own=area_name if area_name in set(rows["name"]) else None,
        elsewhere=int(chosen["crimes"].sum() - rows["crimes"].sum()),
        needed=needed, files=tuple(month for month in needed if month in files),
        are_told=bool((chosen["status"] != OutcomeStatus.NONE).any()) or chosen.empty,
    )  # fmt: skip


def _best_first(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(share=rows["charged"] / rows["crimes"])
    return rows.sort_values(["share", "name"], ascending=[False, True], ignore_index=True)[COLUMNS]
