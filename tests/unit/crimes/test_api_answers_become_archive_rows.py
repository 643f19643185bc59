"""Rows of the API come out in the archive's form, whatever is missing in them."""

import pandas as pd
import pytest
from pydantic import ValidationError

from mkmap.crimes.answers import CRIMES, PUBLISHED, as_archive
from mkmap.crimes.layouts import COLUMNS
from mkmap.month import Month

NAMES = {"burglary": "Burglary", "violent-crime": "Violence and sexual offences"}
CRIME = {
    "category": "burglary",
    "location_type": "Force",
    "location": {"latitude": "52.040001", "longitude": "-0.760000", "street": {"id": 1, "name": "On or near Elm Road"}},
    "context": "",
    "outcome_status": {"category": "Under investigation", "date": "2025-02"},
    "persistent_id": "ab" * 32,
    "id": 107770574,
    "location_subtype": "",
    "month": "2025-01",
}


def row(**changed) -> dict:
    frame = as_archive(CRIMES.validate_python([CRIME | changed]), NAMES)
    return {column: None if pd.isna(value) else value for column, value in frame.iloc[0].items()}


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        "crimes",
        [1],
        [None],
        [{}],
        [{**CRIME, "id": None}],
        [{**CRIME, "location": "here"}],
        [{**CRIME, "category": ["a"]}],
    ],
    ids=str,
)
def test_what_is_not_a_list_of_crimes_is_refused(answer):
    with pytest.raises(ValidationError):
        CRIMES.validate_python(answer)


@pytest.mark.parametrize("date", ["", "2025", "2025-13", "2025-01-01", None, 202501, "２０２５-01x"])
def test_what_is_not_a_month_is_refused(date):
    with pytest.raises(ValidationError):
        PUBLISHED.validate_python([{"date": date}])


def test_published_months_are_months():
    assert PUBLISHED.validate_python([{"date": "2025-01", "stop-and-search": ["bedfordshire"]}])[0].date == Month(2025, 1)


def test_a_crime_becomes_a_row_of_the_archive():
    assert row() == dict.fromkeys(COLUMNS) | {
        "Crime ID": "ab" * 32,
        "Month": "2025-01",
        "Longitude": "-0.760000",
        "Latitude": "52.040001",
        "Location": "On or near Elm Road",
        "Crime type": "Burglary",
        "Last outcome category": "Under investigation",
    }


def test_the_columns_are_the_archives_and_are_text_even_when_empty():
    frame = as_archive([], NAMES)
    assert list(frame.columns) == list(COLUMNS)
    assert set(frame.dtypes.map(str)) == {"str"}


def test_a_crime_without_a_location_says_so_as_the_archive_does():
    unplaced = row(location=None, location_type=None)
    assert (unplaced["Location"], unplaced["Longitude"], unplaced["Latitude"]) == ("No Location", None, None)


def test_anti_social_behaviour_has_no_id_and_no_outcome():
    quiet = row(persistent_id="", outcome_status=None)
    assert (quiet["Crime ID"], quiet["Last outcome category"]) == (None, None)


def test_british_transport_police_are_named():
    assert row(location_type="BTP")["Falls within"] == row(location_type="BTP")["Reported by"] == "British Transport Police"


def test_the_penalty_notice_has_the_archives_name():
    outcome = {"category": "Offender given a penalty notice", "date": "2025-02"}
    assert row(outcome_status=outcome)["Last outcome category"] == "Offender given penalty notice"


def test_a_slug_becomes_its_name_and_an_unknown_one_stays():
    assert row(category="violent-crime")["Crime type"] == "Violence and sexual offences"
    assert row(category="time-travel")["Crime type"] == "time-travel"


@pytest.mark.parametrize("category", [None, ""])
def test_a_crime_without_a_category_is_kept_with_an_empty_type(category):
    assert row(category=category)["Crime type"] is None


@pytest.mark.parametrize(
    ("given", "text"),
    [("52.04", "52.04"), (52.04, "52.04"), (float("nan"), "nan"), ("", None), (None, None), ("north", "north")],
)
def test_coordinates_are_passed_on_as_text(given, text):
    latitude = row(location={"latitude": given, "longitude": "-0.76", "street": None})["Latitude"]
    assert (latitude.lower() if latitude else latitude) == text


def test_a_real_answer_is_read_whole(shared):
    crimes = CRIMES.validate_json((shared / "api" / "crimes-street-all-crime-leicester-2023-01.json").read_bytes())
    frame = as_archive(crimes, NAMES)
    assert len(frame) == 1448
    assert (frame["Crime type"] == "Burglary").sum() == 45
    assert (frame["Falls within"] == "British Transport Police").sum() == 10
    assert (
        frame["Crime ID"].isna().sum()
        == 85 + (frame["Crime ID"].isna() & (frame["Crime type"] != "anti-social-behaviour")).sum()
    )
