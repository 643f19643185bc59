"""Say how wide the interval of a change must be: how much months, and years among themselves, vary where nothing has changed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mkmap.evidence.variation import autocorrelation
from mkmap.evidence.variation.dispersion import MONTHS_AT_LEAST, Dispersion, Past, quantile
from mkmap.evidence.variation.month_effects import MonthFit, fitted
from mkmap.evidence.variation.monthly_counts import YEAR, MonthlyCounts
from mkmap.evidence.variation.past_changes import PastChanges, past_changes
from mkmap.evidence.variation.pooling import FEWEST_WARDS, pooled, telling_wards
from mkmap.month import Month


@dataclass(frozen=True, eq=False)
class Widening:
    """Of each place (…, places): a variance over that of chance, ≥ 1, and its degrees of freedom."""

    values: np.ndarray
    df: np.ndarray

    @property
    def quantiles(self) -> np.ndarray:
        return quantile(self.values, self.df)


@dataclass(frozen=True, eq=False)
class Spread:
    """What months vary, and what years do where at least three pairs of them are known; from so many months."""

    of_months: Widening
    of_years: Widening | None
    months: int
    pairs: int

    @property
    def quantiles(self) -> np.ndarray:
        """The wider of the two, by place."""
        by_months = self.of_months.quantiles
        return by_months if self.of_years is None else np.maximum(by_months, self.of_years.quantiles)

    def of(self, place: int) -> Dispersion | None:
        """None where nothing is left of the months to tell it from."""
        if self.of_months.df[place] <= 0:
            return None
        years = self.of_years
        past = None if years is None else Past(float(years.values[place]), float(years.df[place]), self.pairs)
        return Dispersion(float(self.of_months.values[place]), float(self.of_months.df[place]), self.months, past=past)


def of_each(months: MonthlyCounts, compared: Sequence[Month]) -> Spread | None:
    """Each place by its own months alone, e.g. the area; None where too few are stored."""
    if months.stored < MONTHS_AT_LEAST:
        return None
    others = _others(months, compared)
    fit, past = fitted(others), past_changes(months, compared)
    values = np.maximum(fit.chi2_per_df, 1) * autocorrelation.widening(autocorrelation.of_each(fit))
    years = Widening(np.maximum(past.spread, 1), np.full(past.spread.shape, float(past.df))) if past else None
    return Spread(Widening(values, _df(fit)), years, others.stored, past.pairs if past else 0)


def of_wards(months: MonthlyCounts, compared: Sequence[Month], wards: int) -> Spread | None:
    """Places, the first of which are all wards of the area, by what wards tell together; None where too few months are stored."""
    if months.stored < MONTHS_AT_LEAST or wards < FEWEST_WARDS:
        return of_each(months, compared)
    others = _others(months, compared)
    fit, past = fitted(others), past_changes(months, compared)
    area = _whole(months, wards)
    values, df, telling = _months_pooled(fit, fitted(_whole(others, wards)), wards)
    together = autocorrelation.widening(autocorrelation.of_wards(fit, wards, telling))
    years = _years_pooled(past, past_changes(area, compared), wards) if past else None
    return Spread(Widening(values * together, df), years, others.stored, past.pairs if past else 0)


def _others(months: MonthlyCounts, compared: Sequence[Month]) -> MonthlyCounts:
    """Without the compared months where enough others are stored: what is asked about would else widen its own interval."""
    others = months.without([*compared, *(month + -YEAR for month in compared)])
    return others if others.stored >= MONTHS_AT_LEAST else months


def _whole(months: MonthlyCounts, wards: int) -> MonthlyCounts:
    return MonthlyCounts(months.counts[..., :wards], months.known, months.first).together


def _months_pooled(fit: MonthFit, area: MonthFit, wards: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    tails = fit.tails[..., :wards].mean(axis=-1, keepdims=True)
    df = 2 * np.maximum(fit.df, 1) / (2 + tails)
    telling = telling_wards(fit.residuals[..., :wards])
    return *pooled(fit.chi2_per_df, df, fit.means, area.chi2_per_df, telling, wards), telling


def _years_pooled(past: PastChanges, area: PastChanges | None, wards: int) -> Widening:
    assert area is not None, "the area's months are its wards'"
    df = np.full(past.spread.shape, float(past.df))
    telling = telling_wards(past.scores[..., :wards])
    return Widening(*pooled(past.spread, df, past.sizes, area.spread, telling, wards))


def _df(fit: MonthFit) -> np.ndarray:
    """As a variance's whose months burst: of a bell curve's tails it is the fit's."""
    df: np.ndarray = 2 * fit.df / (2 + fit.tails)
    return df
