"""Real rows: the City of London's 24 months in a row, compared year on year, and computed again with pandas and scipy alone."""

import zipfile
from datetime import date
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pytest
from base_for_tests import base
from made_archive import ingest
from scipy.optimize import brentq, minimize
from scipy.stats import t
from shapely import box

from mkmap.dataset.dataset import real
from mkmap.evidence.change import Verdict
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.store import Places, WardSet

FORCE = "city-of-london"
AREA = box(-0.12, 51.505, -0.07, 51.525)
TYPES = [("Burglary",), ("Shoplifting",), ("Robbery",), ("Bicycle theft",), ()]
PERIODS = [(1, 12), (1, 6), (10, 12), (5, 5)]


@pytest.fixture(scope="module")
def city(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("city")
    ingest(home, shared / "police-uk" / "city-of-london.zip", force=FORCE)
    frame = geopandas.GeoDataFrame({"code": ["E05000001"], "name": ["The City"]}, geometry=[AREA], crs=4326)
    Places(home).add_wards(WardSet("city", date(2014, 5, 22), None, 1, "made"), frame)
    return home


@pytest.fixture(scope="module")
def rows(shared: Path) -> pd.DataFrame:
    """Every row of the zip, read by pandas."""
    with zipfile.ZipFile(shared / "police-uk" / "city-of-london.zip") as archive:
        files = [pd.read_csv(archive.open(name)) for name in archive.namelist()]
    return pd.concat(files)


def counted(rows: pd.DataFrame, types: tuple[str, ...]) -> pd.DataFrame:
    """By month: in the area, in the force placed, and not placed."""
    chosen = rows[rows["Crime type"].isin(types)] if types else rows
    longitude, latitude = chosen["Longitude"], chosen["Latitude"]
    inside = longitude.between(*AREA.bounds[::2]) & latitude.between(*AREA.bounds[1::2])
    by_month = {"area": chosen[inside], "placed": chosen[longitude.notna()], "unplaced": chosen[longitude.isna()]}
    return pd.DataFrame({name: one.groupby("Month").size() for name, one in by_month.items()}).fillna(0)


def dispersion(counts: np.ndarray) -> tuple[float, float]:
    """Pearson's χ²/df of 24 months, by maximum likelihood with scipy, widened by what is left of a month in the next; and the df that tells."""
    month, year = np.arange(24) % 12, np.arange(24) // 12

    def means(effects: np.ndarray) -> np.ndarray:
        return np.exp(effects[month] + effects[12] * year)

    def loss(effects: np.ndarray) -> float:
        return float((means(effects) - counts * np.log(means(effects))).sum())

    start = np.append(np.log(counts.reshape(2, 12).mean(axis=0) + 0.5), 0.0)
    fitted = means(minimize(loss, start, method="BFGS", options={"gtol": 1e-6}).x)
    residuals = (counts - fitted) / np.sqrt(fitted)
    together, tails = autocorrelation(residuals), max(24 * (residuals**4).sum() / (residuals**2).sum() ** 2 - 3, 0) * 24 / 11
    value = max(1.0, float((residuals**2).sum() / 11)) * (1 + together) / (1 - together)
    return value, 2 * 11 / (2 + tails)


def autocorrelation(residuals: np.ndarray) -> float:
    """Of 24 months, shrunk: what makes residuals of a fit by month and year correlate as these do, found by trial."""
    at = np.arange(24)
    effects = np.column_stack([np.equal.outer(at % 12, range(12)), at >= 12]).astype(float)
    left = np.eye(24) - effects @ np.linalg.solve(effects.T @ effects, effects.T)

    def off(truth: float) -> float:
        covariance = left @ truth ** np.abs(np.subtract.outer(at, at)) @ left
        return float(np.diag(covariance, 1).sum() / np.trace(covariance) - shown)

    shown = float((residuals[1:] * residuals[:-1]).sum() / (residuals**2).sum())
    if off(0) > 0:
        return 0.0
    truth = brentq(off, 0, 0.9)
    error = 0.05 / (off(0.05) - off(0)) / np.sqrt(23)
    return float(truth * max(0.0, 1 - (error / truth) ** 2))


def interval(now: float, before: float, quantile: float) -> tuple[float, float]:
    """Where the score statistic reaches the quantile, found by trial."""

    def off(logarithm: float) -> float:
        ratio = np.exp(logarithm)
        return (now - before * ratio) ** 2 - quantile**2 * (now + before) * ratio

    middle = np.log(now / before)
    return float(np.exp(brentq(off, middle - 8, middle))), float(np.exp(brentq(off, middle, middle + 8)))


@pytest.mark.parametrize("types", TYPES, ids=lambda types: types[0] if types else "all")
@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_the_change_is_the_same_when_others_compute_it(city: Path, rows: pd.DataFrame, types, period):
    filters = Filters(Month(2025, period[0]), Month(2025, period[1]), (), types)
    found = base(real(city, FORCE), Month(2025, 12)).change(filters)
    ours = counted(rows, types)
    now, before = ours.loc[[str(m) for m in filters.months]], ours.loc[[str(m + -12) for m in filters.months]]
    assert (found.now, found.before) == (now["area"].sum(), before["area"].sum())
    value, df = dispersion(ours["area"].to_numpy(float))
    assert (found.dispersion.value, found.dispersion.df) == pytest.approx((value, df), rel=5e-3)  # ours looks the bias up
    low, high = interval(found.now, found.before, float(np.sqrt(value) * t.ppf(0.975, df)))
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), rel=5e-3)
    shared = [one["area"].sum() * (1 + one["unplaced"].sum() / one["placed"].sum()) for one in (now, before)]
    assert found.shared == pytest.approx(shared)
    if found.verdict not in (Verdict.CANNOT_TELL, Verdict.TOO_FEW):
        assert (found.verdict is Verdict.UP, found.verdict is Verdict.DOWN) == (low > 1, high < 1)


def test_a_year_without_the_year_before_is_not_compared(city: Path):
    found = base(real(city, FORCE), Month(2024, 12)).change(Filters(Month(2024, 1), Month(2024, 12)))
    assert found.verdict is Verdict.CANNOT_BE_COMPARED
    assert len(found.missing) == 12
