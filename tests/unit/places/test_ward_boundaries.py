"""A boundary file is taken whole or refused whole, with the ward's name."""

import json

import geopandas
import pandas as pd
import pytest
import shapely
from made_wards import AREA, as_published, code, square, wards, written
from pyproj import Transformer
from shapely import LineString, MultiPolygon, Point, Polygon, transform

from mkmap.errors import BadInput, Code
from mkmap.places.files import gdal
from mkmap.places.wards import boundaries, polygons


def refusal(path, area=AREA) -> BadInput:
    """The refusal of a file: its sentence is one line that names the file and says that nothing was changed."""
    with pytest.raises(BadInput) as caught:
        boundaries.read(path, area)
    sentence = str(caught.value)
    assert sentence.startswith(path.name)
    assert sentence.endswith(". Nothing was changed.")
    assert "\n" not in sentence
    return caught.value


def made(tmp_path, change=lambda frame: frame, **columns):
    """A published file of three wards, changed."""
    return written(change(as_published(wards(), **columns)), tmp_path / "wards.geojson")


def with_shape(row: int, shape):
    def change(frame):
        shapes = list(frame.geometry)
        shapes[row] = shape
        return frame.set_geometry(geopandas.GeoSeries(shapes, crs=4326))

    return change


# Failure branches


def test_a_missing_file_is_refused(tmp_path):
    assert refusal(tmp_path / "nowhere.geojson").code is Code.NO_SUCH_FILE


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 500, b"<!DOCTYPE html><html>Not found</html>", b'{"type": "FeatureCollection"', b"PK\x03\x04 cut short"],
)
@pytest.mark.parametrize("name", ["wards.geojson", "wards.zip", "wards.gpkg", "wards.parquet", "wards.shp", "wards"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    assert refusal(file).code is Code.NOT_BOUNDARIES


@pytest.mark.parametrize("fiftieth", range(1, 50))
def test_a_file_cut_short_is_refused(tmp_path, fiftieth):
    whole = made(tmp_path).read_bytes().strip()
    file = tmp_path / "cut.geojson"
    file.write_bytes(whole[: len(whole) * fiftieth // 50])
    refusal(file)


def test_a_table_without_boundaries_is_refused(tmp_path):
    file = tmp_path / "wards.gpkg"
    gdal.write(pd.DataFrame({"WD25CD": [code(1)], "WD25NM": ["Ward 01"]}), file)
    assert refusal(file).code is Code.BOUNDARIES_ABSENT
    (tmp_path / "wards.csv").write_text("WD25CD,WD25NM\nE05000001,Ward 01\n")
    assert refusal(tmp_path / "wards.csv").code is Code.NOT_BOUNDARIES


def test_a_parquet_table_without_boundaries_is_refused(tmp_path):
    file = tmp_path / "wards.parquet"
    pd.DataFrame({"WD25CD": [code(1)], "WD25NM": ["Ward 01"]}).to_parquet(file)
    assert refusal(file).code is Code.NOT_BOUNDARIES


def test_boundaries_of_something_else_are_refused(tmp_path):
    lsoas = ["E01000001", "E01000002", "E01000003"]
    refused = refusal(made(tmp_path, lambda frame: frame.assign(WD25CD=lsoas)))
    assert (refused.code, refused.values) == (Code.ROWS_ARE_NO_WARDS, {"kind": "LSOAs"})


def test_a_district_that_the_file_has_not_is_named(tmp_path):
    refused = refusal(made(tmp_path), "E06000099")
    assert (refused.code, refused.values["districts"]) == (Code.WARDS_OF_OTHERS, [AREA])


def test_a_file_without_rows_is_refused(tmp_path):
    file = tmp_path / "wards.geojson"
    file.write_text('{"type": "FeatureCollection", "features": []}')
    refusal(file)


def test_a_country_without_districts_is_refused(tmp_path):
    many = wards(boundaries.MOST_WARDS + 1).assign(
        geometry=[square(at % 20, at // 20) for at in range(boundaries.MOST_WARDS + 1)]
    )
    file = written(as_published(many, area=None), tmp_path / "wards.geojson")
    assert refusal(file).code is Code.WARDS_WITHOUT_DISTRICTS


@pytest.mark.parametrize("name", [None, "", "   "])
def test_a_ward_without_a_name_is_refused_by_its_code(tmp_path, name):
    file = made(tmp_path, lambda frame: frame.assign(WD25NM=["Ward 01", name, "Ward 03"]))
    refused = refusal(file)
    assert (refused.code, refused.values) == (Code.WARD_WITHOUT_NAME, {"code": code(2)})


@pytest.mark.parametrize("bad", [None, "", "../E05", "E05000001<script>", "E" * 21])
def test_a_ward_without_a_usable_code_is_refused_by_its_name(tmp_path, bad):
    file = made(tmp_path, lambda frame: frame.assign(WD25CD=[code(1), bad, code(3)]))
    refused = refusal(file)
    assert (refused.code, refused.values["ward"]) == (Code.WARD_CODE_UNUSABLE, "Ward 02")


def test_a_code_that_stands_twice_is_refused(tmp_path):
    file = made(tmp_path, lambda frame: frame.assign(WD25CD=[code(1), code(2), code(1)]))
    refused = refusal(file)
    assert (refused.code, refused.values) == (Code.WARD_CODE_TWICE, {"code": code(1), "ward": "Ward 03"})


@pytest.mark.parametrize(
    ("shape", "kind"), [(Point(-0.78, 52.0), "Point"), (LineString([(-0.78, 52), (-0.77, 52)]), "LineString")]
)
def test_a_ward_that_is_not_a_polygon_is_refused(tmp_path, shape, kind):
    refused = refusal(made(tmp_path, with_shape(1, shape)))
    assert (refused.code, refused.values) == (Code.WARD_NOT_A_POLYGON, {"ward": "Ward 02", "kind": kind})


@pytest.mark.parametrize("shape", [None, Polygon()])
def test_a_ward_without_a_boundary_is_refused(tmp_path, shape):
    assert refusal(made(tmp_path, with_shape(1, shape))).code is Code.WARD_WITHOUT_BOUNDARY


def test_an_invalid_polygon_is_refused_with_the_reason(tmp_path):
    bow_tie = Polygon([(-0.79, 52.0), (-0.78, 52.01), (-0.78, 52.0), (-0.79, 52.01)])
    refused = refusal(made(tmp_path, with_shape(1, bow_tie)))
    assert (refused.code, refused.values["ward"]) == (Code.WARD_POLYGON_INVALID, "Ward 02")
    assert refused.values["why"].startswith("Self-intersection")


def test_overlapping_wards_are_refused_with_both_names(tmp_path):
    file = made(tmp_path, with_shape(0, square(0, width=0.012)))
    refused = refusal(file)
    assert (refused.code, refused.values["one"], refused.values["other"]) == (Code.WARDS_OVERLAP, "Ward 01", "Ward 02")


def test_a_ward_inside_another_is_refused(tmp_path):
    file = made(tmp_path, with_shape(2, Polygon([(-0.797, 52.002), (-0.793, 52.002), (-0.793, 52.006)])))
    refused = refusal(file)
    assert (refused.code, refused.values["one"], refused.values["other"]) == (Code.WARDS_OVERLAP, "Ward 01", "Ward 03")


def test_swapped_coordinates_are_refused(tmp_path):
    def swapped(frame):
        return frame.set_geometry(
            geopandas.GeoSeries([transform(shape, lambda xy: xy[:, ::-1]) for shape in frame.geometry], crs=4326)
        )

    refused = refusal(made(tmp_path, swapped))
    assert (refused.code, refused.values) == (Code.WARD_ABROAD, {"ward": "Ward 01"})


def test_metres_that_say_they_are_degrees_are_refused(tmp_path):
    def metres(frame):
        return frame.to_crs(27700).set_crs(4326, allow_override=True)

    assert refusal(made(tmp_path, metres)).code is Code.WARD_ABROAD


@pytest.mark.filterwarnings("ignore:.crs. was not provided")
@pytest.mark.parametrize("suffix", [".shp", ".gpkg", ".parquet"])
def test_a_file_that_does_not_say_its_coordinate_system_is_refused(tmp_path, suffix):
    frame = as_published(wards()).drop(columns="WD25NMW").set_crs(None, allow_override=True)
    file = tmp_path / f"wards{suffix}"
    frame.to_parquet(file) if suffix == ".parquet" else frame.to_file(file)
    assert refusal(file).code is Code.COORDINATES_UNNAMED


# What is accepted


def test_wards_come_sorted_by_name_in_degrees(tmp_path):
    read = boundaries.read(made(tmp_path, lambda frame: frame.iloc[::-1]), AREA)
    assert list(read.columns) == ["code", "name", "geometry"]
    assert read["name"].tolist() == ["Ward 01", "Ward 02", "Ward 03"]
    assert read["code"].tolist() == [code(1), code(2), code(3)]
    assert read.crs.to_epsg() == 4326


@pytest.mark.parametrize(
    ("code_column", "name_column"),
    [("WD25CD", "WD25NM"), ("wd20cd", "wd20nm"), ("ward24_code", "ward24_name"), ("ward_code", "ward_name"), ("code", "name")],
)
def test_columns_are_found_however_they_are_spelt(tmp_path, code_column, name_column):
    frame = wards(2).rename(columns={"code": code_column, "name": name_column})
    assert boundaries.read(written(frame, tmp_path / "wards.geojson"), AREA)["name"].tolist() == ["Ward 01", "Ward 02"]


def test_old_codes_and_welsh_names_are_not_taken_for_the_columns(tmp_path):
    frame = as_published(wards(2), vintage="13", area=None).assign(WD13CDO=["00MGNB", "00MGNC"], WD13NMW=["Un", "Dau"])
    columns = ["WD13CDO", "WD13NMW", "WD13CD", "WD13NM", "geometry"]
    read = boundaries.read(written(frame[columns], tmp_path / "wards.geojson"), AREA)
    assert read["code"].tolist() == [code(1), code(2)]
    assert read["name"].tolist() == ["Ward 01", "Ward 02"]


def test_the_newest_of_several_vintages_is_taken(tmp_path):
    frame = as_published(wards(2)).assign(WD13CD=["E05090001", "E05090002"], WD13NM=["Old 1", "Old 2"])
    assert boundaries.read(written(frame, tmp_path / "wards.geojson"), AREA)["code"].tolist() == [code(1), code(2)]


def test_only_the_district_is_kept_and_other_districts_may_be_broken(tmp_path):
    frame = as_published(wards(3)).assign(LAD25CD=[AREA, AREA, "E06000055"], WD25NM=["Ward 01", "Ward 02", ""])
    assert boundaries.read(written(frame, tmp_path / "wards.geojson"), AREA)["code"].tolist() == [code(1), code(2)]


def test_wards_of_several_parts_with_heights_are_flat(tmp_path):
    shape = MultiPolygon([Polygon([(x, y, 5) for x, y in square(at).exterior.coords]) for at in (1, 5)])
    read = boundaries.read(made(tmp_path, with_shape(1, shape)), AREA)
    assert not read.geometry.has_z.any()
    assert read.geometry.iloc[1].geom_type == "MultiPolygon"


def test_a_sliver_of_overlap_is_no_overlap(tmp_path):
    reach = polygons.SLIVER / 1112 / 2 / 68_500  # metres of height of a square; metres of a degree of longitude there
    file = made(tmp_path, with_shape(0, square(0, width=0.01 + reach)))
    assert len(boundaries.read(file, AREA)) == 3


DRIVERS = {".kml": "LIBKML", ".gdb": "OpenFileGDB"}  # those that geopandas does not know by the end of a name


@pytest.mark.parametrize(
    ("suffix", "crs"),
    [
        *((suffix, 4326) for suffix in (".geojson", ".json", ".kml")),
        *((suffix, crs) for suffix in (".gdb", ".gpkg", ".shp", ".shp.zip", ".parquet", ".fgb") for crs in (4326, 27700, 3857)),
    ],
)
def test_any_format_and_any_coordinate_system_gives_the_same_wards(tmp_path, suffix, crs):
    frame = as_published(wards()).drop(columns="WD25NMW").to_crs(crs)
    file = tmp_path / f"wards{suffix}"
    if suffix in (".geojson", ".json"):
        written(frame, file)
    elif suffix == ".parquet":
        frame.to_parquet(file)
    else:
        frame.to_file(file, driver=DRIVERS.get(suffix))
    read = boundaries.read(file, AREA)
    assert read["code"].tolist() == wards()["code"].tolist()
    apart = shapely.symmetric_difference(read.geometry.to_numpy(), wards().geometry.to_numpy())
    assert shapely.area(apart).max() < 1e-8  # square degrees; a ward has 1e-4


def test_british_grid_metres_come_to_the_right_place(tmp_path):
    file = tmp_path / "wards.gpkg"
    as_published(wards(1)).drop(columns="WD25NMW").to_crs(27700).to_file(file)
    west, south, *__ = boundaries.read(file, AREA).total_bounds
    back = Transformer.from_crs(4326, 27700, always_xy=True)
    assert back.transform(west, south) == pytest.approx(back.transform(-0.80, 52.00), abs=0.5)  # metres


def test_a_geopackage_of_several_layers_gives_the_wards(tmp_path):
    file = tmp_path / "all.gpkg"
    geopandas.GeoDataFrame({"road": ["V7"]}, geometry=[LineString([(-0.8, 52), (-0.7, 52)])], crs=4326).to_file(
        file, layer="roads"
    )
    as_published(wards()).drop(columns="WD25NMW").to_file(file, layer="wards")
    assert len(boundaries.read(file, AREA)) == 3


def test_geojson_that_denies_its_coordinate_system_is_wgs_84(tmp_path):
    content = json.loads(made(tmp_path).read_text()) | {"crs": None}
    file = tmp_path / "no-crs.geojson"
    file.write_text(json.dumps(content))
    assert boundaries.read(file, AREA).crs.to_epsg() == 4326


# Hostile files


@pytest.mark.parametrize(
    "content",
    [
        "<OGRVRTDataSource><OGRVRTLayer name='w'><SrcDataSource>{file}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        "<OGRWFSDataSource><URL>http://127.0.0.1:9/wfs</URL></OGRWFSDataSource>",
        '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read {file}"}}',
    ],
)
@pytest.mark.parametrize("name", ["wards.vrt", "wards.geojson"])
def test_a_file_that_only_points_elsewhere_is_refused(tmp_path, content, name):
    file = tmp_path / "hostile" / name
    file.parent.mkdir()
    file.write_text(content.format(file=made(tmp_path)))
    assert refusal(file).code is Code.BOUNDARIES_ELSEWHERE


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "wards.shp.zip"
    as_published(wards()).drop(columns="WD25NMW").to_file(file)
    monkeypatch.setattr("mkmap.places.files.geofile.MOST_BYTES", 500)
    assert refusal(file).code is Code.FILE_TOO_LARGE


def test_geojson_may_begin_with_the_mark_of_utf_8_and_be_only_so_large(tmp_path, monkeypatch):
    file = tmp_path / "marked.geojson"
    file.write_bytes(b"\xef\xbb\xbf\n" + made(tmp_path).read_bytes())
    assert len(boundaries.read(file, AREA)) == 3
    monkeypatch.setattr("mkmap.places.files.geojson.LARGEST", 500)
    assert refusal(file).code is Code.FILE_TOO_LARGE


def test_markup_in_a_name_stays_text(tmp_path):
    name = "<img src=x onerror=alert(1)>"
    file = made(tmp_path, lambda frame: frame.assign(WD25NM=[name, "Ward 02", "Ward 03"]))
    assert name in boundaries.read(file, AREA)["name"].tolist()


# Real files


@pytest.mark.parametrize(("name", "count"), [("2014-full", 19), ("2014-generalised", 19), ("before-2014", 23)])
def test_the_real_wards_are_accepted(shared, name, count):
    assert len(boundaries.read(shared / "wards" / f"milton-keynes-wards-{name}.geojson", AREA)) == count


@pytest.mark.parametrize("name", ["milton-keynes-borough", "thames-valley-districts-2019"])
def test_real_districts_are_not_wards(shared, name):
    refusal(shared / "wards" / f"{name}.geojson")
