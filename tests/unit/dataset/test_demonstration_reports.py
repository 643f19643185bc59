"""The invented reports: every state, every flag, up to the current month, the same everywhere, and never among real ones."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
import sqlalchemy as sa
from forked import CONTEXT
from refusing import refused
from sent_reports import NOW, sent
from waiting import PATIENCE

from mkmap.database import connection
from mkmap.database.connection import Store, opened
from mkmap.dataset import invented_town as town
from mkmap.dataset.dataset import real
from mkmap.dataset.invented_reports import filled, invented, make
from mkmap.errors import Code, Refused
from mkmap.month import Month
from mkmap.places.streets import distance, street_name
from mkmap.reports.form import reportable_months, responses
from mkmap.reports.masking import masked
from mkmap.reports.privacy import NEAR
from mkmap.reports.report import KINDS, Flag, Report, State, police_type
from mkmap.reports.store import deciding, showing
from mkmap.reports.store.filling import fill
from mkmap.settings import Settings

NOVEMBER = Month(2026, 11)
MONTHS = [NOVEMBER + later for later in range(0, 30, 3)]


@pytest.fixture(scope="module", params=MONTHS, ids=str)
def month(request: pytest.FixtureRequest) -> Month:
    return request.param


@pytest.fixture(scope="module")
def found(month: Month) -> list[Report]:
    return invented(month)


def of(found: list[Report], state: State) -> list[Report]:
    return [report for report in found if report.state is state]


def test_they_are_the_same_every_time(month, found):
    assert invented(month) == found


def test_there_are_some_in_every_state(found):
    assert Counter(report.state for report in found) == {
        State.PUBLISHED: 60,
        State.PENDING: 8,
        State.REJECTED: 4,
        State.WITHDRAWN: 2,
    }
    assert sum(report.corrections for report in of(found, State.PUBLISHED)) == 1


def test_they_reach_from_two_years_ago_to_the_current_month(month, found):
    months = {report.month for report in of(found, State.PUBLISHED)}
    assert months <= set(reportable_months(month))
    assert month in months
    assert len(months) > 12


def test_burglary_is_what_most_of_them_tell_of(found):
    kinds = Counter(police_type(report.kind) for report in found)
    assert kinds["Burglary"] > len(found) / 2
    assert set(kinds) <= set(KINDS)
    assert {"Burglary", "Attempted burglary", "Vehicle crime"} <= {report.kind for report in found}


def test_each_could_have_been_sent_with_the_form(found):
    for report in found:
        assert report.response in responses(report.told_police)
        kept = masked(report.text)
        assert kept.text == report.text
        assert {kind for kind, _words in kept.warned} <= set(report.flags)
    assert len({report.mark for report in found}) == len(found)


def test_they_stand_at_streets_of_the_town(found):
    points = town.points()
    points = points[points["ward"].notna() & (points["kind"] == town.STREET)]
    known = set(zip(points["longitude"], points["latitude"], points["street"].map(street_name), strict=True))
    assert {(report.place.longitude, report.place.latitude, report.place.street) for report in found} <= known


def test_none_came_from_the_future_or_before_its_month(month, found):
    first = datetime.combine(month.first_day, time(), UTC)
    for report in found:
        assert datetime.combine(report.month.first_day, time(), UTC) <= report.received_at <= first
        assert report.decided_at is None or report.received_at <= report.decided_at <= first
    assert [report.received_at for report in found] == sorted(report.received_at for report in found)
    assert [report.id for report in found] == list(range(1, len(found) + 1))


def test_what_waits_has_every_kind_of_flag(found):
    assert {flag for report in of(found, State.PENDING) for flag in report.flags} == set(Flag)
    words = {Flag.HOUSE_NUMBER: "[house number]", Flag.PHONE: "[phone number]", Flag.PLATE: "[number plate]",
             Flag.EMAIL: "[e-mail]", Flag.POSTCODE: "[postcode]"}  # fmt: skip
    for report in of(found, State.PENDING):
        assert {flag for flag, word in words.items() if word in report.text} == set(report.flags) & set(words)


def test_two_that_wait_are_likely_the_same_event(found):
    waiting = of(found, State.PENDING)
    first = next(report for report in waiting if Flag.HOUSE_NUMBER in report.flags)
    second = next(report for report in waiting if Flag.MANY_FROM_NETWORK in report.flags)
    assert distance((first.place.longitude, first.place.latitude), (second.place.longitude, second.place.latitude)) < NEAR
    assert (first.crime_type, abs(first.month - second.month) <= 1) == (second.crime_type, True)
    assert first.place != second.place


def test_one_was_rejected_as_a_duplicate_and_the_others_with_a_reason(found):
    (copy,) = (report for report in found if report.duplicate_of)
    original = found[copy.duplicate_of - 1]
    assert original.state is State.PUBLISHED
    assert (copy.kind, copy.month, copy.place) == (original.kind, original.month, original.place)
    assert copy.id > original.id
    assert all(report.reason for report in of(found, State.REJECTED) if report is not copy)


def demonstration(home: Path, today: date) -> Store:
    return filled(opened(home), Month.of(today))


def contents(store: Store) -> list:
    everything = deciding.reports_in(store)
    return [(report, deciding.decided(store, report.id), deciding.corrections_of(store, report.id)) for report in everything]


def test_what_is_stored_is_what_was_invented_with_its_decisions(home: Path, tmp_path: Path, today: date):
    store = demonstration(home, today)
    assert deciding.reports_in(store) == invented(NOVEMBER)
    acts = {report.state: [one.act for one in deciding.decided(store, report.id)] for report in deciding.reports_in(store)}
    assert acts[State.PENDING] == []
    assert acts[State.PUBLISHED] == ["publish"]
    (copy,) = (report for report in deciding.reports_in(store) if report.duplicate_of)
    assert [one.act for one in deciding.decided(store, copy.id)] == ["duplicate"]
    assert sum(len(asked) for _report, _decided, asked in contents(store)) == 1
    assert contents(store) == contents(demonstration(tmp_path / "elsewhere", today))


def test_they_can_be_decided_about_and_stay_decided(home: Path, today: date):
    store = demonstration(home, today)
    (first, *_others) = deciding.reports_in(store, State.PENDING)
    deciding.decide(store, first, deciding.Act.PUBLISH, who="somebody", at=NOW)
    demonstration(home, today)
    connection_of_another_process = connection.connected(home)
    fill(connection_of_another_process, invented(NOVEMBER), str(NOVEMBER))
    assert deciding.get(store, first.id).state is State.PUBLISHED


def test_a_new_month_makes_them_anew_and_so_does_the_operator(home: Path, today: date):
    store = demonstration(home, today)
    deciding.erase(store, 1, at=NOW)
    before = showing.version(store)
    assert deciding.reports_in(demonstration(home, today + timedelta(days=30))) == invented(NOVEMBER + 1)
    assert showing.version(store) != before, "maps are drawn anew"
    deciding.erase(store, 1, at=NOW)
    make(opened(home), Month.of(today))
    assert deciding.reports_in(store) == invented(NOVEMBER)


def test_filling_is_one_transaction(home: Path, today: date):
    store, commits = opened(home), []
    sa.event.listen(store.engine, "commit", commits.append)
    demonstration(home, today)
    assert len(commits) == 2, "one that looks, one that writes"
    demonstration(home, today)
    assert len(commits) == 2, "and then nobody waits for it"


def fill_together(home: Path, month: Month, together: Barrier) -> None:
    together.wait(PATIENCE)
    filled(opened(home), month)


def test_processes_that_start_at_once_fill_it_once(home: Path, today: date):
    together = CONTEXT.Barrier(3)
    started = [
        CONTEXT.Process(target=fill_together, args=(home, Month.of(today), together), daemon=True) for _process in range(3)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join(PATIENCE)
    assert [process.exitcode for process in started] == [0] * 3
    store = opened(home)
    assert deciding.reports_in(store) == invented(NOVEMBER)
    assert showing.version(store) == "1", "filled by one of them"


def test_they_never_meet_residents_own(home: Path, today: date):
    """Nor does the demonstration need the database that the operator has named."""
    chosen = Settings(home=home, database_url="postgresql://mkmap@127.0.0.1:1/none")
    own_data = real(home, "thames-valley")
    invented_ones = replace(own_data, name="demo").reports(chosen, today)
    assert invented_ones.is_sqlite
    with refused(Refused, Code.DATABASE_SILENT):
        own_data.reports(chosen, today)
    own = own_data.reports(Settings(home=home), today)
    assert deciding.reports_in(own) == []
    sent(own)
    assert deciding.reports_in(invented_ones) == invented(NOVEMBER)
