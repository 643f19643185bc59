"""A stored month is whole or not by the months beside it: judged at each import, confirmed by an operator, kept by what it has."""

import json
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from made_archive import AT, FORCE, ingest, name, packed, rows, text

from mkmap.crimes.archive import opened
from mkmap.crimes.ingest import Imported, ingest_archive, ingest_frame
from mkmap.crimes.store import Crimes
from mkmap.crimes.stored import Vouched
from mkmap.crimes.wholeness import month_words
from mkmap.errors import Code, Refused
from mkmap.month import Month
from mkmap.operate.updating import judge_stored
from mkmap.places.store import Places
from mkmap.settings import Settings

MONTHS = [f"2025-0{number}" for number in range(1, 7)]
STUB = Month(2025, 6)
AREA = "E06000042"
ANN = Vouched("Ann", AT, "the force says so")


def archive(folder: Path, months: Iterable[str] = MONTHS, **counts: int) -> Path:
    """300 rows a month, or as many as are named: `j2025_06=14`."""
    folder.mkdir(exist_ok=True)
    of = {month: rows(counts.get(f"j{month.replace('-', '_')}", 300), month) for month in months}
    return packed(folder / f"{abs(hash((*of, *counts.items())))}.zip", {name(month): text(of[month]) for month in months})


def imported(home: Path, *archives: Path) -> Imported:
    with opened([str(one) for one in archives], force=FORCE) as members:
        return ingest_archive(Crimes(home), Places(home), members, at=AT, progress=lambda *_step: None)


def states(home: Path) -> dict[str, bool]:
    return {str(month.month): month.is_whole for month in Crimes(home).every(FORCE)}


def confirm(home: Path, month: Month = STUB) -> None:
    with Crimes(home).changing() as months:
        months.confirm(month, FORCE, ANN)


@pytest.fixture
def stubbed(home: Path, tmp_path: Path) -> Path:
    """Five whole months, and 14 rows of June."""
    ingest(home, archive(tmp_path / "a", j2025_06=14))
    return home


def test_a_stub_among_whole_months_is_stored_and_counted_nowhere(stubbed: Path):
    crimes = Crimes(stubbed)
    assert set(crimes.not_whole(FORCE)) == {STUB}
    assert STUB not in crimes.of_scope(FORCE, "force")
    assert len(crimes.of_force(FORCE)) == 5


def test_a_stub_that_came_first_is_found_when_others_come(home: Path, tmp_path: Path):
    imported(home, archive(tmp_path / "a", MONTHS[-1:], j2025_06=14))
    assert states(home) == {"2025-06": True}, "nobody can know yet"
    done = imported(home, archive(tmp_path / "b", MONTHS[:-1]))
    assert [str(month.month) for month in done.rejudged] == ["2025-06"]
    assert not states(home)["2025-06"]
    assert any(sentence.startswith("June 2025 is not whole.") for sentence in month_words.of_import(done, FORCE))


def test_a_part_takes_no_whole_month_s_place(home: Path, tmp_path: Path):
    ingest(home, archive(tmp_path / "a"))
    before = {file.name: file.read_bytes() for file in (home / "police").glob("*.parquet")}
    done = imported(home, archive(tmp_path / "b", MONTHS[-1:], j2025_06=130))
    assert (done.months, [str(month.month) for month in done.refused]) == ([], ["2025-06"])
    assert states(home)["2025-06"]
    assert {file.name: file.read_bytes() for file in (home / "police").glob("*.parquet")} == before
    (sentence,) = month_words.of_import(done, FORCE)
    assert sentence.startswith("June 2025 that came now is not whole. It has 130 rows;")
    assert sentence.endswith("The whole one that was stored before is kept.")


def test_a_part_takes_no_place_of_a_whole_month_that_does_not_say_its_area(home: Path, tmp_path: Path):
    ingest(home, archive(tmp_path / "a"))
    fetched_before_areas_were_said(home)
    part = pd.read_csv(BytesIO(text(rows(130, "2025-06"))), dtype=str).astype(object).where(lambda frame: frame.notna(), None)
    place = {"month": STUB, "force": FORCE, "scope": "area", "area": AREA, "source": "police.uk", "at": AT}
    stored = ingest_frame(Crimes(home, AREA), Places(home), part, **place)
    assert (stored.rows, stored.is_whole) == (130, False)
    (june,) = (month for month in Crimes(home).months() if month.month == STUB)
    assert (june.rows, june.area, june.is_whole) == (300, AREA, True)
    assert june.file in Crimes(home).manifest["files"]


def test_only_the_map_s_own_area_is_confirmed(home: Path, tmp_path: Path):
    ingest(home, archive(tmp_path / "a", j2025_06=14))
    fetched_before_areas_were_said(home, "E06000060")
    with pytest.raises(Refused) as refused, Crimes(home, AREA).changing() as months:
        months.confirm(STUB, FORCE, ANN)
    assert refused.value.code is Code.NOTHING_TO_CONFIRM


def test_a_part_replaces_a_whole_month_by_will_and_is_confirmed_beside(home: Path, tmp_path: Path):
    ingest(home, archive(tmp_path / "a"))
    part = archive(tmp_path / "b", MONTHS[-1:], j2025_06=100)
    with opened([str(part)], force=FORCE) as members:
        ingest_archive(Crimes(home), Places(home), members, at=AT, progress=lambda *_step: None, force=FORCE, vouched=ANN)
    assert not states(home)["2025-06"], "who answers for its place does not say that it is whole"
    assert [(one["rows_before"], one["rows"], one["who"]) for one in Crimes(home).manifest["replaced"]] == [(300, 100, "Ann")]
    confirm(home)
    assert Crimes(home).of_force(FORCE)[STUB].rows == 100


def test_a_release_that_lost_a_part_takes_no_place_though_no_other_month_tells(home: Path, tmp_path: Path):
    """The stored month itself tells; whoever knows better replaces it by will."""
    every = rows(300, "2025-06")
    imported(home, packed(tmp_path / "a.zip", {name("2025-06"): text(every)}))
    without_type = [one for one in every if one["Crime type"] != "Burglary"]
    without_ids = [{**one, "Crime ID": ""} for one in every]
    for place, worse in enumerate((without_type, without_ids)):
        done = imported(home, packed(tmp_path / f"{place}.zip", {name("2025-06"): text(worse)}))
        assert (done.months, [month.rows for month in done.refused]) == ([], [len(worse)])
        assert "import it with --replace" in month_words.of_import(done, FORCE)[0]
        assert Crimes(home).of_force(FORCE)[STUB].rows == 300


def test_the_whole_month_takes_a_stub_s_place(stubbed: Path, tmp_path: Path):
    done = imported(stubbed, archive(tmp_path / "b", MONTHS[-1:]))
    assert [(month.rows, month.is_whole) for month in done.months] == [(300, True)]
    assert all(states(stubbed).values())
    assert len(Crimes(stubbed).manifest["profiles"]) == 6, "of no file that is gone"


def test_what_is_confirmed_is_counted_and_who_said_so_is_kept(stubbed: Path, tmp_path: Path):
    confirm(stubbed)
    imported(stubbed, archive(tmp_path / "b", ["2025-07"]))
    month = Crimes(stubbed).of_force(FORCE)[STUB]
    assert month.confirmed == ANN
    assert month_words.why(month).endswith(f"Ann confirmed on {AT.date()} that it is whole: the force says so")
    imported(stubbed, archive(tmp_path / "a", j2025_06=14))
    assert Crimes(stubbed).of_force(FORCE)[STUB].confirmed == ANN, "the same rows again"


def test_other_rows_are_not_confirmed(stubbed: Path, tmp_path: Path):
    confirm(stubbed)
    done = imported(stubbed, archive(tmp_path / "b", MONTHS[-1:], j2025_06=20))
    assert [month.rows for month in done.refused] == [20], "what somebody has confirmed is kept"
    assert Crimes(stubbed).of_force(FORCE)[STUB].rows == 14


@pytest.mark.parametrize(("month", "code"), [(Month(2025, 1), Code.MONTH_IS_WHOLE), (Month(2024, 1), Code.NOTHING_TO_CONFIRM)])
def test_there_is_nothing_else_to_confirm(stubbed: Path, month: Month, code: Code):
    version = Crimes(stubbed).version
    with pytest.raises(Refused) as refused:
        confirm(stubbed, month)
    assert refused.value.code is code
    assert Crimes(stubbed).version == version


def test_a_store_of_before_months_were_judged_has_its_stub_found(stubbed: Path):
    unjudged(stubbed)
    assert set(Crimes(stubbed).not_whole(FORCE)) == {STUB}
    judge_stored(Settings(home=stubbed, force=FORCE))
    assert all(month.judged for month in Crimes(stubbed).months()), "from the first start on it is not done again"


def test_a_stub_of_such_a_store_is_no_whole_month_that_is_kept(stubbed: Path, tmp_path: Path):
    unjudged(stubbed)
    done = imported(stubbed, archive(tmp_path / "b", MONTHS[-1:], j2025_06=20))
    assert ([month.rows for month in done.months], done.refused) == ([20], [])


def fetched_before_areas_were_said(home: Path, area: str = "") -> None:
    """The months as an older mkmap would have fetched them; of an area, if one is named."""
    file = home / "police" / "manifest.json"
    manifest = {name: part for name, part in json.loads(file.read_text()).items() if name != "sha256"}
    for key, entry in list(manifest["months"].items()):
        del manifest["months"][key]
        new = entry | {"scope": "area", "area": area}
        manifest["months"]["/".join(filter(None, (key.rpartition("/")[0], "area", area)))] = new
    file.write_text(json.dumps(manifest))


def unjudged(home: Path) -> None:
    """As the manifest was then."""
    file = home / "police" / "manifest.json"
    manifest = json.loads(file.read_text())
    for month in manifest["months"].values():
        del month["judged"]
    del manifest["profiles"]
    file.write_text(json.dumps(manifest))


def test_the_same_archive_again_changes_nothing(stubbed: Path, tmp_path: Path):
    version = Crimes(stubbed).version
    with opened([str(archive(tmp_path / "a", j2025_06=14))], force=FORCE) as members:
        ingest_archive(Crimes(stubbed), Places(stubbed), members, at=AT + timedelta(days=1), progress=lambda *_step: None)
    assert Crimes(stubbed).version == version
