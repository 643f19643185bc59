"""The files that everybody can take away, as the contract names them."""

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import made_stores
import pytest
from made_clock import TODAY
from made_tiles import path_of, tile_at
from sent_reports import published
from servers.asgi import Client
from servers.routes import own_routes
from shapely.geometry import shape

from mkmap.crime_types import CRIME_TYPES
from mkmap.database.connection import opened
from mkmap.operate.health import damage
from mkmap.settings import settings
from mkmap.web.files import FOREVER

ALL = "from=2025-01&to=2025-03&type=all"
PROVENANCE = {"dataset", "source", "licence", "as_of", "missing_months"}


@pytest.fixture
def client(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    monkeypatch.setenv("MKMAP_HOME", str(home))
    settings.cache_clear()
    yield own_routes()
    settings.cache_clear()


@pytest.fixture
def town(home: Path) -> Path:
    return made_stores.town(home)


@pytest.fixture
def get(client: Client) -> Callable[[str], dict]:
    return lambda path: client.get(path).json()


DATA = ["/data/crimes.csv", "/data/crimes.geojson", "/data/wards.geojson"]
TILE = "/map/crimes/12/2038/1352.json"  # around the town
MAP = [TILE, *(f"/map/{name}.json" for name in ("wards", "points", "streets", "findable", "style", "ward-names/10/509/337"))]


@pytest.mark.parametrize("path", DATA + MAP)
def test_a_broken_store_is_503_in_words(client: Client, town: Path, path: str):
    (town / "police" / "manifest.json").write_text("{ not json")
    answer = client.get(path)
    assert answer.status_code == 503
    assert "cannot be read at the moment" in answer.text
    assert str(town) not in answer.text


@pytest.mark.parametrize("path", DATA)
def test_a_spoilt_month_is_503_in_words(client: Client, town: Path, path: str):
    (file,) = (town / "police").glob("2025-01*.parquet")
    file.write_bytes(b"PAR1 this is no Parquet PAR1")
    assert client.get(f"{path}?{ALL}").status_code == 503


@pytest.mark.parametrize("files", ["police/2025-01*.parquet", "places/points-*.parquet", "places/wards-*.parquet"])
def test_one_flipped_bit_is_noticed_by_route_health_and_verify_alike(client: Client, town: Path, files: str):
    file = max(town.glob(files), key=lambda one: one.stat().st_mtime_ns)
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 1
    file.write_bytes(content)
    assert client.get(f"/data/crimes.csv?{ALL}").status_code == 503
    assert client.get("/healthz").json() == {"status": "damaged"}
    assert damage(settings()) == [f"{file} is not the file that was stored: its checksum differs."]


def test_a_broken_store_is_not_healthy(client: Client, town: Path):
    (town / "police" / "manifest.json").write_text("{ not json")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "damaged"})


def test_health(client: Client, town: Path):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() | {"status": "ok", "dataset": "police.uk", "latest_month": "2025-03"} == answer.json()
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.json().keys() >= {"oldest_pending_report", "last_failed_fetch", "last_backup"}


def test_the_health_of_an_empty_house_is_the_demonstrations(client: Client, home: Path):
    assert client.get("/healthz").json()["dataset"] == "demo"


@pytest.mark.parametrize("path", DATA + MAP)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: Client, town: Path, method: str, path: str):
    assert client.request(method, path).status_code == 405


@pytest.mark.parametrize("path", DATA)
def test_what_is_unknown_in_an_address_is_ignored_and_said(client: Client, town: Path, path: str):
    answer = client.get(f"{path}?ward=Atlantis&from=never")
    assert answer.status_code == 200
    assert "Atlantis" in answer.headers["x-ignored"]
    assert b"Atlantis" in answer.content
    assert answer.content.count(b"Alder Park") == client.get(path).content.count(b"Alder Park")
    assert "x-ignored" not in client.get(f"{path}?{ALL}").headers


def rows(client: Client, query: str) -> list[dict]:
    answer = client.get(f"/data/crimes.csv?{query}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_the_csv_has_a_row_a_crime(client: Client, town: Path):
    found = rows(client, ALL)
    assert len(found) == 7
    assert (
        found[0].keys()
        >= {"month", "crime_type", "street", "longitude", "latitude", "ward", "ward_code", "crime_id"} | PROVENANCE
    )
    assert [row["ward"] for row in found].count("Alder Park") == 4
    assert {row["missing_months"] for row in found} == {"2025-02"}
    assert {row["as_of"] for row in found} == {"2025-03"}
    assert {row["source"] for row in found} == {"data.police.uk, Thames Valley Police"}
    assert all("Open Government Licence v3.0" in row["licence"] for row in found)
    assert [float(row["longitude"]) for row in found if row["ward"] == "Broughton"] == [made_stores.place(1)[0]] * 2


def test_the_csv_follows_every_filter(client: Client, town: Path):
    assert len(rows(client, "from=2025-01&to=2025-01&ward=Alder Park&type=Drugs")) == 1
    assert len(rows(client, f"{ALL}&ward=Broughton&ward=E05000003")) == 3
    assert rows(client, "from=2025-01&to=2025-01&ward=E05000003&type=Drugs") == []


def test_a_csv_of_a_missing_month_is_no_empty_file(client: Client, town: Path):
    answer = client.get("/data/crimes.csv?from=2025-02&to=2025-02")
    assert (answer.status_code, answer.text) == (404, "There are no police figures for February 2025.")


def test_a_csv_without_a_row_still_says_where_it_is_from(client: Client, town: Path):
    answer = client.get("/data/crimes.csv?from=2025-01&to=2025-02&ward=E05000003&type=Drugs")
    assert answer.headers["x-missing-months"] == "2025-02"
    assert "data.police.uk" in answer.headers["x-source"]


def test_the_geojson_has_a_feature_a_point(get, town: Path):
    found = get(f"/data/crimes.geojson?{ALL}")
    assert found["type"] == "FeatureCollection"
    assert found.keys() >= PROVENANCE
    by_street = {one["properties"]["street"]: one for one in found["features"]}
    alder = by_street["On or near High Street"]
    assert alder["geometry"] == {"type": "Point", "coordinates": list(made_stores.place(0))}
    assert alder["properties"] == {
        "street": "On or near High Street", "ward": "Alder Park", "count": 4, "Burglary": 3, "Drugs": 1,
    }  # fmt: skip
    assert sum(one["properties"]["count"] for one in found["features"]) == 7


def test_the_wards_have_rates_where_there_are_households(get, town: Path):
    names = ("code", "name", "count", "households", "rate")
    found = get(f"/data/wards.geojson?{ALL}")
    assert [tuple(one["properties"][name] for name in names) for one in found["features"]] == [
        ("E05000001", "Alder Park", 4, None, None),
        ("E05000002", "Broughton", 2, None, None),
        ("E05000003", "Cedar & Elm", 1, None, None),
    ]
    made_stores.add_households(town, 2000)
    found = get(f"/data/wards.geojson?{ALL}")
    assert [one["properties"]["rate"] for one in found["features"]] == [2.0, 1.0, 0.5]
    assert found.keys() >= PROVENANCE
    assert {one["geometry"]["type"] for one in found["features"]} <= {"Polygon", "MultiPolygon"}


def test_the_three_files_agree(client: Client, get, town: Path):
    for query in (ALL, "from=2025-01&to=2025-01", f"{ALL}&ward=Broughton"):
        points = get(f"/data/crimes.geojson?{query}")["features"]
        wards = get(f"/data/wards.geojson?{query}")["features"]
        total = len(rows(client, query))
        assert sum(one["properties"]["count"] for one in points) == sum(one["properties"]["count"] for one in wards) == total
        assert sum(one["properties"].get(name, 0) for one in points for name in CRIME_TYPES) == total


@pytest.mark.parametrize(("path", "name"), [(DATA[0], "crimes.csv"), (DATA[1], "crimes.geojson"), (DATA[2], "wards.geojson")])
def test_a_download_has_its_months_in_its_name(client: Client, town: Path, path: str, name: str):
    answer = client.get(f"{path}?{ALL}")
    assert answer.headers["content-disposition"] == f'attachment; filename="2025-01-to-2025-03-{name}"'


@pytest.mark.parametrize("path", DATA)
@pytest.mark.usefixtures("with_demonstration")
def test_the_demonstration_says_so_in_every_file_and_its_name(client: Client, home: Path, path: str):
    answer = client.get(path)
    assert "demonstration-" in answer.headers["content-disposition"]
    assert "Demonstration data: invented" in answer.text
    assert "data.police.uk" not in answer.text


def test_what_the_map_loads_is_kept_while_the_store_stands(client: Client, town: Path):
    from mkmap.view.snapshot import Snapshot

    version = Snapshot.now(settings(), TODAY).version
    path = f"{TILE}?from=2025-01&to=2025-01&v={version}"
    first = client.get(path)
    assert first.headers["cache-control"] == FOREVER
    made_stores.add_crimes(town, made_stores.crimes(1, "2025-04", 0))
    assert client.get(path).text == first.text, "an address with a version never means anything else"
    assert client.get(f"{path}&ward=Broughton").headers["cache-control"] == "no-cache", "an old version's address is not kept"
    assert client.get(TILE).headers["cache-control"] == "no-cache"


def test_what_was_asked_before_is_not_counted_again(client: Client, town: Path, monkeypatch: pytest.MonkeyPatch):
    from mkmap.view.snapshot import Snapshot

    path = f"{TILE}?from=2025-01&to=2025-01&type=all&v={Snapshot.now(settings(), TODAY).version}"
    first = client.get(path)
    monkeypatch.setattr(Snapshot, "now", lambda *_any: pytest.fail("it was looked for again"))
    again = client.get(path)
    assert (again.text, again.headers["cache-control"]) == (first.text, first.headers["cache-control"])


def test_what_is_kept_is_packed_once_and_unpacked_for_who_cannot(client: Client, town: Path):
    from mkmap.view.snapshot import Snapshot

    path = f"/map/shades.json?to=2025-01&v={Snapshot.now(settings(), TODAY).version}"
    packed, plain = client.get(path, {"accept-encoding": "gzip"}), client.get(path, {"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.content) == plain.content


def test_the_map_gets_the_marks_of_its_filters(get, town: Path):
    address = "/map/crimes/{z}/{x}/{y}.json?from=2025-01&to=2025-01&ward=Alder Park&type=all"
    seen, mark = get(path_of(address, tile_at(made_stores.place(0), 13)))["features"]
    assert seen["geometry"]["coordinates"] == mark["geometry"]["coordinates"] == list(made_stores.place(0))
    assert mark["properties"]["t"] == "High Street, Alder Park\nBurglary 3\nDrugs 1\nin January 2025"
    shape, its_number = get(path_of(address, tile_at(made_stores.place(0), 12)))["features"]
    assert shape["properties"]["t"] == "4 in this cell: tap it to come closer"
    assert its_number["properties"]["n"] == "4"


def test_the_map_gets_streets_and_outlines(get, town: Path):
    assert {one["n"] for one in get("/map/streets.json?to=2025-01")} == {"High Street", "Church Lane", "Mill Road"}
    wards = get("/data/wards.geojson?from=2025-01&to=2025-01")["features"]
    (points,) = get("/map/points.json?to=2025-01")["features"]
    assert sorted(points["geometry"]["coordinates"]) == sorted(list(made_stores.place(column)) for column in range(3))
    names = ["Church Lane, Broughton", "High Street, Alder Park", "Mill Road, Cedar & Elm"]  # what can be looked for
    assert get("/map/findable.json?to=2025-01") == names
    (borders,) = get("/map/wards.json?to=2025-01")["features"]
    assert borders["geometry"]["type"] in ("LineString", "MultiLineString")
    assert shape(borders["geometry"]).length < sum(shape(ward["geometry"]).length for ward in wards), (
        "shared ones stand there once"
    )
    assert shape(get("/map/wards.json?to=2025-01&ward=Alder Park")["features"][0]["geometry"]).geom_type == "Polygon"


def test_the_icons_are_a_picture(client: Client):
    assert client.get("/map/icons.png").content.startswith(b"\x89PNG")


def test_what_was_decided_is_a_table_and_json_with_its_source(client: Client, town: Path):
    published(opened(town))
    rows = list(csv.DictReader(io.StringIO(client.get("/data/decisions.csv").text)))
    (received,) = (row for row in rows if row["what"] == "received")
    assert (received["year"], received["value"], received["dataset"]) == ("2026", "1", "police.uk")
    answer = client.get("/data/decisions.json").json()
    assert answer.keys() >= PROVENANCE
    assert {"year": 2026, "what": "published", "detail": "", "value": 1} in answer["numbers"]
