"""Crimes of the district that lie in no ward are counted and said; what is removed or lost makes no month read zero."""

import json
from datetime import date
from pathlib import Path

import made_stores
import pytest
from command_line import run
from made_wards import as_published, wards, written
from refusing import refused

from mkmap.crimes.monthly import monthly_counts
from mkmap.crimes.outside import lsoas_of, outside
from mkmap.crimes.query import area_crimes
from mkmap.crimes.store import Crimes
from mkmap.errors import Code, Damaged
from mkmap.month import Month
from mkmap.places.store import Places, WardSet

FORCE, AREA = made_stores.FORCE, "Milton Keynes"
JANUARY = Month.parse("2025-01")


@pytest.fixture
def town(home: Path) -> Path:
    return made_stores.town(home)


def test_the_crimes_outside_are_counted_with_their_lsoas(town: Path):
    places = Places(town)
    lost = outside(Crimes(town), places, places.ward_sets()[0], FORCE, AREA)
    every = monthly_counts(Crimes(town), places, places.ward_sets()[0], FORCE)
    assert lost.crimes == 1
    assert lost.of - lost.crimes == sum(sum(counts.values()) for counts in every.values())
    assert len(lost.lsoas) == 1
    assert (lost.placed, lost.inside) == (8, 7)
    of_luton = outside(Crimes(town), places, places.ward_sets()[0], FORCE, "Luton")
    assert (of_luton.of, of_luton.inside) == (0, 7)
    asked = run(town, "status", AREA="E06000032", AREA_NAME="Luton").stdout
    assert "No crime is in Luton by the name of its district, though 7 lie in the wards “made”." in asked


def test_few_lsoas_say_nothing_of_a_district(town: Path, home: Path):
    assert lsoas_of(Crimes(town), FORCE, AREA) is None
    assert lsoas_of(Crimes(home / "empty"), FORCE, AREA) is None


def test_each_set_is_held_against_its_own_months(town: Path):
    """A set of another place is in force from March on: January's crimes are not held against it."""
    Places(town).add_wards(WardSet("far", date(2025, 2, 1), None, 3, "made"), wards(3, first=7, row=40))
    by_set = {counted["name"]: counted for counted in json.loads(run(town, "status", "--json").stdout)["outside_wards"]}
    assert {name: (counted["crimes"], counted["of"]) for name, counted in by_set.items()} == {"made": (1, 7), "far": (1, 1)}
    assert "No crime lies in the wards “far”: check the ward file." in run(town, "status").stdout


def test_loading_wards_says_what_they_leave_out(town: Path, tmp_path: Path):
    file = written(as_published(wards(1, first=5)), tmp_path / "wards.geojson")
    assert (
        "4 of 8 crimes in Milton Keynes lie in no ward of “two”"
        in run(town, "wards", file, "--from", "2024-01-01", "--name", "two").stdout
    )


def test_a_removed_set_leaves_its_months_to_the_others(town: Path, with_demonstration: Path, tmp_path: Path):
    file = written(as_published(wards(3, first=5)), tmp_path / "wards.geojson")
    run(town, "wards", file, "--from", "2024-01-01", "--name", "two")
    before = json.loads(run(town, "status", "--json").stdout)["months"]
    assert "“two”: 3 wards, from 2024-01-01 to now, without households" in run(town, "wards", "list").stdout
    done = run(town, "wards", "remove", "TWO")
    assert (done.returncode, "Its months are shown in the wards of “made” now." in done.stdout) == (0, True)
    assert json.loads(run(town, "status", "--json").stdout)["months"] == before
    assert run(town, "wards", "remove", "two").returncode == 1
    done = run(town, "wards", "remove", "made")
    assert "No ward set is left: the app shows the demonstration" in done.stdout
    assert [month["rows"] for month in json.loads(run(town, "status", "--json").stdout)["months"]] == [None, None]
    assert (run(town, "wards", "list").stdout, run(town, "wards", "remove", "made").returncode) == (
        "No ward set is stored.\n",
        1,
    )


def test_lost_points_are_damage_and_no_zero(town: Path):
    """The folder of places is lost, and the wards are loaded again: the months name points that nobody knows."""
    places = Places(town)
    ward_set, frame = places.ward_sets()[0], places.wards(places.ward_sets()[0])
    for file in (town / "places").iterdir():
        file.unlink()
    Places(town).add_wards(ward_set, frame)
    for count in (area_crimes, monthly_counts):
        with refused(Damaged, Code.POINTS_LOST) as refusal:
            count(Crimes(town), Places(town), ward_set, FORCE)
        assert refusal.value.values == {"month": JANUARY}
    assert "Import that month again." in run(town, "status").stderr
