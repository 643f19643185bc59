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
from scipy.special import stdtr, stdtrit

from mkmap.evidence.variation.month_effects import fitted
from mkmap.evidence.variation.monthly_counts import MonthlyCounts
from mkmap.evidence.variation.monthly_model import BINOMIAL, scatter
from mkmap.month import Month

MONTHS_AT_LEAST = 24  # every calendar month twice: with fewer, the seasons cannot be told from chance
CONFIDENCE = 0.95


class DispersionSource(StrEnum):
    """Whose months were used."""

    AREA = "area"
    FORCE = "force"


@dataclass(frozen=True)
class Past:
    """How much the same months changed from year to year before: `value` ≥ 1, as a `Dispersion`'s, from so many pairs of years."""

    value: float
    df: float
    pairs: int


@dataclass(frozen=True)
class Dispersion:
    """`value` ≥ 1: the variance of the months' counts over that of chance alone; estimated with `df` degrees of freedom.

    `past` None: of fewer than three pairs of years, so that nobody knows how much years differ among themselves.
    """

    value: float
    df: float
    months: int
    source: DispersionSource = DispersionSource.AREA
    past: Past | None = None

    @cached_property
    def quantile(self) -> float:
        """What stands in the place of 1.96 in a 95 % interval: the months' or the years', whichever is wider."""
        return float(max(quantile(one.value, one.df) for one in (self, self.past) if one))

    def p(self, deviations: float) -> float:
        """Two-sided, of so many standard deviations of chance: under 0.05 where these are more than the quantile."""
        return max(2 * float(stdtr(one.df, -deviations / math.sqrt(one.value))) for one in (self, self.past) if one)


def quantile(value: np.ndarray | float, df: np.ndarray | float) -> np.ndarray:
    """What stands in the place of 1.96 where the variance is so many times that of chance, as far as so many degrees of freedom tell."""
    widened: np.ndarray = np.sqrt(value) * stdtrit(df, (1 + CONFIDENCE) / 2)
    return widened


CHANCE_ALONE = Dispersion(1.0, math.inf, 0)  # the yardstick of the textbooks, never a verdict's


def dispersion_of_counts(counts: pd.Series, source: DispersionSource = DispersionSource.AREA) -> Dispersion | None:
    """The dispersion of monthly counts (index: Month's text; no missing months among them); None where too few are stored."""
    if len(counts) < MONTHS_AT_LEAST:
        return None
    fit = fitted(MonthlyCounts.of_stored(counts.to_frame()))
    df = float(fit.df[0])
    return Dispersion(max(1.0, float(fit.chi2_per_df[0])), df, len(counts), source) if df >= 1 else None


def dispersion_of_shares(parts: pd.Series, wholes: pd.Series) -> Dispersion | None:
    """The dispersion of monthly shares (both by Month's text); None where too few months are known.

    A calendar month or a year in which none is part, or each, is fitted exactly and says nothing.
    """
    if len(wholes) < MONTHS_AT_LEAST:
        return None
    months = [Month.parse(text) for text in wholes.index]
    part, whole = parts.to_numpy(float), wholes.to_numpy(float)
    observed = np.divide(part, whole, out=np.zeros(len(months)), where=whole > 0)
    telling = _telling(months, whole > 0, part, whole - part)
    known = [month for month, is_telling in zip(months, telling, strict=True) if is_telling]
    fit = scatter(BINOMIAL, observed[telling], whole[telling], known)
    return Dispersion(max(1.0, fit.chi2 / fit.df), fit.df, len(months)) if fit else None


def _telling(months: Sequence[Month], telling: np.ndarray, *counts: np.ndarray) -> np.ndarray:
    """Those of some months whose calendar month, and then whose year, has each of the counts at least once."""
    for part in ("number", "year"):
        values = np.array([getattr(month, part) for month in months], dtype=int)
        for value in np.unique(values[telling]):
            alike = telling & (values == value)
            if not all(count[alike].sum() > 0 for count in counts):
                telling = telling & ~alike
    return telling
