"""`python -m mkmap briefing` writes two sheets about a ward, or says in one line why not and writes nothing."""

from pathlib import Path

import command_line
import made_stores
import pytest
from made_briefings import years
from sheets_read import sheets


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return years(tmp_path_factory.mktemp("years"))


def briefing(home: Path, *words: object) -> command_line.Done:
    return command_line.run(home, "briefing", *words)


REFUSED = [
    (("--ward", "Broghton"), "There is no ward “Broghton”. Did you mean Broughton? Nothing was written."),
    (("--ward", "Atlantis"), "There is no ward “Atlantis”. There are Alder Park, Broughton and Cedar & Elm. Nothing was written."),
    (("--ward", "Broughton", "--type", "Burglery"), "There is no crime type “Burglery”. Did you mean Burglary? Nothing was written."),
    (("--ward", "Broughton", "--to", "2019-01"), "There is nothing about January 2019: the months go from January 2023 to"),
    (("--ward", "Broughton", "--from", "2019-01", "--to", "2025-01"), "There is nothing about January 2019"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "why"), REFUSED)
def test_what_is_not_there_is_refused_in_one_line(home: Path, tmp_path: Path, words: tuple[str, ...], why: str):
    done = briefing(home, *words, "-o", tmp_path / "it.pdf")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(why)
    assert list(tmp_path.iterdir()) == []


def test_a_name_of_two_wards_asks_for_the_code(tmp_path: Path):
    made_stores.add_wards(tmp_path / "data", ["Same", "Same", "Other"])
    made_stores.add_crimes(tmp_path / "data")
    done = briefing(tmp_path / "data", "--ward", "same", "-o", tmp_path / "it.pdf")
    assert (done.returncode, done.stderr) == (
        1, "Several wards are named “same”. Name one by its code: E05000001 and E05000002. Nothing was written.\n",
    )  # fmt: skip


def test_a_place_that_cannot_be_written_is_said(home: Path, tmp_path: Path):
    done = briefing(home, "--ward", "Broughton", "-o", tmp_path / "no" / "it.pdf")
    assert (done.returncode, done.stderr) == (1, f"{tmp_path}/no/it.pdf cannot be written: No such file or directory.\n")
    (tmp_path / "file").write_text("")
    done = briefing(home, "--all", "-o", tmp_path / "file")
    assert (done.returncode, done.stderr) == (1, f"{tmp_path}/file cannot be written: File exists.\n")


@pytest.mark.parametrize(
    "words", [(), ("--ward", "Broughton", "--all"), ("--ward", "B", "--from", "2025-02", "--to", "2025-01")]
)
def test_wrong_usage_is_2(home: Path, tmp_path: Path, words: tuple[str, ...]):
    assert briefing(home, *words, "-o", tmp_path / "it.pdf").returncode == 2


def test_a_broken_store_is_refused(tmp_path: Path):
    home = made_stores.town(tmp_path / "data")
    (file,) = (home / "police").glob("2025-01*.parquet")
    file.write_bytes(b"PAR1 this is no Parquet PAR1")
    done = briefing(home, "--ward", "Broughton", "-o", tmp_path / "it.pdf")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert not (tmp_path / "it.pdf").exists()


@pytest.mark.parametrize("ward", ["alder  PARK", "E05000001", "e05000001"])
def test_a_ward_is_named_by_name_or_code(home: Path, tmp_path: Path, ward: str):
    done = briefing(
        home, "--ward", ward, "-o", tmp_path / "it.pdf", "--from", "2025-01", "--to", "2025-02", "--type", "burglary"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"1 briefing written: {tmp_path / 'it.pdf'}\n"
    assert (
        sheets((tmp_path / "it.pdf").read_bytes())
        .pages[0]
        .startswith("Ward briefing · Milton Keynes Alder Park Burglary, January 2025 to February 2025 36 recorded")
    )


def test_without_months_it_is_the_latest_year_without_a_gap(home: Path, tmp_path: Path):
    assert briefing(home, "--ward", "Broughton", "-o", tmp_path / "it.pdf").returncode == 0
    assert "Burglary, July 2024 to June 2025" in sheets((tmp_path / "it.pdf").read_bytes()).pages[0]


def test_a_gap_ends_the_year(tmp_path: Path):
    made_stores.town(tmp_path / "data")
    assert briefing(tmp_path / "data", "--ward", "Broughton", "--type", "all", "-o", tmp_path / "it.pdf").returncode == 0
    assert "Crimes of all types, March 2025" in sheets((tmp_path / "it.pdf").read_bytes()).pages[0]


def test_all_wards_at_once(home: Path, tmp_path: Path):
    done = briefing(home, "--all", "-o", tmp_path / "new" / "folder", "--from", "2025-06")
    assert (done.returncode, done.stdout) == (0, f"3 briefings written: {tmp_path / 'new' / 'folder'}\n")
    assert sorted(file.name for file in (tmp_path / "new" / "folder").iterdir()) == [
        "Alder-Park-E05000001-2025-06-to-2025-06.pdf",
        "Broughton-E05000002-2025-06-to-2025-06.pdf",
        "Cedar-Elm-E05000003-2025-06-to-2025-06.pdf",
    ]


def test_a_name_leads_to_no_other_folder(tmp_path: Path):
    made_stores.add_wards(tmp_path / "data", ["../../evil", "/etc/passwd", "..."])
    made_stores.add_crimes(tmp_path / "data")
    assert briefing(tmp_path / "data", "--all", "-o", tmp_path / "out", "--from", "2025-01", "--to", "2025-01").returncode == 0
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 3
    assert {file.name for file in tmp_path.iterdir()} == {"data", "out"}


def test_of_the_demonstration_it_says_so(demonstration: Path, tmp_path: Path):
    done = briefing(demonstration, "--ward", "Wolverton", "-o", tmp_path / "it.pdf")
    assert "They are of the demonstration: invented, not evidence." in done.stdout
