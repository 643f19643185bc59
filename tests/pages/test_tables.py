"""The tables say what the map says: the same numbers, no ranking of streets, nothing for a missing month."""

import re
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from made_stores import add_crimes, add_households, add_wards, crimes
from page_visits import figures, headline, said, table, tables, visited

ALL = {"from": "2025-01", "to": "2025-04", "type": "all"}


def test_a_missing_month_is_no_zero(town: Path):
    months = table(visited(ALL), "Months").set_index("Month")
    assert list(months.index) == ["January 2025", "February 2025", "March 2025", "April 2025"]
    assert months["Crimes"].iloc[0] == 6
    assert pd.isna(months.loc["February 2025", "Crimes"])
    assert months["Note"].tolist() == ["", "missing", "", "not published yet"]


def test_the_streets_of_a_whole_area_are_asked_for_by_the_browser(town: Path):
    """They are too many to be sent with each change."""
    at = visited(ALL | {"ward": "Alder Park"})
    assert list(table(at, "Streets").columns) == ["Street", "Ward", "Crime type", "Crimes"]
    at.multiselect(key="ward").set_value([]).run()
    assert not at.exception
    assert not tables(at)
    (asking,) = [one.proto.body for one in at.get("html") if "data-rows" in one.proto.body]
    assert 'data-rows="/map/every-street.json?from=2025-01&amp;to=2025-04&amp;type=all&amp;v=' in asking
    assert "High Street" not in asking
    assert "A street's name shows it on the map." in said(at)


def test_every_street_has_its_sum_by_name(town: Path):
    from mkmap.ui import frame
    from mkmap.view.tables import every_street

    selection = visited(ALL).session_state[frame.VIEW].selection
    assert every_street(selection) == [
        ("Church Lane", "Broughton", 2),
        ("High Street", "Alder Park", 4),
        ("Mill Road", "Cedar & Elm", 1),
    ]


def test_streets_stand_by_name_never_by_count(home: Path):
    add_wards(home)
    add_crimes(home, [*crimes(9, "2025-01", 1, street="Zebra Road"), *crimes(1, "2025-01", 1, "Drugs", street="Zebra Road")])
    add_crimes(home, [*crimes(1, "2025-02", 0, street="Abbey Road")])
    streets = table(visited(ALL | {"ward": ["Alder Park", "Broughton"]}), "Streets")
    assert streets.to_dict("list") == {
        "Street": ["Abbey Road", "Zebra Road", "Zebra Road"],
        "Ward": ["Alder Park", "Broughton", "Broughton"],
        "Crime type": ["Burglary", "Burglary", "Drugs"],
        "Crimes": [1, 9, 1],
    }


def test_a_table_of_streets_cannot_be_sorted_by_a_reader(town: Path):
    """A table of HTML has no sorting, `st.dataframe` has."""
    at = visited(ALL | {"ward": "Alder Park"})
    table(at, "Streets")
    assert len(tables(at)) == 1
    assert not at.dataframe


def test_wards_stand_by_name_with_zeros(town: Path):
    wards = table(visited(ALL), "Wards")
    assert wards.to_dict("list") == {"Ward": ["Alder Park", "Broughton", "Cedar & Elm"], "Crimes": [4, 2, 1]}


def test_wards_have_no_rate_without_households_and_the_page_says_why(town: Path):
    assert "No rate is shown: no households are loaded for these wards." in said(visited(ALL))


def test_wards_have_a_rate_with_households(own_town: Path):
    add_households(own_town, 2000, error="One in fifty households lies in another ward.")
    at = visited(ALL)
    assert table(at, "Wards")["Per 1,000 households"].tolist() == [2.0, 1.0, 0.5]
    assert "Households: a made census, 2021. One in fifty households lies in another ward." in said(at)


def test_types_stand_by_name_with_zeros(town: Path):
    types = table(visited(ALL | {"type": ["Robbery", "Drugs"]}), "Crime types")
    assert types.to_dict("list") == {"Crime type": ["Drugs", "Robbery"], "Crimes": [1, 0]}


@pytest.mark.parametrize("address", [ALL, ALL | {"ward": "Alder Park"}, ALL | {"type": ["Burglary", "Drugs"]}])
def test_every_table_adds_up_to_the_sentence(town: Path, address: dict):
    at = visited(address)
    total = int(headline(at).removeprefix("Police recorded ").split()[0])
    assert table(at, "Wards")["Crimes"].sum() == total
    assert table(at, "Crime types")["Crimes"].sum() == total
    assert table(at, "Months")["Crimes"].sum() == total
    cells = table(at, "Ward, type and month")
    assert cells["Total"].sum() == total
    assert cells[["2025-01", "2025-03"]].to_numpy().sum() == total
    assert "2025-02" not in cells
    if "ward" in address:
        assert table(at, "Streets")["Crimes"].sum() == total


def test_tables_of_nothing_are_empty(town: Path):
    at = visited({"from": "2025-02", "to": "2025-02", "ward": "Broughton"})
    for rows in ("Wards", "Crime types", "Months", "Ward, type and month", "Streets"):
        found = table(at, rows)
        assert not at.exception
        assert "Crimes" not in found or not found["Crimes"].sum()


def test_downloads_say_every_filter_with_ward_codes(town: Path):
    query = "from=2025-01&to=2025-04&ward=E05000002&type=all"
    at = visited(ALL | {"ward": "Broughton"})
    (links,) = (one.proto.body for one in at.get("html") if 'class="links"' in one.proto.body)
    assert re.findall('href="([^"]*)"', unescape(links)) == [
        f"/data/crimes.csv?{query}",
        f"/data/crimes.geojson?{query}",
        f"/data/wards.geojson?{query}",
        f"/data/reports.geojson?{query}",
    ]


def test_the_year_before_is_compared_only_where_both_years_are_stored(home: Path):
    add_wards(home)
    add_crimes(home, [*crimes(2, "2024-01", 0), *crimes(3, "2025-01", 0), *crimes(3, "2025-02", 0)])
    assert figures(visited({"from": "2025-01", "to": "2025-01"})) == ["3", "2", "0"]
    assert figures(visited({"from": "2025-01", "to": "2025-02"})) == ["6", "–", "0"]
