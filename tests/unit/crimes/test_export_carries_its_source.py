"""Every file says what it is, where it comes from and of when it is, in a form that programs read."""

import csv
import io
import json
from datetime import date

import pytest
from made_archive import ASB, AT, FORCE, frame, row
from made_wards import code, middle, wards
from stores_now import Stores

from mkmap.crimes import export
from mkmap.crimes.export import LICENCE, Provenance
from mkmap.crimes.ingest import ingest_frame
from mkmap.crimes.query import area_crimes
from mkmap.crimes.rows import rows_of
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.store import Households, Places, WardSet

JANUARY = Month(2025, 1)
ALL = Filters(JANUARY, JANUARY)
ABOUT = Provenance("police.uk", "data.police.uk", "2025-01", "2024-12")
CARRIED = {
    "dataset": "police.uk",
    "source": "data.police.uk",
    "licence": LICENCE,
    "as_of": "2025-01",
    "missing_months": "2024-12",
}
WARDS = WardSet("made", date(2014, 5, 22), None, 3, "made")


@pytest.fixture
def stores(home):
    Places(home).add_wards(WARDS, wards())
    return Stores(home)


def stored(stores, *rows: dict):
    ingest_frame(*stores, frame(rows), month=JANUARY, force=FORCE, scope="force", source="made", at=AT)
    return area_crimes(*stores, WARDS, FORCE).select(ALL)


def at(number: int, ward: int, **changed: str) -> dict:
    longitude, latitude = middle(ward)
    return row(number, Longitude=f"{longitude:.6f}", Latitude=f"{latitude:.6f}", Location=f"On or near Road {ward}", **changed)


def strict(content: bytes) -> dict:
    """JSON as browsers read it: without NaN."""

    def refused(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(content, parse_constant=refused)


def test_every_file_carries_where_it_comes_from(stores):
    selection = stored(stores, at(1, 0), at(2, 1))
    rows = list(csv.DictReader(io.StringIO(export.csv(rows_of(*stores, WARDS, FORCE, ALL), ABOUT).decode())))
    assert len(rows) == 2
    assert all(CARRIED.items() <= row.items() for row in rows)
    for collection in (export.crimes_geojson(selection, ABOUT), export.wards_geojson(selection, None, ABOUT)):
        assert CARRIED.items() <= strict(collection).items()
        assert "Open Government Licence" in strict(collection)["licence"]


def test_a_file_without_crimes_still_names_its_columns(stores):
    stored(stores, at(1, 0))
    header, *rows = (
        export.csv(rows_of(*stores, WARDS, FORCE, Filters(Month(2024, 1), Month(2024, 1))), ABOUT).decode().splitlines()
    )
    assert rows == []
    assert {"month", "crime_type", "street", "longitude", "latitude", "ward_code", *CARRIED} <= set(header.split(","))


def test_the_csv_has_what_the_police_published(stores):
    stored(stores, at(7, 2, **{"Last outcome category": "Under investigation"}), at(8, 2, **ASB))
    one, other = sorted(
        csv.DictReader(io.StringIO(export.csv(rows_of(*stores, WARDS, FORCE, ALL), ABOUT).decode())),
        key=lambda row: row["crime_type"],
    )[::-1]
    assert other["crime_type"] == "Anti-social behaviour"
    assert (other["crime_id"], other["last_outcome"]) == ("", "")
    assert (one["crime_id"], one["last_outcome"]) == (f"{7:064x}", "Under investigation")
    assert (one["ward_code"], one["street"], one["lsoa_code"]) == (code(3), "On or near Road 2", "E01016847")
    assert (float(one["longitude"]), float(one["latitude"])) == middle(2)


def test_a_feature_a_point_with_a_count_for_each_type(stores):
    burglary, drugs = {"Crime type": "Burglary"}, {"Crime type": "Drugs"}
    selection = stored(stores, at(1, 0, **burglary), at(2, 0, **burglary), at(3, 0, **drugs), at(4, 1, **drugs))
    features = strict(export.crimes_geojson(selection, ABOUT))["features"]
    assert [feature["geometry"] for feature in features] == [
        {"type": "Point", "coordinates": list(middle(0))},
        {"type": "Point", "coordinates": list(middle(1))},
    ]
    assert [feature["properties"] for feature in features] == [
        {"street": "On or near Road 0", "ward": "Ward 01", "count": 3, "Burglary": 2, "Drugs": 1},
        {"street": "On or near Road 1", "ward": "Ward 02", "count": 1, "Drugs": 1},
    ]


@pytest.mark.parametrize("crime_type", ["count", "street", "ward"])
def test_a_type_that_is_named_as_a_property_does_not_change_it(stores, crime_type):
    selection = stored(stores, at(1, 0, **{"Crime type": crime_type}), at(2, 0))
    (feature,) = strict(export.crimes_geojson(selection, ABOUT))["features"]
    properties = feature["properties"]
    assert (properties["street"], properties["ward"], properties["count"]) == ("On or near Road 0", "Ward 01", 2)


def test_a_point_without_a_street_name_is_null(stores):
    selection = stored(stores, at(1, 0) | {"Location": ""})
    (feature,) = strict(export.crimes_geojson(selection, ABOUT))["features"]
    assert feature["properties"]["street"] is None


def test_a_feature_a_ward_also_where_nothing_was_recorded(stores):
    selection = stored(stores, *(at(number, 0) for number in range(3)), at(4, 1))
    households = Households({code(1): 100, code(2): 300}, 2021, "made")
    features = strict(export.wards_geojson(selection, households, ABOUT))["features"]
    assert [feature["properties"] for feature in features] == [
        {"code": code(1), "name": "Ward 01", "count": 3, "households": 100, "rate": 30.0},
        {"code": code(2), "name": "Ward 02", "count": 1, "households": 300, "rate": 3.33},
        {"code": code(3), "name": "Ward 03", "count": 0, "households": None, "rate": None},
    ]
    assert {feature["geometry"]["type"] for feature in features} == {"Polygon"}


def test_without_households_there_is_no_rate(stores):
    features = strict(export.wards_geojson(stored(stores, at(1, 0)), None, ABOUT))["features"]
    assert {feature["properties"]["rate"] for feature in features} == {None}


def test_hostile_text_stays_text(stores):
    street = "</script><img src=x onerror=alert(1)>\u2028\u202e"
    selection = stored(stores, at(1, 0) | {"Location": street})
    (feature,) = strict(export.crimes_geojson(selection, ABOUT))["features"]
    assert feature["properties"]["street"] == street
