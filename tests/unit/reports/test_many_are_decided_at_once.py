"""Decisions about many: each report has its entry, what has changed since is left, and the last decision can be taken back."""

import csv
from io import StringIO

import pytest
from refusing import refused
from sent_reports import NOW, corrected, published, sent

from mkmap.errors import Code, Refused
from mkmap.reports.report import State
from mkmap.reports.request import Kind, Outcome
from mkmap.reports.store import deciding, many, queue, requests, sending, showing, tallies
from mkmap.reports.store.audit import entries
from mkmap.reports.store.deciding import Act
from mkmap.reports.store.many import Done
from mkmap.reports.store.wanted import Wanted
from mkmap.view.decisions import decisions_csv


@pytest.fixture
def seen(store):
    return [sent(store)[1] for _number in range(4)]


def reject(store, reports, who="Ann", at=NOW):
    return many.decide_about(store, reports, Act.REJECT, who=who, at=at, reason="advertising")


def test_several_are_rejected_with_one_reason_and_each_has_its_entry(store, seen):
    before = showing.version(store)
    assert reject(store, seen[:3]) == Done(3, 0)
    assert [deciding.get(store, report.id).state for report in seen] == [State.REJECTED] * 3 + [State.PENDING]
    for report in seen[:3]:
        (entry,) = deciding.decided(store, report.id)
        assert (entry.who, entry.act, entry.before, entry.after) == ("Ann", "reject", "pending", "rejected")
        assert entry.reason == "advertising"
    assert showing.version(store) != before


def test_a_rejection_of_many_needs_a_reason(store, seen):
    with refused(Refused, Code.REJECTION_WITHOUT_REASON):
        many.decide_about(store, seen, Act.REJECT, who="Ann", at=NOW, reason=" ")
    assert showing.counts(store)[State.PENDING] == 4


def test_what_has_changed_since_it_was_seen_is_left(store, seen):
    deciding.decide(store, seen[0], Act.PUBLISH, who="Bea", at=NOW)
    assert reject(store, seen) == Done(3, 1)
    assert deciding.get(store, seen[0].id).state is State.PUBLISHED


def test_many_are_published_but_not_those_that_wait_for_another_moderator(store, seen):
    deciding.decide(store, seen[0], Act.SECOND, who="Ann", at=NOW)
    every = {"up_to": queue.newest(store), "total": 4, "at": NOW}
    assert many.decide_all(store, Wanted(), Act.PUBLISH, who="Ann", **every) == Done(3, 1)
    assert many.decide_all(store, Wanted(), Act.PUBLISH, who="Bea", **every) == Done(1, 3)
    assert len(showing.published(store)) == 4


def test_the_last_decision_is_taken_back_and_both_stand_in_the_audit(store, seen):
    reject(store, seen)
    last = many.last(store, "Ann", at=NOW)
    assert (last.act, last.reports) == (Act.REJECT, 4)
    assert many.last(store, "Bea", at=NOW) is None
    deciding.decide(store, deciding.get(store, seen[0].id), Act.UNDO, who="Bea", at=NOW)
    assert many.take_back(store, last, at=NOW) == Done(3, 1)
    assert showing.counts(store)[State.PENDING] == 4
    assert [one.act for one in deciding.decided(store, seen[1].id)] == ["reject", "undo"]
    assert [one.who for one in deciding.decided(store, seen[0].id)] == ["Ann", "Bea"], "what Bea did is hers"
    assert many.last(store, "Ann", at=NOW) is None, "there is nothing to take back twice"


def test_a_wish_for_a_second_look_is_taken_back_too(store, seen):
    deciding.decide(store, seen[0], Act.SECOND, who="Ann", at=NOW)
    many.take_back(store, many.last(store, "Ann", at=NOW), at=NOW)
    alone = deciding.get(store, seen[0].id)
    assert alone.second_by is None
    assert deciding.decide(store, alone, Act.PUBLISH, who="Ann", at=NOW).state is State.PUBLISHED


def test_what_was_decided_an_hour_ago_is_not_offered_to_be_undone(store, seen):
    reject(store, seen)
    assert many.last(store, "Ann", at=NOW + many.UNDO_IS_OFFERED) is None


def test_who_decided_what_is_a_file_without_a_residents_words_and_without_formulas(store):
    receipt, report = published(store, text="a canary in the text")
    deciding.decide(store, report, Act.REJECT, who="=cmd()", at=NOW, reason="=HYPERLINK(1)")
    sending.withdraw(store, published(store)[0], at=NOW)
    rows = list(csv.DictReader(StringIO(decisions_csv(entries(store)))))
    assert [row["act"] for row in rows] == ["publish", "reject", "publish", "withdraw"]
    assert rows[1]["who"] == "'=cmd()"
    assert rows[1]["reason"] == "'=HYPERLINK(1)"
    text = decisions_csv(entries(store))
    assert "canary" not in text
    assert "High Street" not in text
    sending.erase(store, receipt, at=NOW)
    assert len(list(entries(store))) == 2


def test_a_mark_that_is_public_anew_leaves_nobody_with_the_answer_that_it_was_taken_down(store):
    _receipt, report = published(store)
    receipt = corrected(store, report.mark, text="It was May.")
    reject(store, [report])
    assert requests.find(store, receipt).outcome is Outcome.REMOVED
    many.take_back(store, many.last(store, "Ann", at=NOW), at=NOW)
    many.decide_about(store, [deciding.get(store, report.id)], Act.PUBLISH, who="Ann", at=NOW)
    again = requests.find(store, receipt)
    assert (again.outcome, again.answered_at, again.text) == (None, None, "It was May.")
    assert {tally.detail for tally in tallies.counted(store) if tally.what == Kind.CORRECTION} == {tallies.RECEIVED}


@pytest.mark.parametrize("number", [0, -1, 10**30])
def test_a_number_that_no_report_can_have_is_refused_in_words(store, seen, number: int):
    with refused(Refused, Code.NOT_AN_ORIGINAL):
        deciding.decide(store, seen[0], Act.DUPLICATE, who="Ann", at=NOW, duplicate_of=number)
    with refused(Refused, Code.NO_SUCH_REPORT):
        deciding.get(store, number)
