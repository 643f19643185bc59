"""Measure how much the same months changed from year to year before: what years do among themselves shows in no single year's months."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mkmap.evidence.variation.month_effects import over
from mkmap.evidence.variation.monthly_counts import MonthlyCounts
from mkmap.month import Month

PAIRS_AT_LEAST = 3


@dataclass(frozen=True, eq=False)
class PastChanges:
    """`scores`: (…, pairs, places), the distance of each change from the usual one in standard deviations of chance."""

    scores: np.ndarray
    sizes: np.ndarray  # crimes of a period, by place
    runs: int  # of pairs one after the other

    @property
    def pairs(self) -> int:
        return int(self.scores.shape[-2])

    @property
    def df(self) -> int:
        return self.pairs - 1

    @property
    def spread(self) -> np.ndarray:
        """The variance of changes over that of chance, by place. Neighbouring pairs share a year, so their mean varies less."""
        spread: np.ndarray = (self.scores**2).sum(axis=-2) / (self.pairs - self.runs / self.pairs)
        return spread


def past_changes(months: MonthlyCounts, compared: Sequence[Month]) -> PastChanges | None:
    """Year by year before the last that is compared; None where fewer than three pairs are known."""
    sums, known = months.sums(compared)
    is_pair = known[1:] & known[:-1]
    if is_pair.sum() < PAIRS_AT_LEAST:
        return None
    before, after = sums[..., :-1, :][..., is_pair, :], sums[..., 1:, :][..., is_pair, :]
    usual = over(after.sum(axis=-2, keepdims=True), before.sum(axis=-2, keepdims=True))
    scores = over(after - usual * before, np.sqrt(usual * (after + before)))
    runs = int((is_pair & ~np.append(False, is_pair[:-1])).sum())
    return PastChanges(scores, (after + before).mean(axis=-2) / 2, runs)
