"""Wards as publishers, councils and their tools write them: found by what a file holds, mended where no area changes."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas
import pandas as pd
import pytest
import shapely
from made_wards import AREA, as_published, code, square, wards, written
from shapely import GeometryCollection, LineString, MultiPolygon, Point, Polygon, box

from mkmap.errors import BadInput, Code
from mkmap.places.wards import boundaries, labels
from mkmap.places.wards.columns import Named

OURS = ["Ward 01", "Ward 02", "Ward 03"]
SQUARE = square(1)
BESIDE = box(-0.75, 52.0, -0.74, 52.01)  # away from all others
LUTON = "E06000032"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[geopandas.GeoDataFrame, list[str]]]:
    """Read a frame, or a file, as the command does: the wards, and what is said of them."""

    def read(given: geopandas.GeoDataFrame | Path, **named: str) -> tuple[geopandas.GeoDataFrame, list[str]]:
        file = given if isinstance(given, Path) else written(given, tmp_path / "wards.geojson")
        notes: list[str] = []
        rows = boundaries.table(file, file.name)
        return boundaries.wards(
            rows, AREA, area_name="Milton Keynes", named=Named(**named), source=file.name, say=notes.append
        ), notes

    return read


def two_councils(column: str, ours: str, others: str) -> geopandas.GeoDataFrame:
    """Three wards of each of two, and a column that says whose."""
    made = wards(6).rename(columns={"code": "WD24CD", "name": "WD24NM"})
    return made.assign(**{column: [ours] * 3 + [others] * 3})


def with_shape(shape: shapely.Geometry) -> geopandas.GeoDataFrame:
    made = as_published(wards())
    return made.set_geometry([shape if at == 1 else other for at, other in enumerate(made.geometry)], crs=4326)


def with_row(**changed: object) -> geopandas.GeoDataFrame:
    """The wards, and the second again in another row, changed."""
    made = as_published(wards())
    again = made.iloc[[1]].assign(**changed)
    return geopandas.GeoDataFrame(pd.concat([made, again], ignore_index=True), crs=4326)


# Whose wards


@pytest.mark.parametrize(
    "column", ["LTLA22CD", "LA_CODE", "CTYUA24CD", "local_authority_code", "District_Code", "UTLA22CD", "oslaua", "x"]
)
def test_a_column_of_district_codes_says_whose_a_ward_is(read, column):
    assert read(two_councils(column, AREA, LUTON))[0]["name"].tolist() == OURS


@pytest.mark.parametrize(
    ("column", "ours", "others"),
    [
        ("LAD24NM", "Milton Keynes", "Luton"),
        ("BOROUGH", "Milton Keynes Borough Council", "Luton Borough Council"),
        ("File_Name", "MILTON_KEYNES_(B)", "LUTON_(B)"),
        ("where", "City of Milton Keynes", "Luton"),
    ],
)
def test_a_column_of_district_names_says_it_too(read, column, ours, others):
    made, notes = read(two_councils(column, ours, others))
    assert made["name"].tolist() == OURS
    assert notes == [f"3 rows of other districts, by the column {column}, were left out."]


def test_a_town_of_the_districts_name_is_not_the_district(read):
    assert len(read(as_published(wards(), area=None).assign(post_town=["Milton Keynes", "Olney", "Milton Keynes"]))[0]) == 3


@pytest.mark.parametrize(("column", "luton"), [("LTLA24CD", LUTON), ("LAD24NM", "Luton")])
def test_another_councils_wards_are_refused_with_its_name(read, column, luton):
    with pytest.raises(BadInput) as refusal:
        read(two_councils(column, AREA, luton).iloc[3:])
    assert (refusal.value.code, refusal.value.values["districts"]) == (Code.WARDS_OF_OTHERS, [luton])


def test_a_row_without_a_district_is_left_out_and_said(read):
    made, notes = read(as_published(wards()).assign(LAD25CD=[AREA, AREA, None]))
    assert (len(made), notes) == (2, ["1 row of the file says no district and was left out."])


# Which columns


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        ("GSS_CODE", "NAME"), ("reference", "name"), ("Census_Code", "Name"), ("Code", "Ward"), ("ward_gss", "title"),
        ("WARD_CD", "WARD_NM"), ("Electoral wards Code", "Electoral wards"),
    ],
)  # fmt: skip
def test_a_column_full_of_ward_codes_is_the_code(read, codes, names):
    frame = wards().rename(columns={"code": codes, "name": names}).assign(HECTARES=77.0, Type="Unitary Authority Ward")
    made, notes = read(frame)
    assert (made["code"].tolist(), made["name"].tolist(), notes) == ([code(1), code(2), code(3)], OURS, [])


@pytest.mark.parametrize(
    "beginning", ["E00", "E01", "W01", "S01", "N20", "E02", "E04", "W04", "E58", "E14", "E06", "E07", "E10", "E12"]
)
def test_codes_of_anything_else_are_refused(read, beginning):
    with pytest.raises(BadInput) as refusal:
        read(wards().assign(code=[f"{beginning}{number:06d}" for number in range(3)]))
    assert refusal.value.code is Code.ROWS_ARE_NO_WARDS


@pytest.mark.parametrize("part", ["E01", "E04"])
def test_parts_of_wards_are_not_put_together_to_wards(read, part):
    """LSOAs and parishes do not follow the wards' borders."""
    rows = as_published(wards()).assign(WD25CD=[code(1), code(1), code(2)], WD25NM=["One", "One", "Two"])
    with pytest.raises(BadInput) as refusal:
        read(rows.assign(part=[f"{part}{number:06d}" for number in range(3)]))
    assert refusal.value.code is Code.ROWS_ARE_NO_WARDS


def test_lsoas_without_their_codes_are_known_by_their_names(read):
    with pytest.raises(BadInput) as refusal:
        read(wards().drop(columns="code").assign(name=[f"Milton Keynes 00{number}A" for number in (1, 2, 3)]))
    assert refusal.value.code is Code.ROWS_ARE_NO_WARDS


@pytest.mark.parametrize("named", [{"name": "names"}, {"code": "codes", "name": "names"}, {"code": "CODES", "name": "Names"}])
def test_columns_can_be_named(read, named):
    frame = wards().rename(columns={"code": "codes", "name": "names"}).assign(ward=["x y", "x z", "y z"])
    made, _notes = read(frame, **named)
    assert (made["code"].tolist(), made["name"].tolist()) == ([code(1), code(2), code(3)], OURS)


def test_a_column_that_is_not_there_is_named_with_those_that_are(read):
    with pytest.raises(BadInput) as refusal:
        read(wards(), code="nothing")
    assert refusal.value.values == {"column": "nothing", "columns": ["code", "name"]}


# Codes made of names


def test_wards_without_codes_get_the_same_codes_whenever_they_are_loaded(read):
    lgbce = wards().drop(columns="code").rename(columns={"name": "Ward_name"}).assign(OBJECTID=[1, 2, 3], Cllrs=[2, 3, 3])
    made, notes = read(lgbce)
    again, _notes = read(lgbce.iloc[::-1].assign(Ward_name=["WARD 03", " Ward  02", "ward 01"]))
    assert set(made["code"]) == set(again["code"])
    assert len(set(made["code"])) == 3
    assert notes == ["The file has no codes of wards. They were made of the names, and stay the same as long as these do."]


@pytest.mark.parametrize("name", ["Broughton", "Llanbedr-y-cennin Tŷ", "城", "A" * 90, "E05009406", "!"])
def test_a_made_code_is_usable_and_none_of_the_onss(name):
    made = labels.made_code(name)
    assert boundaries._CODE.fullmatch(made)
    assert made.startswith("w-")
    assert made != labels.made_code(name + "x")


def test_numbers_that_are_called_codes_are_refused_with_a_way_out(read):
    with pytest.raises(BadInput) as refusal:
        read(wards().assign(code=["1", "2", "3"]))
    assert (refusal.value.code, refusal.value.values["column"]) == (Code.NO_WARD_CODES, "code")
    assert read(wards().assign(code=["1", "2", "3"]), name="name")[0]["code"].str.startswith("w-").all()


# Polygons


TOUCHING = Polygon([(-0.79, 52), (-0.78, 52), (-0.78, 52.01), (-0.785, 52.01), (-0.7848, 52.0098), (-0.7852, 52.0098),
                    (-0.785, 52.01), (-0.79, 52.01)])  # fmt: skip


@pytest.mark.parametrize(
    "shape",
    [
        TOUCHING,
        Polygon(
            [(-0.79, 52), (-0.78, 52), (-0.78, 52.005), (-0.779, 52.0052), (-0.78, 52.005), (-0.78, 52.01), (-0.79, 52.01)]
        ),
        Polygon([(-0.79, 52), (-0.78, 52), (-0.78, 52.005), (-0.785, 52.005), (-0.78, 52.005), (-0.78, 52.01), (-0.79, 52.01)]),
        Polygon(SQUARE.exterior.coords, [[(-0.79, 52.002), (-0.785, 52.002), (-0.785, 52.005), (-0.79, 52.005)]]),
        MultiPolygon([box(-0.79, 52, -0.785, 52.01), box(-0.785, 52, -0.78, 52.01)]),
        GeometryCollection([GeometryCollection([SQUARE, Point(-0.78, 52)]), LineString([(-0.79, 52), (-0.78, 52)])]),
        GeometryCollection([box(-0.79, 52, -0.785, 52.01), BESIDE, LineString([(-0.79, 52), (-0.78, 52)])]),
    ],
    ids=[
        "touching ring",
        "spike",
        "spike inwards",
        "hole at the edge",
        "parts side by side",
        "collection",
        "collection of two",
    ],
)
def test_a_shape_is_mended_where_its_area_stays(read, shape):
    made, _notes = read(with_shape(shape))
    mended = made.geometry.iloc[1]
    assert mended.is_valid
    assert mended.area == pytest.approx(shape.area, rel=1e-9)


@pytest.mark.parametrize(
    "shape",
    [
        Polygon([(-0.79, 52.0), (-0.78, 52.01), (-0.78, 52.0), (-0.79, 52.01)]),
        Polygon([(-0.79, 52), (-0.78, 52), (-0.78, 52.01), (-0.788, 52.01), (-0.79, 52.008), (-0.79, 52.01), (-0.788, 52.008)]),
        MultiPolygon([box(-0.79, 52, -0.784, 52.01), box(-0.785, 52, -0.78, 52.01)]),
        Polygon(SQUARE.exterior.coords, [[(-0.6, 52.002), (-0.59, 52.002), (-0.59, 52.005), (-0.6, 52.005)]]),
        GeometryCollection([box(-0.79, 52, -0.784, 52.01), box(-0.785, 52, -0.78, 52.01)]),
    ],
    ids=["bow-tie", "small bow-tie", "parts over each other", "hole outside", "collection over itself"],
)
def test_a_shape_whose_area_is_not_certain_is_refused(read, shape):
    with pytest.raises(BadInput) as refusal:
        read(with_shape(shape))
    assert (refusal.value.code, refusal.value.values["ward"]) == (Code.WARD_POLYGON_INVALID, "Ward 02")


@pytest.mark.parametrize(
    ("changed", "parts"), [({}, 1), ({"geometry": [BESIDE]}, 2), ({"geometry": [BESIDE], "WD25NM": "WARD 02"}, 2)]
)
def test_rows_of_one_code_and_name_are_one_ward(read, changed, parts):
    made, notes = read(with_row(**changed))
    assert made["code"].tolist() == [code(1), code(2), code(3)]
    assert shapely.get_num_geometries(made.geometry.iloc[1]) == parts
    assert notes == ["Ward 02 stands in several rows of the file and is one ward."][: parts - 1]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"WD25NM": "Other", "geometry": [BESIDE]}, Code.WARD_CODE_TWICE),
        ({"geometry": [square(1, width=0.004)]}, Code.WARD_PARTS_OVERLAP),
    ],
)
def test_rows_that_contradict_each_other_are_refused(read, changed, why):
    with pytest.raises(BadInput) as refusal:
        read(with_row(**changed))
    assert refusal.value.code is why


# Files


def test_a_shapefile_deep_in_a_zip_in_a_zip_is_the_one_with_wards(read, tmp_path):
    folder = tmp_path / "made" / "Ward Boundaries"
    folder.mkdir(parents=True)
    as_published(wards()).drop(columns="WD25NMW").to_file(folder / "WARDS.shp")
    road = {"type": "Feature", "properties": {"road": "V7"}, "geometry": {"type": "Point", "coordinates": [-0.8, 52]}}
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("a.geojson", json.dumps({"type": "FeatureCollection", "features": [road]}))
        inner.writestr("__MACOSX/._WARDS.shp", b"\x00\x05\x16\x07")
        for file in folder.iterdir():
            inner.write(file, f"deep er/{folder.name}/{file.name.upper()}")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.write(tmp_path / "inner.zip")
    assert read(tmp_path / "outer.zip")[0]["name"].tolist() == OURS


def test_topojson_gives_the_layer_of_the_wards(read, tmp_path):
    wanted = {"type": "MultiPolygon", "arcs": [[[0]]], "properties": {"WD24CD": code(1), "WD24NM": "One"}}
    part = {"type": "Polygon", "arcs": [[0]], "properties": {"LSOA21CD": "E01000001"}}
    ring = [[0, 0], [100, 0], [0, 100], [-100, 0], [0, -100]]
    content = {
        "transform": {"scale": [0.0001, 0.0001], "translate": [-0.8, 52.0]}, "arcs": [ring],
        "objects": {name: {"type": "GeometryCollection", "geometries": [one]} for name, one in (("a", part), ("b", wanted))},
        "type": "Topology",
    }  # fmt: skip
    (tmp_path / "wards.json").write_text(json.dumps(content))
    made, _notes = read(tmp_path / "wards.json")
    assert made["name"].tolist() == ["One"]
    assert made.geometry.iloc[0].area == pytest.approx(square(0).area, rel=1e-9)


@pytest.mark.parametrize(
    ("encoding", "told", "names"),
    [
        ("utf-8", None, ["Llŷn", "Tŷ Gŵyr", "Ynys Môn"]),
        ("utf-8", "ISO-8859-1", ["Llŷn", "Tŷ Gŵyr", "Ynys Môn"]),
        ("cp1252", None, ["Café", "Plas", "Ynys Môn"]),
    ],
)
def test_names_are_read_in_the_encoding_that_they_have(read, tmp_path, encoding, told, names):
    file = tmp_path / "wards.shp"
    as_published(wards()).drop(columns="WD25NMW").assign(WD25NM=names).to_file(file, encoding=encoding)
    file.with_suffix(".cpg").unlink(missing_ok=True)
    if told:
        file.with_suffix(".cpg").write_text(told)
    assert sorted(read(file)[0]["name"]) == sorted(names)
