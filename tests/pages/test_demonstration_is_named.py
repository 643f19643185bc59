"""Wherever the demonstration is shown or taken away, it says that it is invented."""

from pathlib import Path

import pytest
from page_visits import as_read, headline, notes, said, visited

from mkmap.map.findable import findable
from mkmap.ui import frame

BANNER = "**Demonstration data: invented, not evidence.** The ward areas are schematic."


@pytest.fixture(autouse=True)
def made(demonstration: Path, setting) -> None:
    """The demonstration of the tests' day is made once."""
    setting(HOME=demonstration)


@pytest.mark.parametrize("page", ["map", "about"])
def test_every_page_has_the_banner(page: str):
    at = visited(page=page)
    assert not at.exception
    assert at.warning[0].value == BANNER


def test_the_source_is_not_the_police():
    words = said(visited())
    assert "Demonstration data: invented, not evidence. Latest month: November 2026." in words
    assert "data.police.uk" not in words
    assert "Thames Valley" not in words


def test_the_mile_names_no_real_police():
    at = visited({"ward": "Olney"})
    view = at.session_state[frame.VIEW]
    street = next(name for name in findable(view.selection.area, view.snapshot.ground) if name.endswith("Olney"))
    at.text_input(key="street").set_value(street).run()
    assert "Within a mile of" in notes(at)
    assert "Thames Valley" not in notes(at)
    assert "Police Police" not in notes(at)


def test_the_title_says_so():
    assert headline(visited()).startswith("Demonstration: Police recorded ")


def test_the_map_says_so_to_those_who_do_not_see_it():
    (chart,) = visited().get("deck_gl_json_chart")
    assert "Map. Demonstration: Police recorded" in as_read(str(chart.proto))


def test_it_is_the_real_data_as_soon_as_both_are_there(town: Path, setting):
    setting(HOME=town)
    at = visited()
    assert not at.warning
    assert "invented" not in said(at)


def test_a_link_by_name_works_in_the_demonstration_and_one_by_code_is_a_note():
    assert "in Broughton in" in said(visited({"ward": "Broughton"}))
    assert "“E05009407” is not a ward on this map" in notes(visited({"ward": "E05009407"}))
