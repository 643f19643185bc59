"""police.uk is asked slowly, few times, and not before it wants to be asked again."""

import time
from email.utils import formatdate

import pytest
from refusing import refused
from servers import police_uk as uk
from servers.fetching import NEWEST, TOWN, desk

from mkmap.crimes import questions
from mkmap.errors import BadInput, Code, TooManyCrimes, Unreachable
from mkmap.police.client import PoliceApi

DATES = "crimes-street-dates"


@pytest.fixture
def at_work(home):
    with desk(home, months=1) as one_month:
        yield one_month


@pytest.mark.parametrize(
    ("spoiled", "tries"),
    [
        (uk.status(500), 5),
        (uk.status(503), 3),
        (uk.status(429), 5),
        (uk.hung_up, 5),
        (uk.status(403), 1),
        (uk.body(b"<html>"), 5),
    ],
)
def test_a_question_is_asked_five_times_at_most(at_work, spoiled, tries):
    at_work.police.misbehave(spoiled)
    with pytest.raises(Unreachable):
        questions.months(at_work.api())
    assert len(at_work.police.requests) == tries


def test_each_try_waits_longer(at_work):
    at_work.police.misbehave(uk.status(500))
    with pytest.raises(Unreachable):
        questions.months(at_work.api())
    assert at_work.clock.sleeps == [1, 2, 4, 8]


@pytest.mark.parametrize(("header", "wait"), [("7", 7), ("120", 120), (" 30 ", 30), ("0", 1), ("-5", 1), ("soon", 1), ("", 1)])
def test_seconds_of_retry_after_are_waited(at_work, header, wait):
    at_work.police.misbehave(uk.status(429, Retry_After=header), times=1)
    questions.months(at_work.api())
    assert at_work.clock.sleeps == [wait]


def test_a_date_in_retry_after_is_waited_for(at_work):
    at_work.police.misbehave(uk.status(503, Retry_After=formatdate(time.time() + 60, usegmt=True)), times=1)
    questions.months(at_work.api())
    assert at_work.clock.sleeps == [pytest.approx(60, abs=20)]


@pytest.mark.parametrize("header", ["121", "86400", "9" * 40, "Fri, 31 Dec 2999 23:59:59 GMT"])
def test_an_absurd_retry_after_is_refused_at_once(at_work, header):
    at_work.police.misbehave(uk.status(503, Retry_After=header))
    with refused(Unreachable, Code.POLICE_WANTS_A_PAUSE):
        questions.months(at_work.api())
    assert len(at_work.police.requests) == 1
    assert at_work.clock.sleeps == []


def test_no_more_than_ten_requests_leave_in_a_second(at_work):
    client, started = PoliceApi(at_work.session, at_work.police.url), time.monotonic()
    for turn in range(6):
        questions.months(client)
        assert time.monotonic() - started >= 0.1 * turn


def test_a_whole_fetch_keeps_the_pace(home):
    with desk(home, months=4) as at_work:
        started = at_work.clock.now
        at_work.fetch()
        assert at_work.clock.now - started > 0.1 * (len(at_work.police.requests) - 1) - 0.01


def test_a_deadline_is_kept_even_when_the_answer_drips(at_work):
    at_work.police.misbehave(uk.dripping(0.02))
    with refused(Unreachable, Code.POLICE_TIMED_OUT):
        questions.months(at_work.api(short_of_patience=DATES))
    assert len(at_work.police.requests) == 5


def test_too_many_crimes_have_their_own_error(at_work):
    at_work.police.misbehave(uk.status(503))
    with pytest.raises(TooManyCrimes):
        questions.street_crimes(at_work.api(), TOWN, NEWEST)


def test_a_redirect_is_not_followed(at_work):
    at_work.police.misbehave(uk.status(302, Location=f"{at_work.police.url}/api/{DATES}"), times=1)
    with refused(Unreachable, Code.POLICE_MOVED):
        questions.months(at_work.api())
    assert len(at_work.police.requests) == 1


def test_the_polygon_is_posted_and_the_month_always_named(at_work):
    at_work.fetch()
    (street,) = at_work.police.asked("crimes-street/")
    assert (street.method, street.path, set(street.fields)) == ("POST", "crimes-street/all-crime", {"poly", "date"})
    (unplaced,) = at_work.police.asked("crimes-no-location")
    assert unplaced.fields == {"category": "all-crime", "force": "thames-valley", "date": str(NEWEST)}


@pytest.mark.parametrize("month", ["2026-08", "2025-09", "2026-09-01", "", None])
def test_a_row_of_another_month_is_refused_before_it_leaves_the_client(at_work, month):
    at_work.police.misbehave(uk.edited(lambda rows: [*rows[:-1], rows[-1] | {"month": month}]), path="crimes")
    code = Code.ANOTHER_MONTH if month else Code.NO_MONTH_AT_ALL
    with refused(BadInput, code) as refusal:
        questions.street_crimes(at_work.api(), TOWN.buffer(0.01), NEWEST)
    assert (refusal.value.row, refusal.value.values["month"]) == (40, NEWEST)
    with refused(BadInput, code) as refusal:
        questions.unplaced_crimes(at_work.api(), "thames-valley", NEWEST)
    assert refusal.value.row == 3
