"""The moderators' queue: what it shows of a report, what a press does, and what the slower of two is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from made_stores import place
from page_visits import said, visited
from sent_reports import MONTH, corrected, published, sent

from mkmap.database.connection import opened
from mkmap.month import Month
from mkmap.reports.report import Place, State
from mkmap.reports.store import deciding, showing

HERE = Place(*place(0), "High Street")


@pytest.fixture
def store(own_town: Path):
    return opened(own_town)


@pytest.fixture(autouse=True)
def right(monkeypatch: pytest.MonkeyPatch):
    """Somebody with the right; `leave` takes it away."""
    who = ["Ann"]
    monkeypatch.setattr("mkmap.ui.rights.moderator", lambda: who[0])

    def leave() -> None:
        who[0] = None

    return leave


def moderation(state: str = "pending"):
    at = visited(page="moderation")
    if state != "pending":
        next(group for group in at.get("button_group") if group.key == "queue").set_value(state).run()
    return at


def texts(at) -> str:
    return "\n".join(one.value for one in at.text)


def test_a_report_is_shown_with_all_that_a_moderator_needs(store):
    sent(store, text="A word of [phone number].", place=HERE)
    at = moderation()
    words = said(at)
    for expected in (
        "1: Burglary · October 2026 · on or near High Street",
        "A word of [phone number].",
        "police told: They came",
    ):
        assert expected in words


def test_likely_duplicates_are_flagged_with_their_numbers(store):
    sent(store, place=HERE)
    sent(store, place=HERE, kind="Attempted burglary", month=MONTH + 1)
    sent(store, place=HERE, kind="Robbery")
    sent(store, place=HERE, month=MONTH + -3)
    sent(store, place=Place(HERE.longitude + 0.01, HERE.latitude, "Far Road"))
    words = said(moderation())
    assert words.count("likely the same event as") == 2
    assert "likely the same event as 2: near in street and month" in words


def test_publish_and_undo(store):
    sent(store, place=HERE)
    at = moderation()
    at.button(key="publish_1").click().run()
    assert "Report 1 is published now." in said(at)
    assert showing.counts(store)[State.PUBLISHED] == 1
    moderation("published").button(key="undo_1").click().run()
    assert showing.counts(store)[State.PENDING] == 1
    assert [(one.who, one.act) for one in deciding.decided(store, 1)] == [("Ann", "publish"), ("Ann", "undo")]


def test_a_rejection_needs_a_reason(store):
    sent(store, place=HERE)
    at = moderation()
    at.button(key="reject_1").click().run()
    assert "a rejection needs a reason" in said(at)
    at.selectbox(key="reason_1").set_value("not a crime").run()
    at.button(key="reject_1").click().run()
    assert deciding.get(store, 1).reason == "not a crime"
    assert "rejected: not a crime" in said(moderation("rejected"))


def test_a_duplicate_names_its_original(store):
    sent(store, place=HERE)
    sent(store, place=HERE)
    at = moderation()
    at.selectbox(key="original_2").set_value(1).run()
    at.button(key="duplicate_2").click().run()
    assert deciding.get(store, 2).duplicate_of == 1
    assert "a duplicate of 1" in said(moderation("rejected"))


def test_the_slower_of_two_is_told_who_was_faster(store):
    sent(store, place=HERE)
    mine, theirs = moderation(), moderation()
    theirs.button(key="publish_1").click().run()
    mine.button(key="publish_1").click().run()
    assert "Ann was faster: report 1 is published" in said(mine)
    assert len(deciding.decided(store, 1)) == 1


def test_a_press_after_the_right_is_gone_changes_nothing(store, right):
    sent(store, place=HERE)
    at = moderation()
    right()
    at.button(key="publish_1").click().run()
    assert showing.counts(store)[State.PENDING] == 1
    assert "Only moderators can decide. Nothing was changed." in said(at)
    assert not [one for one in at.button if one.key == "publish_1"]


def test_a_correction_that_was_asked_for_can_be_refused(store):
    _receipt, report = published(store, place=HERE)
    corrected(store, report.mark, text="May")
    at = moderation("asked")
    assert "Correction asked for: It was another month\nMay" in texts(at)
    at.button(key="keep_1").click().run()
    assert deciding.get(store, 1).corrections == 0
    assert showing.counts(store)[State.PUBLISHED] == 1


def test_ten_are_shown_and_how_many_come_after(store):
    for _ in range(12):
        sent(store, place=HERE, month=Month(2026, 1))
    at = moderation()
    assert sum(str(one.key).startswith("publish_") for one in at.button) == 10
    assert "2 more come after these." in said(at)


def test_a_late_queue_is_said(store):
    sent(store, at=datetime.now(UTC) - timedelta(days=6), place=HERE)
    assert "The queue is late" not in said(moderation())
    sent(store, at=datetime.now(UTC) - timedelta(days=8), place=HERE)
    assert "The queue is late: a report has been waiting for more than 7 days." in said(moderation())


def test_without_the_right_nobody_sees_the_queue_of_residents(store, right):
    sent(store, place=HERE)
    right()
    at = moderation()
    assert "1 waiting" in said(at)
    assert "High Street" not in said(at)
    assert not at.button


def test_the_invented_queue_can_be_seen_by_everyone_and_decided_by_nobody_without_the_right(right, demonstration, setting):
    right()
    setting(HOME=demonstration)
    at = moderation()
    assert "invented, to be looked at" in said(at)
    assert "[house number]" in texts(at)
    assert not [one for one in at.button if str(one.key).startswith(("publish", "reject", "undo"))]
