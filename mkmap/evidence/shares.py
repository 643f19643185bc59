"""Compare two shares: charged crimes among the crimes of two years, with an interval that the months' own variation widens.

Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10; the dispersion is Pearson's
χ² over its degrees of freedom of a binomial model with effects of the calendar month and of the year.
"""

import math
import warnings
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.stats.proportion import confint_proportions_2indep
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from mkmap.evidence.change import FEWEST, Interval, Verdict
from mkmap.evidence.dispersion import CHANCE_ALONE, MONTHS_AT_LEAST, Dispersion
from mkmap.month import Month


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """Between 0 and 1; not a number of nothing."""
        return self.part / self.whole if self.whole else math.nan

    @property
    def rest(self) -> int:
        return self.whole - self.part


@dataclass(frozen=True)
class ShareChange:
    """The same share of two years; `dispersion` None: too few months are known to say how much they vary."""

    now: Share
    before: Share
    dispersion: Dispersion | None

    @property
    def difference(self) -> float:
        return self.now.value - self.before.value

    @cached_property
    def interval(self) -> Interval | None:
        """Of the difference, widened; None where one of the years has nothing to share."""
        if not (self.now.whole and self.before.whole):
            return None
        if not (alpha := (self.dispersion or CHANCE_ALONE).alpha):  # months that vary so much say nothing at all
            return Interval(-1.0, 1.0)
        low, high = confint_proportions_2indep(
            self.now.part, self.now.whole, self.before.part, self.before.whole, method="newcomb", compare="diff", alpha=alpha
        )
        return Interval(float(low), float(high))

    @property
    def verdict(self) -> Verdict:
        if min(self.now.part + self.before.part, self.now.rest + self.before.rest) < FEWEST or self.interval is None:
            return Verdict.TOO_FEW
        if self.dispersion is None:
            return Verdict.CANNOT_TELL
        if self.interval.excludes(0):
            return Verdict.UP if self.difference > 0 else Verdict.DOWN
        return Verdict.NO_CLEAR_CHANGE


def estimated(parts: pd.Series, wholes: pd.Series) -> Dispersion | None:
    """The dispersion of monthly shares (both by Month's text); None where too few months are known.

    A calendar month or a year in which none is part, or each, is fitted exactly and says nothing.
    """
    if len(wholes) < MONTHS_AT_LEAST:
        return None
    months = [Month.parse(text) for text in wholes.index]
    table = pd.DataFrame({"part": parts.to_numpy(float), "rest": (wholes - parts).to_numpy(float)})
    table = table.assign(month=[month.number for month in months], year=[month.year for month in months])
    table = table[table["part"] + table["rest"] > 0]
    for effect in ("month", "year"):
        sums = table.groupby(effect)[["part", "rest"]].transform("sum")
        table = table[(sums > 0).all(axis=1)]
    return _of_model(table, len(wholes)) if len(table) else None


def _of_model(table: pd.DataFrame, months: int) -> Dispersion | None:
    effects = np.column_stack([_effects(table["month"]), _effects(table["year"])[:, 1:]])
    df = len(table) - int(np.linalg.matrix_rank(effects))
    if df < 1:
        return None
    with warnings.catch_warnings(action="ignore", category=PerfectSeparationWarning):  # months without any chance are no fault
        fitted = GLM(table[["part", "rest"]].to_numpy(), effects, family=Binomial()).fit()
    return Dispersion(max(1.0, float(fitted.pearson_chi2) / df), df, months)


def _effects(values: pd.Series) -> np.ndarray:
    return (values.to_numpy()[:, None] == np.unique(values)).astype(float)
