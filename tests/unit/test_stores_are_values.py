"""A store is the state of a moment: equal to another of the same state, and the same whatever is changed after it was made."""

from collections.abc import Callable
from pathlib import Path

import pytest
from made_stores import TOWN, add_crimes, add_wards
from made_wards import wards

from mkmap.crimes.query import area_crimes
from mkmap.crimes.store import Crimes
from mkmap.lake.store import FolderStore
from mkmap.places.store import Places, WardSet
from mkmap.plans.store import Plans


def add_plans(home: Path) -> None:
    Plans(home).fill("made", {}, [], "2025-01")


CHANGES = {Crimes: add_crimes, Places: add_wards, Plans: add_plans}
each = pytest.mark.parametrize(("kind", "change"), CHANGES.items(), ids=lambda value: getattr(value, "__name__", ""))


@each
def test_two_of_one_state_are_one_key(home: Path, kind: type[FolderStore], change: Callable[[Path], object]):
    change(home)
    assert kind(home) == kind(home)
    assert len({kind(home), kind(home)}) == 1


@each
def test_a_change_makes_another_value(home: Path, kind: type[FolderStore], change: Callable[[Path], object]):
    before = kind(home)
    change(home)
    assert before != kind(home)
    assert before.now() == kind(home)


def test_stores_of_different_places_or_kinds_are_different(tmp_path: Path):
    one, other = tmp_path / "one", tmp_path / "other"
    assert len({Crimes(one), Crimes(other), Places(one), Plans(one)}) == 4


def test_what_was_held_stays_as_it_was(home: Path):
    crimes, places = Crimes(home), Places(home)
    ward_set = add_wards(home)
    add_crimes(home)
    assert (crimes.months(), places.ward_sets(), places.points_file()) == ([], [], None)
    assert (len(crimes.now().months()), places.now().ward_sets()) == (2, [ward_set])


def test_months_that_are_replaced_are_still_counted_for_who_holds_them(home: Path):
    ward_set = add_wards(home)
    add_crimes(home)
    crimes, places = Crimes(home), Places(home)
    add_crimes(home, [*TOWN, *TOWN[:3]])
    assert area_crimes(crimes, places, ward_set, "thames-valley").cells["crimes"].sum() == len(TOWN) - 1
    assert area_crimes(crimes.now(), places.now(), ward_set, "thames-valley").cells["crimes"].sum() == len(TOWN) + 2


def test_wards_that_are_replaced_are_still_there_for_who_holds_them(home: Path):
    ward_set = add_wards(home)
    places = Places(home)
    Places(home).add_wards(WardSet("made", ward_set.start, None, 1, "made"), wards(1))
    assert (len(places.wards(ward_set)), len(places.now().wards(ward_set))) == (3, 1)
