"""The one sentence above the map."""

from pathlib import Path

import pytest
from made_stores import TOWN, add_crimes, add_wards, crimes
from page_visits import headline, said, visited

from mkmap.operate.commands import app as commands

JANUARY = {"from": "2025-01", "to": "2025-01"}


def test_a_month_without_figures_is_no_zero(town: Path):
    at = visited({"from": "2025-02", "to": "2025-02"})
    assert headline(at) == "There are no police figures for February 2025."
    assert "February 2025 is missing: it is counted nowhere, and is not zero." in said(at)


def test_a_stored_month_without_such_a_crime_is_zero(town: Path):
    assert headline(visited(JANUARY | {"type": "Robbery"})) == "Police recorded 0 robberies in Milton Keynes in January 2025."


def test_it_counts_the_area_and_what_could_not_be_placed(town: Path):
    at = visited(JANUARY)
    assert headline(at) == "Police recorded 5 burglaries in Milton Keynes in January 2025."
    assert "1 more across Thames Valley has no location: it may or may not lie here." in said(at)


@pytest.mark.parametrize(
    ("ward", "where"),
    [("Broughton", "2 burglaries in Broughton"), (["Broughton", "Cedar & Elm"], "2 burglaries in Broughton and Cedar & Elm")],
)
def test_it_names_the_chosen_wards(town: Path, ward, where: str):
    assert f"Police recorded {where} in January 2025" in headline(visited(JANUARY | {"ward": ward}))


def test_many_wards_are_counted_not_listed(home: Path):
    names = ["Ash", "Beech", "Cedar", "Elm", "Fir"]
    add_wards(home, names)
    add_crimes(home)
    assert "in 4 wards of Milton Keynes" in headline(visited(JANUARY | {"ward": names[:4]}))


@pytest.mark.parametrize(
    ("types", "counted"),
    [("Drugs", "1 drugs offence"), ("all", "6 crimes of all types"), (["Burglary", "Drugs"], "6 crimes (burglary and drugs)")],
)
def test_it_counts_the_chosen_types(town: Path, types, counted: str):
    assert headline(visited(JANUARY | {"type": types})).startswith(f"Police recorded {counted} in Milton Keynes")


def test_a_range_says_how_many_of_its_months_are_stored_and_its_gap(town: Path):
    at = visited({"from": "2025-01", "to": "2025-04"})
    assert "6 burglaries in Milton Keynes in 2 of the 4 months from January 2025 to April 2025" in headline(at)
    assert "February 2025 is missing" in said(at)
    assert "The police figures end with March 2025; April 2025 is not published or not loaded yet." in said(at)


def test_it_opens_on_burglary_in_the_latest_month(town: Path):
    assert headline(visited()) == "Police recorded 1 burglary in Milton Keynes in March 2025."


def test_a_setting_names_the_area(town: Path, setting):
    setting(AREA_NAME="New Town")
    assert "in New Town in" in headline(visited(JANUARY))


def test_crimes_of_another_force_are_not_counted(own_town: Path):
    add_crimes(own_town, crimes(40, "2025-01", 0), force="bedfordshire")
    assert len(TOWN) == 9
    assert "5 burglaries" in headline(visited(JANUARY))


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three real months of the force, imported and given the wards of 2014 by the commands."""
    home = tmp_path_factory.mktemp("real")
    with pytest.MonkeyPatch.context() as patch:
        from mkmap.settings import settings

        patch.setenv("MKMAP_HOME", str(home))
        settings.cache_clear()
        wards = str(shared / "wards" / "milton-keynes-wards-2014-generalised.geojson")
        commands(["wards", wards, "--from", "2014-05-22"], standalone_mode=False)
        commands(["import", str(shared / "police-uk" / "thames-valley.zip")], standalone_mode=False)
    settings.cache_clear()
    return home


@pytest.mark.parametrize(
    ("month", "name", "burglaries"),
    [("2018-10", "October 2018", 106), ("2019-02", "February 2019", 62), ("2022-04", "April 2022", 80), ("2025-06", "June 2025", 76)],
)  # fmt: skip
def test_real_months_have_the_known_burglaries(real: Path, setting, month: str, name: str, burglaries: int):
    setting(HOME=real)
    assert f"Police recorded {burglaries} burglaries in Milton Keynes in {name}" in headline(
        visited({"from": month, "to": month})
    )


def test_the_known_sentence(real: Path, setting):
    setting(HOME=real)
    at = visited({"from": "2018-10", "to": "2018-10"})
    assert headline(at) == "Police recorded 106 burglaries in Milton Keynes in October 2018."
    assert "131 more across Thames Valley have no location" in said(at)
