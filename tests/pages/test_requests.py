"""Report this, appeal, complain: what the form says, the receipt, and the moderators' panel that answers."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from made_stores import place
from page_visits import said, visited
from sent_reports import published, sent

from mkmap.database.connection import opened
from mkmap.month import Month
from mkmap.reports import privacy
from mkmap.reports.report import Place, State
from mkmap.reports.request import Asked, Kind, Outcome
from mkmap.reports.store import answering, deciding, requests

HERE = Place(*place(0), "High Street")
COMPLAINT = "Something that this site shows"


@pytest.fixture
def store(own_town: Path):
    return opened(own_town)


def form(**address: str):
    at = visited(page="report")
    for name, value in address.items():
        at.query_params[name] = value
    return at.run()


def looked_up(receipt: str):
    at = visited(page="report")
    at.text_input(key="receipt").set_value(receipt).run()
    return at


@pytest.fixture
def right(monkeypatch: pytest.MonkeyPatch):
    """Somebody with the right; another name, or none, can be put in its place."""
    who = ["Ann"]
    monkeypatch.setattr("mkmap.ui.rights.moderator", lambda: who[0])
    return who


def button(at, key: str):
    return next(one for one in at.button if str(one.key).startswith(key))


def test_what_identifies_somebody_is_reported_with_a_receipt_and_answered(store, right):
    _receipt, report = published(store, place=HERE, month=Month(2025, 1))
    at = form(flag=report.mark)
    words = said(at)
    assert "on or near High Street" in words
    assert "within 3 days" in words
    at.radio(key="flag_what").set_value("It identifies a person").run()
    at.text_area(key="flag_text").set_value("Everybody knows him, 07700 900123.").run()
    at.button(key="flag_submit").click().run()
    assert "You have an answer here by" in said(at)
    receipt = at.code[0].value.replace(" ", "")
    assert "Everybody knows him, [phone number]." in said(at)
    moderator = visited(page="moderation")
    assert "Requests to answer (1)" in [one.label for one in moderator.expander]
    assert "Everybody knows him, [phone number]." in said(moderator)
    number = requests.find(store, receipt).id
    moderator.text_area(key=f"request_note_{number}").set_value("Thank you.").run()
    button(moderator, "request_down").click().run()
    assert "Report 1 is rejected" in said(moderator)
    assert deciding.get(store, report.id).reason == "identifies somebody"
    words = said(looked_up(receipt))
    assert "The mark was taken down." in words
    assert "Thank you." in words


def test_a_rejected_sender_reads_why_and_asks_for_another_look(store, right, setting):
    setting(MODERATORS="ann@example.org,bea@example.org")
    receipt, report = sent(store, at=datetime.now(UTC), place=HERE)
    deciding.decide(store, report, deciding.Act.REJECT, who="Ann", at=datetime.now(UTC), reason="not believable")
    at = looked_up(receipt)
    assert "The moderator's reason: not believable" in said(at)
    at.button(key="appeal_submit").click().run()
    assert "say why" in said(at)
    at.text_area(key="appeal_text").set_value("The lock was broken.").run()
    at.button(key="appeal_submit").click().run()
    assert "You have an answer here by" in said(at)
    moderator = visited(page="moderation")
    assert "Rejected by Ann: not believable" in said(moderator)
    button(moderator, "request_stands").click().run()
    assert "you rejected this report yourself" in said(moderator)
    right[0] = "Bea"
    button(moderator, "request_reopen").click().run()
    assert deciding.get(store, report.id).state is State.PENDING
    assert requests.appeal_of(store, report.id).outcome is Outcome.REOPENED


def test_a_complaint_has_a_clock_that_moderators_and_whoever_complained_see(store, right):
    at = form(complain="1")
    at.button(key="complain_submit").click().run()
    assert "Say what happened." in "".join(one.proto.body for one in at.get("html"))
    at.radio(key="complain_what").set_value(COMPLAINT).run()
    at.text_area(key="complain_text").set_value("It is wrong.").run()
    at.button(key="complain_submit").click().run()
    assert "Somebody reads it by" in said(at)
    (complaint,) = answering.waiting(store, 9)
    late = datetime.now(UTC) - privacy.COMPLAINT_ANSWERED - timedelta(days=1)
    old = requests.ask(store, Asked("old", Kind.COMPLAINT, COMPLAINT, "Long ago.", ""), at=late)
    moderator = visited(page="moderation")
    assert "Requests to answer (2, of which late: 1)" in [one.label for one in moderator.expander]
    button(moderator, f"request_seen_{complaint.id}").click().run()
    assert answering.get(store, complaint.id).acknowledged_at
    button(moderator, f"request_answer_{complaint.id}").click().run()
    assert "write the answer first" in said(moderator)
    assert "It should have been answered by" in said(looked_up(old))


def test_without_the_right_nothing_of_it_is_shown_and_a_press_changes_nothing(store, right):
    requests.ask(store, Asked("one", Kind.COMPLAINT, COMPLAINT, "canary", ""), at=datetime.now(UTC))
    moderator = visited(page="moderation")
    right[0] = None
    button(moderator, "request_seen").click().run()
    assert answering.waiting(store, 9)[0].acknowledged_at is None
    assert "canary" not in said(moderator)


def test_beside_the_demonstration_it_is_practice(demonstration, setting):
    setting(HOME=demonstration)
    at = form(complain="1")
    at.radio(key="complain_what").set_value(COMPLAINT).run()
    at.text_area(key="complain_text").set_value("canary").run()
    at.button(key="complain_submit").click().run()
    assert "Practice: nothing was kept" in said(at)
    moderator = visited(page="moderation")
    assert any("Requests to answer (4" in one.label for one in moderator.expander), "the invented ones"
    assert "canary" not in said(moderator)


def test_a_request_is_erased_with_its_receipt(store):
    receipt = requests.ask(store, Asked("one", Kind.COMPLAINT, COMPLAINT, "canary", ""), at=datetime.now(UTC))
    at = looked_up(receipt)
    at.checkbox(key="request_sure").check().run()
    at.button(key="request_erase").click().run()
    assert requests.find(store, receipt) is None
    assert "is erased" in said(at)
