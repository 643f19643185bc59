"""What became of the crimes, on the trends page: counts, the open share, what it rests on, and no comparison that cannot be made."""

import json
from pathlib import Path

import made_stores
import pyarrow as pa
from page_visits import as_read, said, tables, visited

from mkmap.month import Month

MONTHS = [Month(2025, 1), Month(2025, 2), Month(2025, 4)]
ADDRESS = {"from": "2025-01", "to": "2025-04", "type": "Burglary"}


def town(home: Path) -> Path:
    made_stores.add_wards(home)
    last = ["Awaiting court outcome"] * 2 + ["Under investigation"] * 3 + ["Unable to prosecute suspect"] * 5
    rows = [
        one | {"Last outcome category": words}
        for month in MONTHS
        for one, words in zip(made_stores.crimes(10, str(month), 0), last, strict=True)
    ]
    made_stores.add_crimes(home, [*rows, *made_stores.crimes(4, "2025-01", 0, "Anti-social behaviour")])
    return home


def trends(address: dict):
    at = visited(address, page="trends")
    assert not at.exception
    return at


def test_counts_shares_and_what_they_rest_on_are_said(look_at):
    look_at(town)
    found = said(trends(ADDRESS))
    assert (
        "Of 30 burglaries in Milton Keynes in 3 of the 4 months from January 2025 to April 2025: 6 (20.0 %) with a suspect charged, "
        "0 (0.0 %) closed with no suspect found, 15 (50.0 %) ended another way, 9 (30.0 %) still open."
    ) in found
    assert "15 are closed as “unable to prosecute suspect”: that is no success." in found
    assert "It rests on the street file's last outcome alone" in found
    assert "March 2025 is missing: it is counted nowhere, and is not zero." in found


def test_years_that_cannot_be_compared_are_not(look_at):
    look_at(town)
    assert (
        "Whether more end with a suspect charged than a year before cannot be compared: January 2024 to April 2024 and March 2025 missing"
        in said(trends(ADDRESS))
    )


def test_the_bars_have_words_a_table_and_a_gap(look_at):
    look_at(town)
    at = trends(ADDRESS)
    (chart,) = (one for one in at.get("vega_lite_chart") if one.proto.alt.startswith("Bars by month of the crime"))
    (data,) = chart.proto.datasets
    rows = pa.ipc.open_stream(data.data.data).read_all().to_pandas()
    assert rows.loc[rows["month"] == "2025-03", "crimes"].isna().all()
    assert rows["crimes"].sum() == 30
    assert {"× missing, not zero", "A suspect charged"} <= set(
        json.loads(chart.proto.spec)["layer"][0]["encoding"]["color"]["scale"]["domain"]
    )
    (months,) = (table for table in tables(at) if "Month of the crime" in table)
    assert months.set_index("Month of the crime")["Still open"].map(as_read).tolist() == ["3", "3", "–", "3"]


def test_anti_social_behaviour_is_left_out_and_said(look_at):
    look_at(town)
    found = said(trends(ADDRESS | {"type": "all"}))
    assert "Of 30 crimes of all types but anti-social behaviour in Milton Keynes" in found
    assert "Left out: 4 incidents of anti-social behaviour. Anti-social behaviour never has an outcome." in found
    alone = said(trends(ADDRESS | {"type": "Anti-social behaviour"}))
    assert (
        "There is no crime in Milton Keynes in 3 of the 4 months from January 2025 to April 2025 of which the police publish an outcome."
        in alone
    )


def test_months_that_are_not_stored_have_no_outcomes(look_at):
    look_at(town)
    assert "No chosen month is stored, so there is nothing to say about what became of the crimes." in said(
        trends({"from": "2025-03", "to": "2025-03"})
    )


def test_the_demonstration_compares_crimes_of_the_same_age(demonstration: Path, setting):
    setting(HOME=demonstration)
    found = said(trends({"from": "2025-01", "to": "2025-06", "type": "Burglary"}))
    assert "Demonstration: Of " in found
    assert "Suspect charged within 6 months of the crime's month: " in found
    assert "It rests on the police's outcomes files of " in found
