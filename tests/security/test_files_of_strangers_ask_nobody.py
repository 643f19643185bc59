"""A file is what its bytes say, whatever it is called; none makes a request, and one that lies is refused in words."""

import gzip
import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import made_archive
import made_ground
import made_stores
import pytest
import requests
from made_wards import AREA, as_published, code, wards
from PIL import Image

from mkmap.crimes.archive import opened
from mkmap.crimes.ingest import ingest_archive
from mkmap.crimes.store import Crimes
from mkmap.errors import Refused
from mkmap.places.ground.load import load_ground
from mkmap.places.households.load import load_households
from mkmap.places.store import Places
from mkmap.places.wards import boundaries

PUBLISHED = as_published(wards()).drop(columns="WD25NMW")
LINKED = {"type": "link", "properties": {"href": "{url}/crs.prj", "type": "proj4"}}
KML = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link><href>{url}/x.kml</href></Link></NetworkLink>'
    '<Schema name="w" id="w"><SimpleField name="WD25CD" type="string"/></Schema><Placemark><name>x</name><styleUrl>{url}/s.kml#s</styleUrl>'
    '<ExtendedData><SchemaData schemaUrl="{url}/x#w"><SimpleData name="WD25CD">E05000001</SimpleData></SchemaData></ExtendedData>'
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>0,50 1,50 1,51 0,50</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    "</Placemark></Document></kml>"
)
LEADING = {  # texts of formats, each with an address in a place that GDAL would ask
    "a linked coordinate system": json.dumps({**json.loads(PUBLISHED.to_json()), "crs": LINKED}),
    "one by an address": json.dumps({**json.loads(PUBLISHED.to_json()), "crs": {"type": "name", "properties": {"name": "{url}/crs"}}}),
    "two of them": PUBLISHED.to_json()[:-1] + ', "crs": null, "crs": ' + json.dumps(LINKED) + "}",
    "one in a feature": PUBLISHED.to_json().replace('"type": "Feature",', '"type": "Feature", "crs": ' + json.dumps(LINKED) + ",", 1),
    "JSON that begins like a map": '{"t":\n\tOSMHeader' + json.dumps({"crs": LINKED}),
    "KML": KML,
    "KML with an entity": '<!DOCTYPE kml [<!ENTITY x SYSTEM "{url}/x">]>' + KML.replace("<name>x", "<name>&x;"),
    "KML in which another format hides": "<!--<OGRWFSDataSource>-->" + KML,
    "GML": '<FeatureCollection xmlns="http://www.opengis.net/gml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a {url}/a.xsd"/>',
    "a service": "<OGRWFSDataSource><URL>{url}/wfs</URL></OGRWFSDataSource>",
    "a pointer": "<OGRVRTDataSource><OGRVRTLayer name='w'><SrcDataSource>/vsicurl/{url}/w</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
}  # fmt: skip


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[str, list[bytes]]]:
    """The address of a server of this machine, and what was asked of it."""
    seen: list[bytes] = []

    class Counting(BaseRequestHandler):
        def handle(self) -> None:
            seen.append(self.request.recv(1000))

    with ThreadingTCPServer(("127.0.0.1", 0), Counting) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
        server.shutdown()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_stores.town(tmp_path_factory.mktemp("town"))


def read_everywhere(file: Path, home: Path) -> dict[str, object]:
    """What each reader makes of a file; a refusal is its sentence."""
    month = file.with_name(f"2025-01-thames-valley-street{file.suffix}")
    month.write_bytes(file.read_bytes())
    with requests.Session() as session:
        readers: dict[str, Callable[[], object]] = {
            "wards": lambda: len(boundaries.read(file, AREA)),
            "ground": lambda: load_ground(home, str(file), session=session, progress=lambda *_step: None).schema,
            "households": lambda: len(load_households(Places(home), str(file), session=session)),
            "months": lambda: _imported(month, home),
        }
        made = {name: _or_refused(reader) for name, reader in readers.items()}
    month.unlink()
    return made


def _or_refused(reader: Callable[[], object]) -> object:
    try:
        return reader()
    except Refused as error:
        return str(error)


def _imported(month: Path, home: Path) -> int:
    with opened([str(month)], force="thames-valley") as members:
        ingest_archive(Crimes(home), Places(home), members, at=made_archive.AT, progress=lambda *_step: None)
    return 1


@pytest.mark.parametrize("name", ["w.geojson", "w.shp", "w.osm.pbf", "w.vrt"])
@pytest.mark.parametrize("case", LEADING)
def test_nobody_is_asked(
    asked: tuple[str, list[bytes]], town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str, name: str
):
    monkeypatch.setenv("no_proxy", "*")
    address, seen = asked
    text = LEADING[case].replace("{url}", address).encode()
    (tmp_path / name).write_bytes(text)
    made = read_everywhere(tmp_path / name, town)
    with zipfile.ZipFile(tmp_path / "w.zip", "w") as packed:
        packed.writestr(f"../{name}", text)
    _or_refused(lambda: boundaries.read(tmp_path / "w.zip", AREA))
    assert seen == []
    if "coordinate" in case:
        assert "points to other files or addresses" in str(made["wards"])


def test_neither_a_database_nor_a_tile_nor_a_companion_leads_away(asked: tuple[str, list[bytes]], town: Path, tmp_path: Path):
    address, seen = asked
    PUBLISHED.to_file(tmp_path / "w.gpkg")
    with sqlite3.connect(tmp_path / "w.gpkg") as database:
        database.execute("update gpkg_spatial_ref_sys set definition = ?", (f"{address}/crs",))
    database.close()
    PUBLISHED.to_file(tmp_path / "w.shp")
    (tmp_path / "w.prj").write_text(f"{address}/crs")
    linked = LEADING["a linked coordinate system"].replace("{url}", address).encode()
    tiles = {made_ground.tile_at(*made_stores.place(0), 14): gzip.compress(linked)}
    made_ground.mbtiles(tmp_path / "t.mbtiles", tiles)
    made = {name: read_everywhere(tmp_path / name, town) for name in ("w.gpkg", "w.shp", "t.mbtiles")}
    assert seen == []
    assert "points to other files or addresses" in str(made["w.gpkg"]["wards"])
    assert "coordinate system" in str(made["w.shp"]["wards"])


def test_gdal_knows_the_meant_formats_alone():
    """In a process of its own, where nobody has loaded it before the program did."""
    script = "from mkmap.places.files import gdal; import pyogrio; print(*sorted(pyogrio.list_drivers(read=True)), sep=',')"
    known = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
    assert known == "ESRI Shapefile,FlatGeobuf,GPKG,LIBKML,MBTiles,MEM,MVT,OSM,OpenFileGDB,PMTiles,SQLite,TopoJSON"


def _picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (9, 9)).save(file, "PNG")
    return file.getvalue()


def _zip(**members: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return file.getvalue()


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[bytes, str]]:
    """Contents of files, each with the one reader that it is for; empty where it is for none."""
    return [*_usable(tmp_path_factory.mktemp("kinds")), *((content, "") for content in USELESS)]


TABLE = ("code,Households 2021\n" + "".join(f"{code(number)},1000\n" for number in (1, 2, 3))).encode()


def _usable(folder: Path) -> Iterator[tuple[bytes, str]]:
    for suffix in ("gpkg", "fgb", "shp.zip"):
        PUBLISHED.to_file(folder / f"w.{suffix}")
        yield (folder / f"w.{suffix}").read_bytes(), "wards"
    PUBLISHED.to_parquet(folder / "w.parquet")
    yield (folder / "w.parquet").read_bytes(), "wards"
    yield PUBLISHED.to_json().encode(), "wards"
    yield made_ground.geopackage(folder / "OS.gpkg", made_ground.ZOOMSTACK).read_bytes(), "ground"
    packed = made_ground.packed(made_ground.PROTOMAPS)
    yield made_ground.pmtiles(folder / "t.pmtiles", packed).read_bytes(), "ground"
    yield made_ground.mbtiles(folder / "t.mbtiles", packed).read_bytes(), "ground"
    yield TABLE, "households"


USELESS = (
    gzip.compress(TABLE), _zip(**{"h.csv": TABLE}), _zip(), _zip(inner=_zip(a=b"x")), _picture(), b"", bytes(900),
    b"<!doctype html><html>", b"[]", b"1", b"{}", b"[" * 100_000, b'{"type":"FeatureCollection","features":[{}]}',
    b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":[],"geometry":{"type":"Polygon","coordinates":[1]}}]}',
    b"\x00\x00\x27\x0a" + bytes(100), b"fgb\x03fgb\x00" + bytes(100), b"PAR1" + bytes(50) + b"PAR1", b"SQLite format 3\x00" + bytes(600),
    b"\x00\x00\x00\x0d\x0a\x09OSMHeader" + bytes(60), b"PMTiles\x03" + bytes(200), b'"', b"\xff\xfe\x00",
)  # fmt: skip
NAMES = ("x.geojson", "x.csv.gz")
OTHER_NAMES = (
    "x",
    "x.gpkg",
    "x.shp",
    "x.shp.zip",
    "x.csv",
    "x.parquet",
    "x.kml",
    "x.fgb",
    "x.pmtiles",
    "x.mbtiles",
    "x.osm.pbf",
    "x.csv.zst",
)


@pytest.mark.parametrize("name", [*NAMES, *(pytest.param(name, marks=pytest.mark.slow) for name in OTHER_NAMES)])
def test_a_file_is_what_it_is_and_not_what_it_is_called(kinds: list[tuple[bytes, str]], town: Path, tmp_path: Path, name: str):
    """Under any name the reader that a file is for takes it, and every other refuses it in one sentence."""
    for content, reader in kinds:
        (tmp_path / name).write_bytes(content)
        made = read_everywhere(tmp_path / name, town)
        refusals = {other: said for other, said in made.items() if isinstance(said, str) and said.endswith(".")}
        assert made.keys() - refusals.keys() == {reader} - {""}, (content[:40], made)
        assert not any("\n" in said for said in refusals.values())
