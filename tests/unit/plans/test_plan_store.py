"""Each ward has its neighbourhoods, each neighbourhood its plan with its history; a fetch keeps to its pace and its week."""

import json
from datetime import timedelta

import made_stores
import pytest
import shapely
from made_plans import AT, E1, E2, station
from made_wards import square
from refusing import refused
from servers.police_ground import Ground, priority

from mkmap.errors import Code, Damaged
from mkmap.plans.fetch import REFETCH_AFTER
from mkmap.plans.plan import ChangeKind
from mkmap.plans.questions import GRID, places_in
from mkmap.plans.store import Plans

ALDER, BROUGHTON, CEDAR = made_stores.ALDER, made_stores.BROUGHTON, made_stores.CEDAR


@pytest.fixture
def at_work(home):
    with station(home) as one:
        yield one


def test_each_ward_has_the_neighbourhoods_that_lie_in_it(at_work):
    at_work.fetch()
    found = at_work.plans.wards("made")
    assert {code: place.neighbourhoods for code, place in found.items()} == {ALDER: (E1,), BROUGHTON: (E1, E2), CEDAR: (E2,)}
    assert {place.fetched_at for place in found.values()} == {AT}


def test_the_middle_comes_first_however_small_its_neighbourhood(at_work):
    middle = shapely.Point(square(0).centroid).buffer(0.0005)
    at_work.police.grounds.insert(0, Ground("M1", middle))
    at_work.fetch()
    first, *others = at_work.plans.wards("made")[ALDER].neighbourhoods
    assert (first.id, others) == ("M1", [E1])


def test_a_corner_at_the_border_is_no_second_neighbourhood(at_work):
    at_work.police.grounds.insert(0, Ground("M1", square(0).boundary.buffer(0.0005)))
    at_work.fetch()
    assert at_work.plans.wards("made")[ALDER].neighbourhoods == (E1,)


SHAPES = {
    "a square": square(0),
    "a sliver": shapely.box(0, 52, 0.0002, 52.1),
    "a ring": square(0).buffer(0.01) - square(0).buffer(0.002),
    "islands": shapely.MultiPolygon([square(0), square(5)]),
    "a crescent": shapely.Point(0, 52).buffer(0.1) - shapely.Point(0.05, 52).buffer(0.1),
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_places_asked_for_lie_inside_and_are_few(shape):
    places = places_in(shape)
    assert 1 <= len(places) <= GRID**2 + 1
    assert all(shape.contains(shapely.Point(place)) for place in places)
    assert places == places_in(shape)


def test_a_plan_is_kept_as_it_was_said(at_work):
    at_work.first.priorities = [priority("<p>Sheds.</p>", action="<p>Locks.</p>", action_date="2026-09-02T00:00:00")]
    at_work.fetch()
    plan = at_work.plan()
    assert (plan.name, plan.contact.telephone, plan.contact.web) == ("Alder & West", "101", "http://www.police.example/east")
    assert [(one.issue, one.action, str(one.acted)) for one in plan.priorities] == [("Sheds.", "Locks.", "2026-09-02")]
    assert [one.title for one in plan.events] == ["Have your say"]
    assert (plan.fetched_at, plan.history) == (AT, ())
    assert Plans(at_work.home).plan(E1) == plan, "a new process reads the same"


def test_what_changed_is_kept_over_the_fetches(at_work):
    at_work.fetch()
    at_work.first.priorities = []
    (outcome,) = at_work.fetch(days=7)
    assert outcome.text == "The plans of 2 police neighbourhoods are stored; 1 change since the previous fetch."
    at_work.first.priorities = [priority("New.")]
    at_work.fetch(days=14)
    assert [(one.kind, (one.seen_at - AT).days) for one in at_work.plan().history] == [
        (ChangeKind.ADDED, 14),
        (ChangeKind.REMOVED, 7),
    ]
    at_work.fetch(days=21)
    assert len(at_work.plan().history) == 2


def test_a_fetch_says_how_it_goes(at_work):
    (outcome,) = at_work.fetch()
    assert (outcome.failed, outcome.text) == (False, "The plans of 2 police neighbourhoods are stored.")
    assert any("Alder Park" in text for _done, _total, text in at_work.progress)
    assert at_work.progress[-1][0] == at_work.progress[-1][1] == 2


def test_police_uk_is_asked_slowly_and_seldom(at_work):
    at_work.fetch()
    asked = len(at_work.police.requests)
    assert asked <= 3 * (GRID**2 + 1) + 2 * 4
    assert at_work.clock.now - 1000 > 0.1 * (asked - 1) - 0.01
    assert at_work.fetch(days=1, only_due=True) == []
    assert at_work.fetch(days=6.9, only_due=True) == []
    assert len(at_work.police.requests) == asked, "within a week nothing is asked again"
    assert at_work.fetch(days=REFETCH_AFTER / timedelta(days=1), only_due=True)
    assert len(at_work.police.requests) == 2 * asked


def test_new_wards_are_due_at_once_and_old_ones_keep_theirs(at_work):
    at_work.fetch()
    made_stores.add_wards(at_work.home, ["New North"], name="newer", first=7, start=made_stores.START.replace(year=2026))
    at_work.fetch(days=1, only_due=True)
    assert at_work.plans.wards("newer")["E05000007"].neighbourhoods == (E1,)
    assert at_work.plans.wards("made")[ALDER].fetched_at == AT
    assert at_work.plan().fetched_at == AT, "the plan itself is not yet due"


def test_without_wards_nobody_is_asked(at_work):
    at_work.places.folder.path.joinpath("manifest.json").unlink()
    assert at_work.fetch() == []
    assert at_work.police.requests == []


def test_the_age_of_the_store_is_that_of_its_oldest_plan(at_work):
    assert at_work.plans.fetched_at is None
    at_work.fetch()
    at_work.police.misbehave(lambda good: good.__class__(500), path="thames-valley/E2")
    at_work.fetch(days=8)
    assert at_work.plan(E1).fetched_at > at_work.plan(E2).fetched_at
    assert at_work.plans.fetched_at == AT


def test_a_damaged_plan_is_said_and_the_next_fetch_heals_it(at_work):
    at_work.fetch()
    (file,) = at_work.plans.folder.path.glob("thames-valley-E1-*.json")
    file.write_text("{}")
    assert any(str(file) in sentence for sentence in at_work.plans.damaged())
    with refused(Damaged, Code.FILE_CHANGED):
        Plans(at_work.home).plan(E1)
    at_work.plans.note_fetch({"at": "", "why": "a new version of the manifest"})
    at_work.fetch(days=1)
    assert at_work.plan().priorities
    assert not at_work.plans.damaged()


def test_a_missing_plan_is_said(at_work):
    at_work.fetch()
    (file,) = at_work.plans.folder.path.glob("thames-valley-E1-*.json")
    file.unlink()
    at_work.plans.note_fetch({"at": "", "why": "a new version of the manifest"})
    with refused(Damaged, Code.FILE_MISSING):
        at_work.plans.plan(E1)


@pytest.mark.parametrize("broken", ["{ not json", json.dumps({"wards": [1]}), json.dumps({"wards": {"made": {"E": {}}}})])
def test_a_broken_manifest_is_said(at_work, broken: str):
    at_work.fetch()
    (at_work.plans.folder.path / "manifest.json").write_text(broken)
    with pytest.raises(Damaged):
        at_work.plans.of_ward("made", ALDER)
