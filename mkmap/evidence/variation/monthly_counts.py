"""Lay counts by month and place out without a gap, so that months that are not stored are known to be unknown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from mkmap.month import Month

YEAR = 12  # months


@dataclass(frozen=True, eq=False)
class MonthlyCounts:
    """`counts`: (…, months, places), every month from `first` on; `known`: whether a month is stored. What is unknown is zero."""

    counts: np.ndarray
    known: np.ndarray
    first: Month

    @classmethod
    def of_stored(cls, by_place: pd.DataFrame) -> "MonthlyCounts":
        """Of a row a stored month (index: Month's text, oldest first) and a column a place."""
        first, last = Month.parse(by_place.index[0]), Month.parse(by_place.index[-1])
        at = np.array([Month.parse(text) - first for text in by_place.index])
        counts, known = np.zeros((last - first + 1, by_place.shape[1])), np.zeros(last - first + 1, dtype=bool)
        counts[at], known[at] = by_place.to_numpy(), True
        return cls(counts, known, first)

    @property
    def stored(self) -> int:
        return int(self.known.sum())

    @property
    def together(self) -> "MonthlyCounts":
        """All places as one."""
        return replace(self, counts=self.counts.sum(axis=-1, keepdims=True))

    def without(self, months: Collection[Month]) -> "MonthlyCounts":
        known = self.known.copy()
        known[[at for at in self._places(months) if 0 <= at < len(known)]] = False
        return replace(self, known=known, counts=self.counts * known[:, None])

    def by_year(self) -> tuple[np.ndarray, np.ndarray]:
        """The counts as (…, years, calendar months, places), and which of these months are known."""
        before = self.first.number - 1
        after = -(before + len(self.known)) % YEAR
        known = np.pad(self.known, (before, after)).reshape(-1, YEAR)
        around = [(0, 0)] * (self.counts.ndim - 2)
        counts = np.pad(self.counts, [*around, (before, after), (0, 0)])
        return counts.reshape(*counts.shape[:-2], *known.shape, counts.shape[-1]), known

    def sums(self, months: Sequence[Month]) -> tuple[np.ndarray, np.ndarray]:
        """Of the same months of each earlier year, oldest first: (…, years, places); and which years are known whole."""
        places = np.array(self._places(months))
        back = np.arange(places.min() // YEAR, 0, -1) * YEAR
        at = places[None, :] - back[:, None]
        return self.counts[..., at, :].sum(axis=-2), self.known[at].all(axis=-1)

    def _places(self, months: Collection[Month]) -> list[int]:
        return [month - self.first for month in months]
