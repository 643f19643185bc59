"""Rank wards by rate, with what separates them from chance and from each other."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mkmap.evidence import funnel
from mkmap.evidence.base import Base
from mkmap.evidence.funnel import Funnel
from mkmap.evidence.interval import rate_limits
from mkmap.evidence.variation.dispersion import CHANCE_ALONE, Dispersion
from mkmap.filters import Filters

PER = 1000  # households


@dataclass(frozen=True)
class Rank:
    """Where a ward stands by rate: 1 is the highest; `alike`: how many of the others it cannot be told apart from."""

    number: int
    of: int
    alike: int


@dataclass(frozen=True, eq=False)
class Ranking:
    """A row a ward with households: code, name, crimes, households, rate and its 95 % interval (low, high), z, stands_out; highest first.

    Rates: crimes in the chosen stored months per 1,000 households. `unranked`: code, name, crimes of wards without households.
    """

    wards: pd.DataFrame
    unranked: pd.DataFrame
    funnel: Funnel | None  # of the wards, in their order; None where nothing was recorded, or households are of one ward alone

    def standing_out(self, above: bool) -> list[str]:
        """Names of the wards that stand out above, or below, all together; the many comparisons controlled."""
        chosen = self.wards["stands_out"] & ((self.wards["z"] > 0) == above)
        return list(self.wards.loc[chosen, "name"])

    def rank(self, code: str) -> Rank | None:
        """None where the ward has no rate. Wards of the same rate share the better place."""
        row = self.wards.index[self.wards["code"] == code]
        if self.funnel is None or row.empty:
            return None
        rates, at = self.wards["rate"], row[0]
        differ = funnel.told_apart(self.wards["crimes"].to_numpy(float), _sizes(self.wards), self.funnel)
        return Rank(int((rates > rates[at]).sum()) + 1, len(rates), len(rates) - 1 - int(differ[at].sum()))


def ranked(base: Base, filters: Filters, households: Mapping[str, int] | None) -> Ranking:
    """Every ward of the area, whichever are chosen: a place means nothing without the others."""
    crimes = base.by_ward(filters.types).loc[str(filters.first) : str(filters.last)].to_numpy().sum(axis=0)
    names = base.area.ward_names
    homes = np.array([int((households or {}).get(code) or 0) for code in names], dtype="int64")
    rows = pd.DataFrame({"code": list(names), "name": list(names.values()), "crimes": crimes, "households": homes})
    known, unranked = rows[homes > 0], rows.loc[homes == 0, ["code", "name", "crimes"]]
    if len(known) < 2 or not crimes[homes > 0].sum():
        return Ranking(_without_rates(known), unranked, None)
    return _ranked(known, unranked, base.dispersion(filters.types) or CHANCE_ALONE)


def _ranked(known: pd.DataFrame, unranked: pd.DataFrame, dispersion: Dispersion) -> Ranking:
    rate = known["crimes"].to_numpy() / known["households"].to_numpy() * PER
    order = np.lexsort((known["name"].to_numpy(str), -rate))  # the funnel's order is the rows'
    rows = known.iloc[order].reset_index(drop=True)
    counts, sizes = rows["crimes"].to_numpy(float), _sizes(rows)
    of_rates = funnel.of_rates(counts, sizes)
    low, high = rate_limits(counts, sizes, dispersion)
    more = {"rate": rate[order], "low": low, "high": high, "z": of_rates.z, "stands_out": of_rates.stands_out}
    return Ranking(pd.concat([rows, pd.DataFrame(more)], axis="columns"), unranked, of_rates)


def _sizes(wards: pd.DataFrame) -> np.ndarray:
    sizes: np.ndarray = wards["households"].to_numpy(float) / PER
    return sizes


def _without_rates(known: pd.DataFrame) -> pd.DataFrame:
    return known.assign(rate=np.nan, low=np.nan, high=np.nan, z=np.nan, stands_out=False).reset_index(drop=True)
