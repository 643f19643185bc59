"""Rows received = placed + not placed + rejected, whatever the rows are; nothing is dropped, merged or doubled on the way."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archive import ASB, AT, COLUMNS, FORCE, NOWHERE, csv_file, frame, ingest, name, packed, row, rows, stored_rows, text
from refusing import refused

from mkmap.crimes.ingest import ingest_frame
from mkmap.crimes.store import Crimes
from mkmap.errors import BadInput, Code
from mkmap.month import Month
from mkmap.places.points import longitude_latitude
from mkmap.places.store import Places

JANUARY = Month(2025, 1)

usable = st.tuples(
    st.floats(-8.9, 2.4).map(lambda value: f"{value:.6f}"), st.floats(49.1, 61.4).map(lambda value: f"{value:.6f}")
)
unusable = st.sampled_from(
    [("", "52.04"), ("-0.75", ""), ("x", "y"), ("52.04", "-0.75"), ("NaN", "52"), ("0,5", "52"), ("-0.75", "90"), (" ", " ")]
)
types = st.sampled_from(["Burglary", "Drugs", "Anti-social behaviour", "Something new"])
cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).filter(lambda cell: cell.strip('"') == cell)


@st.composite
def crime(draw, *, place):
    longitude, latitude = draw(place)
    number = draw(st.integers(0, 12))  # few, so that ids and whole rows repeat
    changed = {"Longitude": longitude, "Latitude": latitude, "Location": draw(cells), "Crime type": draw(types)}
    return row(number, **changed | (ASB if number < 4 else {}))


good = crime(place=usable)
nowhere = st.integers(0, 9).map(lambda number: row(number, **NOWHERE))
bad = st.one_of(crime(place=unusable), st.just(row(**{"Crime type": ""})))
months = st.tuples(st.lists(good, min_size=1, max_size=30), st.lists(nowhere, max_size=8), st.lists(bad, max_size=8))


def expected(given_rows: list[dict]) -> Counter:
    """What must be stored, as texts: crime type, outcome, street, LSOA."""
    kept = ("Crime ID", "Crime type", "Last outcome category", "Location", "LSOA code")
    return Counter(tuple(one[column] or None for column in kept) for one in given_rows)


def found(home: Path) -> Counter:
    stored = stored_rows(home).astype(object)
    stored["crime_id"] = stored["crime_id"].map(bytes.hex, na_action="ignore")
    stored = stored[["crime_id", "crime_type", "outcome", "street", "lsoa_code"]]
    return Counter(tuple(None if pd.isna(cell) else cell for cell in one) for one in stored.itertuples(index=False))


def millionths(degrees: float | str) -> int:
    return round(float(degrees) * 1e6)


@settings(max_examples=40)
@given(month=months, from_frame=st.booleans(), order=st.randoms(use_true_random=False))
def test_received_is_placed_and_not_placed_and_rejected(month, from_frame, order):
    placed, unplaced, rejected = month
    rejected = rejected[: len(placed) + len(unplaced)]  # no more than half
    received = [*placed, *unplaced, *rejected]
    order.shuffle(received)
    with TemporaryDirectory() as folder:
        home = Path(folder)
        if from_frame:
            stored = ingest_frame(
                Crimes(home), Places(home), frame(received), month=JANUARY, force=FORCE, scope="area", source="a test", at=AT
            )
        else:
            (stored,) = ingest(home, csv_file(home, text(received)))
        assert (stored.rows, stored.placed, stored.no_location, stored.rejected) == (
            len(received), len(placed), len(unplaced), len(rejected),
        )  # fmt: skip
        assert stored.rows == stored.placed + stored.no_location + stored.rejected
        assert found(home) == expected(received)
        kept = stored_rows(home)
        assert kept["rejected"].notna().sum() == len(rejected)
        assert kept["point"].notna().sum() == len(placed)
        where = zip(*longitude_latitude(kept["point"].dropna().astype("int64")), strict=True)
        assert Counter((millionths(x), millionths(y)) for x, y in where) == Counter(
            (millionths(one["Longitude"]), millionths(one["Latitude"])) for one in placed
        )


def test_the_order_of_the_rows_is_kept(home, tmp_path):
    ingest(home, csv_file(tmp_path, text(rows(50))))
    assert stored_rows(home)["crime_id"].map(bytes.hex).tolist() == [f"{number:064x}" for number in range(50)]


def test_rows_of_anti_social_behaviour_that_are_the_same_byte_for_byte_are_all_kept(home, tmp_path):
    (stored,) = ingest(home, csv_file(tmp_path, text(rows(3) + [row(**ASB)] * 1400)))
    assert (stored.rows, stored.placed) == (1403, 1403)
    assert stored_rows(home)["crime_id"].isna().sum() == 1400


def test_a_crime_id_that_repeats_is_kept_each_time(home, tmp_path):
    (stored,) = ingest(home, csv_file(tmp_path, text(rows(10) + [row(3)] * 2 + [row(3, **{"Crime type": "Robbery"})])))
    assert stored.rows == 13
    assert stored_rows(home)["crime_id"].map(bytes.hex).value_counts()[f"{3:064x}"] == 4


def test_rejected_rows_are_kept_with_their_reason_and_what_they_said(home, tmp_path):
    ingest(
        home, csv_file(tmp_path, text([*rows(4), row(4, Longitude="east"), row(5, Latitude="0"), row(6, **{"Crime type": ""})]))
    )
    kept = stored_rows(home).dropna(subset="rejected")
    assert kept[["rejected", "rejected_place"]].to_numpy().tolist() == [
        ["coordinates are not numbers", "east, 52.040000"],
        ["coordinates outside the United Kingdom", "-0.785000, 0"],
        ["no crime type", "-0.784000, 52.040000"],
    ]
    assert kept["street"].tolist() == ["On or near Street 4", "On or near Street 5", "On or near Street 6"]
    assert kept["point"].isna().all()


def test_every_month_of_many_files_has_its_own_rows(home, tmp_path):
    """More files than are read at once, of all sizes, with and without quotes, in two orders of columns."""
    members = {}
    for number in range(1, 25):
        month = f"{2023 + (number - 1) // 12}-{(number - 1) % 12 + 1:02d}"
        columns = COLUMNS if number % 3 else reversed(COLUMNS)
        members[name(month)] = text(rows(number * number, month, Location="A, B" if number % 2 else "C"), columns)
    stored = ingest(home, packed(tmp_path / "archive.zip", members))
    assert [month.rows for month in sorted(stored, key=lambda month: month.month)] == [n * n for n in range(1, 25)]
    for month in stored:
        kept = stored_rows(home, month=month.month)
        assert set(kept["month"]) == {str(month.month)}
        assert kept["crime_id"].is_unique


def test_one_empty_month_among_many_refuses_them_all(home, tmp_path):
    members = {name(f"2024-{number:02d}"): text(rows(5 if number != 7 else 0, f"2024-{number:02d}")) for number in range(1, 13)}
    with refused(BadInput, Code.NO_CRIMES) as refusal:
        ingest(home, packed(tmp_path / "archive.zip", members))
    assert refusal.value.source.endswith(name("2024-07"))
    assert Crimes(home).months() == []


KNOWN = {  # burglaries with an LSOA name that starts “Milton Keynes”, counted on the CSVs
    "2018-10": 106, "2018-11": 94, "2018-12": 118, "2019-01": 78, "2019-02": 62, "2022-01": 68, "2022-02": 67, "2022-03": 72,
    "2022-04": 80, "2025-01": 90, "2025-02": 82, "2025-03": 68, "2025-04": 69, "2025-05": 47, "2025-06": 76,
}  # fmt: skip


def test_the_known_burglaries_of_the_real_months(home, shared):
    stored = ingest(home, shared / "police-uk" / "thames-valley.zip")
    counts = {}
    for month in stored:
        kept = stored_rows(home, month=month.month)
        counts[str(month.month)] = int(((kept["crime_type"] == "Burglary") & (kept["district"] == "Milton Keynes")).sum())
        assert len(kept) == month.rows == month.placed + month.no_location + month.rejected
        assert month.rejected == 0
    assert counts == KNOWN


def test_the_real_months_of_all_forces_have_every_row(home, shared):
    stored = ingest(home, shared / "police-uk" / "england-and-wales-2025-q1.zip")
    assert (len(stored), sum(month.rows for month in stored)) == (121, 973_410)
    assert Crimes(home).folder.damaged() == []
