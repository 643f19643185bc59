"""A hiccup of police.uk costs a wait, never a crime; odd rows are kept and counted."""

import pytest
from servers import police_uk as uk
from servers.fetching import NEWEST, desk, invented

HICCUPS = {
    "500": uk.status(500),
    "502": uk.status(502),
    "503 once": uk.status(503),
    "504": uk.status(504),
    "429": uk.status(429),
    "cut short": uk.cut(0.5),
    "broken off": uk.broken_off(0.5),
    "gzip cut short": uk.gzipped(0.5),
    "hung up": uk.hung_up,
    "a page": uk.body(b"<html>", "text/html"),
    "empty": uk.body(b""),
}
PATHS = ["crimes-street-dates", "crime-last-updated", "crimes-street/", "crimes-no-location"]


@pytest.fixture
def at_work(home):
    with desk(home, months=1) as one_month:
        yield one_month


def test_good_data_is_stored_as_it_was_published(at_work):
    at_work.fetch()
    fetched = at_work.rows(NEWEST)
    at_work.store(invented(NEWEST), NEWEST, "force")
    assert fetched.equals(at_work.rows(NEWEST, "force"))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("spoiled", HICCUPS.values(), ids=HICCUPS)
def test_a_hiccup_is_asked_again(at_work, path, spoiled):
    at_work.police.misbehave(spoiled, path=path, times=1)
    assert [outcome.failed for outcome in at_work.fetch()] == [False]
    assert len(at_work.rows(NEWEST)) == 43


def test_a_packed_answer_is_unpacked(at_work):
    at_work.police.misbehave(uk.gzipped(), path="crimes")
    at_work.fetch()
    assert len(at_work.rows(NEWEST)) == 43


def test_without_word_of_its_release_police_uk_is_believed(at_work):
    at_work.police.misbehave(uk.status(404), path="crime-last-updated")
    assert [outcome.failed for outcome in at_work.fetch()] == [False]


def test_a_force_that_placed_every_crime_is_believed(at_work):
    at_work.police.misbehave(uk.body(b"[]"), path="crimes-no-location")
    at_work.fetch()
    assert len(at_work.rows(NEWEST)) == 40


ODD = {
    "no category": ({"category": None}, (0, 1)),
    "unknown category": ({"category": "time-travel"}, (0, 0)),
    "no location": ({"location": None, "location_type": None}, (1, 0)),
    "a location without coordinates": ({"location": {}}, (1, 0)),
    "blank coordinates": ({"location": {"latitude": "", "longitude": "", "street": None}}, (1, 0)),
    "NaN": ({"location": {"latitude": "NaN", "longitude": "NaN"}}, (0, 1)),
    "a bare NaN": ({"location": {"latitude": float("nan"), "longitude": float("nan")}}, (0, 1)),
    "half a place": ({"location": {"latitude": "52.04", "longitude": None}}, (0, 1)),
    "words": ({"location": {"latitude": "north", "longitude": "west"}}, (0, 1)),
    "numbers": ({"location": {"latitude": 52.04, "longitude": -0.76}}, (0, 0)),
    "swapped": ({"location": {"latitude": "-0.76", "longitude": "52.04"}}, (0, 1)),
    "off the map": ({"location": {"latitude": "91", "longitude": "-0.76"}}, (0, 1)),
    "an id that is none": ({"persistent_id": None}, (0, 0)),
    "an unknown outcome": ({"outcome_status": {"category": "Transported"}}, (0, 0)),
    "markup": (
        {"location": {"latitude": "52.04", "longitude": "-0.76", "street": {"name": "<script>alert(1)</script>"}}},
        (0, 0),
    ),
    "more than was promised": ({"surprise": [1, 2, {"deep": None}]}, (0, 0)),
}


@pytest.mark.parametrize(("change", "counted"), ODD.values(), ids=ODD)
def test_an_odd_row_is_kept_and_counted_and_spoils_no_other(at_work, change, counted):
    at_work.police.misbehave(uk.edited(lambda rows: [rows[0] | change, *rows[1:]]), path="crimes-street/")
    assert [outcome.failed for outcome in at_work.fetch()] == [False]
    (stored,) = at_work.crimes.months()
    no_location, rejected = counted
    assert (stored.rows, stored.no_location, stored.rejected) == (43, 3 + no_location, rejected)
    assert stored.placed + stored.no_location + stored.rejected == stored.rows


def test_an_unknown_category_is_stored_under_its_own_name(at_work):
    at_work.police.misbehave(uk.edited(lambda rows: [rows[0] | {"category": "time-travel"}, *rows[1:]]), path="crimes-street/")
    at_work.fetch()
    assert (at_work.rows(NEWEST).crime_type == "time-travel").sum() == 1


def test_a_new_category_takes_the_name_that_police_uk_gives_it(at_work):
    at_work.police.misbehave(uk.edited(lambda rows: [rows[0] | {"category": "time-travel"}, *rows[1:]]), path="crimes-street/")
    at_work.police.misbehave(uk.body(b'[{"url": "time-travel", "name": "Time travel"}]'), path="crime-categories")
    at_work.fetch()
    assert (at_work.rows(NEWEST).crime_type == "Time travel").sum() == 1


def test_a_new_category_keeps_its_slug_where_police_uk_has_no_name_for_it(at_work):
    at_work.police.misbehave(uk.edited(lambda rows: [rows[0] | {"category": "time-travel"}, *rows[1:]]), path="crimes-street/")
    at_work.police.misbehave(uk.status(404), path="crime-categories")
    assert [outcome.failed for outcome in at_work.fetch()] == [False]
    assert (at_work.rows(NEWEST).crime_type == "time-travel").sum() == 1


def test_renumbered_ids_change_nothing(at_work):
    at_work.fetch()
    before = at_work.rows(NEWEST)
    at_work.police.misbehave(
        uk.edited(lambda rows: [row | {"id": row["id"] + 7_000_000} for row in rows]), path="crimes-street/"
    )
    assert [outcome.failed for outcome in at_work.fetch()] == [False]
    assert at_work.rows(NEWEST).equals(before)
