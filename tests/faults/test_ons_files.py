"""Wards and households from the address of a file."""

from datetime import date

import pytest
import requests
from made_wards import AREA, as_published, code, wards, written
from refusing import refused
from servers.ons import Portal, drip, send, serving
from stores_now import Now

from mkmap.errors import Code, Refused, Unreachable
from mkmap.places import download
from mkmap.places.households.load import load_households
from mkmap.places.load import load_wards
from mkmap.places.store import Places

START = date(2014, 5, 22)
CSV = f"ward24_code,households_2021\n{code(1)},1000\n{code(2)},2000\n{code(3)},3000\n".encode()


@pytest.fixture
def portal():
    with serving(Portal([], fields=[])) as made:
        yield made


@pytest.fixture
def places(home) -> Now:
    return Now(Places, home)


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """Where downloads go, to see that none is left."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []


def load(places, address):
    return load_wards(places, address, start=START, area=AREA, session=requests.Session())


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (send(404, b"<html>"), Code.ADDRESS_SAID_NO),
        (send(200, b"<!DOCTYPE html><html>Sign in</html>"), Code.NOT_BOUNDARIES),
        (send(200, b""), Code.NOT_BOUNDARIES),
        (send(200, b'{"type": "FeatureCollection"', Content_Length="900"), Code.ADDRESS_BROKE_OFF),
        (send(302, b"", Location="file:///etc/passwd"), Code.ADDRESS_BROKE_OFF),
        (send(302, b"", Location="http://"), Code.ADDRESS_BROKE_OFF),
    ],
)
def test_a_file_that_cannot_be_had_is_one_sentence(portal, places, answer, code):
    portal.instead["file"] = answer
    with refused(Refused, code) as caught:
        load(places, portal.address + "/wards.geojson")
    assert portal.address in str(caught.value)
    assert places.version == ""


def test_a_file_that_is_too_large_is_refused_while_it_comes(portal, places, monkeypatch):
    monkeypatch.setattr(download, "MOST_BYTES", 10)
    portal.instead["file"] = drip(b" " * 100_000, pause=0.005)
    with refused(Refused, Code.ANSWER_TOO_LARGE):
        load(places, portal.address + "/wards.geojson")


@pytest.mark.parametrize(
    "address", ["http://", "http://[", "http://nowhere.invalid/wards.zip", "https://127.0.0.1:1/wards.zip"]
)
def test_an_address_that_leads_nowhere_is_refused(places, address):
    with pytest.raises(Unreachable):
        load(places, address)
    assert places.version == ""


@pytest.mark.parametrize(
    "name", ["/wards.geojson", "/download", "/" + "w" * 300 + ".geojson", "/../../wards.geojson", "/a%2F..%2Fb"]
)
def test_wards_come_from_the_address_of_a_file(portal, places, tmp_path, name):
    portal.instead["file"] = send(200, written(as_published(wards()), tmp_path / "wards.geojson").read_bytes())
    made = load(places, portal.address + name + "?token=secret")
    assert made.wards == 3
    assert "secret" not in made.source


def test_wards_come_from_a_zipped_shapefile(portal, places, tmp_path):
    as_published(wards()).drop(columns="WD25NMW").to_crs(27700).to_file(tmp_path / "wards.shp.zip")
    portal.files["/wards.zip"] = (tmp_path / "wards.shp.zip").read_bytes()
    assert load(places, portal.address + "/wards.zip").wards == 3


def test_the_address_of_a_query_is_the_address_of_a_file(portal, places, tmp_path):
    path = "/x/FeatureServer/0/query"
    portal.files[path] = written(as_published(wards()), tmp_path / "wards.geojson").read_bytes()
    assert load(places, portal.address + path + "?where=1=1&f=geojson").wards == 3


def test_households_and_their_lookup_come_from_addresses(portal, places, tmp_path):
    file = written(as_published(wards()), tmp_path / "wards.geojson")
    made = load(places, str(file))
    portal.files["/households.csv"] = CSV
    portal.files["/lsoas_2021.csv"] = b"lsoa,households\nE01000001,701\nE01000002,702\nE01000003,703\n"
    portal.files["/lookup.csv"] = f"l,w\nE01000001,{code(1)}\nE01000002,{code(2)}\nE01000003,{code(3)}\n".encode()
    load_households(places, portal.address + "/households.csv", session=requests.Session())
    assert places.households(made).per_ward[code(3)] == 3000
    load_households(
        places, portal.address + "/lsoas_2021.csv", lookup=portal.address + "/lookup.csv", session=requests.Session()
    )
    assert places.households(made).per_ward[code(3)] == 703
    assert places.households(made).year == 2021
