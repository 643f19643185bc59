"""The demonstration's town: real names, schematic areas, invented streets."""

import re
from zipfile import ZipFile

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from mkmap.dataset import invented_town
from mkmap.places.files import geojson

MILE = 1609.344
METRES = "EPSG:27700"


@pytest.fixture(scope="module")
def wards() -> gpd.GeoDataFrame:
    return invented_town.wards()


@pytest.fixture(scope="module")
def points() -> gpd.GeoDataFrame:
    frame = invented_town.points()
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["longitude"], frame["latitude"]), crs="EPSG:4326")


def test_no_code_can_be_taken_for_a_real_wards(wards):
    assert wards["code"].is_unique
    assert not wards["code"].str.fullmatch(r"[EWSN]\d{8}").any()


def test_the_names_are_the_nineteen_of_the_real_wards(wards, shared):
    real = geojson.read(shared / "wards" / "milton-keynes-wards-2014-full.geojson", "")
    assert sorted(real["WD25NM"]) == wards["name"].tolist()
    assert not set(real["WD25CD"]) & set(wards["code"])


def test_no_real_boundary_is_copied(wards, shared):
    real = geojson.read(shared / "wards" / "milton-keynes-wards-2014-full.geojson", "").to_crs("EPSG:4326")
    corners = {tuple(corner) for corner in np.round(shapely.get_coordinates(real.geometry), 5)}
    assert not corners & {tuple(corner) for corner in np.round(shapely.get_coordinates(wards.geometry), 5)}


def test_there_are_nineteen_wards_sorted_by_name(wards):
    assert wards.columns.tolist() == ["code", "name", "geometry"]
    assert wards.crs == "EPSG:4326"
    assert len(wards) == 19
    assert wards["name"].is_monotonic_increasing
    assert "Broughton" in wards["name"].tolist()


def test_areas_touch_without_gap_or_overlap(wards):
    assert wards.is_valid.all()
    assert shapely.coverage_is_valid(wards.geometry.values)
    town = wards.union_all()
    assert town.geom_type == "Polygon"
    assert not town.interiors


def test_every_area_holds_its_own_rough_centre(wards):
    for name, area in zip(wards["name"], wards.geometry, strict=True):
        longitude, latitude, _households = invented_town.WARDS[name]
        assert shapely.contains_xy(area, longitude, latitude), name
        assert (round(longitude, 2), round(latitude, 2)) == (longitude, latitude)


def test_country_wards_are_larger_than_town_wards(wards):
    areas = wards.set_index("name").to_crs(METRES).area
    for country in ("Olney", "Newport Pagnell North & Hanslope", "Stony Stratford", "Danesborough & Walton"):
        assert areas[country] > 2 * areas["Central Milton Keynes"]


def test_every_point_lies_in_its_ward_and_in_no_other(points, wards):
    placed = points[points["ward"].notna()]
    found = placed.sjoin(wards[["code", "geometry"]], predicate="intersects")
    assert len(found) == len(placed) == invented_town.POINTS - invented_town.OUTSIDE
    assert (found["ward"] == found["code"]).all()
    assert set(placed["ward"]) == set(wards["code"])


def test_a_few_points_lie_outside_every_ward_but_within_a_mile(points, wards):
    outside = points[points["ward"].isna()].to_crs(METRES)
    distances = outside.distance(wards.to_crs(METRES).union_all())
    assert len(outside) == invented_town.OUTSIDE
    assert distances.between(1, MILE).all()


def test_no_two_points_share_a_place_and_six_decimals_are_all_they_have(points):
    places = invented_town.points()[["longitude", "latitude"]]
    assert len(points) == 1_500
    assert not places.duplicated().any()
    assert np.array_equal(places, places.round(6))


def test_streets_have_names_of_their_own_and_public_places_what_the_police_call_them(points):
    streets = points.loc[points["kind"] == invented_town.STREET, "street"]
    assert streets.is_unique
    assert streets.str.fullmatch(r"On or near [A-Z][a-z]+ [A-Z][a-z]+").all()
    public = points[points["kind"] != invented_town.STREET]
    assert (public["street"] == "On or near " + public["kind"]).all()
    assert public.groupby("kind").size().index.tolist() == sorted(invented_town.PUBLIC_PLACES)


def test_no_invented_street_and_no_invented_area_is_a_real_one(points, shared):
    with ZipFile(shared / "police-uk" / "thames-valley.zip") as archive:
        names = [name for name in archive.namelist() if re.search(r"2025-\d\d-thames-valley-street\.csv$", name)]
        real = pd.concat([pd.read_csv(archive.open(name), usecols=["Location", "LSOA name"], dtype="str") for name in names])
    streets = points.loc[points["kind"] == invented_town.STREET, "street"]
    assert not set(streets) & set(real["Location"])
    assert not set(points["lsoa_name"].dropna()) & set(real["LSOA name"])
    assert set(invented_town.PUBLIC_PLACES) <= set(real["Location"].str.removeprefix("On or near "))


def test_the_district_can_be_read_from_an_area_name(points):
    named = points["lsoa_name"].dropna()
    assert named.str.fullmatch(r"Milton Keynes 9\d\d[A-Z]").all()
    assert points["lsoa_name"].isna().equals(points["ward"].isna())


def test_every_ward_has_its_share_of_points_and_the_centre_the_most_shops(points):
    of_ward = points.groupby("ward").size()
    share = of_ward / of_ward.sum()
    households = pd.Series(invented_town.households())
    assert (share / (households / households.sum())).between(0.95, 1.05).all()
    shops = points[points["kind"] == "Shopping Area"].groupby("ward").size()
    assert shops.idxmax() == invented_town.code("Central Milton Keynes")
    assert len(shops) == 19


def test_every_ward_has_households(wards):
    assert list(invented_town.households()) == wards["code"].tolist()
    assert all(3_000 < count < 8_000 for count in invented_town.households().values())


def test_the_town_is_the_same_every_time(points, wards):
    assert invented_town.points().equals(pd.DataFrame(points.drop(columns="geometry")))
    assert invented_town.wards().geom_equals_exact(wards, 0).all()
