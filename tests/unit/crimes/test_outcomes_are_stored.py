"""Outcomes files: stored beside the crimes, one a force and month, whole or not at all; the newest release wins."""

import json
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from command_line import run
from made_archive import (
    AT,
    FORCE,
    csv_file,
    ingest,
    name,
    outcome,
    outcomes_text,
    packed,
    rows,
    stored_files,
    text,
)
from refusing import refused

from mkmap.crimes.layouts import OUTCOME_COLUMNS
from mkmap.crimes.store import Crimes, StoredOutcomes
from mkmap.errors import BadInput, Code
from mkmap.month import Month

JANUARY, FEBRUARY = Month(2025, 1), Month(2025, 2)


def of(count: int, month: str = "2025-01", **changed: str) -> bytes:
    return outcomes_text(outcome(number, month, **changed) for number in range(count))


def archive(folder, outcomes: dict[str, bytes], crimes: int = 9, called: str = "a.zip"):
    """A zip with a street file of January 2025, or none, and these outcomes files by their months."""
    street = {name(): text(rows(crimes))} if crimes else {}
    return packed(folder / called, street | {name(month, kind="outcomes"): content for month, content in outcomes.items()})


def outcomes(home, force: str = FORCE) -> dict[Month, StoredOutcomes]:
    return Crimes(home).outcomes(force)


def kept_unless_refused(home, given, code: Code) -> BadInput:
    before = stored_files(home)
    with refused(BadInput, code) as refusal:
        ingest(home, given)
    assert stored_files(home) == before
    return refusal.value


def test_they_are_stored_beside_the_crimes_and_named_in_the_same_manifest(home, tmp_path):
    months = ingest(home, archive(tmp_path, {"2025-02": of(7, "2025-02"), "2025-01": of(5)}))
    assert [month.rows for month in months] == [9]
    assert {month: (one.rows, one.rejected, one.fetched_at) for month, one in outcomes(home).items()} == {
        JANUARY: (5, 0, AT), FEBRUARY: (7, 0, AT),
    }  # fmt: skip
    assert list(outcomes(home)) == [JANUARY, FEBRUARY]
    stored = outcomes(home)[JANUARY]
    assert stored.source == "a.zip/2025-01/2025-01-thames-valley-outcomes.csv"
    assert Crimes(home).path(stored).is_file()
    assert len(Crimes(home).folder.read()["files"]) == 3
    assert Crimes(home).folder.damaged() == []


def test_outcomes_alone_are_accepted(home, tmp_path):
    assert ingest(home, archive(tmp_path, {"2025-01": of(5)}, crimes=0)) == []
    assert [one.rows for one in outcomes(home).values()] == [5]
    assert Crimes(home).months() == []


def test_forces_stand_side_by_side(home, tmp_path):
    members = {name(force=force, kind="outcomes"): of(count) for force, count in ((FORCE, 9), ("kent", 7))}
    ingest(home, packed(tmp_path / "a.zip", members))
    assert [one.rows for one in outcomes(home).values()] == [9]
    assert [one.rows for one in outcomes(home, "kent").values()] == [7]


def test_every_row_is_kept_also_those_that_repeat_a_crime(home, tmp_path):
    ingest(home, archive(tmp_path, {"2025-01": outcomes_text([outcome(1), outcome(1), outcome(2)])}))
    assert outcomes(home)[JANUARY].rows == 3


def test_rows_that_name_no_crime_or_no_outcome_are_counted_as_rejected(home, tmp_path):
    bad = [outcome(**{"Crime ID": ""}), outcome(**{"Crime ID": "nonsense"}), outcome(9, **{"Outcome type": ""})]
    ingest(home, archive(tmp_path, {"2025-01": outcomes_text([*map(outcome, range(4)), *bad])}))
    assert (outcomes(home)[JANUARY].rows, outcomes(home)[JANUARY].rejected) == (7, 3)


PLAIN = of(5)
HARMLESS = {
    "CRLF": PLAIN.replace(b"\n", b"\r\n"),
    "BOM": b"\xef\xbb\xbf" + PLAIN,
    "no newline at the end": PLAIN.rstrip(b"\n"),
    "columns reordered": text((outcome(number) for number in range(5)), reversed(OUTCOME_COLUMNS)),
    "an extra column": text((outcome(number, Extra="x, y") for number in range(5)), [*OUTCOME_COLUMNS, "Extra"]),
    "everything quoted": b"\n".join(b'"' + line.replace(b",", b'","') + b'"' for line in PLAIN.splitlines()),
}


@pytest.mark.parametrize("content", HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_is_stored_as_if_it_were_not_there(home, tmp_path, content):
    ingest(home, archive(tmp_path, {"2025-01": content}))
    ingest(tmp_path / "plain", archive(tmp_path, {"2025-01": PLAIN}, called="plain.zip"))
    assert outcomes(home)[JANUARY].file == outcomes(tmp_path / "plain")[JANUARY].file  # its name tells its content


@pytest.mark.parametrize("words", ["'); DROP TABLE given; --", "<script>alert(1)</script>", "=1+1", "Ffordd, Gŵyr ☃ 通り"])
def test_words_are_kept_as_they_were_written(home, tmp_path, words):
    ingest(home, archive(tmp_path, {"2025-01": of(2, **{"Outcome type": words})}))
    stored = pq.ParquetFile(Crimes(home).path(outcomes(home)[JANUARY])).read()
    assert stored["outcome"].to_pylist() == [words] * 2


REFUSED = {
    "another month's": (outcomes_text([outcome(1), outcome(2, "2025-02")]), Code.ROWS_OF_ANOTHER_MONTH, None),
    "most without a crime": (outcomes_text([outcome(1), *[outcome(**{"Crime ID": ""})] * 2]), Code.ROWS_UNUSABLE, None),
    "a street file's columns": (text(rows(5)), Code.NOT_AN_OUTCOMES_FILE, 1),
    "a row too long": (of(5) + b"a,b,c,d,e,f,g,h,i,j,k\n", Code.NOT_AN_OUTCOMES_ROW, 7),
    "a row with a comma more": (of(5).replace(b"Suspect charged\n", b"Suspect charged,\n", 1), Code.NOT_AN_OUTCOMES_ROW, 2),
    "an unclosed quote": (of(5) + b'"', Code.NOT_AN_OUTCOMES_ROW, 7),
    "no text": (b"\0" + of(5), Code.NOT_A_TEXT, None),
}


@pytest.mark.parametrize(("content", "code", "row"), REFUSED.values(), ids=REFUSED)
def test_one_outcomes_file_that_cannot_be_used_keeps_everything_out(home, tmp_path, content, code, row):
    ingest(home, archive(tmp_path, {"2025-01": of(3)}, crimes=5, called="before.zip"))
    given = archive(tmp_path, {"2025-01": content, "2025-02": of(9, "2025-02")})
    assert kept_unless_refused(home, given, code).row == row


@pytest.mark.parametrize("nothing", [of(0), outcomes_text([outcome(**{"Crime ID": ""})] * 3)], ids=["no row", "no Crime ID"])
def test_a_file_that_names_no_crime_is_passed_over(home, tmp_path, nothing):
    """Some forces publish no outcomes; the archive of all forces is not wrong for that."""
    ingest(home, archive(tmp_path, {"2025-01": nothing, "2025-02": of(9, "2025-02")}))
    assert list(outcomes(home)) == [FEBRUARY]


def test_an_archive_in_which_no_file_names_a_crime_is_refused(home, tmp_path):
    ingest(home, archive(tmp_path, {"2025-01": of(3)}, called="before.zip"))
    refusal = kept_unless_refused(home, archive(tmp_path, {"2025-01": of(0)}, crimes=0), Code.NO_OUTCOMES)
    assert refusal.source.endswith("outcomes.csv")


def test_a_month_that_has_not_come_yet_is_refused(home, tmp_path):
    kept_unless_refused(home, archive(tmp_path, {"2026-12": of(3, "2026-12")}), Code.MONTH_TO_COME)


def test_a_street_file_that_cannot_be_used_keeps_the_outcomes_out(home, tmp_path):
    members = {name(): text(rows(9, "2024-12")), name(kind="outcomes"): of(5)}
    kept_unless_refused(home, packed(tmp_path / "a.zip", members), Code.ROWS_OF_ANOTHER_MONTH)
    assert outcomes(home) == {}


def test_the_newest_release_wins(home, tmp_path):
    ingest(home, archive(tmp_path, {"2025-01": of(5)}))
    before = outcomes(home)[JANUARY]
    ingest(home, archive(tmp_path, {"2025-01": of(6)}), at=AT + timedelta(days=30))
    after = outcomes(home)[JANUARY]
    assert (after.rows, after.fetched_at) == (6, AT + timedelta(days=30))
    assert before.file not in Crimes(home).folder.read()["files"]
    assert Crimes(home).folder.damaged() == []


def test_importing_twice_changes_nothing(home, tmp_path):
    given = archive(tmp_path, {"2025-01": of(5), "2025-02": of(7, "2025-02")})
    ingest(home, given)
    before = stored_files(home)
    ingest(home, given, at=AT + timedelta(days=1))
    assert stored_files(home) == before


def test_a_fall_of_more_than_sixty_per_cent_is_refused(home, tmp_path):
    ingest(home, archive(tmp_path, {"2025-01": of(10)}))
    refusal = kept_unless_refused(home, archive(tmp_path, {"2025-01": of(3)}), Code.MONTH_SHRANK)
    assert refusal.values == {"month": JANUARY, "rows": 3, "known": 10}


def test_a_manifest_that_was_written_before_there_were_outcomes_is_read(home, tmp_path):
    ingest(home, archive(tmp_path, {}))
    file = home / "police" / "manifest.json"
    older = json.loads(file.read_text())
    del older["outcomes"]
    file.write_text(json.dumps(older))
    assert (outcomes(home), len(Crimes(home).months())) == ({}, 1)
    ingest(home, archive(tmp_path, {"2025-01": of(5)}))
    assert list(outcomes(home)) == [JANUARY]


def test_the_import_says_what_it_stored(home, tmp_path):
    said = run(
        home, "import", archive(tmp_path, {"2025-01": outcomes_text([outcome(1), outcome(2), outcome(**{"Crime ID": ""})])})
    )
    assert "1 file stored: 9 rows" in said.stdout
    assert "1 outcomes file stored: 3 rows, of which 1 were rejected." in said.stdout
    alone = run(home, "import", archive(tmp_path, {"2025-01": of(5), "2025-02": of(7, "2025-02")}, crimes=0))
    assert alone.returncode == 0
    assert "2 outcomes files stored: 12 rows, of which 0 were rejected." in alone.stdout
    assert "file stored" not in alone.stdout
    assert "outcomes" not in run(home, "import", archive(tmp_path, {})).stdout


def test_status_and_verify_know_them(home, tmp_path):
    ingest(home, archive(tmp_path, {"2025-01": of(5), "2025-02": of(7, "2025-02")}))
    (january, february) = json.loads(run(home, "status", "--json").stdout)["outcomes"]
    assert january.keys() >= {"month", "rows", "source", "fetched_at"}
    assert [(one["month"], one["rows"]) for one in (january, february)] == [("2025-01", 5), ("2025-02", 7)]
    assert "Outcomes files: January 2025 to February 2025; 12 outcomes." in run(home, "status").stdout
    file = Crimes(home).path(outcomes(home)[JANUARY])
    file.write_bytes(b"changed")
    verified = run(home, "verify")
    assert verified.returncode == 1
    assert f"{file} is not the file that was stored" in verified.stderr


def test_a_real_outcomes_file_has_every_row(home, shared):
    (month,) = ingest(home, shared / "police-uk" / "thames-valley-2022-01-first-release.zip")
    (stored,) = outcomes(home).values()
    assert (month.rows, stored.rows, stored.rejected) == (15_691, 15_107, 0)


@pytest.mark.parametrize("called", ["2025-01-thames-valley-outcomes.csv"])
def test_one_csv_is_enough(home, tmp_path, called):
    file = csv_file(tmp_path, of(5)).rename(tmp_path / called)
    ingest(home, file)
    assert outcomes(home)[JANUARY].source == called
