"""Type a street's name; the map goes there and says what was recorded within a mile."""

from pathlib import Path

import pytest
import requests
from made_stores import TOWN, add_crimes, add_wards, crimes, place
from page_visits import deck, layers, notes, said, visited

from mkmap.errors import Code, Unreachable

JANUARY = {"from": "2025-01", "to": "2025-01"}


def find(address: dict, street: str):
    at = visited(address)
    at.text_input(key="street").set_value(street).run()
    assert not at.exception
    return at


def test_the_question_asks_for_its_names_once_and_says_what_to_do_where_nothing_fits(town: Path):
    """The browser searches them itself: nothing is sent while somebody types."""
    at = visited(JANUARY)
    (question,) = [one.proto.body for one in at.get("html") if 'class="find"' in one.proto.body]
    assert 'data-names="/map/findable.json?to=2025-01&amp;v=' in question
    assert "Alder Park" not in question
    assert "Try a street nearby or the estate, or choose your ward." in question
    assert "That postcode is not known here." in question
    assert "What you type stays in your browser." in question


def test_only_a_name_that_is_there_is_a_choice(town: Path):
    at = find(JANUARY, "High Street, Atlantis")
    assert "Within a mile" not in notes(at)
    assert "pin" not in layers(at)


def test_it_counts_within_a_mile_and_says_where_the_coverage_ends(town: Path):
    at = find(JANUARY, "High Street, Alder Park")
    assert (
        "Within a mile of High Street, Alder Park, police recorded 5 burglaries in January 2025. Part of that mile lies outside "
        "Milton Keynes; there, only crimes recorded by Thames Valley Police are counted." in notes(at)
    )


def test_the_mile_counts_points_outside_the_wards(town: Path):
    at = find(JANUARY | {"ward": "Cedar & Elm"}, "Mill Road, Cedar & Elm")
    assert "police recorded 6 burglaries in January 2025" in notes(at), "3 + 2 in the wards, 1 outside every ward"
    assert "That counts every ward; the circles are of Cedar & Elm alone." in notes(at)


def test_inside_the_area_nothing_is_said_about_its_end(home: Path):
    import geopandas
    from made_stores import START
    from shapely import box

    from mkmap.places.store import Places, WardSet

    wide = geopandas.GeoDataFrame({"code": ["E05000001"], "name": ["Wide"]}, geometry=[box(-1.2, 51.8, -0.4, 52.2)], crs=4326)
    Places(home).add_wards(WardSet("made", START, None, 1, "made"), wide)
    add_crimes(home)
    words = notes(find(JANUARY, "High Street, Wide"))
    assert "Within a mile of High Street, Wide" in words
    assert "outside" not in words


def test_the_mile_says_nothing_of_a_missing_month(town: Path):
    at = find({"from": "2025-02", "to": "2025-02"}, "High Street, Alder Park")
    assert "Within a mile" not in notes(at)


def test_the_map_goes_to_the_street_and_back(town: Path):
    at = find(JANUARY, "High Street, Alder Park")
    view = deck(at)["initialViewState"]
    assert [view["longitude"], view["latitude"]] == pytest.approx(place(0))
    assert layers(at)["pin"]["data"][0]["p"] == layers(at)["mile"]["data"][0]["p"] == pytest.approx(place(0))
    at.button(key="whole_area").click().run()
    assert at.text_input(key="street").value == ""
    assert "pin" not in layers(at)
    assert deck(at)["initialViewState"]["longitude"] != view["longitude"]


def test_a_street_that_another_ward_set_has_is_forgotten(home: Path):
    from datetime import date

    add_wards(home, name="old")
    add_wards(home, ["New 1", "New 2", "New 3"], name="new", start=date(2026, 5, 7), first=101)
    add_crimes(home, [*TOWN, *crimes(1, "2026-06", 0)])
    at = find(JANUARY, "High Street, Alder Park")
    from mkmap.month import Month

    at.selectbox(key="to").set_value(Month(2026, 6)).run()
    assert not at.exception
    assert "Alder Park" not in notes(at)


def test_no_postcode_is_asked_where_the_operator_set_no_service(town: Path):
    assert "postcode" not in {field.key for field in visited().text_input}


@pytest.fixture
def service(town: Path, setting, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A service that knows one postcode; what it was asked."""
    asked: list[str] = []

    def find(url: str, text: str, session: requests.Session, *, offline: bool) -> tuple[float, float]:
        asked.append(text)
        if text == "MK9 3EJ":
            return place(1)
        raise Unreachable(Code.POSTCODE_SERVICE_SILENT)

    setting(POSTCODE_URL="https://postcodes.example.org/{postcode}", OFFLINE="0")
    monkeypatch.setattr("mkmap.places.postcode.find", find)
    return asked


def test_the_field_for_a_postcode_names_who_gets_it(service):
    assert "postcodes.example.org" in visited().text_input(key="postcode").help.replace("\\", "")


def test_a_postcode_that_is_not_found_is_a_note(service):
    at = visited()
    at.text_input(key="postcode").set_value("MK1 1AA").run()
    assert "gave no answer" in notes(at)


def test_a_postcode_goes_to_the_map(service):
    at = visited(JANUARY)
    at.text_input(key="postcode").set_value("MK9 3EJ").run()
    assert "Within a mile of MK9 3EJ, police recorded 6 burglaries" in notes(at)
    assert service == ["MK9 3EJ"]
    assert "MK9" not in said(visited(JANUARY))
