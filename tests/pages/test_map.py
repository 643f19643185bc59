"""The map's layers, colours and shades, as the browser gets them."""

import re
from datetime import date
from pathlib import Path

import pytest
from made_dozen import dozen
from made_stores import BROUGHTON, add_crimes, add_households, add_wards, crimes
from page_visits import as_read, deck, headline, layers, said, visited

from mkmap.drawing import palette
from mkmap.month import Month

JANUARY = {"from": "2025-01", "to": "2025-01"}


def legend(at) -> str:
    return "".join(one.proto.body for one in at.get("html") if "legend" in one.proto.body)


def test_no_tiles_are_asked_of_anybody(town: Path):
    assert deck(visited())["mapStyle"].startswith("/map/style.json?to=")
    assert "http" not in visited().get("deck_gl_json_chart")[0].proto.json


def test_the_basemap_of_the_operator_is_never_handed_on(town: Path, setting):
    setting(BASEMAP="https://tiles.example.org/style.json")
    assert deck(visited())["mapStyle"].startswith("/map/style.json?to=")


def test_every_layer_names_the_filters_and_the_store_that_it_shows(own_town: Path):
    before = layers(visited(JANUARY))["crimes"]["data"]
    assert before.startswith("/map/crimes/{z}/{x}/{y}.json?from=2025-01&to=2025-01&type=Burglary&at=13.55&v=police.uk-")
    add_crimes(own_town, crimes(1, "2025-04", 0))
    assert layers(visited(JANUARY))["crimes"]["data"] != before


def test_the_outlines_of_wards_stay_while_the_filters_change_and_chosen_ones_are_wider(town: Path):
    january, february = deck(visited(JANUARY)), deck(visited({"from": "2025-02", "to": "2025-02", "type": "all"}))
    assert january["mapStyle"] == february["mapStyle"]
    assert "ward-names" in {layer["id"] for layer in january["layers"]}
    assert "chosen-wards" not in {layer["id"] for layer in january["layers"]}
    chosen = layers(visited(JANUARY | {"ward": "Broughton"}))["chosen-wards"]
    assert chosen["data"].endswith(f"&ward={BROUGHTON}")


def test_the_tooltip_is_text(town: Path):
    at = visited(JANUARY)
    (chart,) = at.get("deck_gl_json_chart")
    assert '"text"' in chart.proto.tooltip
    assert '"html"' not in chart.proto.tooltip


def test_the_map_has_the_key_of_the_contract_and_words_for_those_who_do_not_see_it(town: Path):
    (chart,) = visited(JANUARY).get("deck_gl_json_chart")
    assert chart.proto.id.endswith("-crime_map")
    assert "5 burglaries in Milton Keynes in January 2025" in chart.proto.json + str(chart.proto)


def test_a_chosen_ward_fills_the_map(town: Path):
    wide, near = deck(visited(JANUARY))["initialViewState"], deck(visited(JANUARY | {"ward": "Broughton"}))["initialViewState"]
    assert near["zoom"] > wide["zoom"]
    assert near["longitude"] == pytest.approx(-0.785)


def test_several_types_are_summed_and_one_of_them_can_be_shown(town: Path):
    at = visited(JANUARY | {"type": ["Burglary", "Drugs"]})
    assert "type=Burglary&type=Drugs" in layers(at)["crimes"]["data"]
    (chips,) = (group for group in at.get("button_group") if group.key == "shown_type")
    assert chips.options == ["Burglary", "Drugs"]
    chips.set_value("Drugs").run()
    assert "type=Drugs&" in layers(at)["crimes"]["data"]
    assert "type=Burglary" not in layers(at)["crimes"]["data"]
    assert headline(at).startswith("Police recorded 6 crimes (burglary and drugs)"), "what is counted stays"
    at.multiselect(key="type").set_value(["Burglary"]).run()
    assert "type=Burglary&" in layers(at)["crimes"]["data"], "a type that is chosen no more is not shown"


def test_the_legend_has_colours_of_cells_and_sizes_of_circles(town: Path):
    words = legend(visited(JANUARY))
    assert re.search(f"background:{palette.css(palette.LIGHT.cells[0])}[^>]*></i>0–", words)
    assert 'class="sizes"' in words
    assert palette.css(palette.POLICE) in words


def test_a_cell_that_is_tapped_is_gone_to_until_other_wards_are_chosen(town: Path):
    at = visited(JANUARY)
    wide = deck(at)["initialViewState"]
    tap(at, {"m": [-0.79, 52.04], "z": 14})
    assert [deck(at)["initialViewState"][name] for name in ("longitude", "latitude", "zoom")] == [-0.79, 52.04, 14]
    at.button(key="whole_area").click().run()
    back = deck(at)["initialViewState"]
    assert back["zoom"] == pytest.approx(wide["zoom"], abs=1e-5)
    assert all(back[part] != wide[part] for part in ("zoom", "latitude", "longitude")), (
        "by a hair, so that a browser goes there"
    )
    tap(at, {"m": [-0.79, 52.04], "z": 14})
    at.multiselect(key="ward").set_value([BROUGHTON]).run()
    assert deck(at)["initialViewState"]["longitude"] == pytest.approx(-0.785, abs=1e-5)


@pytest.mark.parametrize(
    "forged", [{}, {"m": 7, "z": 14}, {"m": ["x", None], "z": "y"}, {"m": [0, 0], "z": 1e9}, {"m": [120, -60], "z": 3}]
)
def test_a_forged_tap_moves_nothing(town: Path, forged: dict):
    at = visited(JANUARY)
    before = deck(at)["initialViewState"]
    tap(at, forged)
    assert not at.exception
    assert deck(at)["initialViewState"] == before


def tap(at, mark: dict) -> None:
    """What a browser sends of a mark."""
    at.session_state["crime_map"] = {"selection": {"objects": {"crimes": [{"properties": mark}]}, "indices": {}}}
    at.run()


def test_the_months_under_the_map_are_a_chart_and_a_filter(town: Path):
    at = visited(JANUARY)
    (strip,) = (one.proto.body for one in at.get("html") if 'class="strip"' in one.proto.body)
    assert [bar.split('"')[0] for bar in strip.split('<i class="')[1:]] == ["chosen", "missing", "", "missing"]
    assert "missing: February 2025 and April 2025" in strip
    at.select_slider(key="months").set_range(Month(2025, 1), Month(2025, 3)).run()
    assert headline(at).startswith("Police recorded 6 burglaries in Milton Keynes in 2 of the 3 months")
    at.selectbox(key="to").set_value(Month(2025, 1)).run()
    assert at.select_slider(key="months").value == (Month(2025, 1), Month(2025, 1))


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
    assert "shades" not in layers(at), "two kinds of colour on one map are puzzling: cells are there first"
    at.toggle(key="shade").set_value(True).run()
    assert layers(at)["shades"]["data"].startswith("/map/shades.json?from=2024-01&to=2024-12&type=Burglary")
    assert layers(at)["crimes"]["minZoom"] > 0, "from afar the wards alone are coloured"
    assert "Crimes per 1,000 households (2021) in these months." in legend(at)


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
    new = layers(at)["ward-names"]["data"]
    assert "to=2026-04" not in new
    at.selectbox(key="to").set_value(Month(2026, 6)).run()
    assert layers(at)["ward-names"]["data"] == new, "months with the same wards"


def test_beside_shades_stands_the_way_to_what_is_more_than_chance(home: Path):
    dozen(home)
    at = visited({"from": "2025-01", "to": "2025-12", "type": "Burglary"})
    assert not [one for one in at.get("page_link") if one.proto.page == "wards"]
    at.toggle(key="shade").set_value(True).run()
    (link,) = (one.proto for one in at.get("page_link") if one.proto.page == "wards")
    assert link.query_string == "from=2025-01&to=2025-12&type=Burglary"


def test_a_view_is_fitted_to_the_size_that_the_browser_says(town: Path):
    at = visited(JANUARY)
    before = deck(at)["initialViewState"]
    for size, is_other in (("300x200", True), ("", False), ("0x9<b>", False), ("9" * 5000, False)):
        at.text_input(key="map_size").set_value(size).run()
        assert not at.exception
        view = deck(at)["initialViewState"]
        assert (view["zoom"] < before["zoom"]) is is_other, size
        assert at.text_input(key="map_size").placeholder == f"{view['longitude']} {view['latitude']} {view['zoom']}"


def test_a_map_cannot_be_moved_away_from_the_area_nor_from_what_was_found(town: Path):
    (west, south), (east, north) = deck(visited(JANUARY))["initialViewState"]["maxBounds"]
    view = deck(visited(JANUARY | {"ward": "Broughton"}))["initialViewState"]
    assert view["maxBounds"] == [[west, south], [east, north]]
    assert west < view["longitude"] < east
    assert south < view["latitude"] < north
    assert set(view["maxBoundsPadding"].values()) == {"49%"}, "with two halves deck.gl keeps nothing"


def test_who_hears_the_map_is_told_what_it_shows(town: Path):
    words = as_read(visited(JANUARY).get("deck_gl_json_chart")[0].proto.alt)
    assert words.startswith(
        "Map. Police recorded 5 burglaries in Milton Keynes in January 2025, and 1 in Thames Valley that they"
    )
    assert (
        "It has 2 cells. The fullest, in Alder Park, has 3 of these crimes. The same numbers stand in the tables below" in words
    )
