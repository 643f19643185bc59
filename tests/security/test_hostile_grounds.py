"""A file of a stranger's makes no ground: one plain line, nothing changed, no file or address opened that it names."""

import gzip
import sqlite3
from collections.abc import Callable
from pathlib import Path

import made_ground
import made_stores
import pytest
from command_line import run
from made_archive import stored_files
from made_ground import geopackage, mbtiles, packed, pmtiles
from pmtiles.tile import TileType

from mkmap.places.files import geopackages
from mkmap.places.ground import tile_files

GZIPPED_ZEROS = gzip.compress(bytes(30_000_000))  # 30 kB that unpack to more than a tile may be


def text(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_text("this is a text, and no map")
        return folder / name

    return make


def truncated(make: Callable[[Path], Path], size: int) -> Callable[[Path], Path]:
    def cut(folder: Path) -> Path:
        file = make(folder)
        file.write_bytes(file.read_bytes()[:size])
        return file

    return cut


def town(folder: Path) -> Path:
    return pmtiles(folder / "town.pmtiles", packed(made_ground.PROTOMAPS))


def directory_bomb(folder: Path) -> Path:
    """A directory of 30 MB of zeros in 30 kB."""
    file = town(folder)
    content = bytearray(file.read_bytes())
    content[8:16], content[16:24] = (len(content)).to_bytes(8, "little"), len(GZIPPED_ZEROS).to_bytes(8, "little")
    file.write_bytes(bytes(content) + GZIPPED_ZEROS)
    return file


def wild_offsets(folder: Path) -> Path:
    file = town(folder)
    content = bytearray(file.read_bytes())
    content[8:24] = b"\xff" * 16
    file.write_bytes(bytes(content))
    return file


def tile_bombs(folder: Path) -> Path:
    return pmtiles(folder / "bombs.pmtiles", dict.fromkeys(packed(made_ground.PROTOMAPS), GZIPPED_ZEROS))


def endless_view(folder: Path) -> Path:
    """Tiles that are worked out by a question without an end."""
    file = mbtiles(folder / "endless.mbtiles", {})
    database = sqlite3.connect(file)
    database.executescript(
        "drop table tiles; create view tiles as with recursive n(x) as (select 1 union all select x + 1 from n) "
        "select 14 as zoom_level, x as tile_column, -x as tile_row, null as tile_data from n where x < 0"
    )
    database.close()
    return file


def names_another_file(folder: Path) -> Path:
    """A layer that GDAL would open somewhere else."""
    file = geopackage(folder / "OS.gpkg", made_ground.ZOOMSTACK)
    database = sqlite3.connect(file)
    database.execute("pragma writable_schema = on")
    lies = "CREATE VIRTUAL TABLE lies USING VirtualOGR('/vsicurl/http://127.0.0.1:9/x')"
    database.execute("insert into sqlite_master values ('table', 'lies', 'lies', 0, ?)", (lies,))
    database.commit()
    database.close()
    return file


def points_elsewhere(folder: Path) -> Path:
    (folder / "OS.shp").write_text(
        '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/http://127.0.0.1:9/x</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
    )
    return folder / "OS.shp"


FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no file": (lambda folder: folder / "nothing.gpkg", "no such file"),
    "an empty folder": (lambda folder: folder, "no file of which a ground can be made"),
    **{f"a text called {name}": (text(name), "no file of which a ground") for name in ("x.pmtiles", "x.gpkg", "x.osm.pbf", "x.shp")},
    "half a PMTiles header": (truncated(town, 90), "damaged"),
    "half a PMTiles file": (truncated(town, 200), "damaged"),
    "wild offsets": (wild_offsets, "damaged"),
    "a bomb as directory": (directory_bomb, "damaged"),
    "bombs as tiles": (tile_bombs, "no publisher"),
    "pictures": (lambda folder: pmtiles(folder / "p.pmtiles", {(0, 0, 0): b"x"}, TileType.PNG), "pictures"),
    "pictures in MBTiles": (lambda folder: mbtiles(folder / "p.mbtiles", {(0, 0, 0): b"x"}, "png"), "pictures"),
    "half a GeoPackage": (truncated(lambda folder: geopackage(folder / "OS.gpkg", made_ground.ZOOMSTACK), 9_000), "damaged"),
    "an endless view": (endless_view, "damaged"),
    "a table that lies elsewhere": (names_another_file, "points to other files"),
    "a file that points elsewhere": (points_elsewhere, "no file of which a ground"),
    "layers of nobody": (
        lambda folder: geopackage(folder / "own.gpkg", {"Strassen": made_ground.ZOOMSTACK["rail"], "Seen": made_ground.ZOOMSTACK["names"]}),
        "They are Seen and Strassen.",
    ),
    "another town": (
        lambda folder: geopackage(folder / "OS.gpkg", {layer: [(made_ground.road(1.0), said)] for layer, [(_shape, said), *_more] in made_ground.ZOOMSTACK.items()}),
        "nothing in the file lies in the area",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_it_is_one_plain_line_and_changes_nothing(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str):
    monkeypatch.setattr(geopackages, "PATIENCE", 0.2)
    made_stores.add_wards(home)
    before = stored_files(home)
    make, words = FILES[case]
    (folder := tmp_path / "given").mkdir()
    done = run(home, "ground", make(folder))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done
    assert words in done.stderr
    assert stored_files(home) == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--take", "main=rail"], "--attribution"),
        (["--take", "motorway=rail", "--attribution", "x"], "is not of the form"),
        (["--take", "main", "--attribution", "x"], "is not of the form"),
        (["--take", "main=nothing", "--attribution", "x"], "They are names"),
    ],
)
def test_a_mapping_that_means_nothing_is_refused(home: Path, tmp_path: Path, options: list[str], words: str):
    made_stores.add_wards(home)
    done = run(home, "ground", geopackage(tmp_path / "OS.gpkg", made_ground.ZOOMSTACK), *options)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert words in done.stderr


def test_without_wards_nobody_knows_the_area(home: Path, tmp_path: Path):
    done = run(home, "ground", geopackage(tmp_path / "OS.gpkg", made_ground.ZOOMSTACK))
    assert done.returncode == 1
    assert "No ward set is loaded" in done.stderr


def test_of_an_area_too_large_farther_tiles_are_read(monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path):
    made_stores.add_wards(home)
    monkeypatch.setattr(tile_files, "MOST_TILES", 1)
    done = run(
        home,
        "ground",
        pmtiles(tmp_path / "town.pmtiles", packed(made_ground.PROTOMAPS, 14) | packed(made_ground.PROTOMAPS, 12)),
    )
    assert done.returncode == 0, done.stderr


def test_tiles_that_are_damaged_are_left_out(home: Path, tmp_path: Path):
    made_stores.add_wards(home)
    tiles = packed(made_ground.PROTOMAPS)
    worst = min(tiles, key=lambda tile: len(tiles[tile]))
    assert len(tiles) > 1
    done = run(home, "ground", pmtiles(tmp_path / "town.pmtiles", {**tiles, worst: GZIPPED_ZEROS}))
    assert done.returncode == 0, done.stderr
    assert "1 thing could not be read" in done.stdout
