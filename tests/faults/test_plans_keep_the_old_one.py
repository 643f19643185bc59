"""On police.uk's bad days the old plan stays with its age, and one plain sentence says why; nothing half is ever stored."""

import shutil
from pathlib import Path

import made_stores
import pytest
from made_plans import AT, E1, E2, Station, station
from refusing import refused
from servers import police_uk as uk
from servers.police_ground import priority
from test_fetch_keeps_the_old_month import ANYWHERE, assert_plain

from mkmap.errors import Code, Refused
from mkmap.police.fetching import FetchResult

LOCATE, ITSELF, PEOPLE, PRIORITIES, EVENTS = (
    "locate-neighbourhood",
    "thames-valley/E1",  # it begins the paths of the others, too
    "thames-valley/E1/people",
    "thames-valley/E1/priorities",
    "thames-valley/E1/events",
)
WRONG_TYPES = {
    "a list in a list": uk.body(b"[[]]"),
    "true": uk.body(b"true"),
    "texts": uk.body(b'["x"]'),
    "odd issues": uk.body(b'[{"issue": {"a": 1}, "title": {"a": 1}, "name": {"a": 1}}]'),
    "too many": uk.body(b"[" + b",".join([b"{}"] * 600) + b"]"),
}
CASES = [
    *(pytest.param(path, bad, id=f"{path} {name}") for path in (LOCATE, PRIORITIES) for name, bad in ANYWHERE.items()),
    *(
        pytest.param(path, ANYWHERE[name], id=f"{path} {name}")
        for path in (ITSELF, PEOPLE, EVENTS)
        for name in ("500", "404", "a page instead of data", "null", "an object", "a list of nulls", "broken off")
    ),
    *(
        pytest.param(path, bad, id=f"{path} {name}")
        for path in (PEOPLE, PRIORITIES, EVENTS)
        for name, bad in WRONG_TYPES.items()
    ),
    *(pytest.param(ITSELF, uk.body(b"[]"), id=f"{ITSELF} []") for _once in "x"),
    *(pytest.param(PRIORITIES, uk.cut(offset / 20), id=f"cut at {offset}/20") for offset in range(20)),
]


@pytest.fixture(scope="module")
def fetched_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the plan of the one ward there is, made once and copied for each test."""
    home = tmp_path_factory.mktemp("before")
    made_stores.add_wards(home, ["Alder Park"])
    with station(home) as at_work:
        at_work.fetch()
    return home


@pytest.fixture
def later(home: Path, fetched_before: Path):
    """Ten days later: there is a new priority to be fetched."""
    shutil.copytree(fetched_before, home)
    with station(home) as at_work:
        at_work.first.priorities.append(priority("A new one."))
        yield at_work


def assert_kept(at_work: Station, outcomes: list[FetchResult]) -> None:
    failed = [outcome for outcome in outcomes if outcome.failed]
    assert failed
    assert_plain(failed[0].text)
    assert at_work.plans.last_failed_fetch["why"] == failed[0].text
    assert at_work.plans.wards("made")[made_stores.ALDER].neighbourhoods == (E1,)
    assert not at_work.plans.damaged()


@pytest.mark.parametrize(("path", "spoiled"), CASES)
def test_a_bad_answer_keeps_the_old_plan_and_says_why(later: Station, path: str, spoiled):
    before = later.plan()
    later.police.misbehave(spoiled, path=path)
    assert_kept(later, later.fetch(days=10))
    if path == LOCATE:
        assert later.plans.wards("made")[made_stores.ALDER].fetched_at == AT
        assert len(later.plan().priorities) == 2, "the plans of the neighbourhoods that are known come all the same"
    else:
        assert later.plan() == before, "all of a plan, or none of it"


@pytest.mark.parametrize(
    "spoiled", [uk.silent(30), uk.dripping(0.01), uk.dripping(0.2)], ids=["silent", "dripping", "slow drip"]
)
def test_an_answer_that_takes_too_long_is_given_up(later: Station, spoiled):
    later.police.misbehave(spoiled, path=PEOPLE)
    outcomes = later.fetch(days=10, short_of_patience=PEOPLE)
    assert_kept(later, outcomes)
    assert "did not answer in time" in outcomes[-1].text


HICCUPS = {
    "500": uk.status(500),
    "429": uk.status(429, Retry_After="7"),
    "cut": uk.cut(0.5),
    "page": uk.body(b"<html>", "text/html"),
}


@pytest.mark.parametrize("path", [LOCATE, ITSELF, PEOPLE, PRIORITIES, EVENTS])
@pytest.mark.parametrize("spoiled", HICCUPS.values(), ids=HICCUPS)
def test_a_hiccup_is_asked_again(later: Station, path: str, spoiled):
    later.police.misbehave(spoiled, path=path, times=1)
    assert [outcome.failed for outcome in later.fetch(days=10)] == [False]
    assert len(later.plan().priorities) == 2
    assert later.plans.last_failed_fetch is None


def test_empty_lists_are_an_answer_and_a_change(later: Station):
    later.police.misbehave(uk.body(b"[]"), path=PRIORITIES)
    assert [outcome.failed for outcome in later.fetch(days=10)] == [False]
    assert later.plan().priorities == ()
    assert [change.kind for change in later.plan().history] == ["removed"]


def test_another_neighbourhood_than_was_asked_for_is_refused(later: Station):
    later.first.details = {"id": "E9"}
    before = later.plan()
    outcomes = later.fetch(days=10)
    assert_kept(later, outcomes)
    assert "another neighbourhood" in outcomes[-1].text
    assert later.plan() == before


def test_one_neighbourhood_that_fails_does_not_hold_up_the_others(home: Path):
    with station(home) as at_work:
        at_work.police.misbehave(uk.body(b"{}"), path=ITSELF)
        stored, failed = at_work.fetch()
        assert (stored.failed, failed.failed) == (False, True)
        assert (at_work.plan(E1), at_work.plan(E2) is not None) == (None, True)
        assert at_work.plans.of_ward("made", made_stores.ALDER).plans == ()


def test_one_ward_that_fails_does_not_hold_up_the_others(home: Path):
    with station(home) as at_work:
        at_work.police.misbehave(uk.body(b"null"), path=LOCATE, times=1)
        outcomes = at_work.fetch()
        assert [outcome.failed for outcome in outcomes] == [False, True]
        assert set(at_work.plans.wards("made")) == {made_stores.BROUGHTON, made_stores.CEDAR}


def test_a_service_that_is_down_is_not_asked_on_and_on(home: Path):
    with station(home) as at_work:
        made_stores.add_wards(home, ["A", "B", "C", "D", "E", "F", "G"])
        at_work.police.misbehave(uk.status(500))
        outcomes = at_work.fetch()
        assert "not answering" in outcomes[-1].text
        assert len(at_work.police.requests) == 3 * 5
        assert at_work.plans.version == "" or not at_work.plans.neighbourhoods()


def test_a_ward_without_police_is_said_and_a_town_without_any_is_not_believed(home: Path):
    with station(home) as at_work:
        both, at_work.police.grounds = at_work.police.grounds, []
        (outcome,) = at_work.fetch()
        assert "no neighbourhood in the whole area" in outcome.text
        assert at_work.plans.wards("made") == {}
        at_work.police.grounds = both[1:]
        assert [outcome.failed for outcome in at_work.fetch()] == [False]
        assert at_work.plans.of_ward("made", made_stores.ALDER).neighbourhoods == ()


def test_the_old_plan_is_still_there_after_a_full_disk(later: Station, monkeypatch: pytest.MonkeyPatch):
    before = later.plan()

    def full(*_args) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mkmap.lake.manifest.sync", full)
    with refused(Refused, Code.FOLDER_UNWRITABLE):
        later.fetch(days=10)
    monkeypatch.undo()
    assert later.plan() == before
    assert not later.plans.damaged()
