"""What DuckDB answers equals what a few lines of pandas answer, over generated months, wards and filters."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas
import pandas as pd
import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archive import AT, FORCE, NOWHERE, frame, ingest, row
from made_wards import STEP, code, middle, wards
from refusing import refused
from stores_now import Stores

from mkmap.crimes import export
from mkmap.crimes.ingest import ingest_frame, ingest_months
from mkmap.crimes.monthly import monthly_counts
from mkmap.crimes.query import AreaCrimes, area_crimes
from mkmap.crimes.rates import per_ward
from mkmap.crimes.rows import rows_of
from mkmap.crimes.store import Crimes
from mkmap.errors import Code, Damaged
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.load import load_wards
from mkmap.places.store import Households, Places, WardSet

MONTHS = [Month(2025, number) for number in range(1, 7)]
TYPES = ["Burglary", "Drugs", "Robbery", "count"]  # the last is nobody's, but a column's name elsewhere
OLD = WardSet("old", date(2014, 5, 22), date(2025, 3, 31), 3, "made")
NEW = WardSet("2025 wards", date(2025, 4, 1), None, 2, "made")
SETS = {OLD: wards(3), NEW: wards(2, first=101).assign(geometry=lambda w: w.translate(xoff=STEP / 3, yoff=-STEP / 4))}
BTP = {"Reported by": "British Transport Police", "Falls within": "British Transport Police", "Crime ID": ""}
ABOUT = export.Provenance("police.uk", "made", "2025-06", "")

cell = st.integers(-6, 12)  # thirds of a ward's width: some lie on borders, some outside but near, some far away
far = st.sampled_from([(1.5, 51.0), (-2.0, 55.0)])
places = st.one_of(
    st.tuples(cell, cell.map(lambda step: step / 3)).map(lambda at: (-0.80 + at[0] * STEP / 3, 52.0 + at[1] * STEP)), far
)
crimes = st.tuples(
    st.sampled_from(MONTHS),
    st.sampled_from(TYPES),
    st.one_of(st.none(), places, places, places),
    st.integers(0, 4),
)
worlds = st.tuples(
    st.lists(crimes, min_size=1, max_size=60),
    st.sets(st.sampled_from(MONTHS), max_size=2),  # missing
    st.sets(st.sampled_from(MONTHS), max_size=2),  # of scope area
)
chosen = st.tuples(
    st.sampled_from(MONTHS),
    st.sampled_from(MONTHS),
    st.sets(st.integers(0, 3), max_size=2),
    st.sets(st.sampled_from(TYPES), max_size=2),
)


def as_row(number: int, month: Month, crime_type: str, place, kind: int, area: bool) -> dict:
    made = row(number, str(month), **{"Crime type": crime_type})
    made |= NOWHERE if place is None else {"Longitude": f"{place[0]:.6f}", "Latitude": f"{place[1]:.6f}"}
    made |= {"Location": f"On or near {made['Longitude']} {made['Latitude']}"} if place else {}
    if kind == 0:
        made |= {"Longitude": "nonsense"} if place else {"Crime type": ""}
    return made | (BTP if area and kind in (1, 2) else {})


@contextmanager
def world(of) -> Iterator[tuple[Crimes, Places, pd.DataFrame]]:
    """A store, and the rows that it holds, as pandas has them."""
    drawn, missing, areas = of
    table = pd.DataFrame([as_row(number, *one, one[0] in areas) for number, one in enumerate(drawn) if one[0] not in missing])
    with TemporaryDirectory() as folder:
        stores = Stores(Path(folder))
        for ward_set, shapes in SETS.items():
            Places(stores.home).add_wards(ward_set, shapes)
        halves = {month: len(_usable(rows)) * 2 >= len(rows) for month, rows in table.groupby("Month")} if len(table) else {}
        table = table[table["Month"].map(halves)] if len(table) else pd.DataFrame(columns=list(row()))  # more would be refused
        _store(stores, table, {str(month) for month in areas})
        yield *stores, table


def _store(stores: Stores, table: pd.DataFrame, areas: set[str]) -> None:
    about = {"force": FORCE, "source": "made", "at": AT}
    for month, rows in table[table["Month"].isin(areas)].groupby("Month"):
        ingest_frame(*stores, frame(rows.to_dict("records")), month=Month.parse(month), scope="area", **about)
    whole = table[~table["Month"].isin(areas)]
    if len(whole):
        ingest_months(*stores, frame(whole.to_dict("records")), **about)


def _usable(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["Longitude"] != "nonsense") & (rows["Crime type"] != "")]


def of_force(rows: pd.DataFrame) -> pd.DataFrame:
    usable = _usable(rows)
    return usable[usable["Falls within"] != "British Transport Police"]


def with_wards(rows: pd.DataFrame, ward_set: WardSet) -> pd.DataFrame:
    """The rows with a place, each with the code of its ward; on a border the first by code."""
    placed = of_force(rows)[lambda found: found["Longitude"] != ""]
    points = geopandas.points_from_xy(placed["Longitude"].astype(float), placed["Latitude"].astype(float), crs=4326)
    joined = geopandas.GeoDataFrame(placed.reset_index(), geometry=points).sjoin(
        SETS[ward_set], how="left", predicate="intersects"
    )
    return joined.sort_values("code").drop_duplicates("index").rename(columns={"code": "ward"})


def filtered(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    rows = rows[rows["Month"].between(str(filters.first), str(filters.last))]
    rows = rows[rows["Crime type"].isin(filters.types)] if filters.types else rows
    if "ward" in rows:
        rows = rows[rows["ward"].isin(filters.wards) if filters.wards else rows["ward"].notna()]
    return rows


def filters_of(drawn, ward_set: WardSet) -> Filters:
    one, other, places, types = drawn
    codes = [*SETS[ward_set]["code"], "E05999999"]  # the last is a ward of no set
    return Filters(
        min(one, other), max(one, other), tuple(sorted({codes[place % len(codes)] for place in places})), tuple(sorted(types))
    )


def counts(rows: pd.DataFrame, *columns: str) -> dict:
    return rows.groupby(list(columns)).size().to_dict()


@settings(max_examples=8)
@given(of=worlds, drawn=chosen, ward_set=st.sampled_from([OLD, NEW]))
def test_counts_rows_and_files_equal_pandas(of, drawn, ward_set):
    filters = filters_of(drawn, ward_set)
    with world(of) as (stored, known, rows):
        area = area_crimes(stored, known, ward_set, FORCE)
        selection, expected = area.select(filters), filtered(with_wards(rows, ward_set), filters)
        assert selection.total == len(expected)
        assert selection.by("month").to_dict() == counts(expected, "Month")
        assert selection.by("ward").to_dict() == counts(expected, "ward")
        assert selection.by("ward", "crime_type").to_dict() == counts(expected, "ward", "Crime type")
        assert selection.unplaced == len(filtered(of_force(rows)[lambda found: found["Longitude"] == ""], filters))
        assert set(area.stored) == {Month.parse(month) for month in rows["Month"].unique()}
        assert selection.months == [month for month in filters.months if str(month) in set(rows["Month"])]
        found = rows_of(stored, known, ward_set, FORCE, filters)
        _equal_rows(found, expected)
        _equal_files(selection, found, expected)


def _equal_rows(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    columns = {
        "Month": "month", "Crime type": "crime_type", "Location": "street", "ward": "ward_code", "LSOA code": "lsoa_code",
        "Last outcome category": "last_outcome", "Crime ID": "crime_id", "Falls within": "falls_within",
    }  # fmt: skip
    wanted = expected.rename(columns=columns)
    order = list(columns.values())
    assert sorted(found[order].fillna("").itertuples(index=False, name=None)) == sorted(
        wanted[order].fillna("").itertuples(index=False, name=None)
    )
    assert sorted(found["longitude"].round(6)) == sorted(wanted["Longitude"].astype(float))
    assert sorted(found["latitude"].round(6)) == sorted(wanted["Latitude"].astype(float))


def _equal_files(selection, found: pd.DataFrame, expected: pd.DataFrame) -> None:
    back = pd.read_csv(io.BytesIO(export.csv(found, ABOUT)), dtype={"month": str})
    assert len(back) == len(expected)
    points = json.loads(export.crimes_geojson(selection, ABOUT))["features"]
    assert {tuple(one["geometry"]["coordinates"]): one["properties"]["count"] for one in points} == counts(
        expected.assign(x=expected["Longitude"].astype(float), y=expected["Latitude"].astype(float)), "x", "y"
    )
    households = Households(dict.fromkeys(selection.area.ward_names, 50), 2021, "made")
    shapes = json.loads(export.wards_geojson(selection, households, ABOUT))["features"]
    per = {one["properties"]["code"]: one["properties"]["count"] for one in shapes}
    assert {ward: count for ward, count in per.items() if count} == counts(expected, "ward")
    assert set(per) == {
        ward for ward in selection.area.ward_names if not selection.filters.wards or ward in selection.filters.wards
    }
    assert all(one["properties"]["rate"] == (one["properties"]["count"] and one["properties"]["count"] * 20) for one in shapes)


@settings(max_examples=6)
@given(of=worlds)
def test_every_month_s_rows_are_on_the_map_or_counted_elsewhere(of):
    """Received = in the area + elsewhere + without a location + rejected + of British Transport Police."""
    with world(of) as (stored, known, rows):
        area = area_crimes(stored, known, OLD, FORCE)
        for month in area.stored.values():
            received = rows[rows["Month"] == str(month.month)]
            assert month.rows == len(received)
            assert month.rejected == len(received) - len(_usable(received))
            assert month.rows == month.placed + month.no_location + month.rejected
        near = with_wards(rows, OLD)
        assert area.cells.loc[area.cells["ward"].notna(), "crimes"].sum() == near["ward"].notna().sum()
        sums = area.cells[area.cells["ward"].notna()].groupby(["month", "crime_type"], observed=True)["crimes"].sum().to_dict()
        counts = monthly_counts(stored, known, OLD, FORCE)
        assert {(month, kind): count for month, of_types in counts.items() for kind, count in of_types.items()} == sums


# ---- cases that are easily wrong


@pytest.fixture
def stores(home) -> Stores:
    for ward_set, shapes in SETS.items():
        Places(home).add_wards(ward_set, shapes)
    return Stores(home)


def put(
    stores, rows: list[dict], month: Month = MONTHS[0], scope: str = "force", at: datetime = AT, force: str = FORCE
) -> None:
    ingest_frame(*stores, frame(rows), month=month, force=force, scope=scope, source="made", at=at)


def at(number: int, place: tuple[float, float], month: Month = MONTHS[0], **changed: str) -> dict:
    return row(number, str(month), Longitude=f"{place[0]:.6f}", Latitude=f"{place[1]:.6f}", **changed)


def whole(area: AreaCrimes) -> int:
    return area.select(Filters(MONTHS[0], MONTHS[-1])).total


def test_a_store_without_months_has_no_crimes(stores):
    area = area_crimes(*stores, OLD, FORCE)
    assert (whole(area), area.stored, area.latest, area.types) == (0, {}, None, ())
    assert area.missing(MONTHS) == []
    assert area.unpublished(MONTHS) == MONTHS
    assert [ward.crimes for ward in per_ward(area.select(Filters(*MONTHS[:2])), None)] == [None, None, None]
    assert rows_of(*stores, OLD, FORCE, Filters(*MONTHS[:2])).empty
    assert list(area.streets["label"]) == []


def test_months_without_any_place_are_counted_as_not_placed(stores):
    put(stores, [row(number, **NOWHERE) for number in range(5)])
    area = area_crimes(*stores, OLD, FORCE)
    assert (whole(area), area.select(Filters(*MONTHS[:2])).unplaced) == (0, 5)
    assert rows_of(*stores, OLD, FORCE, Filters(*MONTHS[:2])).empty


def test_a_missing_month_is_missing_and_no_zero(stores):
    for month in (MONTHS[0], MONTHS[3]):
        put(stores, [at(1, middle(0), month)], month)
    area = area_crimes(*stores, OLD, FORCE)
    selection = area.select(Filters(MONTHS[0], MONTHS[5]))
    assert selection.by("month").to_dict() == {"2025-01": 1, "2025-04": 1}
    assert area.missing(selection.filters.months) == [MONTHS[1], MONTHS[2]]
    assert area.unpublished(selection.filters.months) == [MONTHS[4], MONTHS[5]]
    assert selection.months == [MONTHS[0], MONTHS[3]]


def test_the_two_scopes_of_a_month_are_never_added(stores):
    put(stores, [at(number, middle(0)) for number in range(5)])
    put(stores, [at(number, middle(0)) for number in range(3)], scope="area", at=AT.replace(day=16))
    assert whole(area_crimes(*stores, OLD, FORCE)) == 3


def test_another_force_s_crimes_are_not_the_area_s(stores):
    put(stores, [at(1, middle(0))])
    put(stores, [at(2, middle(0))], force="kent")
    assert whole(area_crimes(*stores, OLD, FORCE)) == 1


def test_transport_police_in_an_area_s_answer_are_not_counted_as_the_force_s(stores):
    put(stores, [at(1, middle(0)), at(2, middle(0), **BTP), row(3, **NOWHERE | BTP)], scope="area")
    area = area_crimes(*stores, OLD, FORCE)
    assert (whole(area), area.select(Filters(*MONTHS[:2])).unplaced) == (1, 0)
    assert rows_of(*stores, OLD, FORCE, Filters(*MONTHS[:2]))["falls_within"].tolist() == ["Thames Valley Police"]


def test_rejected_rows_are_neither_on_the_map_nor_without_a_location(stores):
    bad = [
        row(5, Longitude="east"),
        row(6, Latitude="0"),
        at(7, middle(0), **{"Crime type": ""}),
        row(8, **NOWHERE | {"Crime type": ""}),
    ]
    put(stores, [*(at(number, middle(0)) for number in range(4)), *bad, row(9, **NOWHERE)])
    area = area_crimes(*stores, OLD, FORCE)
    (month,) = area.stored.values()
    assert (month.rows, month.placed, month.no_location, month.rejected) == (9, 4, 1, 4)
    assert (whole(area), area.select(Filters(*MONTHS[:2])).unplaced) == (4, 1)
    assert len(rows_of(*stores, OLD, FORCE, Filters(*MONTHS[:2]))) == 4
    assert "" not in area.types


def test_a_row_that_says_no_police_is_the_force_s(stores):
    put(stores, [at(1, middle(0), **{"Falls within": ""})], scope="area")
    assert whole(area_crimes(*stores, OLD, FORCE)) == 1


def test_two_ward_sets_count_the_same_crimes_in_their_own_wards(stores):
    put(stores, [at(number, middle(number % 3)) for number in range(9)])
    old, new = (area_crimes(*stores, ward_set, FORCE).select(Filters(*MONTHS[:2])) for ward_set in (OLD, NEW))
    assert old.by("ward").to_dict() == {code(1): 3, code(2): 3, code(3): 3}
    assert new.by("ward").to_dict() == counts(with_wards(pd.DataFrame([at(n, middle(n % 3)) for n in range(9)]), NEW), "ward")


def test_what_is_stored_later_is_counted_at_once(stores):
    put(stores, [at(1, middle(0))])
    assert whole(area_crimes(*stores, OLD, FORCE)) == 1
    put(stores, [at(1, middle(0)), at(2, middle(1))])
    assert whole(area_crimes(*stores, OLD, FORCE)) == 2
    Places(stores.home).add_wards(OLD, wards(1))
    assert whole(area_crimes(*stores, Places(stores.home).ward_sets()[0], FORCE)) == 1


def test_a_file_that_is_missing_is_told_as_damage(stores):
    put(stores, [at(1, middle(0))])
    crimes, _places = stores
    (stored,) = crimes.months()
    crimes.path(stored).unlink()
    with refused(Damaged, Code.FILE_MISSING):
        area_crimes(*stores, OLD, FORCE)
    with refused(Damaged, Code.FILE_MISSING):
        rows_of(*stores, OLD, FORCE, Filters(*MONTHS[:2]))


def test_an_unknown_ward_or_type_or_month_selects_nothing(stores):
    put(stores, [at(1, middle(0))])
    area = area_crimes(*stores, OLD, FORCE)
    for filters in (
        Filters(*MONTHS[:2], wards=("'; --",)),
        Filters(*MONTHS[:2], types=("'; --",)),
        Filters(Month(1999, 1), Month(1999, 2)),
    ):
        assert area.select(filters).total == 0
        assert rows_of(*stores, OLD, FORCE, filters).empty


def test_the_burglaries_of_the_real_area(home, shared):
    file = shared / "wards" / "milton-keynes-wards-2014-full.geojson"
    ward_set = load_wards(Places(home), str(file), start=date(2014, 5, 22), area="E06000042", session=requests.Session())
    ingest(home, shared / "police-uk" / "thames-valley.zip")
    area = area_crimes(*Stores(home), ward_set, FORCE)
    burglaries = area.select(Filters(Month(2018, 10), Month(2025, 6), types=("Burglary",)))
    assert burglaries.by("month").to_dict() == {
        "2018-10": 106, "2018-11": 94, "2018-12": 118, "2019-01": 78, "2019-02": 62, "2022-01": 68, "2022-02": 67, "2022-03": 72,
        "2022-04": 80, "2025-01": 90, "2025-02": 82, "2025-03": 68, "2025-04": 69, "2025-05": 47, "2025-06": 76,
    }  # fmt: skip
    assert len(area.missing(list(Month(2018, 10).to(Month(2025, 6))))) == 81 - 15
    assert area.select(Filters(Month(2018, 10), Month(2018, 10), types=("Burglary",))).unplaced == 131
