"""Corrections, “report this”, appeals and complaints: kept once, answered once, by the right person, and gone when their time is over."""

import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from refusing import refused
from sent_reports import NOW, corrected, published, sent

from mkmap.database import connection
from mkmap.database.connection import Store
from mkmap.errors import Code, Refused
from mkmap.operate import rights
from mkmap.reports import privacy
from mkmap.reports.report import COMMAND_LINE, LOCAL, Report, State
from mkmap.reports.request import WHATS, Asked, Kind, Outcome, Request
from mkmap.reports.store import answering, backup, deciding, requests, retention, sending, tables, tallies
from mkmap.reports.store.answering import Waiting
from mkmap.reports.store.deciding import CORRECTIONS_AT_ONCE, Act
from mkmap.reports.store.sending import Sender
from mkmap.reports.store.tallies import Tally
from mkmap.settings import Settings

MOMENT = timedelta(seconds=1)
IDENTIFIES = "It identifies a person"


on_both = pytest.mark.parametrize("store", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def store(request: pytest.FixtureRequest, home: Path) -> Store:
    url = request.getfixturevalue("postgres_url") if getattr(request, "param", "") == "postgresql" else ""
    opened = connection.connected(home, url)
    yield opened
    opened.engine.dispose()


def asked(
    store: Store, kind: Kind, mark: str = "", text: str = "canary", *, what: str = "", sender: Sender | None = None, at=NOW
) -> str:
    what = what or next(iter(WHATS[kind]))
    return requests.ask(store, Asked(uuid.uuid4().hex, kind, what, text, mark), at=at, sender=sender)


def rejected(store: Store, who: str = "Ann") -> tuple[str, Report]:
    receipt, report = sent(store)
    return receipt, deciding.decide(store, report, Act.REJECT, who=who, at=NOW, reason="not believable")


def everything(store: Store) -> str:
    with store.reading() as found:
        return "\n".join(str(row) for table in tables.metadata.tables.values() for row in found.execute(sa.select(table)))


def purge(store: Store, at) -> None:
    retention.purge(store, lambda *_place: "", at=at)


@on_both
def test_the_same_request_twice_is_one_row_one_receipt_and_masked(store):
    _receipt, report = published(store)
    one = Asked("r", Kind.CONTENT, IDENTIFIES, "My no. is 07700 900123", report.mark)
    assert requests.ask(store, one, at=NOW) == requests.ask(store, one, at=NOW + MOMENT)
    receipt, kept = requests.sent(store, "r")
    assert requests.find(store, receipt) == kept
    assert "07700" not in everything(store)
    assert answering.counts(store, NOW)[Kind.CONTENT] == Waiting(1, 0)
    assert sending.find(store, receipt) is None, "a receipt of another kind"


def test_keeping_a_mark_answers_its_corrections_and_not_what_was_reported_of_it(store):
    _receipt, report = published(store)
    correction, content = corrected(store, report.mark), asked(store, Kind.CONTENT, report.mark)
    assert deciding.get(store, report.id).corrections == 1
    kept = deciding.decide(store, deciding.get(store, report.id), Act.KEEP, who="Ann", at=NOW)
    assert (kept.state, kept.corrections, kept.decided_at) == (State.PUBLISHED, 0, report.decided_at)
    assert requests.find(store, correction).outcome is Outcome.KEPT
    assert requests.find(store, content).answered_at is None
    deciding.decide(store, kept, Act.REJECT, who="Bea", at=NOW, reason="illegal or harmful")
    answered = requests.find(store, content)
    assert (answered.outcome, answered.who) == (Outcome.REMOVED, "Bea")


@pytest.mark.parametrize("mark", ["0" * 16, "", "' OR 1=1"])
def test_nothing_can_be_asked_of_what_is_not_public(store, mark):
    sent(store)
    for kind in (Kind.CORRECTION, Kind.CONTENT):
        with refused(Refused, Code.CORRECTION_OF_NOTHING):
            asked(store, kind, mark)


def test_a_sender_who_asks_without_end_stops_nobody_else(store):
    """One visit is refused; a network's many are set aside, and one of somebody else comes before them."""
    _receipt, report = published(store)
    ask = partial(asked, store, Kind.CORRECTION, report.mark)
    for number in range(privacy.REQUESTS_OF_A_NETWORK + 5):
        ask(sender=Sender(f"visit {number}", "192.0.2.1"))
    for _ in range(privacy.REQUESTS_OF_A_VISIT):
        ask(sender=Sender("one visit", "198.51.100.1"))
    with refused(Refused, Code.CORRECTIONS_TOO_MANY):
        ask(sender=Sender("one visit", "198.51.100.1"))
    late = ask(sender=Sender("another", "203.0.113.1"), text="heard", at=NOW + MOMENT)
    assert requests.find(store, late).text == "heard"
    waits = answering.waiting(store, 100)
    assert [one.is_set_aside for one in waits] == [False] * 26 + [True] * 5
    assert len(deciding.corrections_of(store, report.id)) == CORRECTIONS_AT_ONCE
    ask(sender=Sender("one visit", "198.51.100.1"), at=NOW + privacy.REQUEST_WINDOW + MOMENT)
    answering.answer(store, waits[-1].id, who="Ann", at=NOW)
    assert not any(one.is_set_aside for one in answering.waiting(store, 100)), "one answer for the whole heap"


@on_both
def test_an_appeal_is_one_a_rejection_and_taking_the_rejection_back_answers_it(store):
    receipt, report = rejected(store)
    for text in ("It was a crime. 07700 900123", "again"):
        requests.appeal(store, receipt, text, at=NOW)
    appeal = requests.appeal_of(store, report.id)
    assert appeal.text == "It was a crime. [phone number]"
    deciding.decide(store, report, Act.UNDO, who="Ann", at=NOW)
    assert requests.appeal_of(store, report.id).outcome is Outcome.REOPENED
    with refused(Refused, Code.APPEAL_IMPOSSIBLE):
        requests.appeal(store, receipt, "and again", at=NOW)
    with refused(Refused, Code.APPEAL_IMPOSSIBLE):
        requests.appeal(store, "0" * 16, "of nothing", at=NOW)


def test_another_moderator_looks_at_an_appeal_where_there_is_one(store):
    receipt, report = rejected(store, who="Ann")
    requests.appeal(store, receipt, "It was a crime.", at=NOW)
    number = requests.appeal_of(store, report.id).id
    with refused(Refused, Code.APPEAL_AGAINST_ONESELF):
        answering.answer(store, number, who="Ann", at=NOW, others=True)
    by_hand, of_operator = rejected(store, who=COMMAND_LINE)
    requests.appeal(store, by_hand, "It was a crime.", at=NOW)
    with refused(Refused, Code.APPEAL_AGAINST_ONESELF):  # one person has both names
        answering.answer(store, requests.appeal_of(store, of_operator.id).id, who=LOCAL, at=NOW, others=True)
    answered = answering.answer(store, number, who="Bea", at=NOW, note="Ring me: 07700 900123", others=True)
    assert (answered.outcome, answered.note) == (Outcome.UPHELD, "Ring me: [phone number]")
    with refused(Refused, Code.REQUEST_ANSWERED):
        answering.answer(store, number, who="Cem", at=NOW)
    again, other = rejected(store, who="Ann")
    requests.appeal(store, again, "It was a crime.", at=NOW)
    alone = answering.answer(store, requests.appeal_of(store, other.id).id, who="Ann", at=NOW, others=False)
    assert alone.outcome is Outcome.UPHELD


def test_a_complaint_is_acknowledged_then_answered_in_words_and_is_late_when_its_clock_says_so(store):
    receipt = asked(store, Kind.COMPLAINT)
    number = requests.find(store, receipt).id

    def waits(after: timedelta) -> Waiting:
        return answering.counts(store, NOW + after)[Kind.COMPLAINT]

    assert waits(privacy.COMPLAINT_ACKNOWLEDGED) == Waiting(1, 0)
    assert waits(privacy.COMPLAINT_ACKNOWLEDGED + MOMENT) == Waiting(1, 1)
    answering.acknowledge(store, number, at=NOW)
    assert waits(privacy.COMPLAINT_ANSWERED) == Waiting(1, 0)
    assert waits(privacy.COMPLAINT_ANSWERED + MOMENT) == Waiting(1, 1)
    with refused(Refused, Code.COMPLAINT_WITHOUT_ANSWER):
        answering.answer(store, number, who="Ann", at=NOW, note=" ")
    answering.answer(store, number, who="Ann", at=NOW, note="We have mended it.")
    assert waits(timedelta(days=400)) == Waiting(0, 0)
    assert requests.find(store, receipt).note == "We have mended it."


def test_what_is_due_first_comes_first(store):
    _receipt, report = published(store)
    kinds = [Kind.CORRECTION, Kind.COMPLAINT, Kind.CONTENT]
    for hours, kind in enumerate(kinds):
        asked(store, kind, report.mark, at=NOW + timedelta(hours=hours))
    assert [one.kind for one in answering.waiting(store, 9)] == [Kind.CONTENT, Kind.COMPLAINT, Kind.CORRECTION]


def test_erasing_a_report_leaves_who_asked_about_it_an_answer_and_no_text(store):
    receipt, report = published(store)
    content = asked(store, Kind.CONTENT, report.mark)
    sending.erase(store, receipt, at=NOW)
    assert "canary" not in everything(store)
    gone = requests.find(store, content)
    assert (gone.outcome, gone.report, gone.text) == (Outcome.GONE, None, "")


def test_erasing_a_rejected_report_takes_its_appeal_along_and_no_backup_brings_it_back(store, tmp_path: Path):
    receipt, _report = rejected(store)
    requests.appeal(store, receipt, "canary", at=NOW)
    backup.write(store, tmp_path / "file", at=NOW)
    sending.erase(store, receipt, at=NOW)
    for _ in range(2):
        assert answering.waiting(store, 9) == []
        assert "canary" not in everything(store)
        backup.restore(store, tmp_path / "file", at=NOW)


@on_both
def test_an_erased_request_is_brought_back_by_no_backup_and_by_no_open_page(store, tmp_path: Path):
    one = Asked("r", Kind.COMPLAINT, next(iter(WHATS[Kind.COMPLAINT])), "canary")
    receipt, stays = requests.ask(store, one, at=NOW), asked(store, Kind.COMPLAINT, text="another")
    backup.write(store, tmp_path / "file", at=NOW)
    requests.erase(store, receipt, at=NOW)
    assert "canary" not in everything(store)
    assert backup.restore(store, tmp_path / "file", at=NOW).added == 0
    assert requests.find(store, receipt) is None
    assert requests.find(store, stays).text == "another"
    with refused(Refused, Code.REQUEST_ERASED):
        requests.ask(store, one, at=NOW)


def test_a_backup_brings_requests_back_about_the_same_reports(store, tmp_path: Path):
    receipt, report = rejected(store)
    requests.appeal(store, receipt, "It was a crime.", at=NOW)
    asked(store, Kind.COMPLAINT)
    backup.write(store, tmp_path / "file", at=NOW)
    other = connection.connected(tmp_path / "other")
    sent(other)  # so that reports have other numbers there
    backup.restore(other, tmp_path / "file", at=NOW)
    backup.restore(other, tmp_path / "file", at=NOW)
    (appeal,) = (one for one in answering.waiting(other, 9) if one.kind is Kind.APPEAL)
    assert deciding.get(other, appeal.report).mark == report.mark
    assert len(answering.waiting(other, 9)) == 2


def test_answers_live_as_long_as_promised_and_texts_less(store):
    receipt = asked(store, Kind.COMPLAINT)
    answering.answer(store, requests.find(store, receipt).id, who="Ann", at=NOW, note="so")
    purge(store, NOW + privacy.TEXT_LIVES)
    assert requests.find(store, receipt).text == "canary"
    purge(store, NOW + privacy.TEXT_LIVES + MOMENT)
    assert "canary" not in everything(store)
    purge(store, NOW + privacy.ANSWER_LIVES)
    assert requests.find(store, receipt).note == "so"
    purge(store, NOW + privacy.ANSWER_LIVES + MOMENT)
    assert requests.find(store, receipt) is None


def test_what_nobody_answers_goes_after_a_year(store):
    receipt = asked(store, Kind.COMPLAINT)
    purge(store, NOW + privacy.UNANSWERED_LIVES)
    assert requests.find(store, receipt)
    purge(store, NOW + privacy.UNANSWERED_LIVES + MOMENT)
    assert "canary" not in everything(store)


@on_both
def test_an_appeal_keeps_its_report_while_it_waits_but_not_without_end(store):
    receipt, report = rejected(store)
    requests.appeal(store, receipt, "canary", at=NOW)
    purge(store, NOW + privacy.APPEAL_HOLDS)
    assert deciding.get(store, report.id).text
    purge(store, NOW + privacy.APPEAL_HOLDS + MOMENT)
    with refused(Refused, Code.NO_SUCH_REPORT):
        deciding.get(store, report.id)
    assert "canary" not in everything(store)
    assert answering.waiting(store, 9) == []
    assert Tally(2027, Kind.APPEAL, Outcome.UNANSWERED, 60) in tallies.counted(store), "nobody has answered it"


@on_both
def test_the_answer_to_a_late_appeal_can_be_read_and_the_text_goes_before_it(store):
    receipt, report = rejected(store)
    requests.appeal(store, receipt, "It was a crime.", at=NOW + privacy.REJECTED_LIVES)
    answered_at = NOW + privacy.REJECTED_LIVES + privacy.APPEAL_ANSWERED
    answering.answer(store, requests.appeal_of(store, report.id).id, who="Bea", at=answered_at, note="No crime")
    purge(store, NOW + privacy.REJECTED_LIVES + privacy.APPEAL_HOLDS)
    assert (sending.find(store, receipt).text, requests.appeal_of(store, report.id).note) == ("", "No crime")
    purge(store, NOW + privacy.REJECTED_LIVES + privacy.APPEAL_HOLDS + MOMENT)
    assert sending.find(store, receipt) is None


def test_an_answer_outlives_the_report_that_was_taken_down(store):
    _receipt, report = published(store)
    receipt = asked(store, Kind.CONTENT, report.mark)
    answering.note(store, requests.find(store, receipt).id, "You were right.")
    deciding.decide(store, report, Act.REJECT, who="Ann", at=NOW, reason="identifies somebody")
    purge(store, NOW + privacy.ANSWER_LIVES)
    answer = requests.find(store, receipt)
    assert (answer.report, answer.outcome, answer.text, answer.note) == (None, Outcome.REMOVED, "", "You were right.")


def test_a_mark_whose_time_is_over_answers_what_waits(store):
    _receipt, report = published(store)
    receipt = asked(store, Kind.CONTENT, report.mark)
    purge(store, NOW + privacy.PUBLISHED_LIVES + MOMENT)
    gone = requests.find(store, receipt)
    assert (gone.outcome, gone.text) == (Outcome.GONE, "")


def test_a_text_that_is_too_long_or_an_answer_that_is_not_offered_is_refused(store):
    with refused(Refused, Code.CORRECTION_TOO_LONG):
        asked(store, Kind.COMPLAINT, text="x" * (privacy.TEXT_CHARACTERS + 1))
    with refused(Refused, Code.FORM_INCOMPLETE):
        asked(store, Kind.COMPLAINT, what="made up")
    with refused(Refused, Code.FORM_INCOMPLETE):
        asked(store, Kind.COMPLAINT, text=" ")
    assert "canary" not in everything(store)


def a_request(kind: Kind) -> Request:
    return Request(1, kind, None, NOW, "", "")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_day_by_which_it_is_answered(kind: Kind):
    one = a_request(kind)
    assert not one.is_late(one.due)
    assert one.is_late(one.due + MOMENT)
    assert one.due <= one.answer_by


@pytest.mark.parametrize(
    ("moderators", "who", "others"),
    [
        ("", LOCAL, False),
        ("", COMMAND_LINE, False),  # who sits in the browser is the same person
        ("ann@example.org", COMMAND_LINE, True),
        ("ann@example.org", "ann@example.org", True),  # the operator, in a browser
    ],
)
def test_the_operator_is_one_person_in_a_browser_and_on_the_command_line(moderators: str, who: str, others: bool):
    settings = Settings(moderators=moderators, local_moderation=True)
    assert rights.has_others(settings, who) is others
