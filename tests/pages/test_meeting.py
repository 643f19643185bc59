"""The meeting: one message a slide, each with its words for what is stored, missing, invented, chosen and unknown."""

import base64
import json
from collections.abc import Callable
from pathlib import Path

import made_dozen
import numpy as np
import pytest
import shapely
from made_plans import station
from made_stores import ALDER, place
from page_visits import address, as_read, headline, said, tables, visited
from sent_reports import published
from servers.police_ground import priority
from streamlit.testing.v1 import AppTest

from mkmap.database import meetings
from mkmap.database.connection import opened
from mkmap.dataset.invented_town import wards
from mkmap.drawing import qr
from mkmap.map.mercator import pixels
from mkmap.map.room import lines_of
from mkmap.month import Month
from mkmap.operate.clock import Clock
from mkmap.places.store import Households
from mkmap.reports.report import Place
from mkmap.ui.meeting.opening import CODE
from mkmap.ui.meeting.where_to_report import POLICE
from mkmap.view import sentences
from mkmap.view.deck import Deck
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
    return tables(at)[0].to_numpy().tolist()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, and only read."""
    return made_dozen.dozen(tmp_path_factory.mktemp("dozen"))


@pytest.fixture
def dozen(made: Path, setting: Callable[..., None]) -> None:
    setting(HOME=made)


SAYING = [name for name in ORDER if name not in (Slide.RESIDENTS, Slide.POLICE)]  # of which a dozen wards have neither


@pytest.mark.parametrize("name", SAYING)
def test_every_slide_has_a_sentence_its_place_and_source_in_one_line_and_a_way_on(dozen: None, name: Slide):
    at = slide(name)
    assert len(at.title) == 1
    place = f"{SAYING.index(name) + 1}/{len(SAYING)}"
    assert as_read(at.caption[-1].value) == f"{place} · Source: data.police.uk, Thames Valley Police, to December 2025."
    assert {button.key for button in at.button} >= {"hall_next", "hall_back", "hall_page_up", "hall_page_down"}
    assert not at.selectbox
    assert not at.multiselect


def test_the_cover_names_the_place_the_months_who_invites_and_the_whole_source(dozen: None, setting: Callable[..., None]):
    setting(OPERATOR="Alder Residents")
    at = slide("cover", YEAR | {"ward": ALDER})
    assert headline(at) == "Alder Park, Milton Keynes"
    for part in ("Burglary, January 2025 to December 2025", "Invited by Alder Residents", "Open Government Licence v3.0"):
        assert part in said(at)


def test_before_the_first_slide_somebody_says_who_invites(dozen: None):
    at = slide("")
    assert headline(at) == "Before the meeting"
    assert "no phone can open this address, which is of this machine alone. The keys still work." in said(at)
    at.text_input(key="hall_invites_typed").input("The *parish* council").run()
    at.button(key="hall_next").click().run()
    assert at.query_params["slide"] == "cover"
    assert "Invited by The *parish* council" in said(at)


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


def test_the_months_are_a_picture_with_a_table(dozen: None):
    at = slide("months", QUARTER)
    assert headline(at) == "Burglary in Milton Keynes month by month: 30 in March 2025"
    (chart,) = at.get("vega_lite_chart")
    assert "Bars by month" in as_read(chart.proto.alt)
    assert "March 2025" in tables(at)[0].to_string()


def test_the_months_begin_with_the_first_that_is_stored(home: Path):
    made_dozen.dozen(home, months=[Month(2024, 12), *Month(2025, 3).to(Month(2025, 5))])
    at = slide("months", QUARTER)
    (chart,) = at.get("vega_lite_chart")
    assert "Bars by month, from December 2024 to May 2025" in as_read(chart.proto.alt)


@pytest.mark.parametrize("name", ["number", "months"])
def test_a_missing_month_is_named(home: Path, name: str):
    made_dozen.dozen(home, without=("2025-04",))
    assert "April 2025 is missing: it is counted nowhere, and is not zero." in said(slide(name, QUARTER))


def test_without_any_month_of_the_year_before_the_comparison_is_left_out(home: Path):
    made_dozen.dozen(home, without=("2024-03", "2024-04", "2024-05"))
    change = slide("change", QUARTER)
    assert "Alder Park stands out" in headline(change), "the next one is shown"
    note = "The slide “Up or down” is left out. These months cannot be compared with the same months of 2024: March 2024 to May 2024 missing."
    assert note in said(change)


def test_a_missing_month_is_left_out_of_the_comparison_and_is_said_beside_the_map(home: Path):
    made_dozen.dozen(home, without=("2025-04",))
    change = slide("change", QUARTER)
    assert "in 2 of the 3 months from March 2025 to May 2025, and " in headline(change)
    assert "Left out: April 2025, missing." in said(change)
    part = "in 2 of the 3 months from March 2025 to May 2025"
    assert part in headline(slide("map", QUARTER))
    assert f"Burglary in Milton Keynes {part}." in said(slide("wards", QUARTER))


def test_no_month_at_all_is_no_zero(dozen: None):
    never = {"from": "2026-03", "to": "2026-04"}
    at = slide("number", never)
    assert first(at) == "–"
    assert headline(at) == "There are no police figures for March 2026 to April 2026."
    assert walked(at) == ["number", "limits", "report"]


def walked(at: AppTest) -> list[str]:
    """The slides from this one to the last."""
    slides = [at.query_params["slide"]]
    while not at.button(key="hall_next").disabled:
        at.button(key="hall_next").click().run()
        slides.append(at.query_params["slide"])
    return slides


def test_what_would_say_nothing_is_left_out_and_said_once(home: Path):
    made_dozen.dozen(home, households=False)
    assert walked(slide("cover")) == ["cover", "number", "months", "map", "change", "limits", "report"]
    sentence = "3 slides are left out, because they would say nothing: “The wards”, “Residents' reports” and “What the police say they do”."
    assert [name for name in ("cover", "number", "limits", "report") if sentence in said(slide(name))] == ["limits"]


def test_the_map_is_that_of_the_first_page_with_names_for_a_hall(dozen: None):
    at = slide("map", QUARTER | {"ward": "Alder Park"})
    (chart,) = at.get("deck_gl_json_chart")
    layers = {layer["id"]: layer for layer in json.loads(chart.proto.json)["layers"]}
    assert {"chosen-wards", "crimes"} <= layers.keys()
    assert "ward-names" not in layers
    assert layers["hall-names"]["data"][0]["n"] == "Alder Park"
    assert "Police recorded" in as_read(chart.proto.alt)


def test_of_the_whole_area_every_cell_has_its_number_and_a_ward_its_name_within_it(
    demonstration: Path, setting: Callable[..., None]
):
    setting(HOME=demonstration)
    at = slide("map", {"from": "2026-01", "to": "2026-03"})
    (chart,) = at.get("deck_gl_json_chart")
    layers = {layer["id"]: layer for layer in json.loads(chart.proto.json)["layers"]}
    assert "crimes" not in layers
    assert len(layers["hall-cells"]["data"]) == len(layers["hall-numbers"]["data"])
    zoom = json.loads(chart.proto.json)["initialViewState"]["zoom"]
    shapes = dict(zip(wards()["name"], wards().geometry, strict=True))
    named = [(name, shapes[text]) for name in layers["hall-names"]["data"] if (text := name["n"].replace("\n", " ")) in shapes]
    assert named
    for name, shape in named:
        lines = lines_of(name["n"], name["s"]) + np.tile(pixels(name["p"], zoom), 2)
        ward = shapely.Polygon([pixels(corner, zoom) for corner in shapely.get_coordinates(shape)]).buffer(0.5)
        assert ward.contains(shapely.MultiPolygon([shapely.box(*line) for line in lines])), name
    assert "Each cell: the crimes in it." in "".join(one.proto.body for one in at.get("html"))


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
    assert "Which wards stand out cannot be said: no households are loaded for them." in said(slide("wards"))
    assert rows(slide("wards", YEAR | {"ward": "Broughton"})) == [["Broughton", "24", "= no clear change"]]


def test_police_and_residents_are_two_numbers_and_no_text_is_shown(home: Path):
    made_dozen.dozen(home)
    published(opened(home), month=Month(2025, 3), place=Place(*place(0), "High Street"), text=SECRET)
    at = slide("residents")
    assert first(at) == "360"
    assert "not added" in headline(at)
    assert "reported here by residents for January 2025 to December 2025" in said(at)
    assert "\n1\n" in said(at)
    assert not [name for name in (*SAYING, Slide.RESIDENTS) if SECRET in said(slide(name))]


def test_what_cannot_be_told_is_short(dozen: None):
    at = slide("limits")
    assert headline(at) == "What police.uk cannot tell"
    assert 6 <= len(at.text) <= 7
    assert all(len(text.value) < 100 for text in at.text[:-1])


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
    assert "What the police say they do has not been fetched from police.uk yet." in said(slide("police"))


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
    assert headline(at) == "Milton Keynes"
    assert "“finale” is no slide of the meeting and was ignored" in as_read(at.info[0].value)


def test_all_that_was_ignored_is_one_note(dozen: None):
    at = slide("finale", advance="soon")
    at.query_params["ward"] = "Atlantis"
    (note,) = at.run().info
    for ignored in ("“Atlantis” is not a ward", "“finale”", "advance=20"):
        assert ignored in as_read(note.value)


def test_the_buttons_move_and_the_address_says_where(dozen: None):
    at = slide("number")
    for key, there in (("hall_next", "months"), ("hall_page_down", "map"), ("hall_page_up", "months"), ("hall_last", "report")):
        at.button(key=key).click().run()
        assert not at.exception
        assert at.query_params["slide"] == there
    assert at.button(key="hall_next").disabled
    at.button(key="hall_first").click().run()
    assert at.query_params["slide"] == "cover"
    assert at.button(key="hall_back").disabled


def test_a_key_blanks_the_screen_and_another_lays_all_slides_out(dozen: None):
    at = slide("map")
    at.button(key="hall_blank").click().run()
    assert at.query_params["show"] == "blank"
    assert not at.title
    at.button(key="hall_blank").click().run()
    assert "show" not in at.query_params
    at.button(key="hall_escape").click().run()
    assert headline(at) == "All slides"
    assert "The slide “Residents' reports” is left out. No resident's report of these months is published here." in said(at)
    at.button(key="hall_to_wards").click().run()
    assert headline(at).startswith("Alder Park stands out")
    at.button(key="hall_overview").click().run()
    at.button(key="hall_overview").click().run()
    assert headline(at).startswith("Alder Park stands out")


def test_a_phone_moves_this_screen_and_its_code_is_seen_before_the_first_slide_alone(home: Path, setting: Callable[..., None]):
    setting(**OPEN)
    made_dozen.dozen(home)
    at = slide("")
    at.button(key="hall_phone_open").click().run()
    store, now = opened(home), Clock().now
    assert code(at) == qr.svg(f"https://mk.example.org/presenter?code={at.session_state[CODE]}")
    phone = meetings.take(store, at.session_state[CODE], at=now())
    assert "A phone moves the slides." in said(at.run())
    for name in ("cover", "number"):
        assert meetings.move_by_phone(store, phone, meetings.of_phone(store, phone, at=now()), name, "", at=now())
        at.run()
        assert at.query_params["slide"] == name
        assert not at.get("image")
    at.button(key="hall_next").click().run()
    assert meetings.of_phone(store, phone, at=now()).position.slide == "months", "the phone follows the keys"
    del at.query_params["slide"]
    at.run().button(key="hall_phone_end").click().run()
    assert meetings.of_phone(store, phone, at=now()) is None


def test_without_the_reports_database_the_slides_are_shown_and_the_phone_is_off(home: Path, setting: Callable[..., None]):
    setting(**OPEN)
    made_dozen.dozen(home)
    (home / "reports").mkdir()
    (home / "reports" / "reports.sqlite").write_bytes(b"no database" * 100)
    assert headline(slide("number")).startswith("Police recorded 360")
    at = slide("")
    at.button(key="hall_phone_open").click().run()
    assert not at.exception
    assert "try again in a minute" in said(at)


def test_the_filters_are_those_of_the_address_and_all_written_out(dozen: None):
    at = slide("number", {"ward": "Broughton"})
    assert "in Broughton" in headline(at)
    assert address(at) == {"from": ["2025-12"], "to": ["2025-12"], "ward": ["Broughton"], "type": ["Burglary"]}


def test_the_filters_of_another_page_stay(dozen: None):
    at = visited(YEAR | {"ward": "Broughton"})
    at.switch_page("../../pages/meeting.py").run()
    for _to in ("cover", "number"):
        at.button(key="hall_next").click().run()
    assert "24 burglaries in Broughton" in headline(at)
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
    assert [name.value for name in ORDER] == [
        "cover", "number", "months", "map", "change", "wards", "residents", "limits", "police", "report",
    ]  # fmt: skip
    deck = Deck(ORDER, {})
    assert [deck.following(name) for name in ORDER] == [*ORDER[1:], Slide.REPORT]
    assert [deck.preceding(name) for name in ORDER] == [Slide.COVER, *ORDER[:-1]]
    assert read(" MAP ").slide is Slide.MAP


@pytest.mark.parametrize("file", ["mk_households2021_bestfit.csv", "https://x.example/homes?year=2021", "C:\\data\\homes.xlsx"])
def test_a_file_is_no_source(file: str):
    assert sentences.households(Households({}, 2021, file)) == "Households: Office for National Statistics, 2021."
