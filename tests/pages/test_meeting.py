"""The meeting: one message a slide, each with its words for what is stored, missing, invented, chosen and unknown."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import made_dozen
import pytest
from made_plans import station
from made_stores import ALDER, place
from page_visits import address, as_read, headline, said, visited
from sent_reports import published
from servers.police_ground import priority
from streamlit.testing.v1 import AppTest

from mkmap.database.connection import opened
from mkmap.drawing import qr
from mkmap.month import Month
from mkmap.reports.report import Place
from mkmap.ui.meeting.where_to_report import POLICE
from mkmap.view.slides import ORDER, Slide, read

YEAR = {"from": "2025-01", "to": "2025-12", "type": "Burglary"}
QUARTER = {"from": "2025-03", "to": "2025-05", "type": "Burglary"}
SECRET = "They came through the back window."


def slide(name: str, filters: dict[str, object] | None = None, **more: str) -> AppTest:
    at = visited((YEAR if filters is None else filters) | {"slide": name} | more, page="meeting")
    assert not at.exception
    return at


def first(at: AppTest) -> str:
    """What stands above all else."""
    return as_read(at.markdown[0].value)


def rows(at: AppTest) -> list[list[str]]:
    """The table that is seen: the wards'."""
    return [[as_read(str(cell)) for cell in row] for row in at.table[0].value.to_numpy().tolist()]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, and only read."""
    return made_dozen.dozen(tmp_path_factory.mktemp("dozen"))


@pytest.fixture
def dozen(made: Path, setting: Callable[..., None]) -> None:
    setting(HOME=made)


@pytest.mark.parametrize("name", ORDER)
def test_every_slide_has_a_sentence_its_source_and_a_way_on(dozen: None, name: Slide):
    at = slide(name)
    assert len(at.title) == 1
    assert "Source: data.police.uk, Thames Valley Police" in as_read(at.caption[-1].value)
    assert {button.key for button in at.button} >= {"hall_next", "hall_back", "hall_page_up", "hall_page_down"}
    assert not at.selectbox
    assert not at.multiselect


def test_the_number_stands_huge_above_its_sentence(dozen: None):
    at = slide("number")
    assert first(at) == "360"
    assert headline(at) == "Police recorded 360 burglaries in Milton Keynes from January 2025 to December 2025."


def test_the_change_is_a_verdict_then_counts_then_a_picture(dozen: None):
    at = slide("change", QUARTER)
    assert first(at) == "= no clear change"
    assert headline(at).startswith(
        "90 burglaries in Milton Keynes from March 2025 to May 2025, and 78 in the same months of 2024"
    )
    (chart,) = at.get("vega_lite_chart")
    assert "Milton Keynes: 1.15 times as many" in as_read(chart.proto.alt)


@pytest.mark.parametrize("name", ["number", "change", "residents"])
def test_a_missing_month_is_named(home: Path, name: str):
    made_dozen.dozen(home, without=("2025-04",))
    assert "April 2025 is missing: it is counted nowhere, and is not zero." in said(slide(name, QUARTER))


def test_a_missing_month_forbids_the_comparison_and_is_said_beside_the_map(home: Path):
    made_dozen.dozen(home, without=("2025-04",))
    change = slide("change", QUARTER)
    assert first(change) == "? cannot be compared"
    assert "April 2025 not stored" in headline(change)
    assert not change.get("vega_lite_chart")
    part = "in 2 of the 3 months from March 2025 to May 2025"
    assert part in headline(slide("map", QUARTER))
    assert f"Burglary in Milton Keynes {part}." in said(slide("wards", QUARTER))


def test_no_month_at_all_is_no_zero(dozen: None):
    never = {"from": "2026-03", "to": "2026-04"}
    at = slide("number", never)
    assert first(at) == "–"
    assert headline(at) == "There are no police figures for March 2026 to April 2026."
    assert headline(slide("map", never)) == headline(at)
    assert "no ward can be compared" in headline(slide("wards", never))
    assert "There are no police figures for these months." in said(slide("residents", never))


def test_the_map_is_that_of_the_first_page_with_names_for_a_hall(dozen: None):
    at = slide("map", QUARTER | {"ward": "Alder Park"})
    (chart,) = at.get("deck_gl_json_chart")
    layers = {layer["id"]: layer for layer in json.loads(chart.proto.json)["layers"]}
    assert {"wards", "streets", "crimes"} <= layers.keys()
    assert "ward-names" not in layers
    assert layers["hall-names"]["data"][0]["n"] == "Alder Park"
    assert "Police recorded" in as_read(chart.proto.alt)


def test_the_wards_that_stand_out_are_few_and_named(dozen: None):
    at = slide("wards")
    assert headline(at).startswith("Alder Park stands out above the rate of all wards together.")
    assert rows(at) == [["Alder Park", "96", "96.00", "▲ above", "▲ up"]]
    assert "Households: a made census, 2021." in said(at)


def test_one_ward_is_said_by_its_rate(dozen: None):
    at = slide("wards", YEAR | {"ward": "Broughton"})
    assert headline(at).startswith("Broughton: 24 burglaries among 1,000 households: 24.00 per 1,000")
    assert rows(at) == [["Broughton", "24", "24.00", "= not clear", "= no clear change"]]


def test_of_ten_wards_the_first_stand_there_and_the_rest_are_counted(dozen: None):
    at = slide("wards", YEAR | {"ward": list(made_dozen.DOZEN[:10])})
    assert len(rows(at)) == 5
    assert "5 more wards stand on the Wards page." in said(at)


def test_without_households_there_is_no_rate_and_it_says_why(home: Path):
    made_dozen.dozen(home, households=False)
    assert headline(slide("wards")) == "Which wards stand out cannot be said: no households are loaded for them."
    assert rows(slide("wards", YEAR | {"ward": "Broughton"})) == [["Broughton", "24", "= no clear change"]]


def test_police_and_residents_are_two_numbers_and_no_text_is_shown(home: Path):
    made_dozen.dozen(home)
    published(opened(home), month=Month(2025, 3), place=Place(*place(0), "High Street"), text=SECRET)
    at = slide("residents")
    assert first(at) == "360"
    assert "not added" in headline(at)
    assert "reported here by residents for January 2025 to December 2025" in said(at)
    assert "\n1\n" in said(at)
    assert not [name for name in ORDER if SECRET in said(slide(name))]


def test_what_cannot_be_told_is_short(dozen: None):
    at = slide("limits")
    assert headline(at) == "What police.uk cannot tell"
    assert 5 <= len(at.text) <= 7
    assert all(len(text.value) < 100 for text in at.text)


def test_the_police_plan_of_a_ward_is_its_age_and_its_promises(home: Path):
    made_dozen.dozen(home)
    with station(home) as one:
        one.first.name = "Alder *West*"
        one.first.priorities = [priority("<p>Sheds, see www.evil.example <img src=x onerror=alert(1)></p>", "2026-08-20")]
        one.fetch()
    at = slide("police", YEAR | {"ward": ALDER})
    assert headline(at) == "Priorities for Alder *West* last updated 2 months ago."
    assert at.text[0].value == "• Sheds, see www.evil.example (set on 20 August 2026)"
    assert not [one for one in at.markdown if "evil" in one.value], "what is no Markdown makes no link"
    assert "police.uk, as fetched on 15 November 2026" in said(at)


def test_without_a_plan_it_says_so(dozen: None):
    assert headline(slide("police")) == "What the police say they do has not been fetched from police.uk yet."


def code(at: AppTest) -> str:
    """The picture of the code, as the browser gets it."""
    (picture,) = at.get("image")
    return base64.b64decode(picture.proto.imgs[0].url.removeprefix("data:image/svg+xml;base64,")).decode()


OPEN = {"PUBLIC_URL": "https://mk.example.org/", "OPERATOR": "Residents", "CONTACT": "us@example.org"}


def test_the_code_is_of_our_report_page_where_a_phone_can_open_it(dozen: None, setting: Callable[..., None]):
    setting(**OPEN)
    at = slide("report")
    assert code(at) == qr.svg("https://mk.example.org/report")
    assert "mk.example.org/report" in said(at)
    assert "www.police.uk/pu/contact-us/report-a-crime" in said(at)
    assert "nobody comes" in said(at)


@pytest.mark.parametrize(
    ("settings", "why"),
    [({}, "no address of this site is named"), ({"PUBLIC_URL": "https://mk.example.org"}, "this site takes no reports")],
)
def test_else_it_is_of_the_polices_page_and_says_why(dozen: None, setting: Callable[..., None], settings: dict, why: str):
    setting(**settings)
    at = slide("report")
    assert code(at) == qr.svg(POLICE)
    assert why in said(at)
    assert "mk.example.org" not in said(at)


@pytest.mark.parametrize("name", ORDER)
def test_the_demonstration_is_named_on_every_slide(demonstration: Path, setting: Callable[..., None], name: Slide):
    setting(HOME=demonstration)
    at = slide(name, {"from": "2026-01", "to": "2026-03"})
    assert headline(at).startswith("Demonstration: ")
    assert "Demonstration data: invented, not evidence." in as_read(at.caption[-1].value)
    assert not at.warning, "no banner takes room from the slide"


def test_an_unknown_slide_is_the_first_and_a_note(dozen: None):
    at = slide("finale")
    assert headline(at).startswith("Police recorded 360")
    assert "“finale” is no slide of the meeting and was ignored" in as_read(at.info[0].value)


def test_all_that_was_ignored_is_one_note(dozen: None):
    at = slide("finale", advance="soon")
    at.query_params["ward"] = "Atlantis"
    (note,) = at.run().info
    for ignored in ("“Atlantis” is not a ward", "“finale”", "advance=20"):
        assert ignored in as_read(note.value)


def test_the_buttons_move_and_the_address_says_where(dozen: None):
    at = slide("number")
    for key, there in (("hall_next", "map"), ("hall_page_down", "change"), ("hall_page_up", "map"), ("hall_last", "report")):
        at.button(key=key).click().run()
        assert not at.exception
        assert at.query_params["slide"] == there
    assert at.button(key="hall_next").disabled
    at.button(key="hall_first").click().run()
    assert at.query_params["slide"] == "number"
    assert at.button(key="hall_back").disabled


def test_the_filters_are_those_of_the_address_and_all_written_out(dozen: None):
    at = slide("number", {"ward": "Broughton"})
    assert "in Broughton" in headline(at)
    assert address(at) == {"from": ["2025-12"], "to": ["2025-12"], "ward": ["Broughton"], "type": ["Burglary"]}


def test_the_filters_of_another_page_stay(dozen: None):
    at = visited(YEAR | {"ward": "Broughton"})
    at.switch_page("../../pages/meeting.py").run()
    assert "24 burglaries in Broughton" in headline(at)
    at.button(key="hall_next").click().run()
    assert address(at)["ward"] == ["Broughton"]
    at.switch_page("../../pages/map.py").run()
    assert "24 burglaries in Broughton" in headline(at)


def test_it_moves_by_itself_only_where_the_address_asks(dozen: None):
    assert "hall_pause" not in {button.key for button in slide("number").button}
    at = slide("number", advance="20")
    assert headline(at).startswith("Police recorded 360"), "the first run does not move"
    at.button(key="hall_pause").click().run()
    assert "advance" not in at.query_params
    assert at.query_params["slide"] == "number"


def test_the_order_is_that_of_an_argument():
    assert [name.value for name in ORDER] == ["number", "map", "change", "wards", "residents", "limits", "police", "report"]
    assert [name.following for name in ORDER] == [*ORDER[1:], Slide.REPORT]
    assert [name.preceding for name in ORDER] == [Slide.NUMBER, *ORDER[:-1]]
    assert read(" MAP ").slide is Slide.MAP
