"""Two wards of one name are two wherever a ward is named: in tables, in filters, in links and for the commands."""

from pathlib import Path

import made_stores
import pytest
from made_wards import code
from refusing import refused

from mkmap.briefing.ward import ward_code
from mkmap.crimes.forces import force_crimes
from mkmap.crimes.query import area_crimes
from mkmap.crimes.store import Crimes
from mkmap.errors import Code, Refused
from mkmap.evidence.base import Base
from mkmap.evidence.wards import words
from mkmap.evidence.wards.ranking import ranked
from mkmap.filters import Choices, Filters
from mkmap.month import Month
from mkmap.places.store import Households, Places
from mkmap.view.tables import Rows, table

NAMES = {code(1): "St Mary's (E05000001)", code(2): "Broughton", code(3): "ST MARY'S (E05000003)"}
JANUARY = Month.parse("2025-01")
ALL = Filters(JANUARY, JANUARY)


@pytest.fixture
def area(home: Path):
    made_stores.town(home)
    made_stores.add_wards(home, ["St Mary's", "Broughton", "ST MARY'S"])
    places = Places(home)
    return area_crimes(Crimes(home), places, places.ward_sets()[-1], made_stores.FORCE)


def test_they_are_told_apart_in_tables(area):
    assert area.ward_names == NAMES
    assert table(Rows.WARD, area.select(ALL), None)["Ward"] == list(area.ward_names.values())


def test_a_link_names_each_by_its_code_and_their_name_means_both():
    choices = Choices([JANUARY], NAMES, ["Burglary"], ALL)
    for text, codes in (
        ("st mary's", (code(1), code(3))),
        (NAMES[code(3)], (code(3),)),
        (code(1), (code(1),)),
        ("Broughton", (code(2),)),
    ):
        assert choices.read({"ward": [text]}).filters.wards == codes
    chosen = Filters(JANUARY, JANUARY, (code(2), code(3)))
    assert [value for name, value in chosen.pairs(NAMES) if name == "ward"] == ["Broughton", code(3)]


def test_a_command_asks_which_is_meant():
    assert ward_code(NAMES, NAMES[code(1)]) == code(1)
    with refused(Refused, Code.WARD_AMBIGUOUS) as refusal:
        ward_code(NAMES, "St Mary's")
    assert refusal.value.values["codes"] == [code(1), code(3)]


def test_a_ward_without_a_household_is_said_to_have_no_rate(area, home):
    base = Base(area, force_crimes(Crimes(home), made_stores.FORCE))
    households = Households({code(1): 900, code(2): 800, code(3): 0}, 2021, "made")
    ranking = ranked(base, ALL, households.per_ward)
    assert words.without_households(ranking) == "No household is counted in ST MARY'S (E05000003): it has no rate."
    assert words.without_households(ranked(base, ALL, None)) == ""
