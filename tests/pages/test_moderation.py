"""The moderators' queue: what it shows of a report, what a press does, and what the slower of two is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from made_stores import BROUGHTON, place
from page_visits import said, visited
from sent_reports import MONTH, NOW, corrected, published, sent

from mkmap.database.connection import opened
from mkmap.reports.report import Place, Report, Response, State
from mkmap.reports.store import deciding, filling, near, showing
from mkmap.reports.store import rows as reading
from mkmap.reports.store.wanted import UNFLAGGED
from mkmap.ui.moderation import desk

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
    assert "likely the same event as 2: near in street and month" in said(moderation())


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
    at.button(key="open_2").click().run()
    at.selectbox(key="original_2").set_value(1).run()
    at.button(key="duplicate_2").click().run()
    assert deciding.get(store, 2).duplicate_of == 1
    assert "a duplicate of 1" in said(moderation("rejected"))
    deciding.erase(store, 1, at=NOW)
    assert "rejected: duplicate" in said(moderation("rejected"))


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


def waiting(store, count: int, **how: object) -> list[Report]:
    """So many at once, all alike."""
    reports = [
        Report(
            id=number, mark=f"{number:016x}", state=State.PENDING, received_at=NOW, kind="Burglary", month=MONTH, place=HERE,
            told_police=True, response=Response.CAME, text="", flags=(), version=1, **how,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    filling.fill(store, reports, "made", anew=True)
    return reports


def rows(at) -> list[int]:
    return [int(one.key.removeprefix("open_")) for one in at.button if str(one.key).startswith("open_")]


def opened_report(at) -> int:
    return int(texts(at).partition(":")[0])


def test_however_many_wait_a_page_reads_a_few_and_the_opened_one_is_compared_by_the_database(store, monkeypatch):
    """All alike, in one street and month: every report is near every other."""
    waiting(store, 3000)
    read, asked = [], []
    parsed = reading.report
    monkeypatch.setattr(reading, "report", lambda row: read.append(row.id) or parsed(row))
    sa.event.listen(store.engine, "before_cursor_execute", lambda *_about: asked.append(1))
    at = moderation()
    assert "1 to 20 of 3,000" in said(at)
    assert "and 2,993 more" in said(at)
    assert len(read) <= desk.SIZE + near.SHOWN
    assert len(asked) <= 60, "questions to the database, among them SQLite's own at each connection"


def test_pages_are_turned_and_the_reports_of_a_page_opened_one_after_the_other(store):
    waiting(store, 22)
    at = moderation()
    assert rows(at) == list(range(1, 21))
    at.button(key="desk_page_on").click().run()
    assert rows(at) == [21, 22]
    assert "21 to 22 of 22" in said(at)
    at.button(key="desk_previous").click().run()
    assert opened_report(at) == 20, "over the edge of a page, too"
    at.button(key="desk_next").click().run()
    assert opened_report(at) == 21
    at.button(key="open_22").click().run()
    assert opened_report(at) == 22
    assert at.button(key="desk_next").disabled


def test_after_a_decision_the_next_one_is_opened_and_undo_brings_the_last_back(store):
    waiting(store, 3)
    at = moderation()
    at.button(key="open_2").click().run()
    at.button(key="publish_2").click().run()
    assert opened_report(at) == 3
    assert "publish, report 2." in said(at)
    at.button(key="desk_undo").click().run()
    assert opened_report(at) == 2
    assert "Taken back: 1 report waits again." in said(at)
    assert [one.act for one in deciding.decided(store, 2)] == ["publish", "undo"]
    assert not [one for one in at.button if one.key == "desk_undo"]


def test_the_ticked_ones_are_decided_about_with_one_reason(store):
    waiting(store, 4)
    at = moderation()
    for number in (1, 3):
        at.checkbox(key=f"pick_{number}").check().run()
    at.button(key="ticked_reject").click().run()
    assert "a rejection needs a reason" in said(at)
    at.selectbox(key="reason_several").set_value("advertising").run()
    at.button(key="ticked_reject").click().run()
    assert "2 reports are rejected now." in said(at)
    assert rows(at) == [2, 4]
    assert not any(box.value for box in at.checkbox)


def test_all_of_a_filtered_list_are_decided_about_however_many_pages_they_fill(store):
    waiting(store, 25)
    sent(store, place=HERE, kind="Robbery")
    at = moderation()
    at.session_state["desk_filter"] = True
    at.run()
    at.selectbox(key="desk_kind").set_value("Burglary").run()
    assert "1 to 20 of 25" in said(at)
    at.button(key="all_publish").click().run()
    assert "25 reports are published now." in said(at)
    assert "There is none." in said(at)
    at.button(key="desk_show_all").click().run()
    assert rows(at) == [26]


def test_filters_are_by_flag_ward_type_day_and_network(store):
    waiting(store, 2)
    sent(store, place=Place(*place(1), "Church Lane"))
    at = moderation()
    at.session_state["desk_filter"] = True
    at.run()
    assert [one.label for one in at.selectbox if str(one.key).startswith("desk_")] == [
        "Flag", "Ward", "Type", "Received on (UTC)", "Network, for a day",
    ]  # fmt: skip
    ward = at.selectbox(key="desk_ward")
    assert len(ward.options) == 2
    ward.set_value(BROUGHTON).run()
    assert rows(at) == [3]
    at.selectbox(key="desk_flag").set_value(UNFLAGGED).run()
    assert at.button(key="desk_show_all").label == "Without the 2 filters"


def test_a_flood_stands_aside_and_is_looked_into_and_decided_as_one(store):
    waiting(store, 30, heap="3fa90c21")
    sent(store, place=HERE)
    at = moderation()
    assert rows(at) == [31]
    assert "Flood 3fa90c21: 30 reports" in said(at)
    at.button(key="heap_3fa90c21").click().run()
    assert "1 to 20 of 30" in said(at)
    at.selectbox(key="reason_several").set_value("advertising").run()
    at.button(key="all_reject").click().run()
    assert "30 reports are rejected now." in said(at)
    assert rows(at) == [31], "back at the others"


def test_another_moderator_sees_who_looks_at_what_and_begins_with_the_next(store, monkeypatch):
    waiting(store, 2)
    moderation()
    monkeypatch.setattr("mkmap.ui.rights.moderator", lambda: "Bea")
    at = moderation()
    assert opened_report(at) == 2
    at.button(key="open_1").click().run()
    assert "Ann is looking at this report." in said(at)


def test_a_second_pair_of_eyes(store, monkeypatch):
    waiting(store, 1)
    at = moderation()
    at.button(key="second_1").click().run()
    assert "only another moderator can publish it" in said(at)
    at.button(key="publish_1").click().run()
    assert showing.counts(store)[State.PENDING] == 1
    monkeypatch.setattr("mkmap.ui.rights.moderator", lambda: "Bea")
    at = moderation()
    assert "Ann wants a second pair of eyes" in said(at)
    at.button(key="publish_1").click().run()
    assert showing.counts(store)[State.PUBLISHED] == 1


@pytest.mark.parametrize("press", ["ticked_reject", "all_publish", "desk_undo"])
def test_none_of_the_acts_about_many_is_possible_after_the_right_is_gone(store, right, press):
    waiting(store, 2)
    deciding.decide(store, deciding.get(store, 2), deciding.Act.SECOND, who="Ann", at=datetime.now(UTC))
    before = deciding.reports_in(store)
    at = moderation()
    at.checkbox(key="pick_1").check().run()
    at.selectbox(key="reason_several").set_value("advertising").run()
    right()
    at.button(key=press).click().run()
    assert "Only moderators can decide. Nothing was changed." in said(at)
    assert deciding.reports_in(store) == before


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
    assert at.button(key="desk_next")
    while "[house number]" not in texts(at):
        at.button(key="desk_next").click().run()
    assert not at.checkbox
    assert not [one for one in at.button if str(one.key).startswith(("publish", "reject", "undo"))]
