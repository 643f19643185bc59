"""From a ward's page its two sheets are one click away, with the filters of the page."""

from pathlib import Path

import made_stores
from made_stores import BROUGHTON
from page_visits import figures, visited

JANUARY = {"from": "2025-01", "to": "2025-01", "type": ["Burglary", "Drugs"]}


def briefings(where: dict) -> list[str]:
    at = visited(where, page="wards")
    assert not at.exception
    return [one.proto.url for one in at.get("link_button") if "briefing" in one.proto.url]


def test_one_ward_has_its_sheets(town: Path):
    assert briefings(JANUARY | {"ward": "Broughton"}) == [
        f"/briefing/{BROUGHTON}.pdf?from=2025-01&to=2025-01&type=Burglary&type=Drugs"
    ]


def test_every_type_is_said_too(own_town: Path):
    made_stores.add_households(own_town)
    assert briefings(JANUARY | {"ward": "Broughton", "type": "all"}) == [
        f"/briefing/{BROUGHTON}.pdf?from=2025-01&to=2025-01&type=all"
    ]


def test_all_wards_together_have_none(town: Path):
    assert briefings(JANUARY) == []


def test_a_wards_page_opens_with_its_number_its_map_its_sheets_and_its_link(town: Path):
    at = visited({"from": "2025-01", "to": "2025-01", "ward": "Broughton"}, page="wards")
    assert figures(at)[0] == "2"
    (chart,) = at.get("deck_gl_json_chart")
    assert "2 burglaries in Broughton" in str(chart.proto)
    beside, _picture = at.main.columns[:2]
    assert beside.get("link_button")[0].proto.url.startswith(f"/briefing/{BROUGHTON}.pdf?")
    assert beside.get("expandable") or beside.get("expander"), "the link stands there, not at the foot"
