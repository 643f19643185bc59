"""Real rows of Thames Valley: districts, weekly levels and ward-months, counted again with pandas and geopandas alone."""

import zipfile
from datetime import date
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pytest
import requests
from base_for_tests import base
from made_archive import FORCE, ingest, name
from scipy.stats import norm

from mkmap.dataset.dataset import real
from mkmap.evidence.claims.levels import Answer, ward_months, weekly
from mkmap.evidence.claims.ready import ready_claims
from mkmap.evidence.districts.districts import Districts, districts_of
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.files import geojson
from mkmap.places.load import load_wards
from mkmap.places.store import Places

BURGLARY = ("Burglary",)
OWN = "Milton Keynes"
WARDS = "milton-keynes-wards-2014-generalised.geojson"
HALF_YEAR = Filters(Month(2025, 1), Month(2025, 6), (), BURGLARY)


def districts(home: Path, filters: Filters) -> Districts:
    dataset = real(home, FORCE)
    return districts_of(dataset, base(dataset, filters.last), filters, OWN)


@pytest.fixture(scope="module")
def real_home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("real")
    ingest(home, shared / "police-uk" / "thames-valley.zip")
    wards = shared / "wards" / WARDS
    load_wards(Places(home), str(wards), start=date(2014, 5, 22), area="E06000042", session=requests.Session())
    return home


def rows_of(shared: Path, months: list[Month]) -> pd.DataFrame:
    with zipfile.ZipFile(shared / "police-uk" / "thames-valley.zip") as opened:
        return pd.concat([pd.read_csv(opened.open(name(str(month)))) for month in months])


def test_the_real_districts_are_the_same_when_pandas_counts_them(real_home: Path, shared: Path):
    found = districts(real_home, HALF_YEAR)
    rows = rows_of(shared, HALF_YEAR.months)
    rows = rows[rows["Crime type"] == "Burglary"]
    district = rows["LSOA name"].str.replace(r" \d{3}\w$", "", regex=True)
    is_charged = rows["Last outcome category"].isin(
        ["Awaiting court outcome", "Court result unavailable", "Suspect charged as part of another case"]
    )
    theirs = pd.DataFrame({"crimes": district.value_counts(), "charged": district[is_charged].value_counts()}).fillna(0)
    ours = found.rows.set_index("name")
    assert len(ours) == 13
    assert (ours[["crimes", "charged"]] == theirs.loc[ours.index]).all(axis=None)
    assert (ours.loc[OWN, "crimes"], ours.loc[OWN, "charged"], found.place(OWN)) == (432, 32, 5)
    assert found.places(OWN) == (2, 13)
    share = theirs["charged"].loc[ours.index].sum() / theirs["crimes"].loc[ours.index].sum()
    z = (ours["charged"] / ours["crimes"] - share) / np.sqrt(share * (1 - share) / ours["crimes"])
    assert list(ours.index[found.funnel.outside(0.998)]) == list(ours.index[2 * norm.sf(abs(z)) < 0.002]) == ["Oxford"]


def test_a_real_period_across_missing_months_and_a_reorganisation_is_refused(real_home: Path):
    found = districts(real_home, Filters(Month(2022, 1), Month(2025, 6), (), BURGLARY))
    assert found.missing == tuple(Month(2022, 5).to(Month(2024, 12)))
    assert {one.name for one in found.changed} == {"Aylesbury Vale", "Buckinghamshire", "Chiltern", "South Bucks", "Wycombe"}


def test_the_real_weekly_number_is_the_same_when_pandas_counts_it(real_home: Path, shared: Path):
    found = weekly(base(real(real_home, FORCE), Month(2025, 6)), HALF_YEAR, 12)
    rows = rows_of(shared, HALF_YEAR.months)
    here = rows[(rows["Crime type"] == "Burglary") & rows["LSOA name"].str.startswith("Milton Keynes", na=False)]
    assert found.crimes == len(here) == 432
    assert found.rate == pytest.approx(432 / (181 / 7))
    assert found.answer is Answer.CANNOT_TELL, "fifteen months do not say how much months vary"
    assert found.months_over == 14


def test_a_real_week_across_missing_months_is_refused(real_home: Path):
    found = weekly(base(real(real_home, FORCE), Month(2025, 6)), Filters(Month(2022, 4), Month(2025, 1), (), BURGLARY), 12)
    assert (found.answer, found.missing) == (Answer.CANNOT_BE_CHECKED, tuple(Month(2022, 5).to(Month(2024, 12))))


def test_real_ward_months_are_the_same_when_geopandas_counts_them(real_home: Path, shared: Path):
    filters = Filters(HALF_YEAR.first, HALF_YEAR.last)
    found = ward_months(base(real(real_home, FORCE), Month(2025, 6)), filters, 124)
    rows = rows_of(shared, filters.months).dropna(subset="Longitude")
    points = geopandas.GeoDataFrame(rows, geometry=geopandas.points_from_xy(rows["Longitude"], rows["Latitude"]), crs=4326)
    wards = geojson.read(shared / "wards" / WARDS, "").to_crs(4326)
    column = next(column for column in wards if column.lower().startswith("wd") and column.lower().endswith("nm"))
    counts = points.sjoin(wards, predicate="within").groupby([column, "Month"]).size()
    theirs = counts[counts >= 124]
    ours = found.reached.set_index(["ward", "month"])["crimes"]
    assert ours.sort_index().to_dict() == theirs.sort_index().to_dict()
    assert len(found.stored) == 19 * 15


def test_the_ready_claims_open_the_longest_row_of_real_months(real_home: Path):
    found = ready_claims(base(real(real_home, FORCE), Month(2025, 6)))
    assert {(one.filters.first, one.filters.last) for one in found} == {(Month(2025, 1), Month(2025, 6))}
