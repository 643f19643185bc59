"""Estimate how much more months vary than chance alone: burglary clusters, so an interval for chance alone is too narrow.

Pearson's χ² over its degrees of freedom, of a model with effects of the calendar month and of the year
(McCullagh and Nelder 1989, section 6.2.3): Poisson for counts, binomial for shares.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from mkmap.evidence.monthly_model import BINOMIAL, POISSON, Family, scatter
from mkmap.month import Month

MONTHS_AT_LEAST = 24  # every calendar month twice: with fewer, the seasons cannot be told from chance
CONFIDENCE = 0.95


class DispersionSource(StrEnum):
    """Whose months were used."""

    AREA = "area"
    FORCE = "force"


@dataclass(frozen=True)
class Dispersion:
    """`value` ≥ 1: the variance of the months' counts over that of chance alone; estimated with `df` degrees of freedom."""

    value: float
    df: float
    months: int
    source: DispersionSource = DispersionSource.AREA

    @cached_property
    def quantile(self) -> float:
        """What stands in the place of 1.96 in a 95 % interval."""
        return math.sqrt(self.value) * float(stdtrit(self.df, (1 + CONFIDENCE) / 2))


CHANCE_ALONE = Dispersion(1.0, math.inf, 0)  # the yardstick of the textbooks, never a verdict's


def dispersion_of_counts(counts: pd.Series, source: DispersionSource = DispersionSource.AREA) -> Dispersion | None:
    """The dispersion of monthly counts (index: Month's text; no missing months among them); None where too few are stored.

    A calendar month or a year without any crime is fitted exactly and says nothing.
    """
    months = _months(counts)
    observed = counts.to_numpy(float)
    telling = _telling(months, np.full(len(months), True), observed)
    return _estimated(POISSON, observed, np.ones(len(months)), telling, months, source)


def dispersion_of_shares(parts: pd.Series, wholes: pd.Series) -> Dispersion | None:
    """The dispersion of monthly shares (both by Month's text); None where too few months are known.

    A calendar month or a year in which none is part, or each, is fitted exactly and says nothing.
    """
    months = _months(wholes)
    part, whole = parts.to_numpy(float), wholes.to_numpy(float)
    observed = np.divide(part, whole, out=np.zeros(len(months)), where=whole > 0)
    telling = _telling(months, whole > 0, part, whole - part)
    return _estimated(BINOMIAL, observed, whole, telling, months, DispersionSource.AREA)


def _months(counts: pd.Series) -> list[Month]:
    return [Month.parse(text) for text in counts.index]


def _telling(months: Sequence[Month], telling: np.ndarray, *counts: np.ndarray) -> np.ndarray:
    """Those of some months whose calendar month, and then whose year, has each of the counts at least once."""
    for part in ("number", "year"):
        values = np.array([getattr(month, part) for month in months], dtype=int)
        for value in np.unique(values[telling]):
            alike = telling & (values == value)
            if not all(count[alike].sum() > 0 for count in counts):
                telling = telling & ~alike
    return telling


def _estimated(
    family: Family,
    observed: np.ndarray,
    sizes: np.ndarray,
    telling: np.ndarray,
    months: Sequence[Month],
    source: DispersionSource,
) -> Dispersion | None:
    if len(months) < MONTHS_AT_LEAST:
        return None
    known = [month for month, is_telling in zip(months, telling, strict=True) if is_telling]
    fit = scatter(family, observed[telling], sizes[telling], known)
    return Dispersion(max(1.0, fit.chi2 / fit.df), fit.df, len(months), source) if fit else None
