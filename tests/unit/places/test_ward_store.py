"""The store of places: every change is seen whole or not at all, and every point knows its ward in every set."""

import subprocess
import sys
import zipfile
from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import requests
from made_wards import AREA, as_published, code, middle, wards, written
from refusing import refused
from stores_now import Now

from mkmap.errors import Code, Damaged, Refused
from mkmap.lake.manifest import locked
from mkmap.month import Month
from mkmap.places.load import load_wards
from mkmap.places.points import point_id
from mkmap.places.store import Households, Places, WardSet
from mkmap.settings import PROJECT


@pytest.fixture
def places(home) -> Now:
    return Now(Places, home)


def a_set(name="old", start=date(2014, 5, 22), end=None, count=3) -> WardSet:
    return WardSet(name, start, end, count, "made")


def some_points(*cells, street="On or near High Street") -> pa.Table:
    """The middles of squares of the grid, all in one street."""
    longitude, latitude = zip(*[middle(*cell) for cell in cells], strict=True)
    return pa.table({"point": point_id(longitude, latitude), "street": pa.array([street] * len(cells), pa.string())})


def stored(places: Places) -> pd.DataFrame:
    frame = duckdb.sql(f"SELECT * FROM '{places.points_file()}' ORDER BY longitude, latitude").df()
    return frame.astype(object).where(frame.notna(), None)


def listed_files(home) -> set[str]:
    return {file.name for file in (home / "places").iterdir()} - {"lock", "lock.json"}


# Failure branches


def test_an_empty_store_says_so(places):
    assert (places.version, places.ward_sets(), places.ward_set(Month(2025, 1)), places.points_file()) == ("", [], None, None)


def test_wards_of_a_set_that_is_not_stored_are_an_error(places):
    with pytest.raises(KeyError):
        places.wards(a_set())


def test_a_missing_file_is_damage_and_not_an_empty_map(places, home):
    places.add_wards(a_set(), wards())
    for file in (home / "places").glob("wards-*"):
        file.unlink()
    with refused(Damaged, Code.FILE_MISSING):
        places.wards(a_set())
    assert len(places.damaged()) == 1


def test_a_change_that_fails_half_way_changes_nothing(places, home, monkeypatch):
    places.add_wards(a_set(), wards())
    places.add_points(some_points((0,), (1,)))
    version, files, before = places.version, listed_files(home), stored(places)
    monkeypatch.setattr("mkmap.places.point_table.write", lambda table, file: file.write_bytes(b"half") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        places.add_wards(a_set("new", date(2026, 5, 7)), wards(5))
    assert (places.version, [ward_set.name for ward_set in places.ward_sets()]) == (version, ["old"])
    assert {name for name in listed_files(home) if not name.startswith("wards-new")} == files
    pd.testing.assert_frame_equal(stored(places), before)


def test_a_second_writer_is_told_who_holds_the_store(places, home, monkeypatch):
    monkeypatch.setattr("mkmap.lake.manifest.LOCK_PATIENCE", 0.05)
    places.add_wards(a_set(), wards())
    with locked(home / "places" / "lock"), refused(Refused, Code.STORE_BUSY):
        places.add_points(some_points((0,)))
    assert places.points_file() is None


def test_households_of_other_wards_are_refused(places):
    places.add_wards(a_set(), wards())
    with refused(Refused, Code.WARDS_CHANGED):
        places.add_households({"old": Households({code(1): 10, code(2): 20}, 2021, "made")})
    assert places.households(a_set()) is None


def test_loading_a_bad_file_keeps_the_set_that_stood(places, tmp_path):
    good = written(as_published(wards()), tmp_path / "good.geojson")
    bad = written(as_published(wards().assign(code=code(1))), tmp_path / "bad.geojson")
    load_wards(places, str(good), start=date(2014, 5, 22), area=AREA, session=requests.Session())
    version = places.version
    with pytest.raises(Refused):
        load_wards(places, str(bad), start=date(2014, 5, 22), area=AREA, session=requests.Session())
    assert places.version == version


def test_a_bad_date_or_name_is_refused_before_the_file_is_read(places):
    for wrong, why in (({"end": date(2013, 1, 1)}, Code.WARD_SET_ENDS_EARLY), ({"name": "a/b"}, Code.WARD_SET_UNNAMABLE)):
        with refused(Refused, why):
            load_wards(places, "nowhere.geojson", start=date(2014, 5, 22), area=AREA, session=requests.Session(), **wrong)


# Ward sets


def test_wards_come_back_as_they_went_in(places):
    places.add_wards(a_set(), wards().iloc[::-1])
    back = places.wards(a_set())
    assert list(back.columns) == ["code", "name", "geometry"]
    assert back["name"].tolist() == ["Ward 01", "Ward 02", "Ward 03"]
    assert back.crs.to_epsg() == 4326
    assert back.geometry.geom_equals(wards().geometry).all()
    assert places.ward_sets() == [a_set()]


def test_the_outline_is_the_union_of_the_wards(places):
    places.add_wards(a_set(), wards())
    assert places.outline(a_set()).equals(wards().union_all())


def test_nineteen_wards_until_may_2026_and_twenty_one_after(places, tmp_path):
    new = wards(21, first=101)  # cut otherwise: the same squares have other codes
    for name, frame, start in (("old", wards(19), date(2014, 5, 22)), ("new", new, date(2026, 5, 7))):
        file = written(as_published(frame), tmp_path / f"{name}.geojson")
        load_wards(places, str(file), start=start, name=name, area=AREA, session=requests.Session())
    places.add_points(some_points((0,), (20,)))
    at = {month: places.ward_set(Month.parse(month)) for month in ("2026-04", "2026-05")}
    assert {month: (found.name, found.wards) for month, found in at.items()} == {"2026-04": ("old", 19), "2026-05": ("new", 21)}
    assert at["2026-04"].end == date(2026, 5, 6)
    assert len(places.wards(at["2026-05"])) == 21
    frame = stored(places)
    assert frame["old"].tolist() == [code(1), None]
    assert frame["new"].tolist() == [code(101), code(121)]


def test_a_set_without_a_name_is_named_after_its_start(places, tmp_path):
    file = written(as_published(wards()), tmp_path / "wards.geojson")
    made = load_wards(places, str(file), start=date(2014, 5, 22), area=AREA, session=requests.Session())
    assert made == WardSet("wards_2014_05_22", date(2014, 5, 22), None, 3, "wards.geojson")


@pytest.mark.parametrize("again", ["old", "OLD"])
def test_a_set_of_the_same_name_is_replaced_with_its_files_and_its_points(places, home, monkeypatch, again):
    monkeypatch.setattr("mkmap.lake.manifest.SWEEP_AFTER", -1.0)
    places.add_points(some_points((0,), (1,)))
    places.add_wards(a_set(), wards())
    places.add_wards(a_set(again, date(2015, 5, 7)), wards(1, first=9))
    assert [(found.name, found.start) for found in places.ward_sets()] == [(again, date(2015, 5, 7))]
    assert list(stored(places).columns) == ["point", "longitude", "latitude", "street", again]
    assert stored(places)[again].tolist() == [code(9), None]
    assert len(list((home / "places").glob("*.parquet"))) == 2


def test_loading_the_same_wards_again_changes_nothing_but_keeps_working(places):
    places.add_points(some_points((0,), (1,)))
    places.add_wards(a_set(), wards())
    before = stored(places)
    places.add_wards(a_set(), wards())
    pd.testing.assert_frame_equal(stored(places), before)
    assert places.damaged() == []


def test_households_stay_only_while_the_wards_do(places):
    places.add_wards(a_set(), wards())
    households = Households({code(1): 10, code(2): 20, code(3): 30}, 2021, "made", "A sentence.")
    places.add_households({"OLD": households})
    places.add_wards(a_set(), wards())
    assert places.households(a_set()) == households
    places.add_wards(a_set(), wards(2))
    assert places.households(a_set()) is None


def test_the_version_changes_with_the_store(places):
    versions = [places.version]
    for change in (
        lambda: places.add_wards(a_set(), wards()),
        lambda: places.add_points(some_points((0,))),
        lambda: places.add_wards(a_set("new", date(2026, 5, 7)), wards(2)),
    ):
        change()
        versions.append(places.version)
    assert len(set(versions)) == 4


# Points


def test_points_have_the_types_that_are_promised(places):
    places.add_wards(a_set("old set"), wards())
    places.add_points(some_points((0,)))
    described = duckdb.sql(f"DESCRIBE SELECT * FROM '{places.points_file()}'").fetchall()
    assert [(name, kind) for name, kind, *__ in described] == [
        ("point", "BIGINT"), ("longitude", "DOUBLE"), ("latitude", "DOUBLE"), ("street", "VARCHAR"), ("old set", "VARCHAR"),
    ]  # fmt: skip


def test_points_before_wards_and_wards_before_points_come_to_the_same(tmp_path):
    one, other = Now(Places, tmp_path / "one"), Now(Places, tmp_path / "other")
    cells = some_points((0,), (1,), (7,), (2, 3))
    one.add_wards(a_set(), wards())
    one.add_points(cells)
    other.add_points(cells)
    other.add_wards(a_set(), wards())
    pd.testing.assert_frame_equal(stored(one), stored(other))
    assert stored(one)["old"].tolist() == [code(1), code(2), None, None]


def test_a_known_point_takes_the_newest_street_name(places):
    places.add_points(some_points((0,), (1,), street="Old Street"))
    places.add_points(some_points((1,), (2,), street="New Street"))
    assert stored(places)["street"].tolist() == ["Old Street", "New Street", "New Street"]


def test_of_several_names_in_one_frame_the_last_is_taken(places):
    both = pa.concat_tables([some_points((0,), street="First"), some_points((0,), street="Last")])
    places.add_points(both)
    assert stored(places)["street"].tolist() == ["Last"]


def test_a_missing_name_replaces_none(places):
    places.add_points(some_points((0,), street="High Street"))
    version = places.version
    places.add_points(some_points((0,), street=None))
    assert places.version == version
    assert stored(places)["street"].tolist() == ["High Street"]


def test_a_name_replaces_a_missing_one(places):
    places.add_points(some_points((0,), street=None))
    assert stored(places)["street"].isna().all()
    places.add_points(some_points((0,), street="High Street"))
    assert stored(places)["street"].tolist() == ["High Street"]


@pytest.mark.parametrize("again", [some_points((0,), (1,)), some_points((1,)), some_points((0,)).slice(0, 0)])
def test_points_that_are_known_change_nothing(places, again):
    places.add_points(some_points((0,), (1,)))
    version = places.version
    places.add_points(again)
    assert places.version == version


def test_no_points_at_all_make_no_file(places):
    places.add_points(some_points((0,)).slice(0, 0))
    assert places.points_file() is None


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())])
def test_street_names_may_come_in_any_text_type(places, kind):
    streets = pa.array(["Ō'Brien; DROP TABLE", None], pa.string()).cast(kind)
    places.add_points(pa.table({"point": some_points((0,), (1,))["point"], "street": streets}))
    assert stored(places)["street"].tolist()[0] == "Ō'Brien; DROP TABLE"
    assert stored(places)["street"].isna().tolist() == [False, True]


def test_points_agree_with_a_plain_dictionary(places):
    random = np.random.default_rng(11)
    places.add_wards(a_set(), wards())
    expected = {}
    for batch in range(6):
        points = some_points(*((int(cell), 0) for cell in random.integers(0, 12, 8)))["point"]
        streets = [f"{batch}-{row}" for row in range(8)]
        expected |= dict(zip(points.to_pylist(), streets, strict=True))
        places.add_points(pa.table({"point": points, "street": streets}))
    found = stored(places)
    assert dict(zip(found["point"], found["street"], strict=True)) == expected
    assert found["point"].is_unique


def test_a_folder_that_is_named_like_a_partition_adds_no_column(tmp_path):
    places = Now(Places, tmp_path / "year=2025")
    places.add_wards(a_set(), wards())
    places.add_points(some_points((0,)))
    places.add_points(some_points((1,)))
    assert list(places.wards(a_set()).columns) == ["code", "name", "geometry"]
    assert pd.read_parquet(places.points_file(), partitioning=None).shape == (2, 5)


def test_three_hundred_thousand_points_are_kept(places):
    places.add_wards(a_set(count=19), wards(19))
    random = np.random.default_rng(3)
    ids = point_id(random.uniform(-1.7, -0.5, 300_000), random.uniform(51.3, 52.2, 300_000))
    places.add_points(pa.table({"point": ids, "street": [f"On or near Street {row}" for row in range(300_000)]}))
    assert len(stored(places)) == len(set(ids))


def test_adding_points_does_not_wait_for_geopandas(home):
    Places(home).add_wards(a_set(), wards())
    program = f"""
import sys, pyarrow
from pathlib import Path
from mkmap.places.store import Places
places = Places(Path({str(home)!r}))
places.add_points(pyarrow.table({{"point": {some_points((0,), (9,))["point"].to_pylist()}, "street": ["x", "x"]}}))
print(places.ward_sets()[0].name, "geopandas" in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["old", "False"]
    assert stored(Places(home))["old"].tolist() == [code(1), None]


# Real files


def test_real_points_lie_where_the_real_wards_are(places, shared, tmp_path):
    full = shared / "wards" / "milton-keynes-wards-2014-full.geojson"
    load_wards(places, str(full), start=date(2014, 5, 22), area=AREA, session=requests.Session())
    with zipfile.ZipFile(shared / "police-uk" / "thames-valley.zip") as archive:
        member = next(name for name in archive.namelist() if name.endswith("2025-01-thames-valley-street.csv"))
        file = archive.extract(member, tmp_path)
    frame = duckdb.sql(f"""
        SELECT DISTINCT CAST(Longitude AS DOUBLE) longitude, CAST(Latitude AS DOUBLE) latitude, Location street
        FROM read_csv('{file}', all_varchar = true) WHERE "LSOA name" LIKE 'Milton Keynes %' AND Longitude <> ''""").df()
    places.add_points(pa.table({"point": point_id(frame["longitude"], frame["latitude"]), "street": pa.array(frame["street"])}))
    found = stored(places)["wards_2014_05_22"]
    assert len(found) > 1000
    assert found.notna().mean() > 0.99
    assert found.nunique() == 19
