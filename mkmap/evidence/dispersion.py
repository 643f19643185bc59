"""Estimate how much more months vary than chance alone: burglary clusters, so an interval for chance alone is too narrow.

Pearson's χ² over its degrees of freedom, of a Poisson model with effects of the calendar month and of the year
(McCullagh and Nelder 1989, section 6.2.3).
"""

import math
import warnings
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.stats import norm, t
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from mkmap.month import Month

MONTHS_AT_LEAST = 24  # every calendar month twice: with fewer, the seasons cannot be told from chance
CONFIDENCE = 0.95


class Of(StrEnum):
    """Whose months were used."""

    AREA = "area"
    FORCE = "force"


@dataclass(frozen=True)
class Dispersion:
    """`value` ≥ 1: the variance of the months' counts over that of a Poisson distribution; estimated with `df` degrees of freedom."""

    value: float
    df: float
    months: int
    of: Of = Of.AREA

    @cached_property
    def quantile(self) -> float:
        """What stands in the place of 1.96 in a 95 % interval."""
        return math.sqrt(self.value) * float(t.ppf((1 + CONFIDENCE) / 2, self.df))

    @property
    def alpha(self) -> float:
        """The level at which an interval for chance alone is as wide."""
        return 2 * float(norm.sf(self.quantile))


CHANCE_ALONE = Dispersion(1.0, math.inf, 0)  # the yardstick of the textbooks, never a verdict's


def estimated(counts: pd.Series, of: Of = Of.AREA) -> Dispersion | None:
    """The dispersion of monthly counts (index: Month's text; no missing months among them); None where too few are stored.

    A calendar month or a year without any crime is fitted exactly and says nothing.
    """
    months = [Month.parse(text) for text in counts.index]
    if len(months) < MONTHS_AT_LEAST:
        return None
    table = pd.DataFrame({"y": counts.to_numpy(float), "month": [m.number for m in months], "year": [m.year for m in months]})
    for effect in ("month", "year"):
        table = table[table.groupby(effect)["y"].transform("sum") > 0]
    effects = np.column_stack([_effects(table["month"]), _effects(table["year"])[:, 1:]]) if len(table) else np.empty((0, 0))
    df = len(table) - np.linalg.matrix_rank(effects) if len(table) else 0
    if df < 1:
        return None
    with warnings.catch_warnings(action="ignore", category=PerfectSeparationWarning):  # months without any chance are no fault
        fitted = GLM(table["y"].to_numpy(), effects, family=Poisson()).fit()
    return Dispersion(max(1.0, float(fitted.pearson_chi2) / df), int(df), len(months), of)


def _effects(values: pd.Series) -> np.ndarray:
    return (values.to_numpy()[:, None] == np.unique(values)).astype(float)
