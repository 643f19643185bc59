"""A fetch takes what is missing, newest first, asks again for the last three, and deletes nothing."""

import pytest
from refusing import refused
from servers import police_uk as uk
from servers.fetching import NEWEST, TOWN, desk, invented

from mkmap.crimes import questions
from mkmap.errors import BadInput, Busy, Code, Refused
from mkmap.lake.manifest import locked
from mkmap.month import Month

DATES = "crimes-street-dates"


def asked(at_work) -> list[Month]:
    return [Month.parse(request.fields["date"]) for request in at_work.police.asked("crimes-street/")]


def back(*months: int) -> list[Month]:
    return [NEWEST + -month for month in months]


@pytest.mark.parametrize(("first", "last"), [(Month(2019, 1), Month(2019, 6)), (NEWEST + 1, NEWEST + 1), (NEWEST, NEWEST + -1)])
def test_a_range_that_police_uk_does_not_offer_is_refused_with_a_way_out(home, first, last):
    with desk(home) as at_work, refused(Refused, Code.MONTHS_NOT_OFFERED):
        at_work.fetch(first, last)


def test_another_process_that_changes_the_store_is_named(home):
    with desk(home) as at_work:
        at_work.store(invented(NEWEST), NEWEST)
        with locked(at_work.crimes.folder.path / "lock"), refused(Busy, Code.STORE_BUSY):
            at_work.fetch()
        assert len(at_work.crimes.months()) == 1


def test_everything_is_fetched_newest_first(home):
    with desk(home, months=5) as at_work:
        at_work.fetch()
        assert asked(at_work) == back(0, 1, 2, 3, 4)


def test_only_the_last_three_are_fetched_again(home):
    with desk(home, months=5) as at_work:
        at_work.fetch()
        at_work.police.requests.clear()
        outcomes = at_work.fetch()
        assert asked(at_work) == back(0, 1, 2)
        assert outcomes[0].text == "2 months are stored already."


def test_a_fetch_that_was_stopped_goes_on_where_it_was(home):
    with desk(home, months=6) as at_work:
        at_work.police.misbehave(uk.status(404), path="crimes-street/", month=NEWEST + -4)
        at_work.fetch()
        at_work.police.behave()
        at_work.police.requests.clear()
        at_work.fetch()
        assert asked(at_work) == back(0, 1, 2, 4)
        assert len(at_work.crimes.months()) == 6


def test_a_range_is_kept_to_and_what_lies_outside_is_said(home):
    with desk(home, months=5) as at_work:
        outcomes = at_work.fetch(NEWEST + -20, NEWEST + -3)
        assert asked(at_work) == back(3, 4)
        assert "archive" in outcomes[0].text
        assert "nothing after September 2026" in at_work.fetch(NEWEST, NEWEST + 1)[0].text


def test_a_force_month_is_not_fetched_and_not_replaced(home):
    with desk(home) as at_work:
        at_work.store(invented(NEWEST, placed=90), NEWEST, "force")
        at_work.fetch()
        assert asked(at_work) == back(1, 2)
        assert len(at_work.rows(NEWEST, "force")) == 93


def test_with_everything_stored_nothing_is_asked_but_what_there_is(home):
    with desk(home, months=1) as at_work:
        at_work.store(invented(NEWEST), NEWEST, "force")
        assert [outcome.text for outcome in at_work.fetch()] == ["1 month is stored already."]
        assert {request.path for request in at_work.police.requests} == {DATES}


def test_a_list_that_goes_backwards_deletes_nothing(home):
    with desk(home, months=4) as at_work:
        at_work.fetch()
        at_work.police.misbehave(uk.edited(lambda dates: dates[2:]), path=DATES)
        outcomes = at_work.fetch()
        assert "up to July 2026 only" in outcomes[0].text
        assert [stored.month for stored in at_work.crimes.months()] == back(3, 2, 1, 0)


def test_a_list_in_disorder_with_repeats_and_months_to_come_is_put_right(home):
    extra = [{"date": "2999-01"}, {"date": "2009-01"}, {"date": "2026-12"}]
    with desk(home) as at_work:
        at_work.police.misbehave(uk.edited(lambda dates: dates[::-1] + dates + extra), path=DATES)
        at_work.fetch()
        assert asked(at_work) == back(0, 1, 2)


def test_a_month_not_out_is_said_and_not_zero(home):
    with desk(home) as at_work:
        at_work.police.misbehave(uk.edited(lambda dates: [{"date": "2026-10"}, *dates]), path=DATES)
        outcomes = at_work.fetch()
        assert (outcomes[0].failed, outcomes[0].month) == (True, Month(2026, 10))
        assert [stored.month for stored in at_work.crimes.months()] == back(2, 1, 0)


def test_progress_counts_the_months(home):
    with desk(home) as at_work:
        at_work.fetch()
        assert [(done, total) for done, total, _text in at_work.progress] == [(0, 3), (1, 3), (2, 3), (3, 3)]
        assert "September 2026" in at_work.progress[0][2]


def test_the_new_rows_are_an_area_from_police_uk_and_their_points_are_known(home):
    with desk(home, months=1) as at_work:
        at_work.fetch()
        (stored,) = at_work.crimes.months()
        assert (stored.scope, stored.force, stored.source, stored.no_location) == (
            "area",
            "thames-valley",
            at_work.police.url,
            3,
        )
        assert at_work.places.points_file().is_file()


def test_crimes_beyond_the_mile_are_not_asked_for(home):
    with desk(home, months=1) as at_work:
        at_work.area = TOWN.centroid.buffer(0.001)
        at_work.fetch()
        assert 3 < len(at_work.rows(NEWEST)) < 43


def test_an_area_without_a_crime_is_not_believed(home):
    with desk(home, months=1) as at_work:
        at_work.area = TOWN.centroid.buffer(0.001).union(TOWN.centroid.buffer(0.002))
        at_work.police.misbehave(uk.body(b"[]"), path="crimes-street/")
        assert "no crimes at all" in at_work.fetch()[0].text
        with pytest.raises(BadInput):
            questions.categories(at_work.api(), NEWEST + 5)
