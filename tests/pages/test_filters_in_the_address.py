"""Filters and the address say the same, in both directions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from made_stores import ALDER, BROUGHTON, add_crimes, add_wards, crimes
from page_visits import address, headline, notes, visited

from mkmap.month import Month

JANUARY, MARCH = Month(2025, 1), Month(2025, 3)


@pytest.mark.parametrize(
    ("name", "value", "note"),
    [
        ("from", "2025-13", "“2025-13” is not a month like 2025-01 and was ignored."),
        ("from", "January", "“January” is not a month like 2025-01 and was ignored."),
        ("to", "0000-01", "“0000-01” is not a month like 2025-01 and was ignored."),
        ("to", "1999-01", "January 1999 is outside the months from January 2025 to November 2026 and was ignored."),
        ("ward", "Atlantis", "“Atlantis” is not a ward on this map and was ignored."),
        ("ward", "E05999999", "“E05999999” is not a ward on this map and was ignored."),
        ("type", "Piracy", "“Piracy” is not a crime type of police.uk and was ignored."),
        ("type", "'; DROP TABLE crimes; --", "“'; DROP TABLE crimes; --” is not a crime type of police.uk and was ignored."),
    ],
)
def test_an_unknown_value_is_ignored_with_a_note(town: Path, name: str, value: str, note: str):
    at = visited({name: value})
    assert not at.exception
    assert note in notes(at)
    assert headline(at) == "Police recorded 1 burglary in Milton Keynes in March 2025."


def test_a_note_is_gone_once_a_filter_changes(town: Path):
    at = visited({"ward": "Atlantis"})
    at.multiselect(key="ward").set_value([BROUGHTON]).run()
    assert "Atlantis" not in notes(at)


def test_swapped_months_are_put_right_with_a_note(town: Path):
    at = visited({"from": "2025-03", "to": "2025-01"})
    assert "swapped" in notes(at)
    assert (at.selectbox(key="from").value, at.selectbox(key="to").value) == (JANUARY, MARCH)


def test_an_address_without_filters_gets_all_of_them(town: Path):
    assert address(visited()) == {"from": ["2025-03"], "to": ["2025-03"], "ward": [], "type": ["Burglary"]}


def test_the_keys_of_the_contract(town: Path):
    at = visited()
    assert [at.selectbox(key=key).value for key in ("from", "to")] == [MARCH, MARCH]
    assert [at.multiselect(key=key).value for key in ("ward", "type")] == [[], ["Burglary"]]


@pytest.mark.parametrize("ward", ["Broughton", "broughton", " BROUGHTON ", BROUGHTON])
def test_a_ward_is_known_by_name_and_by_code(town: Path, ward: str):
    at = visited({"from": "2025-01", "to": "2025-03", "ward": ward, "type": "all"})
    assert at.multiselect(key="ward").value == [BROUGHTON]
    assert at.multiselect(key="type").value == []
    assert "2 crimes of all types in Broughton" in headline(at)
    assert not notes(at)


def test_a_link_restores_several_wards_and_types(town: Path):
    link = {"from": ["2025-01"], "to": ["2025-03"], "ward": ["Alder Park", "Broughton"], "type": ["Drugs", "Burglary"]}
    at = visited(link)
    assert at.multiselect(key="ward").value == [ALDER, BROUGHTON]
    assert at.multiselect(key="type").value == ["Drugs", "Burglary"]
    assert address(at) == link


def test_a_changed_filter_changes_the_address(town: Path):
    at = visited()
    at.selectbox(key="from").set_value(JANUARY).run()
    at.multiselect(key="ward").set_value([ALDER]).run()
    at.multiselect(key="type").set_value([]).run()
    assert address(at) == {"from": ["2025-01"], "to": ["2025-03"], "ward": ["Alder Park"], "type": ["all"]}
    assert "4 crimes of all types in Alder Park" in headline(at)


def test_a_ward_that_is_chosen_no_more_leaves_the_address(town: Path):
    at = visited({"ward": "Broughton"})
    at.multiselect(key="ward").set_value([]).run()
    assert "ward" not in at.query_params


def test_a_changed_address_changes_the_filters(town: Path):
    at = visited()
    at.query_params["from"] = "2025-01"
    at.query_params["ward"] = "Broughton"
    at.run()
    assert at.selectbox(key="from").value == JANUARY
    assert at.multiselect(key="ward").value == [BROUGHTON]


def test_the_filters_survive_another_page(town: Path):
    at = visited({"from": "2025-01", "to": "2025-01", "ward": "Broughton", "type": "Drugs"})
    at.switch_page("../../pages/about.py").run()
    assert at.multiselect(key="ward").value == [BROUGHTON]
    at.switch_page("../../pages/map.py").run()
    assert at.multiselect(key="type").value == ["Drugs"]
    assert address(at) == {"from": ["2025-01"], "to": ["2025-01"], "ward": ["Broughton"], "type": ["Drugs"]}


def test_a_month_beyond_the_figures_can_be_chosen_and_is_marked(town: Path):
    at = visited({"from": "2026-11", "to": "2026-11"})
    assert "November 2026 (no data yet)" in at.selectbox(key="to").options
    assert headline(at) == "There are no police figures for November 2026."


OLD, NEW = [f"Old {number:02}" for number in range(1, 20)], [f"New {number:02}" for number in range(1, 22)]


@pytest.fixture
def two_sets(look_at: Callable[..., Path]) -> Path:
    return look_at(nineteen_then_twenty_one)


def nineteen_then_twenty_one(home: Path) -> None:
    """Nineteen wards until May 2026, and twenty-one after."""
    add_wards(home, OLD, name="old")
    add_wards(home, NEW, name="new", start=Month(2026, 5).first_day.replace(day=7), first=101)
    add_crimes(home, [*crimes(3, "2026-04", 0), *crimes(2, "2026-05", 0)])


def test_the_wards_in_force_at_the_end_of_the_months_filter(two_sets: Path):
    assert visited({"from": "2026-04", "to": "2026-04"}).multiselect(key="ward").options == OLD
    at = visited({"from": "2026-04", "to": "2026-05", "ward": "New 01"})
    assert at.multiselect(key="ward").options == NEW
    assert "5 burglaries in New 01 from April 2026 to May 2026" in headline(at)


def test_a_ward_of_another_set_is_a_note(two_sets: Path):
    at = visited({"from": "2026-05", "to": "2026-05", "ward": "Old 01"})
    assert "“Old 01” is not a ward on this map" in notes(at)
    assert not at.exception


def test_moving_over_the_change_drops_the_old_ward_and_says_so(two_sets: Path):
    at = visited({"from": "2026-04", "to": "2026-04", "ward": "Old 01"})
    at.selectbox(key="to").set_value(Month(2026, 5)).run()
    assert not at.exception
    assert "5 burglaries in Milton Keynes from April 2026 to May 2026" in headline(at)
    assert at.multiselect(key="ward").options == NEW
    assert "Old 01" in notes(at)
