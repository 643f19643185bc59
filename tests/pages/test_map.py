"""The map's layers, colours and shades, as the browser gets them."""

from datetime import date
from pathlib import Path

import pytest
from made_dozen import dozen
from made_stores import add_crimes, add_households, add_wards, crimes
from page_visits import deck, layers, said, visited

from mkmap.crime_types import CRIME_TYPES
from mkmap.drawing import palette
from mkmap.month import Month

JANUARY = {"from": "2025-01", "to": "2025-01"}


def legend(at) -> str:
    return "".join(one.proto.body for one in at.get("html") if "legend" in one.proto.body)


def test_no_tiles_are_asked_of_anybody(town: Path):
    found = deck(visited())
    assert found["mapStyle"] == "/map/style.json"
    assert "http" not in visited().get("deck_gl_json_chart")[0].proto.json


def test_the_basemap_of_the_operator_is_never_handed_on(town: Path, setting):
    setting(BASEMAP="https://tiles.example.org/style.json")
    assert deck(visited())["mapStyle"] == "/map/style.json"


def test_every_layer_names_the_filters_and_the_store_that_it_shows(own_town: Path):
    before = layers(visited(JANUARY))["crimes"]["data"]
    assert before.startswith("/map/marks.json?from=2025-01&to=2025-01&type=Burglary&v=police.uk-")
    add_crimes(own_town, crimes(1, "2025-04", 0))
    assert layers(visited(JANUARY))["crimes"]["data"] != before


def test_ward_outlines_and_names_are_always_drawn(town: Path):
    for address in (JANUARY, {"from": "2025-02", "to": "2025-02"}, JANUARY | {"ward": "Broughton"}):
        assert {"wards", "ward-names", "streets"} <= set(layers(visited(address)))


def test_the_tooltip_is_text_and_points_are_large_enough_for_a_thumb(town: Path):
    at = visited(JANUARY)
    (chart,) = at.get("deck_gl_json_chart")
    assert '"text"' in chart.proto.tooltip
    assert '"html"' not in chart.proto.tooltip
    assert 2 * layers(at)["taps"]["getRadius"] >= 24


def test_the_map_has_the_key_of_the_contract_and_words_for_those_who_do_not_see_it(town: Path):
    (chart,) = visited(JANUARY).get("deck_gl_json_chart")
    assert chart.proto.id.endswith("-crime_map")
    assert "5 burglaries in Milton Keynes in January 2025" in chart.proto.json + str(chart.proto)


def test_a_chosen_ward_fills_the_map(town: Path):
    wide, near = deck(visited(JANUARY))["initialViewState"], deck(visited(JANUARY | {"ward": "Broughton"}))["initialViewState"]
    assert near["zoom"] > wide["zoom"]
    assert near["longitude"] == pytest.approx(-0.785)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_up_to_four_types_have_a_colour_each(town: Path, count: int):
    types = list(CRIME_TYPES[:count])
    words = legend(visited(JANUARY | {"type": types}))
    for name, colour in zip(types, palette.TYPES, strict=False):
        assert f'background:{palette.css(colour)}"></i>{name}<' in words


@pytest.mark.parametrize("types", [list(CRIME_TYPES[:5]), "all"])
def test_more_types_share_one_colour(town: Path, types):
    words = legend(visited(JANUARY | {"type": types}))
    assert "All chosen crime types" in words
    assert palette.css(palette.TYPES[1]) not in words


YEAR = {"from": "2024-01", "to": "2024-12"}


@pytest.fixture
def year(home: Path) -> Path:
    """Twelve stored months, unlike from ward to ward."""
    add_wards(home)
    for number in range(1, 13):
        month = f"2024-{number:02}"
        add_crimes(home, [*crimes(5, month, 0), *crimes(2, month, 1), *crimes(1, month, 2)])
    return home


def test_wards_are_not_shaded_without_households(year: Path):
    at = visited(YEAR)
    assert "shades" not in layers(at)
    assert "no households are loaded" in said(at)


def test_wards_are_not_shaded_below_twelve_months(year: Path):
    add_households(year)
    at = visited({"from": "2024-02", "to": "2024-12"})
    assert "shades" not in layers(at)
    assert "Wards are shaded by rate over 12 stored months or more" in said(at)


def test_wards_are_not_shaded_when_one_of_twelve_months_is_missing(home: Path):
    add_wards(home)
    add_crimes(home, [one for number in (1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12) for one in crimes(number, f"2024-{number:02}", 0)])
    add_households(home)
    assert "shades" not in layers(visited(YEAR))


def test_wards_are_shaded_by_rate_over_twelve_months(year: Path):
    add_households(year)
    at = visited(YEAR)
    assert layers(at)["shades"]["data"].startswith("/map/shades.json?from=2024-01&to=2024-12&type=Burglary")
    assert "Crimes per 1,000 households (2021) in these months." in legend(at)
    at.toggle(key="shade").set_value(False).run()
    assert "shades" not in layers(at)


def test_a_single_chosen_ward_has_nothing_to_compare_with(year: Path):
    add_households(year)
    at = visited(YEAR | {"ward": "Broughton"})
    assert not at.exception
    assert "shades" not in layers(at)
    assert "there are no two chosen wards with different rates" in said(at)


def test_wards_change_with_the_months(home: Path):
    add_wards(home, [f"Old {number}" for number in range(19)], name="old")
    add_wards(home, [f"New {number}" for number in range(21)], name="new", start=date(2026, 5, 7), first=101)
    add_crimes(home, [*crimes(1, "2026-04", 0), *crimes(1, "2026-05", 0)])
    assert "to=2026-04" in layers(visited({"from": "2026-04", "to": "2026-04"}))["ward-names"]["data"]
    at = visited({"from": "2026-04", "to": "2026-04"})
    at.selectbox(key="to").set_value(Month(2026, 5)).run()
    assert "to=2026-05" in layers(at)["ward-names"]["data"]


def test_beside_shades_stands_the_way_to_what_is_more_than_chance(home: Path):
    dozen(home)
    at = visited({"from": "2025-01", "to": "2025-12", "type": "Burglary"})
    (link,) = (one.proto for one in at.get("page_link") if one.proto.page == "wards")
    assert link.query_string == "from=2025-01&to=2025-12&type=Burglary"
    at.toggle(key="shade").set_value(False).run()
    assert not [one for one in at.get("page_link") if one.proto.page == "wards"]
