"""What people outside brought as wards and households is read, or refused in words: each case of ../shared/cases by its name."""

from pathlib import Path
from shutil import copytree

import pytest
from command_line import Done, run

from mkmap.places.store import Places

KEPT = "Nothing was changed."

WARDS = [  # case, file, names of the wards that are stored, or a part of the refusal
    ("20-two-councils-ltla24cd", "wards.geojson", ["Invented Ward 01", "Invented Ward 02", "Invented Ward 03"]),
    ("21-two-councils-names-only", "wards.geojson", ["Invented Ward 01", "Invented Ward 02", "Invented Ward 03"]),
    ("23-shapefile-in-folder-zip", "Wards.zip", 3),
    ("23-shapefile-in-folder-zip", "flat-with-macosx.zip", 3),
    ("24-topojson", "wards.topojson", ["Invented Ward 01", "Invented Ward 02", "Invented Ward 03"]),
    ("24-topojson", "wards.json", ["Invented Ward 01", "Invented Ward 02", "Invented Ward 03"]),
    ("26-ring-touches-itself", "spike.geojson", 3),
    ("26-ring-touches-itself", "touch.geojson", 3),
    ("27-one-ward-two-rows", "wards.geojson", ["Invented Ward 01", "Invented Ward 02", "Invented Ward 09"]),
    ("28-new-wards-without-codes", "wards.geojson", ["Invented Ward 01", "Invented Ward 02", "Invented Ward 03"]),
    ("28-new-wards-without-codes", "names-only.geojson", ["Invented Ward 01", "Invented Ward 02", "Invented Ward 03"]),
    ("30-welsh-names-no-cpg", "wards.zip", ["Llanbedr-y-cennin Tŷ", "Pen-y-groes Ŵyl", "Ynys Môn"]),
    ("32-geometry-collection", "wards.geojson", 3),
    (
        "36-two-wards-one-name",
        "wards.geojson",
        ["Invented Ward 01 (E05990001)", "Invented Ward 01 (E05990003)", "Invented Ward 02"],
    ),
    ("37-lsoas-as-wards", "areas.geojson", "its rows are LSOAs, not wards"),
    ("37-lsoas-as-wards", "parishes.geojson", "its rows are parishes, not wards"),
    ("38-london-datastore-columns", "wards.geojson", ["Invented Ward 01", "Invented Ward 02", "Invented Ward 03"]),
    ("38-london-datastore-columns", "planning-data.geojson", ["Invented Ward 01", "Invented Ward 02", "Invented Ward 03"]),
    ("39-boundary-line-columns", "wards.geojson", ["Invented Ward 01 Ward", "Invented Ward 02 Ward", "Invented Ward 03 Ward"]),
    ("39-boundary-line-columns", "numbers.geojson", "'1' in the column code is no code of a ward"),
]
HOUSEHOLDS = [  # case, file, what else is said to the command, households of the three wards, or a part of the refusal
    ("40-nomis-download", "nomis.csv", [], [7255, 5788, 6304]),
    ("41-percentages", "households_2021.csv", [], "the column Households deprived 2021 (%) has percentages, such as 52.1"),
    ("41-percentages", "households_pct.csv", [], "the column households_with_no_car_2021, with values such as 12.4"),
    ("41-percentages", "households_pct.csv", ["--column", "households_with_no_car_2021"], "'12.4' in the column households_with_no_car_2021"),
    ("43-thousands", "households_2021.csv", [], "the column households (thousands) 2021 has thousands, such as 7.255"),
    ("44-excel-unicode", "households_2021.csv", [], [7255, 5788, 6304]),
    ("44-excel-unicode", "semicolon_2021.csv", [], [7255, 5788, 6304]),
    ("48-zero", "households_2021.csv", [], [7255, 0, 6304]),
    ("49-long-form", "ts041-2021.csv", [], "each ward stands in 3 rows, by Household deprivation (6 categories)"),
    ("49-long-form", "ons-custom.csv", ["--year", "2021"], "If one of them counts all households, say it with --column"),
    ("49-long-form", "ons-custom.csv", ["--year", "2021", "--column", "observation"], [7255, 5788, 6304]),
    ("50-plus", "h.csv", [], "the column households_2021 has on average 2 households a ward"),
]  # fmt: skip


@pytest.fixture(scope="module")
def cases(shared: Path) -> Path:
    folder = shared.parent / "cases"
    if not folder.is_dir():
        pytest.skip("needs the real files of ../shared/data, and ../shared/cases")
    return folder


@pytest.fixture(scope="module")
def three_wards(cases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the wards that the cases of households are for."""
    home = tmp_path_factory.mktemp("base")
    load_wards(home, cases / "base" / "wards.geojson")
    return home


def load_wards(home: Path, file: Path) -> Done:
    return run(home, "wards", file, "--from", "2014-05-22")


def stored_wards(home: Path) -> list[str]:
    places = Places(home)
    return [name for ward_set in places.ward_sets() for name in places.wards(ward_set)["name"]]


def is_refused(done: Done, part: str) -> bool:
    """In one line that says why and that nothing was changed."""
    return (done.returncode, done.stderr.count("\n"), part in done.stderr, KEPT in done.stderr) == (1, 1, True, True)


@pytest.mark.parametrize(("case", "file", "right"), WARDS)
def test_wards(cases: Path, home: Path, case: str, file: str, right: list[str] | int | str):
    done = load_wards(home, cases / case / file)
    names = stored_wards(home)
    if isinstance(right, str):
        assert (is_refused(done, right), names) == (True, []), done
    else:
        assert (done.returncode, done.stderr) == (0, "")
        assert names == right if isinstance(right, list) else len(names) == right


def test_36_a_shared_name_is_said(cases: Path, home: Path):
    assert (
        "share a name with another: Invented Ward 01."
        in load_wards(home, cases / "36-two-wards-one-name" / "wards.geojson").stdout
    )


def test_22_wards_of_another_council_are_noticed(cases: Path, home: Path):
    case = cases / "22-another-councils-wards"
    load_wards(home, case / "wards.geojson")
    for done in (run(home, "import", case / "2025-01-thames-valley-street.csv"), run(home, "status")):
        assert "200 of 200 crimes in Milton Keynes lie in no ward of “wards_2014_05_22”: E01099" in done.stdout
        assert "No crime lies in the wards “wards_2014_05_22”: check the ward file." in done.stdout


@pytest.mark.parametrize(("case", "file", "more", "right"), HOUSEHOLDS)
def test_households(cases: Path, three_wards: Path, home: Path, case: str, file: str, more: list[str], right: list[int] | str):
    copytree(three_wards, home)
    done = run(home, "households", cases / case / file, *more)
    places = Places(home)
    stored = places.households(places.ward_sets()[0])
    if isinstance(right, str):
        assert (is_refused(done, right), stored) == (True, None), done
    else:
        assert (done.returncode, done.stderr) == (0, "")
        assert stored is not None
        assert (list(stored.per_ward.values()), stored.year) == (right, 2021)
