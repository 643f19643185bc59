"""A ground is made of what publishers offer: the same few things, whosever layers and whichever format they come in."""

import gzip
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import made_ground
import made_stores
import numpy as np
import pytest
import shapely
from command_line import Done, run
from made_ground import geopackage, mbtiles, packed, pmtiles, road, shapefiles, tile_at
from made_wards import SOUTH, WEST, middle

from mkmap.places.files import gdal
from mkmap.places.ground.kinds import MAX_ZOOM
from mkmap.places.ground.store import Ground

OS, OSM = "Contains OS data © Crown copyright and database right", "© OpenStreetMap contributors"
FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "Zoomstack GeoPackage": (lambda folder: geopackage(folder / "OS.gpkg", made_ground.ZOOMSTACK), OS),
    "Zoomstack tiles": (lambda folder: mbtiles(folder / "OS.mbtiles", packed(made_ground.ZOOMSTACK_TILES)), OS),
    "OpenMap Local Shapefiles": (lambda folder: shapefiles(folder / "sp", made_ground.OPEN_MAP_LOCAL), OS),
    "Protomaps": (lambda folder: pmtiles(folder / "town.pmtiles", packed(made_ground.PROTOMAPS)), OSM),
    "OpenMapTiles": (
        lambda folder: mbtiles(folder / "town.mbtiles", packed(made_ground.OPEN_MAP_TILES)),
        f"© OpenMapTiles, {OSM}",
    ),
}


def loaded(home: Path, file: Path, *options: str) -> Done:
    done = run(home, "ground", file, *options)
    assert (done.returncode, done.stderr) == (0, "")
    return done


def layers_at(ground: Ground, column: int, folder: Path) -> dict[str, gpd.GeoDataFrame]:
    """What a tile over the middle of a ward draws, layer by layer, in degrees."""
    zoom, x, y = tile_at(*middle(column), MAX_ZOOM)
    file = folder / str(zoom) / str(x) / f"{y}.mvt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.decompress(ground.drawn.tiles[zoom, x, y]))
    return {
        layer: gdal.read(file, layer=layer).set_crs(3857, allow_override=True).to_crs(4326)
        for layer, _shape in gdal.layers(file)
    }


@pytest.mark.parametrize("case", FILES)
def test_the_same_things_are_kept_of_each(home: Path, tmp_path: Path, case: str):
    made_stores.add_wards(home)
    make, attribution = FILES[case]
    loaded(home, make(tmp_path))
    ground = Ground(home)
    assert ground.attribution == attribution
    assert {(name.kind, name.text) for name in ground.drawn.names} == {
        ("main road", "Grid Way"), ("street", "High Street"), ("station", "Alder Halt"), ("suburb", "Fishermead"),
    }  # fmt: skip
    drawn = layers_at(ground, 0, tmp_path)
    assert {"main", "local", "rail", "water"} <= set(drawn)
    there = drawn["water"].geometry.union_all()
    assert shapely.hausdorff_distance(there, made_ground.lake()) < 0.0001, "it stands where it stood"


def test_roads_alone_are_a_ground_too(home: Path, tmp_path: Path):
    made_stores.add_wards(home)
    loaded(home, geopackage(tmp_path / "roads.gpkg", made_ground.OPEN_ROADS))
    assert [(name.kind, name.text) for name in Ground(home).drawn.names] == [
        ("main road", "Grid Way"),
        ("street", "High Street"),
    ]


def test_any_file_is_taken_with_a_mapping(home: Path, tmp_path: Path):
    made_stores.add_wards(home)
    file = geopackage(
        tmp_path / "own.gpkg",
        {"Strassen": [(road(), {"bez": "Ringstrasse"})], "Seen": [(made_ground.lake(), {"name": "Ost-See"})]},
    )
    loaded(home, file, "--take", "main=Strassen:bez", "--take", "water=Seen", "--attribution", "The  town's surveyors")
    ground = Ground(home)
    assert ground.attribution == "The town's surveyors"
    assert {name.text for name in ground.drawn.names} == {"Ringstrasse", "Ost-See"}


def test_of_postcodes_the_beginnings_alone_are_kept(home: Path, tmp_path: Path):
    """A whole one names a handful of homes; those of other countries are of another form."""
    made_stores.add_wards(home)
    west, south = middle(0)
    written = ("MK6 2AB", "MK6 2AC", "mk63de", "00100", "The Mill", "")
    tags = [f'"addr:street"=>"High Street","addr:postcode"=>"{text}"' for text in written]
    layers = {
        "points": [
            (shapely.Point(west + at / 1000, south), {"place": None, "other_tags": text}) for at, text in enumerate(tags)
        ],
        "lines": [(road(), {"highway": "primary", "name": "Grid Way", "other_tags": None})],
        "multipolygons": [(made_ground.lake(), {"natural": "water", "name": None, "other_tags": None})],
    }
    loaded(home, geopackage(tmp_path / "extract.gpkg", layers))
    names = {name.text: (name.longitude, name.latitude) for name in Ground(home).drawn.names if name.kind == "postcode"}
    assert set(names) == {"MK6", "MK6 2", "MK6 3"}
    assert names["MK6 2"] == pytest.approx((west + 0.0005, south), abs=1e-4), "in the middle of its addresses"
    loaded(home, geopackage(tmp_path / "own.gpkg", {"codes": [(shapely.Point(west, south), {"pc": "MK9 1AA"})]}),
           "--take", "postcode=codes:pc", "--attribution", "Somebody")  # fmt: skip
    assert [(name.kind, name.text) for name in Ground(home).drawn.names] == [("postcode", "MK9"), ("postcode", "MK9 1")]


def test_it_is_cut_two_kilometres_around_the_wards(home: Path, tmp_path: Path):
    made_stores.add_wards(home)
    long = shapely.LineString([(WEST - 1, SOUTH), (WEST + 1, SOUTH)])
    far = made_ground.road(0.1)
    rows = {
        **made_ground.OPEN_ROADS,
        "road_link": [(shape, {"road_classification": "A Road", "name_1": "x"}) for shape in (long, far)],
    }
    loaded(home, geopackage(tmp_path / "roads.gpkg", rows))
    ground = Ground(home)
    west, south, east, _north = ground.bounds
    columns = {column for zoom, column, _row in ground.drawn.tiles if zoom == MAX_ZOOM}
    assert (min(columns), max(columns)) == (tile_at(west, SOUTH, MAX_ZOOM)[1], tile_at(east, SOUTH, MAX_ZOOM)[1])
    assert (WEST - west) * 68_500 == pytest.approx(2_000, rel=0.05)
    assert (SOUTH - south) * 111_200 == pytest.approx(2_000, rel=0.05)


def test_a_real_extract_is_taken_with_its_cut_edges(home: Path, shared: Path):
    made_ground.add_town(home, 24.936, 60.166, 24.952, 60.176)
    done = loaded(home, shared / "ground" / "helsinki-centre.osm.pbf")
    assert "could not be read and are left out" in done.stdout
    names = {(name.kind, name.text) for name in Ground(home).drawn.names}
    assert {("station", "Helsinki"), ("main road", "Mannerheimintie"), ("suburb", "Kluuvi"), ("town", "Helsinki")} <= names
    assert Ground(home).attribution == OSM


def test_what_is_broken_is_left_out_and_counted(home: Path, tmp_path: Path):
    made_stores.add_wards(home)
    bow_tie = shapely.Polygon([(WEST, SOUTH), (WEST + 0.01, SOUTH + 0.01), (WEST + 0.01, SOUTH), (WEST, SOUTH + 0.01)])
    flat = shapely.Polygon([(WEST, SOUTH), (WEST + 0.01, SOUTH), (WEST, SOUTH)])
    water = [(made_ground.lake(), {}), (bow_tie, {}), (flat, {}), (shapely.Polygon(), {})]
    done = loaded(home, geopackage(tmp_path / "OS.gpkg", {**made_ground.ZOOMSTACK, "surfacewater": water}))
    assert "2 areas" in done.stdout
    assert "could not be read" in done.stdout


def test_a_second_one_takes_the_place_of_the_first(home: Path, tmp_path: Path):
    made_stores.add_wards(home)
    loaded(home, geopackage(tmp_path / "OS.gpkg", made_ground.ZOOMSTACK))
    before = Ground(home)
    loaded(home, geopackage(tmp_path / "roads.gpkg", made_ground.OPEN_ROADS))
    after = Ground(home)
    assert before != after
    assert len(before.drawn.names) == 4, "whoever reads the first still finds it"
    assert len(after.drawn.names) == 2
    assert after.damaged() == []


@pytest.mark.slow
def test_a_town_is_a_small_file(home: Path, tmp_path: Path):
    """8,000 streets, 500 areas, 6,000 names: 5 MB at most."""
    rng = np.random.default_rng(1967)
    west, south, east, north = made_ground.add_town(home, -0.9, 51.95, -0.6, 52.15)
    starts = rng.uniform((west, south), (east, north), (8_000, 2))
    streets = [shapely.LineString(start + np.cumsum(rng.normal(0, 0.0006, (20, 2)), axis=0)) for start in starts]
    centres = shapely.points(rng.uniform((west, south), (east, north), (500, 2)))
    areas = shapely.buffer(centres, rng.uniform(0.001, 0.01, 500))
    kinds = ["A Road"] * 500 + ["B Road"] * 1_500 + ["Local"] * 6_000
    town = {
        "roads_local": [
            (shape, {"type": kind, "name": f"Rowanfinch Street {number}"})
            for number, (shape, kind) in enumerate(zip(streets, kinds, strict=True))
        ],
        "surfacewater": [(shape, {"type": "Lake"}) for shape in areas],
        "names": [
            (shapely.Point(spot), {"type": "Suburban Area", "name1": f"Alderholm {number}"})
            for number, spot in enumerate(rng.uniform((west, south), (east, north), (6_000, 2)))
        ],
    }
    loaded(home, geopackage(tmp_path / "OS.gpkg", town))
    (file,) = (home / "ground").glob("ground-*.pmtiles")
    assert len(Ground(home).drawn.names) > 12_000
    assert file.stat().st_size < 5_000_000
