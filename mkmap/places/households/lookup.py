"""Place the households of LSOAs in wards by a lookup, and say how far that can be wrong."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mkmap.errors import BadInput, Code
from mkmap.places.households import codes
from mkmap.places.sets import Households
from mkmap.words import _, number

_NAMED_AT_MOST = 3  # codes in a sentence; more help nobody


@dataclass(frozen=True)
class Count:
    """Households as a file counts them.

    `households` is indexed by ONS code, of LSOAs or of wards; `source` is what sentences call the file.
    """

    households: pd.Series
    year: int
    source: str
    of_lsoas: bool
    column: str  # that counts them


@dataclass(frozen=True)
class Placed:
    """A count and the lookup (LSOA code → ward code) that places it; None: it counts wards itself."""

    count: Count
    wards_of: pd.Series | None

    @property
    def source(self) -> str:
        return self.count.source

    @property
    def wards(self) -> set[str]:
        """The codes of the wards that households can be counted in."""
        return set(self.count.households.index if self.wards_of is None else self.wards_of)

    def households(self, wards: set[str]) -> Households:
        """The households of some of `wards`, to whole numbers.

        Raises BadInput when the file lacks an LSOA that the lookup places in them.
        """
        if self.wards_of is None:
            return self._made(self.count.households[sorted(wards)], error=None)
        mine = self.wards_of[self.wards_of.isin(wards)]
        _check_complete(mine, self.count)
        totals = self.count.households[mine.index].groupby(mine.to_numpy()).sum()
        return self._made(totals, error=_error(mine, self.wards_of, self.count.households))

    def lsoas(self, wards: set[str]) -> int | None:
        """In how many LSOAs the households of `wards` were counted; None where they were counted in wards."""
        return None if self.wards_of is None else int(self.wards_of.isin(wards).sum())

    def _made(self, totals: pd.Series, error: str | None) -> Households:
        per_ward = {str(code): round(float(households)) for code, households in totals.items()}
        return Households(per_ward, self.count.year, self.count.source, error)


def placed(count: Count, wards_of: pd.Series | None) -> Placed:
    """Bring a count and its lookup together.

    Raises BadInput when LSOAs have no lookup, or wards have one.
    """
    if count.of_lsoas and wards_of is None:
        raise BadInput(Code.LOOKUP_NEEDED, source=count.source)
    if not count.of_lsoas and wards_of is not None:
        raise BadInput(Code.LOOKUP_NOT_NEEDED, source=count.source)
    return Placed(count, wards_of)


def read(file: Path, source: str) -> pd.Series:
    """The ward code of each LSOA code in a CSV; LSOAs without a ward are left out.

    Raises BadInput, with the row, for codes that cannot be used.
    """
    rows = codes.read(file, source).rows
    lsoa, ward = codes.column(rows, codes.LSOA), codes.column(rows, codes.WARD)
    if not lsoa or not ward:
        raise BadInput(Code.LOOKUP_WITHOUT_CODES, source=source)
    rows = codes.kept(rows, lsoa, codes.LSOA, source)
    codes.check_each_once(rows[lsoa], source)
    return codes.kept(rows[rows[ward] != ""], ward, codes.WARD, source).set_index(lsoa)[ward]


def _check_complete(mine: pd.Series, count: Count) -> None:
    absent = mine.index.difference(count.households.index)
    if len(absent):
        named = list(absent[:_NAMED_AT_MOST])
        raise BadInput(Code.LSOAS_MISSING, source=count.source, count=len(absent), codes=named)


def _error(mine: pd.Series, wards_of: pd.Series, households: pd.Series) -> str:
    """One sentence: best fit, and the share of the file's households that the lookup does not place."""
    unplaced = households[~households.index.isin(wards_of.index)].sum() / households.sum()
    sentence = (
        _(
            "Summed from {count} LSOAs, each counted whole in the ward that it fits best although LSOAs do not follow ward "
            "boundaries exactly; the file covers more than the lookup, which does not place {share} of its households."
        )
        if unplaced > 0.5
        else _(
            "Summed from {count} LSOAs, each counted whole in the ward that it fits best although LSOAs do not follow ward "
            "boundaries exactly; {share} of the households are in LSOAs that the lookup does not place."
        )
    )
    return sentence.format(count=number(len(mine)), share=_percent(unplaced))


def _percent(share: float) -> str:
    if 0 < share < 0.001:
        return _("less than 0.1%")
    return _("{percent}%").format(percent=number(100 * share))
