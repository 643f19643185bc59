"""A promise can be followed: what changed between two fetches is told, once, with the fetch that saw it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkmap.plans.changes import following
from mkmap.plans.plan import KEPT_CHANGES, ChangeKind, Contact, Event, Neighbourhood, Person, Plan, PlanChange, Priority
from mkmap.plans.sentences import changed, staleness, texts_of

FIRST = datetime(2026, 10, 1, 3, tzinfo=UTC)
SECOND = FIRST + timedelta(days=7)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
SHEDS = Priority("Sheds.", MAY, "", None)
SPEED = Priority("Speeding.", JUNE, "A camera.", JUNE)


def plan(*priorities: Priority, people: int = 2, at: datetime = FIRST, **changed) -> Plan:
    people = tuple(Person(f"Officer {number}", "PC") for number in range(people))
    return replace(Plan(Neighbourhood("kent", "E1"), "East", "", Contact(), people, priorities, (), at), **changed)


def kinds(before: Plan, *priorities: Priority, people: int = 2) -> list[ChangeKind]:
    return [change.kind for change in following(before, plan(*priorities, people=people, at=SECOND)).history]


def test_the_first_fetch_has_nothing_to_compare_with():
    assert following(None, plan(SHEDS)).history == ()


def test_nothing_new_is_no_change():
    assert kinds(plan(SHEDS, SPEED), SPEED, SHEDS) == []


CASES = {
    "added": ((SHEDS,), (SHEDS, SPEED), [ChangeKind.ADDED]),
    "removed": ((SHEDS, SPEED), (SPEED,), [ChangeKind.REMOVED]),
    "all removed": ((SHEDS, SPEED), (), [ChangeKind.REMOVED, ChangeKind.REMOVED]),
    "an action at last": ((SHEDS,), (replace(SHEDS, action="Patrols."),), [ChangeKind.ACTION]),
    "another date of the action": ((SPEED,), (replace(SPEED, acted=date(2026, 9, 1)),), [ChangeKind.ACTION]),
    "an action taken back": ((SPEED,), (replace(SPEED, action="", acted=None),), [ChangeKind.ACTION]),
    "reworded": ((SHEDS, SPEED), (replace(SHEDS, issue="Sheds and garages."), SPEED), [ChangeKind.REWORDED]),
    "redated": ((SHEDS, SPEED), (replace(SHEDS, issued=date(2026, 9, 1)), SPEED), [ChangeKind.REDATED]),
    "reworded, and acted on": ((SHEDS,), (Priority("Garages.", MAY, "Locks.", JUNE),), [ChangeKind.REWORDED, ChangeKind.ACTION]),
    "another promise": ((SHEDS,), (SPEED,), [ChangeKind.ADDED, ChangeKind.REMOVED]),
    "two of one day, one reworded": (
        (SHEDS, replace(SPEED, issued=MAY)),
        (replace(SPEED, issued=MAY), replace(SHEDS, issue="Garages.")),
        [ChangeKind.REWORDED],
    ),
    "without a date, another text": ((Priority("A", None, "", None),), (Priority("B", None, "", None),), [ChangeKind.ADDED, ChangeKind.REMOVED]),
    "without a text, another action": (
        (Priority("", MAY, "A", None),),
        (Priority("", MAY, "B", None),),
        [ChangeKind.ACTION],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "expected"), CASES.values(), ids=CASES)
def test_what_changed_is_named(before: tuple, after: tuple, expected: list[ChangeKind]):
    assert kinds(plan(*before), *after) == expected


def test_a_change_has_both_texts_and_the_fetch_that_saw_it():
    (change,) = following(plan(SPEED), plan(replace(SPEED, action="Two cameras."), at=SECOND)).history
    assert change == PlanChange(SECOND, ChangeKind.ACTION, "Speeding.", JUNE, "A camera.", "Two cameras.")


def test_of_people_only_their_number_is_kept():
    (change,) = following(plan(people=2), plan(people=3, at=SECOND)).history
    assert (change.kind, change.before, change.after) == (ChangeKind.PEOPLE, "2", "3")
    renamed = replace(plan(people=2, at=SECOND), people=(Person("Somebody", "Sgt"), Person("Else", "PC")))
    assert following(plan(people=2), renamed).history == ()


def test_events_and_contact_come_and_go_without_a_change():
    assert (
        following(plan(), plan(at=SECOND, events=(Event("x", "", "", "", None, None),), contact=Contact("101"))).history == ()
    )


def test_the_history_is_newest_first_and_bounded():
    known = plan()
    for number in range(KEPT_CHANGES + 5):
        known = following(known, plan(Priority(f"Issue {number}", None, "", None), at=FIRST + timedelta(days=number)))
    assert len(known.history) == KEPT_CHANGES
    assert known.history[0].issue == f"Issue {KEPT_CHANGES + 4}"
    assert [change.seen_at for change in known.history] == sorted((change.seen_at for change in known.history), reverse=True)


PRIORITIES = st.lists(
    st.builds(
        Priority,
        st.sampled_from(["", "A", "B", "C"]),
        st.sampled_from([None, MAY, JUNE]),
        st.sampled_from(["", "x", "y"]),
        st.sampled_from([None, JUNE]),
    ),
    max_size=5,
    unique=True,
)


@given(PRIORITIES, PRIORITIES)
def test_every_priority_is_followed(before: list[Priority], after: list[Priority]):
    """What was there and is not is told, and what is there and was not; nothing is told where nothing changed."""
    history = following(plan(*before), plan(*after, at=SECOND)).history
    assert (not history) == (set(before) == set(after))
    added = sum(change.kind is ChangeKind.ADDED for change in history)
    removed = sum(change.kind is ChangeKind.REMOVED for change in history)
    assert len(before) + added - removed == len(after)


def test_each_change_has_its_words():
    dated = PlanChange(SECOND, ChangeKind.REDATED, "Sheds.", JUNE, "2026-05-01", "")
    assert changed(dated) == "Given another date: “Sheds.”"
    assert texts_of(dated) == ["Before: 1 May 2026"]
    assert changed(PlanChange(SECOND, ChangeKind.PEOPLE, before="2", after="0")) == "People named in the team: 2, now 0"
    assert changed(PlanChange(SECOND, ChangeKind.ADDED)) == "New priority: A priority without a text"
    assert all(changed(PlanChange(SECOND, kind, "x")) for kind in ChangeKind)


TODAY = date(2026, 11, 15)
AGES = {
    "fourteen months": ((Priority("x", date(2025, 9, 15), "", None),), 14, "last updated 14 months ago"),
    "a day short of fourteen": ((Priority("x", date(2025, 9, 16), "", None),), 13, "last updated 13 months ago"),
    "an action counts": ((Priority("x", date(2020, 1, 1), "y", date(2026, 10, 15)),), 1, "last updated 1 month ago"),
    "today": ((Priority("x", TODAY, "", None),), 0, "less than a month ago"),
    "the newest of all": ((Priority("x", date(2020, 1, 1), "", None), Priority("y", date(2026, 9, 1), "", None)), 2, "2 months ago"),
    "a slip into the future does not count": ((Priority("x", date(2026, 8, 1), "y", date(2206, 8, 1)),), 3, "3 months ago"),
    "no date": ((Priority("x", None, "", None),), None, "have no date"),
    "no priority": ((), None, "name no priority"),
}  # fmt: skip


@pytest.mark.parametrize(("priorities", "months", "said"), AGES.values(), ids=AGES)
def test_how_old_a_plan_is_is_a_finding(priorities: tuple, months: int | None, said: str):
    old = plan(*priorities, at=datetime(2026, 11, 15, 3, tzinfo=UTC))
    assert old.months_old(TODAY) == months
    assert said in staleness(old, TODAY)


def test_the_next_events_are_those_to_come():
    def event(title: str, starts: datetime | None, ends: datetime | None = None) -> Event:
        return Event(title, "", "", "", starts, ends)

    events = (
        event("over", datetime(2026, 11, 14, 18)),
        event("later", datetime(2026, 12, 1, 18)),
        event("no day", None),
        event("today", datetime(2026, 11, 15, 9)),
        event("still going", datetime(2026, 11, 1), datetime(2026, 11, 30)),
    )
    assert [one.title for one in plan(events=events).next_events(TODAY)] == ["still going", "today", "later", "no day"]
