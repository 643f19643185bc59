"""On police.uk's bad days the old month stays, and one plain sentence says why."""

import shutil
from dataclasses import replace

import pytest
import requests
from refusing import refused
from servers import police_uk as uk
from servers.fetching import NEWEST, desk, invented

from mkmap.errors import BadInput, Code, Refused, Unreachable
from mkmap.police import client

STREET, UNPLACED = "crimes-street/", "crimes-no-location"
OLD = NEWEST


def each(change):
    """An edit of every row of an answer."""
    return uk.edited(lambda rows: [row | change for row in rows])


def first(change):
    return uk.edited(lambda rows: [rows[0] | change, *rows[1:]])


ANYWHERE = {
    "500": uk.status(500),
    "502": uk.status(502),
    "503": uk.status(503),
    "504": uk.status(504),
    "429": uk.status(429),
    "429 with seconds": uk.status(429, Retry_After="7"),
    "429 with a date": uk.status(429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"),
    "429 with an absurd wait": uk.status(429, Retry_After="86400"),
    "429 with an absurd date": uk.status(429, Retry_After="Fri, 31 Dec 2999 23:59:59 GMT"),
    "429 with nonsense": uk.status(429, Retry_After="soon"),
    "429 with too many digits": uk.status(429, Retry_After="9" * 5000),
    "400": uk.status(400),
    "401": uk.status(401),
    "403 page": uk.status(403),
    "404": uk.status(404),
    "204": uk.status(204),
    "moved to another host": uk.status(301, Location="http://evil.example/api"),
    "moved for this once": uk.status(307, Location="http://evil.example/api"),
    "moved with a trick": uk.status(302, Location="\x1b[2J" + "x" * 5000),
    "moved nowhere": uk.status(302),
    "a page instead of data": uk.body(b"<!doctype html><title>Log in to the wi-fi</title>", "text/html"),
    "empty": uk.body(b""),
    "null": uk.body(b"null"),
    "an object": uk.body(b"{}"),
    "a number": uk.body(b"7"),
    "a text": uk.body(b'"crimes"'),
    "a list of numbers": uk.body(b"[1, 2, 3]"),
    "a list of nulls": uk.body(b"[null]"),
    "not UTF-8": uk.body(b'[{"category": "\xff\xfe"}]'),
    "half a surrogate": uk.body(b'[{"category": "\\ud800", "url": "\\ud800", "name": "\\ud800"}]'),
    "brackets without end": uk.body(b"[" * 100_000),
    "gzip that is none": lambda good: replace(good, headers={**good.headers, "Content-Encoding": "gzip"}),
    "gzip cut short": uk.gzipped(0.6),
    "broken off": uk.broken_off(0.5),
    "hung up": uk.hung_up,
}
STREET_ONLY = {
    "no crimes at all": uk.body(b"[]"),
    "another month's rows": each({"month": "2025-03"}),
    "mixed months": first({"month": "2025-09"}),
    "a row without a month": first({"month": None}),
    "a month with a trick": first({"month": "2026-09\n\x1b[2J" + "x" * 5000}),
    "months in another form": each({"month": "2026-09-01"}),
    "a row without an id": first({"id": None}),
    "a location that is a text": first({"location": "Elm Road"}),
    "all coordinates swapped": uk.edited(
        lambda rows: [
            row
            | {
                "location": row["location"]
                | {"latitude": row["location"]["longitude"], "longitude": row["location"]["latitude"]}
            }
            for row in rows
        ]
    ),
    "all coordinates not numbers": uk.edited(
        lambda rows: [row | {"location": row["location"] | {"latitude": "NaN", "longitude": "x"}} for row in rows]
    ),
    "no row with a category": each({"category": None}),
    "60 per cent fewer": uk.edited(lambda rows: rows[: len(rows) // 4]),
}
CASES = [
    *(pytest.param(path, spoiled, id=f"{path} {name}") for path in (STREET, UNPLACED) for name, spoiled in ANYWHERE.items()),
    *(pytest.param(STREET, spoiled, id=f"{STREET} {name}") for name, spoiled in STREET_ONLY.items()),
    pytest.param(UNPLACED, each({"month": "2025-03"}), id="unplaced crimes of another month"),
    *(pytest.param(STREET, uk.cut(offset / 20), id=f"cut at {offset}/20") for offset in range(20)),
]


@pytest.fixture(scope="module")
def stored_before(tmp_path_factory):
    """A data folder with an old month, made once and copied for each test."""
    home = tmp_path_factory.mktemp("before")
    with desk(home) as at_work:
        at_work.store(invented(OLD, placed=60), OLD)
    return home


@pytest.fixture
def today_desk(home, stored_before):
    shutil.copytree(stored_before, home)
    with desk(home) as at_work:
        yield at_work


def assert_plain(sentence: str) -> None:
    assert "Traceback" not in sentence
    assert sentence.isprintable()
    assert len(sentence) < 400
    assert "object at 0x" not in sentence
    assert "kept" in sentence or "Nothing was changed" in sentence
    assert sentence.endswith((".", "then."))


@pytest.mark.parametrize(("path", "spoiled"), CASES)
def test_a_bad_answer_keeps_the_old_month_and_says_why(today_desk, path, spoiled):
    before = today_desk.rows(OLD)
    today_desk.police.misbehave(spoiled, path=path, month=OLD)
    (outcome,) = today_desk.fetch(OLD, OLD)
    assert outcome.failed
    assert_plain(outcome.text)
    assert today_desk.rows(OLD).equals(before)
    assert today_desk.crimes.last_failed_fetch["why"] == outcome.text
    assert not today_desk.crimes.folder.damaged()


@pytest.mark.parametrize("name", ["another month's rows", "mixed months", "no crimes at all", "no row with a category"])
def test_a_bad_month_that_was_never_stored_stays_missing_and_the_others_come(home, name):
    with desk(home) as at_work:
        at_work.police.misbehave(STREET_ONLY[name], path=STREET, month=NEWEST + -1)
        outcomes = at_work.fetch()
        assert [outcome.failed for outcome in outcomes] == [False, True, False]
        assert [stored.month for stored in at_work.crimes.months()] == [NEWEST + -2, NEWEST]


@pytest.mark.parametrize("spoiled", ANYWHERE.values(), ids=ANYWHERE)
def test_without_the_list_of_months_nothing_is_fetched(today_desk, spoiled):
    before = today_desk.crimes.months()
    today_desk.police.misbehave(spoiled, path="crimes-street-dates")
    with pytest.raises((Unreachable, BadInput)) as refused:
        today_desk.fetch()
    assert_plain(str(refused.value))
    assert today_desk.crimes.months() == before
    assert today_desk.crimes.last_failed_fetch["why"] == str(refused.value)


@pytest.mark.parametrize(
    "months",
    [[], [{"date": "2999-01"}], [{"date": "0000-01"}], [{"date": "2026-9"}], [{"date": None}], [{"month": "2026-09"}]],
    ids=str,
)
def test_a_list_without_usable_months_is_refused(today_desk, months):
    today_desk.police.misbehave(uk.edited(lambda _good: months), path="crimes-street-dates")
    with pytest.raises(BadInput) as refused:
        today_desk.fetch()
    assert_plain(str(refused.value))
    assert today_desk.rows(OLD) is not None


class Broken(requests.adapters.BaseAdapter):
    """A network that fails before anything is sent."""

    def __init__(self, error: Exception):
        super().__init__()
        self.error = error

    def send(self, *_args, **_kwargs):
        raise self.error

    def close(self) -> None:
        """Nothing was opened."""


@pytest.mark.parametrize(
    "error",
    [
        requests.ConnectionError("Name or service not known"),
        requests.ConnectTimeout(),
        requests.ReadTimeout(),
        requests.exceptions.SSLError("certificate verify failed"),
        requests.exceptions.ProxyError(),
        requests.exceptions.ChunkedEncodingError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_network_that_fails_is_said_in_a_sentence(today_desk, error):
    today_desk.session.mount("http://", Broken(error))
    with pytest.raises(Unreachable) as refused:
        today_desk.fetch()
    assert_plain(str(refused.value))
    assert "127.0.0.1" in str(refused.value)


def test_a_closed_door_is_said_in_a_sentence(today_desk):
    with refused(Unreachable, Code.POLICE_UNREACHABLE):
        today_desk.fetch(api=today_desk.api("http://127.0.0.1:9"))


def test_a_door_that_does_not_speak_tls_is_said_in_a_sentence(today_desk):
    with refused(Unreachable, Code.POLICE_NOT_PROVED) as refusal:
        today_desk.fetch(api=today_desk.api(today_desk.police.url.replace("http:", "https:")))
    assert_plain(str(refusal.value))


@pytest.mark.parametrize("url", ["http://", "http://a..b", "http://[", "http://" + "a" * 70 + ".example"])
def test_an_address_that_is_none_is_said_in_a_sentence(today_desk, url):
    with pytest.raises(Refused) as refused:
        today_desk.fetch(api=today_desk.api(url))
    assert_plain(str(refused.value))


@pytest.mark.parametrize(
    "spoiled", [uk.silent(30), uk.dripping(0.01), uk.dripping(0.2)], ids=["silent", "dripping", "slow drip"]
)
def test_an_answer_that_takes_too_long_is_given_up(today_desk, spoiled):
    today_desk.police.misbehave(spoiled, path=STREET, month=OLD)
    (outcome,) = today_desk.fetch(OLD, OLD, api=today_desk.api(short_of_patience=STREET))
    assert "did not answer in time" in outcome.text
    assert today_desk.rows(OLD) is not None


def test_an_answer_without_end_is_given_up(today_desk, monkeypatch):
    monkeypatch.setattr(client, "LARGEST_ANSWER", 10_000)
    today_desk.police.misbehave(
        lambda good: uk.gzipped()(replace(good, body=b"[" + b" " * 20_000_000 + b"]")), path=STREET, month=OLD
    )
    (outcome,) = today_desk.fetch(OLD, OLD)
    assert "MB" in outcome.text
    assert today_desk.rows(OLD) is not None


def test_a_release_in_the_middle_of_a_month_is_noticed(today_desk):
    today_desk.police.misbehave(lambda good: good, path="crime-last-updated", times=1)
    today_desk.police.misbehave(uk.body(b'{"date": "2026-10-01"}'), path="crime-last-updated", times=1)
    (outcome,) = today_desk.fetch(OLD, OLD)
    assert "published new data" in outcome.text
    assert set(today_desk.rows(OLD).month) == {str(OLD)}


def test_a_service_that_is_down_is_not_asked_for_every_month(home):
    with desk(home, months=12) as at_work:
        at_work.police.misbehave(uk.status(502), path=STREET)
        outcomes = at_work.fetch()
        assert [outcome.month for outcome in outcomes] == [NEWEST, NEWEST + -1, NEWEST + -2, None]
        assert all(outcome.failed for outcome in outcomes)
        assert at_work.crimes.months() == []


def test_a_fetch_that_succeeds_forgets_the_failed_one(today_desk):
    today_desk.police.misbehave(uk.status(404), path=STREET, times=1)
    today_desk.fetch(OLD, OLD)
    assert today_desk.crimes.last_failed_fetch
    today_desk.fetch(OLD, OLD)
    assert today_desk.crimes.last_failed_fetch is None
