"""Fetching a month from the API and importing it from the archive give the same crimes."""

import zipfile

import duckdb
import pandas as pd
import requests
import shapely
from servers.fetching import NOW, Desk, invented
from servers.police_uk import PoliceUk

from mkmap.crimes.archive import opened
from mkmap.crimes.ingest import ingest_archive
from mkmap.crimes.polygon import mile_around
from mkmap.month import Month
from mkmap.places.files import geojson
from mkmap.places.points import longitude_latitude

BURGLARIES = {Month(2018, 10): 106, Month(2022, 1): 68, Month(2025, 1): 90}  # of the borough, counted apart from this program


def crimes_of(home, police: PoliceUk, archive, months, area) -> tuple[Desk, Desk]:
    """Two stores: one imported from the archive, one fetched from the scripted API."""
    with requests.Session() as session:
        session.trust_env = False
        imported, fetched = Desk(home / "imported", police, session), Desk(home / "fetched", police, session)
        with opened([str(archive)], force="thames-valley") as members:
            wanted = [member for member in members if member.month in months]
            ingest_archive(imported.crimes, imported.places, wanted, at=NOW, progress=lambda *_step: None)
        fetched.area = area
        assert not [outcome for outcome in fetched.fetch() if outcome.failed]
    return imported, fetched


def inside(rows: pd.DataFrame, *polygons: shapely.Geometry) -> pd.DataFrame:
    longitude, latitude = longitude_latitude(rows.point.fillna(0).astype("int64"))
    found = shapely.intersects_xy(shapely.union_all(polygons), longitude, latitude)
    return rows[found | rows.point.isna()].reset_index(drop=True)


def served(archive, months) -> dict[Month, pd.DataFrame]:
    with zipfile.ZipFile(archive) as opened_zip:
        names = {month: f"{month}/{month}-thames-valley-street.csv" for month in months}
        return {month: pd.read_csv(opened_zip.open(name), dtype="str") for month, name in names.items()}


def test_invented_months_agree(home, tmp_path):
    months = {Month(2026, number): invented(Month(2026, number), placed=300, unplaced=20) for number in (8, 9)}
    archive = tmp_path / "invented.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for month, frame in months.items():
            packed.writestr(f"{month}/{month}-thames-valley-street.csv", frame.to_csv(index=False))
    area = shapely.box(-0.78, 52.02, -0.74, 52.05)
    with PoliceUk(months) as police:
        imported, fetched = crimes_of(home, police, archive, months, area)
    for month in months:
        expected = inside(imported.rows(month, "force"), *mile_around(area))
        assert 20 < len(expected) < 320
        assert fetched.rows(month).equals(expected)


def test_the_real_months_agree(home, shared):
    archive = shared / "police-uk" / "thames-valley.zip"
    borough = geojson.read(shared / "wards" / "milton-keynes-borough.geojson", "").union_all()
    wards = geojson.read(shared / "wards" / "milton-keynes-wards-2014-full.geojson", "").union_all()
    with PoliceUk(served(archive, BURGLARIES)) as police:
        imported, fetched = crimes_of(home, police, archive, BURGLARIES, borough)
    for month in BURGLARIES:
        expected, rows = inside(imported.rows(month, "force"), *mile_around(borough)), fetched.rows(month)
        assert rows.equals(expected)
        of_area = inside(rows, wards).dropna(subset="point")
        assert (of_area.crime_type == "Burglary").sum() == BURGLARIES[month]


def test_a_fetched_and_an_imported_month_have_the_same_columns(home):
    month = Month(2026, 9)
    with PoliceUk({month: invented(month)}) as police, requests.Session() as session:
        session.trust_env = False
        desk = Desk(home, police, session)
        desk.fetch()
        desk.store(invented(month), month, "force")
        with duckdb.connect() as database:
            types = [
                database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(desk.crimes.path(stored))])
                .df()
                .column_type.tolist()
                for stored in desk.crimes.months()
            ]
        assert len(types) == 2
        assert types[0] == types[1]
