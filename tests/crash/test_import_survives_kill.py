"""An import may be killed at any instant: what was stored before or after it stands whole, and is simply imported again."""

import os
import random
import re
import time
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from forked import CONTEXT
from killed_import import child, import_and_wait, import_for_ever, import_until_step, read_until
from made_archive import FORCE, csv_file, ingest, name, outcomes_text, packed, rows, stored_files, text
from made_archive import outcome as one_outcome
from made_wards import wards
from refusing import refused
from shapely import box
from waiting import PATIENCE

from mkmap.crimes.store import Crimes
from mkmap.errors import Busy, Code, Refused
from mkmap.lake import manifest
from mkmap.month import Month
from mkmap.places.store import Places, WardSet

MONTHS = ["2024-01", "2024-02"]  # a release is torn where one is new and the other old
# The outcome of every crime → crimes a month; both are decided, so that neither release is older.
RELEASES = {"Local resolution": 40, "Offender given a caution": 45}


def release(folder: Path, outcome: str) -> Path:
    """An archive whose crimes all ended the same way, at points of its own, with outcomes files that say the same."""
    shift, count = list(RELEASES).index(outcome), RELEASES[outcome]
    street = {
        name(month): text(rows(count, month, **{"Last outcome category": outcome, "Latitude": f"52.0{number}{shift}000"}))
        for number, month in enumerate(MONTHS)
    }
    said = {
        name(month, kind="outcomes"): outcomes_text(
            one_outcome(number, month, **{"Outcome type": outcome}) for number in range(count)
        )
        for month in MONTHS
    }
    return packed(folder / f"release-{shift}.zip", street | said)


@pytest.fixture
def releases(tmp_path) -> list[Path]:
    return [release(tmp_path, outcome) for outcome in RELEASES]


def check_whole(home: Path) -> str | None:
    """The release that is stored, if any: every month of it, every file as its manifest says, every point known."""
    crimes, places = Crimes(home), Places(home)
    assert crimes.folder.damaged() == []
    assert places.damaged() == []
    months = crimes.months()
    if not months:
        return None
    assert [str(month.month) for month in months] == MONTHS
    tables = [pq.ParquetFile(crimes.path(month)).read() for month in months]
    said = crimes.outcomes(FORCE)
    assert list(map(str, said)) == MONTHS
    of_outcomes = [pq.ParquetFile(crimes.path(stored)).read() for stored in said.values()]
    outcomes = {outcome for table in [*tables, *of_outcomes] for outcome in table["outcome"].to_pylist()}
    assert len(outcomes) == 1, "half of one release and half of another"
    (outcome,) = outcomes
    assert {len(table) for table in tables} == {RELEASES[outcome]} == {month.rows for month in months}
    known = set(pq.ParquetFile(places.points_file()).read()["point"].to_pylist())
    assert {point for table in tables for point in table["point"].to_pylist()} <= known
    return outcome


def check_swept(home: Path) -> None:
    """After the next change nothing is left but what is named, or was named a moment ago."""
    for folder in (Crimes(home).folder, Places(home).folder):
        with folder.change():
            pass
        stands = folder.read()
        assert {file.name for file in folder.path.iterdir()} == {
            "lock", *stands["files"], *stands["dropped"], *(["manifest.json"] if folder.version else []),
        }  # fmt: skip


def survive(home: Path, releases: list[Path], kills: int, seed: int) -> None:
    """By turns in a first import, which replaces a whole release from the second kill on, and in those after it."""
    chance = random.Random(seed)
    began = time.monotonic()
    ingest(home.parent / "measured", releases[0])
    longest = time.monotonic() - began  # of an import, on this machine, today
    for kill in range(kills):
        started, stored = CONTEXT.Event(), CONTEXT.Event()
        with child(import_for_ever, home, releases, started, stored):
            assert started.wait(PATIENCE)
            if kill % 2 == 0:
                assert stored.wait(PATIENCE)
            time.sleep(chance.uniform(0, longest))
        assert check_whole(home) in RELEASES
        check_swept(home)


def seeded(capsys: pytest.CaptureFixture) -> int:
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(2**32))
    with capsys.disabled():
        print(f"\nSEED={seed}", end=" ")
    return seed


def test_kills_at_random_moments(home, releases, capsys):
    survive(home, releases, 3, seeded(capsys))


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_three_hundred_kills_at_random_moments(home, releases, capsys):
    survive(home, releases, 300, seeded(capsys))


def test_kills_before_every_step_that_lasts(home, releases):
    """Between any two of: a file renamed, a file or a folder forced to the disk, a manifest swapped, an old file removed."""
    old, new = releases
    ingest(home, old)
    outcomes = []
    for step in range(1, 200):
        with child(import_until_step, home, new, step) as process:
            process.join(PATIENCE)
            killed = process.exitcode != 0
        outcomes.append(check_whole(home))
        check_swept(home)
        if not killed:
            break
        if outcomes[-1] != "Local resolution":
            ingest(home, old)  # it was committed, and killed while it tidied up
    assert not killed
    assert outcomes[0] == "Local resolution"
    assert outcomes[-1] == "Offender given a caution"
    assert len(outcomes) > 10
    assert outcomes == sorted(outcomes, key=list(RELEASES).index), "first the old release at every step, then the new one"


def test_the_first_import_of_all_is_killed_before_every_step(tmp_path, releases):
    for step in range(1, 200):
        home = tmp_path / str(step)
        with child(import_until_step, home, releases[0], step) as process:
            process.join(PATIENCE)
            killed = process.exitcode != 0
        assert check_whole(home) in (None, "Local resolution")
        ingest(home, releases[1])
        assert check_whole(home) == "Offender given a caution"
        if not killed:
            return
    raise AssertionError("the import never came to its end")


def test_what_is_left_after_a_kill_is_swept_by_the_next_change(home, releases):
    ingest(home, releases[0])
    police = home / "police"
    (police / "new-4711-0.parquet").write_bytes(b"half a month")
    (police / "new-abcdefgh").mkdir()
    (police / "new-abcdefgh" / "0.csv").write_bytes(b"x" * 10_000)
    (police / "2024-01-thames-valley-force-0123456789ab.parquet").write_bytes(b"renamed, but never named")
    check_swept(home)


def test_while_one_imports_another_is_told_who_holds_the_store(home, releases, monkeypatch):
    ingest(home, releases[0])
    monkeypatch.setattr(manifest, "LOCK_PATIENCE", 0.1)
    holding, go_on = CONTEXT.Event(), CONTEXT.Event()
    with child(import_and_wait, home, releases[1], holding, go_on) as other:
        assert holding.wait(PATIENCE)
        with refused(Busy, Code.STORE_BUSY) as refusal:
            ingest(home, releases[0])
        assert refusal.value.values["process"] == str(other.pid)
        assert re.fullmatch(r"\d\d:\d\d:\d\d", refusal.value.values["since"])
        assert check_whole(home) == "Local resolution"
        go_on.set()
        other.join(PATIENCE)
        assert other.exitcode == 0
    assert check_whole(home) == "Offender given a caution"
    ingest(home, releases[0])
    assert check_whole(home) == "Local resolution"


def test_the_lock_of_a_killed_import_is_free(home, releases):
    holding, go_on = CONTEXT.Event(), CONTEXT.Event()
    with child(import_and_wait, home, releases[1], holding, go_on):
        assert holding.wait(PATIENCE)
    ingest(home, releases[0])
    assert check_whole(home) == "Local resolution"


def test_a_reader_never_sees_half_a_change_or_a_file_that_is_gone(home, releases):
    places = Places(home)
    for archive in releases:  # the points of both, so that each has its ward
        ingest(home, archive)
    places.add_wards(WardSet("made", date(2014, 5, 22), None, 1, "made"), wards(1).assign(geometry=[box(-1, 51.9, -0.5, 52.2)]))
    started, done, found = CONTEXT.Event(), CONTEXT.Event(), CONTEXT.Queue()
    with child(read_until, home, started, done, found):
        assert started.wait(PATIENCE)
        for _change in range(8):
            for archive in releases:
                ingest(home, archive)
        done.set()
        seen = found.get(timeout=PATIENCE)
    whole = {(len(MONTHS) * count, frozenset(str(place))) for place, count in enumerate(RELEASES.values())}
    assert set(seen) <= whole, seen
    assert sum(seen.values()) > 3


# ---- a disk that is full, or that may not be written


def import_with_small_files(home: Path, archive: Path, largest: int, told) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    try:
        ingest(home, archive)
        told.put("imported")
    except Refused as error:
        told.put(str(error))
    except BaseException as error:
        told.put(f"not told in words: {error!r}")


@pytest.mark.parametrize("largest", [0, 10, 1000, 3000, 5000])
def test_a_disk_without_room_refuses_the_import_and_keeps_what_stood(home, tmp_path, releases, largest):
    ingest(home, releases[0])
    before = stored_files(home)
    big = csv_file(tmp_path, text(rows(3000, "2024-11")), "2024-11")
    told = CONTEXT.Queue()
    with child(import_with_small_files, home, big, largest, told):
        sentence = told.get(timeout=PATIENCE)
    assert "cannot be written" in sentence
    assert "Nothing was changed" in sentence
    assert stored_files(home) == before
    assert [str(month.month) for month in Crimes(home).months()] == MONTHS


def test_a_folder_that_is_none_refuses_the_import(tmp_path, releases):
    (tmp_path / "data").write_text("a file, where a folder should be")
    with refused(Refused, Code.FOLDER_UNWRITABLE):
        ingest(tmp_path / "data", releases[0])


def test_a_month_is_not_half_stored_when_the_points_cannot_be(home, releases, monkeypatch):
    ingest(home, releases[0])
    before = stored_files(home)

    def full(*_anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mkmap.places.point_table.write", full)
    with refused(Refused, Code.FOLDER_UNWRITABLE) as refusal:
        ingest(home, releases[1])
    assert refusal.value.values["why"] == "No space left on device"
    monkeypatch.undo()
    assert {file: content for file, content in stored_files(home).items() if "lock" not in file} == before
    assert Crimes(home).of_force("thames-valley")[Month(2024, 1)].rows == 40
    assert isinstance(pd.read_parquet(Places(home).points_file(), partitioning=None), pd.DataFrame)
