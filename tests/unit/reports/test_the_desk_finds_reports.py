"""What a moderator is shown: every report that waits can be reached, each filter leaves what it says, and near ones are named."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sent_reports import MONTH, NOW, PLACE, corrected, published, sent

from mkmap.database.connection import Store
from mkmap.errors import Code, Refused
from mkmap.reports.report import Flag, Place, Report, Response, State
from mkmap.reports.store import claims, deciding, filling, floods, queue
from mkmap.reports.store.near import SHOWN, near
from mkmap.reports.store.queue import Key, Page
from mkmap.reports.store.wanted import UNFLAGGED, Wanted

FAR = Place(PLACE.longitude + 0.01, PLACE.latitude, "Far Road")


def waiting(store: Store, count: int, **how: object) -> list[Report]:
    """So many, the newest first, every third one flagged."""
    reports = [
        Report(
            id=number, mark=f"{number:016x}", state=State.PENDING, received_at=NOW - timedelta(hours=number), kind="Burglary",
            month=MONTH, place=PLACE, told_police=True, response=Response.CAME, text="They came.",
            flags=(Flag.PHONE,) if number % 3 == 0 else (), version=1,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    filling.fill(store, [replace(report, **how) for report in reports], "made", anew=True)
    return reports


def turned(store: Store, wanted: Wanted, size: int) -> list[Page]:
    """All pages, as somebody turns them."""
    pages, start = [queue.page(store, wanted, size)], None
    while start := queue.next_page(pages[-1], store, wanted):
        pages.append(queue.page(store, wanted, size, start))
    return pages


def test_every_report_that_waits_is_on_one_page_unflagged_first_and_each_by_age(store):
    made = waiting(store, 23)
    pages = turned(store, Wanted(), 5)
    shown = [report.id for page in pages for report in page.reports]
    assert shown == [report.id for report in sorted(made, key=lambda one: (bool(one.flags), one.received_at))]
    assert [(page.before, page.total, page.after) for page in pages] == [(n, 23, max(18 - n, 0)) for n in range(0, 23, 5)]
    back = queue.previous_page(pages[2], store, Wanted(), 5)
    assert queue.page(store, Wanted(), 5, back).reports == pages[1].reports
    assert queue.previous_page(pages[0], store, Wanted(), 5) is None


def test_a_page_stays_where_it_is_when_something_before_it_was_decided(store):
    waiting(store, 12)
    second = turned(store, Wanted(), 5)[1]
    first = queue.page(store, Wanted(), 5).reports[0]
    deciding.decide(store, first, deciding.Act.PUBLISH, who="Ann", at=NOW)
    again = queue.page(store, Wanted(), 5, Key.of(second.reports[0]))
    assert again.reports == second.reports
    assert (again.before, again.total) == (4, 11)


def test_where_the_rest_is_decided_the_last_page_before_it_is_shown(store):
    made = waiting(store, 6)
    last = turned(store, Wanted(), 4)[1]
    for report in last.reports:
        deciding.decide(store, report, deciding.Act.PUBLISH, who="Ann", at=NOW)
    shown = queue.page(store, Wanted(), 4, Key.of(last.reports[0]))
    assert len(shown.reports) == len(made) - len(last.reports) == shown.total


@pytest.mark.parametrize(
    ("wanted", "streets"),
    [
        (Wanted(flag=Flag.PHONE), ["two"]),
        (Wanted(flag=UNFLAGGED), ["one", "three"]),
        (Wanted(kind="Robbery"), ["three"]),
        (Wanted(places=((PLACE.longitude, PLACE.latitude),)), ["one", "two"]),
        (Wanted(places=()), []),
        (Wanted(day=NOW.date()), ["one", "two"]),
        (Wanted(state=State.PUBLISHED), ["four"]),
        (Wanted(state=None, is_asked_to_correct=True), ["four"]),
    ],
)
def test_each_filter_leaves_what_it_says(store, wanted, streets):
    sent(store, place=replace(PLACE, street="one"))
    _receipt, two = sent(store, place=replace(PLACE, street="two"))
    sent(store, NOW - timedelta(days=2), place=replace(FAR, street="three"), kind="Robbery")
    _receipt, four = published(store, place=replace(FAR, street="four"))
    corrected(store, four.mark)
    flag(store, two)
    assert sorted(report.place.street for report in queue.page(store, wanted, 9).reports) == sorted(streets)


def flag(store: Store, report: Report) -> None:
    from mkmap.reports.store.tables import reports

    with store.writing() as found:
        found.execute(reports.update().where(reports.c.id == report.id).values(flags='["phone"]', flagged=True))


def test_the_filters_say_how_many_there_are(store):
    flag(store, sent(store)[1])
    sent(store)
    sent(store, NOW - timedelta(days=1), place=FAR, kind="Robbery")
    assert queue.flags(store, Wanted()) == {Flag.PHONE: 1, UNFLAGGED: 2}
    assert queue.kinds(store, Wanted()) == {"Burglary": 2, "Robbery": 1}
    assert queue.days(store, Wanted()) == {NOW.date(): 2, NOW.date() - timedelta(days=1): 1}
    assert queue.places(store, Wanted()) == {(PLACE.longitude, PLACE.latitude): 2, (FAR.longitude, FAR.latitude): 1}
    assert queue.network_names(store, Wanted()) == {}


def test_near_ones_are_of_the_same_type_within_a_month_and_300_metres(store):
    _receipt, report = sent(store)
    _receipt, beside = sent(
        store, place=replace(PLACE, longitude=PLACE.longitude + 0.003), kind="Attempted burglary", month=MONTH + 1
    )
    for other in ({"kind": "Robbery"}, {"month": MONTH + -2}, {"place": FAR}):
        sent(store, **other)
    found = near(store, report)
    assert ([one.id for one in found.reports], found.total) == ([beside.id], 1)


def test_of_many_near_ones_a_few_are_shown_and_all_counted(store):
    (first, *_others) = waiting(store, 40)
    found = near(store, first)
    assert (len(found.reports), found.total) == (SHOWN, 39)


def test_a_claim_says_who_looks_and_runs_out(store):
    one, two = waiting(store, 2)
    claims.claim(store, one.id, "Ann", at=NOW)
    claims.claim(store, one.id, "Bea", at=NOW)
    assert claims.claimed(store, [one.id, two.id], at=NOW) == {one.id: "Ann"}
    claims.claim(store, two.id, "Ann", at=NOW)
    assert claims.claimed(store, [one.id, two.id], at=NOW) == {two.id: "Ann"}, "nobody looks at two"
    later = NOW + claims.LIVES
    assert claims.claimed(store, [two.id], at=later) == {}
    claims.claim(store, two.id, "Bea", at=later)
    assert claims.claimed(store, [two.id], at=later) == {two.id: "Bea"}


def test_a_claim_is_renewed_while_its_moderator_stays_and_ends_with_the_decision(store):
    (one,) = waiting(store, 1)
    claims.claim(store, one.id, "Ann", at=NOW)
    claims.claim(store, one.id, "Ann", at=NOW + claims.RENEWED)
    assert claims.claimed(store, [one.id], at=NOW + claims.LIVES) == {one.id: "Ann"}
    deciding.decide(store, one, deciding.Act.PUBLISH, who="Bea", at=NOW)
    assert claims.claimed(store, [one.id], at=NOW) == {}
    assert floods.network(store, one.id) == ""


def test_a_second_pair_of_eyes_is_another_moderators(store):
    (one,) = waiting(store, 1)
    asked = deciding.decide(store, one, deciding.Act.SECOND, who="Ann", at=NOW)
    assert (asked.state, asked.second_by) == (State.PENDING, "Ann")
    with pytest.raises(Refused) as error:
        deciding.decide(store, asked, deciding.Act.PUBLISH, who="Ann", at=NOW)
    assert error.value.code is Code.SECOND_LOOK_MISSING
    for act in (deciding.Act.SECOND, deciding.Act.ALONE):
        with pytest.raises(Refused):
            deciding.decide(store, asked, act, who="Bea", at=NOW)
    assert deciding.decide(store, asked, deciding.Act.PUBLISH, who="Bea", at=NOW).state is State.PUBLISHED
    assert [(one.who, one.act) for one in deciding.decided(store, one.id)] == [("Ann", "second"), ("Bea", "publish")]


def test_the_operator_is_one_person_on_the_page_and_at_the_command_line(store):
    (one,) = waiting(store, 1)
    asked = deciding.decide(store, one, deciding.Act.SECOND, who="local", at=NOW)
    with pytest.raises(Refused):
        deciding.decide(store, asked, deciding.Act.PUBLISH, who="command line", at=NOW)
