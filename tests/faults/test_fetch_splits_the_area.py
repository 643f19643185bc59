"""An area with too many crimes is asked for in pieces, and every crime is counted once."""

import pytest
from servers import police_uk as uk
from servers.fetching import NEWEST, desk

STREET = "crimes-street/"


@pytest.mark.parametrize("limit", [39, 25, 12, 9])
def test_every_crime_is_counted_once_however_small_the_pieces(home, limit):
    with desk(home, months=1) as whole:
        whole.fetch()
        expected = whole.rows(NEWEST)
    with desk(home.with_name("split"), months=1, limit=limit) as split:
        assert [outcome.failed for outcome in split.fetch()] == [False]
        assert split.rows(NEWEST).equals(expected)


def test_one_503_is_a_hiccup_and_splits_nothing(home):
    with desk(home, months=1) as at_work:
        at_work.police.misbehave(uk.status(503), path=STREET, times=1)
        at_work.fetch()
        assert len({request.fields["poly"] for request in at_work.police.asked(STREET)}) == 1


def test_503_said_three_times_splits(home):
    with desk(home, months=1) as at_work:
        at_work.police.misbehave(uk.status(503), path=STREET, times=3)
        assert [outcome.failed for outcome in at_work.fetch()] == [False]
        assert len({request.fields["poly"] for request in at_work.police.asked(STREET)}) == 3
        assert len(at_work.rows(NEWEST)) == 43


def test_503_for_every_piece_is_an_overloaded_service(home):
    with desk(home, months=5) as at_work:
        at_work.police.misbehave(uk.status(503), path=STREET)
        outcomes = at_work.fetch()
        assert "overloaded" in outcomes[0].text
        assert "not answering" in outcomes[-1].text
        assert len(at_work.police.asked(STREET)) <= 3 * 3 * 7
        assert at_work.crimes.months() == []


def test_one_bad_piece_keeps_the_whole_month_out(home):
    with desk(home, months=1, limit=25) as at_work:
        at_work.police.misbehave(uk.status(503), path=STREET, times=3)
        at_work.police.misbehave(lambda good: good, path=STREET, times=1)
        at_work.police.misbehave(uk.status(404), path=STREET)
        assert at_work.fetch()[0].failed
        assert at_work.crimes.months() == []


def test_a_piece_without_crimes_is_fine(home):
    with desk(home, months=1, limit=9) as at_work:
        at_work.fetch()
        assert len(at_work.police.asked(STREET)) > 10
        assert len(at_work.rows(NEWEST)) == 43
