"""The report form: what it asks, what it refuses, what it keeps, and what it gives back."""

import re
from datetime import date
from pathlib import Path

import made_stores
import pytest
from page_visits import as_read, deck, said, visited
from streamlit.testing.v1 import AppTest

from mkmap.database import tombstones
from mkmap.database.connection import opened
from mkmap.errors import Code, NotKept
from mkmap.month import Month
from mkmap.reports.privacy import TEXT_CHARACTERS
from mkmap.reports.report import KINDS, Flag, State
from mkmap.reports.store import deciding, sending, showing
from mkmap.ui.map import decks


@pytest.fixture(autouse=True)
def real_town(own_town: Path, setting) -> Path:
    """The reports' own store, and an operator who answers for it."""
    setting(OPERATOR="Alder Residents", CONTACT="hello@example.org")
    return own_town


def filled(at: AppTest, **other: object) -> AppTest:
    """The form, answered; what is not said is answered in the usual way, None leaves a question open."""
    answers = {
        "report_type": "Burglary",
        "report_month": Month(2026, 10),
        "report_street": "High Street, Alder Park",
        "report_told_police": True,
        "report_response": "came",
        "report_text": "",
    } | other
    for key, value in answers.items():
        (widget,) = (one for kind in ("selectbox", "radio", "text_area") for one in at.get(kind) if one.key == key)
        if value is not None:
            widget.set_value(value)
            at.run()
    return at


def sent(at: AppTest) -> AppTest:
    return at.button(key="report_submit").click().run()


def receipts(at: AppTest) -> list[str]:
    """As digits; on the page they stand in fours."""
    return [one.value.replace(" ", "") for one in at.code if re.fullmatch(r"\d{4}( \d{4}){3}", one.value)]


def store(own_town: Path):
    return opened(own_town)


def test_it_says_first_that_it_is_no_report_to_the_police():
    at = visited(page="report")
    first = at.warning[0].value
    assert "not a report to the police" in first
    assert "999" in first
    assert "101" in first


def test_nothing_is_chosen_beforehand_and_burglary_comes_first():
    at = visited(page="report")
    assert at.selectbox(key="report_type").value is None
    assert at.selectbox(key="report_type").options[:2] == ["Burglary", "Attempted burglary"]
    assert len(KINDS) == 15
    assert at.selectbox(key="report_month").options[0] == "November 2026"
    assert len(at.selectbox(key="report_month").options) == 24
    assert at.selectbox(key="report_street").options == [
        "Church Lane, Broughton",
        "High Street, Alder Park",
        "Mill Road, Cedar & Elm",
    ]


def test_a_report_is_kept_and_has_a_receipt(real_town: Path):
    at = sent(filled(visited(page="report"), report_type="Attempted burglary", report_text="They came to 12 High Street."))
    (receipt,) = receipts(at)
    report = sending.find(store(real_town), receipt)
    assert (report.kind, report.month, report.place.street, report.state) == (
        "Attempted burglary", Month(2026, 10), "High Street", State.PENDING,
    )  # fmt: skip
    assert report.text == "They came to [house number] High Street."
    words = said(at)
    for expected in ("Victim Support", "Crimestoppers", "withdraw", "They came to [house number] High Street."):
        assert expected in words
    assert not [one for one in at.selectbox if one.key == "report_type"], "the form is gone"


def test_where_the_store_is_lost_the_form_is_closed_and_nothing_is_made(real_town: Path):
    file = store(real_town).folder / "reports.sqlite"
    file.write_bytes(b"")
    at = visited(page="report")
    assert "the reports that were kept here cannot be found" in said(at)
    assert not [one for one in at.selectbox if one.key == "report_type"]
    assert file.read_bytes() == b""


def test_the_receipt_stays_when_the_page_runs_again_and_no_second_row_comes(real_town: Path):
    at = sent(filled(visited(page="report")))
    (receipt,) = receipts(at)
    assert receipts(at.run()) == [receipt]
    assert showing.counts(store(real_town))[State.PENDING] == 1


def test_another_report_begins_with_an_empty_form(real_town: Path):
    at = sent(filled(visited(page="report")))
    at.button(key="report_another").click().run()
    assert at.selectbox(key="report_type").value is None
    sent(filled(at))
    assert showing.counts(store(real_town))[State.PENDING] == 2


def refusals(at: AppTest) -> dict[str, str]:
    """What is said at each field, by its key."""
    bodies = "".join(one.proto.body for one in at.get("html"))
    return dict(re.findall(r'data-refuses="(\w+)"[^>]*>([^<]*)<', bodies))


def links_above_send(at: AppTest) -> dict[str, str]:
    bodies = "".join(one.proto.body for one in at.get("html"))
    return dict(re.findall(r'data-leads-to="(\w+)"[^>]*>([^<]*)<', bodies))


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("report_type", "Choose what happened."),
        ("report_month", "Choose the month."),
        ("report_street", "Choose a street. Type its name, or tap it on the map."),
        ("report_response", "Say what the police did."),
    ],
)
def test_what_is_missing_is_said_at_its_field_until_it_is_there_and_nothing_is_kept(real_town: Path, key: str, sentence: str):
    at = filled(visited(page="report"), **{key: None}, report_text="typed text")
    assert not refusals(at), "nobody is told off before having pressed"
    assert refusals(sent(at)) == links_above_send(at) == {key: sentence}
    assert at.text_area(key="report_text").value == "typed text"
    assert sum(showing.counts(store(real_town)).values()) == 0
    assert not refusals(filled(at))
    assert receipts(sent(at))


def test_questions_that_must_be_answered_say_so():
    at = filled(visited(page="report"))
    asked = [*at.selectbox, *at.radio]
    assert len(asked) == 5
    assert all("(required)" in question.label for question in asked)


def test_a_text_that_is_too_long_stays_and_is_counted_at_once(real_town: Path):
    text = "x" * (TEXT_CHARACTERS + 37)
    at = filled(visited(page="report"), report_text=text)
    sentence = "Your text is 37 characters too long. Shorten it to 500."
    assert refusals(at) == {"report_text": sentence}
    assert links_above_send(sent(at)) == {"report_text": sentence}
    assert at.text_area(key="report_text").value == text
    assert sum(showing.counts(store(real_town)).values()) == 0
    at.text_area(key="report_text").set_value(text[:-36]).run()
    assert refusals(at) == {"report_text": "Your text is 1 character too long. Shorten it to 500."}
    at.text_area(key="report_text").set_value(text[:-37]).run()
    assert receipts(sent(at))


def test_nobody_must_say_why_the_police_were_not_told(real_town: Path):
    at = filled(visited(page="report"), report_told_police=False, report_response="not told: rather not say")
    (receipt,) = receipts(sent(at))
    assert "The police were not told · I would rather not say" in said(at)
    assert sending.find(store(real_town), receipt).response == "not told: rather not say"


def test_whether_the_police_were_told_is_asked_before_what_they_did():
    at = visited(page="report")
    assert not [one for one in at.radio if one.key == "report_response"]
    at.radio(key="report_told_police").set_value(False).run()
    assert "I was afraid to" in at.radio(key="report_response").options
    at.radio(key="report_told_police").set_value(True).run()
    assert at.radio(key="report_response").options == ["They came", "They phoned, or wrote", "Nothing yet"]


def test_the_sender_sees_what_everybody_would_see():
    at = filled(visited(page="report"))
    assert "Burglary · October 2026 · on or near High Street" in [one.value for one in at.text]
    assert "What the police did is only counted, by ward and year" in said(at)


def test_a_quick_form_is_flagged_and_kept(real_town: Path):
    (receipt,) = receipts(sent(filled(visited(page="report"))))
    assert "filled in within three seconds" in sending.find(store(real_town), receipt).flags


def test_a_database_that_does_not_answer_loses_no_typed_text(real_town: Path, monkeypatch):
    at = filled(visited(page="report"), report_text="typed text")

    def broken(*_any, **_how):
        raise NotKept(Code.DATABASE_SILENT)

    monkeypatch.setattr(sending, "submit", broken)
    sent(at)
    assert not at.exception
    assert "What you typed is still here" in at.error[0].value
    assert not receipts(at)
    assert at.text_area(key="report_text").value == "typed text"
    monkeypatch.undo()
    assert receipts(sent(at))
    assert showing.counts(store(real_town))[State.PENDING] == 1


def test_without_an_operator_there_is_no_form_and_a_receipt_still_erases(setting, real_town: Path):
    (receipt,) = receipts(sent(filled(visited(page="report"))))
    setting(OPERATOR="", CONTACT="hello@example.org")
    at = visited(page="report")
    assert not at.selectbox
    assert "Reports are closed" in said(at)
    at.text_input(key="receipt").set_value(receipt).run()
    at.checkbox(key="receipt_sure").check().run()
    at.button(key="receipt_erase").click().run()
    assert sending.find(store(real_town), receipt) is None
    setting(OPERATOR="Alder Residents")
    assert visited(page="report").selectbox


def test_a_receipt_shows_withdraws_and_erases(real_town: Path):
    (receipt,) = receipts(sent(filled(visited(page="report"))))
    report = sending.find(store(real_town), receipt)
    deciding.decide(store(real_town), report, deciding.Act.PUBLISH, who="Ann", at=report.received_at)
    at = visited(page="report")
    at.text_input(key="receipt").set_value(f" {receipt[:4]} {receipt[4:8]}-{receipt[8:]} ").run()
    assert "It is **published**" in said(at)
    at.button(key="receipt_withdraw").click().run()
    assert "It is **withdrawn by the sender**" in said(at)
    assert "It is withdrawn: nobody sees it any more." in said(at)
    assert at.button(key="receipt_erase").disabled
    at.checkbox(key="receipt_sure").check().run()
    at.button(key="receipt_erase").click().run()
    assert "Everything that was kept of this report is erased." in said(at)
    assert at.text_input(key="receipt").value == ""
    at.text_input(key="receipt").set_value(receipt).run()
    assert "No report has this receipt" in said(at)
    assert sum(showing.counts(store(real_town)).values()) == 0


def test_whoever_withdraws_or_erases_what_was_just_sent_is_not_told_that_it_is_kept(real_town: Path):
    at = sent(filled(visited(page="report")))
    (receipt,) = receipts(at)
    at.text_input(key="receipt").set_value(receipt).run()
    at.button(key="receipt_withdraw").click().run()
    assert "Your report is kept" not in said(at)
    assert "You have withdrawn this report" in said(at)
    at.checkbox(key="receipt_sure").check().run()
    at.button(key="receipt_erase").click().run()
    assert not receipts(at)
    (another,) = receipts(sent(filled(at)))
    assert another != receipt
    assert sum(showing.counts(store(real_town)).values()) == 1


def test_what_the_database_refuses_is_said_where_the_receipt_is_and_the_digits_stay(real_town: Path, monkeypatch):
    (receipt,) = receipts(sent(filled(visited(page="report"))))
    at = visited(page="report")
    at.text_input(key="receipt").set_value(receipt).run()

    def broken(*_any, **_how):
        raise NotKept(Code.DATABASE_SILENT)

    monkeypatch.setattr(tombstones, "note", broken)
    at.button(key="receipt_withdraw").click().run()
    assert not at.exception
    assert "cannot be reached" in said(at)
    assert at.text_input(key="receipt").value == receipt
    assert sending.find(store(real_town), receipt).state is State.PENDING


@pytest.mark.parametrize("text", ["12", "no receipt", "1" * 17, "१२३४५६७८९०१२३४५"])
def test_a_text_that_is_no_receipt_is_said_to_be_none(text):
    at = visited(page="report")
    at.text_input(key="receipt").set_value(text).run()
    assert "A receipt has 16 digits" in said(at)


def test_the_practice_keeps_nothing(home: Path, setting):
    empty = home.parent / "empty"
    setting(HOME=empty, OPERATOR="", CONTACT="")
    at = visited(page="report")
    assert "Practice: nothing is kept" in said(at)
    street = at.selectbox(key="report_street").options[0]
    sent(filled(at, report_street=street, report_text="a canary"))
    assert "nothing was kept" in said(at)
    assert not receipts(at)
    assert not (empty / "reports").exists()
    assert not [file for file in empty.rglob("*") if file.is_file() and b"a canary" in file.read_bytes()]


def test_every_state_of_the_page_is_free_of_other_peoples_markdown(real_town: Path):
    text = "![x](https://evil.example/x.png) **bold** <script>alert(1)</script>"
    at = sent(filled(visited(page="report"), report_text=text))
    assert text in [one.value for one in at.text]
    assert all("evil.example" not in one.value for kind in ("markdown", "caption", "success") for one in at.get(kind))


def test_the_privacy_notice_names_who_why_how_long_and_the_right(real_town: Path):
    words = as_read(said(visited(page="about")))
    for expected in ("Alder Residents", "hello@example.org", "730 days", "30 days", "24 hours", "erased", "Accessibility"):
        assert expected in words


def test_dates_of_the_form_are_those_of_the_day():
    assert visited(page="report", today=date(2027, 1, 3)).selectbox(key="report_month").options[0] == "January 2027"


def test_a_field_that_people_do_not_see_flags_who_fills_it_in(real_town: Path):
    at = filled(visited(page="report"))
    at.text_input(key="report_website").set_value("https://spam.example").run()
    (receipt,) = receipts(sent(at))
    assert "filled in a field that people do not see" in sending.find(store(real_town), receipt).flags


def look(at: AppTest) -> tuple[float, float, str]:
    """Where the form's map looks (longitude, zoom), and what a tap on it does."""
    view, (wanted,) = deck(at)["initialViewState"], [layer["id"] for layer in deck(at)["layers"] if layer.get("pickable")]
    return view["longitude"], view["zoom"], wanted.split("-")[0]


def test_the_map_opens_on_the_wards_of_the_filters_and_only_comes_nearer_there():
    whole = look(visited(page="report").toggle(key="report_on_map").set_value(True).run())
    ward = look(visited({"ward": "Broughton"}, page="report").toggle(key="report_on_map").set_value(True).run())
    assert ward[0] == pytest.approx(made_stores.place(1)[0], abs=0.001)
    assert whole[1] < ward[1] <= decks.NEAR_ENOUGH
    assert whole[2] == ward[2] == decks.COMES_NEARER


def test_the_map_looks_at_a_street_that_is_chosen_names_it_and_leads_back():
    at = visited(page="report").toggle(key="report_on_map").set_value(True).run()
    whole = look(at)
    at.selectbox(key="report_street").set_value("Mill Road, Cedar & Elm").run()
    longitude, zoom, does = look(at)
    assert longitude == pytest.approx(made_stores.place(2)[0], abs=0.0001)
    assert (zoom, does) == (decks.NEAR, decks.CHOOSES)
    assert "Chosen: **Mill Road, Cedar & Elm**" in said(at)
    at.button(key="report_whole_area").click().run()
    assert look(at) == (pytest.approx(whole[0], abs=0.0001), *whole[1:])
    assert at.selectbox(key="report_street").value == "Mill Road, Cedar & Elm"


def test_what_looks_like_a_name_is_warned_about_before_sending_and_flagged(real_town: Path):
    kept = "It was *Dave* of no [house number], born 1 May 1990."
    at = filled(visited(page="report"), report_text="It was *Dave* of no 9, born 1 May 1990.")
    assert kept in [text.value for text in at.text]
    warning = as_read(at.warning[-1].value)
    assert "“Dave” looks like a name." in warning
    assert "“1 May 1990” looks like a date of birth." in warning
    (receipt,) = receipts(sent(at))
    report = sending.find(store(real_town), receipt)
    assert report.text == kept
    assert {Flag.HOUSE_NUMBER, Flag.NAME, Flag.BIRTH} <= set(report.flags)
