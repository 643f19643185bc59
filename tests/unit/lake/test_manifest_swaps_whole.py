"""A folder of files and its manifest: what a reader holds stays, what nobody can want goes, and what is damaged is said."""

import json
import os
import time

import pytest
from refusing import refused

from mkmap.errors import Busy, Code, Damaged
from mkmap.lake import manifest
from mkmap.lake.manifest import Folder, locked, sha256


@pytest.fixture
def folder(home) -> Folder:
    return Folder(home / "room", empty={"things": {}})


def put(folder: Folder, content: str, stem: str = "thing") -> str:
    """Replace the one thing that the folder keeps; the name of its file."""
    with folder.change() as change:
        file = change.temporary(".txt")
        file.write_text(content)
        name = change.put(file, stem)
        old = change.manifest["things"].get("the")
        if old != name:
            change.drop(old)
        change.manifest["things"]["the"] = name
    return name


def files(folder: Folder) -> set[str]:
    return {file.name for file in folder.path.iterdir()}


def test_a_folder_that_is_not_there_is_empty(folder):
    assert folder.read() == {"files": {}, "dropped": {}, "things": {}}
    assert folder.version == ""
    assert folder.damaged() == []
    assert not folder.path.exists()


def test_what_is_read_may_be_changed_without_changing_what_is_empty(folder):
    folder.read()["things"]["x"] = 1
    assert folder.read()["things"] == {}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"7", b'"x"', b"[1]", b"\xff\xfe", b'{"files": {}', bytes(100)])
def test_a_manifest_that_cannot_be_read_is_damage_and_is_left_alone(folder, content):
    folder.path.mkdir(parents=True)
    (folder.path / "manifest.json").write_bytes(content)
    with refused(Damaged, Code.FILE_UNREADABLE):
        folder.read()
    with pytest.raises(Damaged), folder.change():
        pass
    assert (folder.path / "manifest.json").read_bytes() == content


def test_a_manifest_of_an_older_version_is_read(folder):
    folder.path.mkdir(parents=True)
    (folder.path / "manifest.json").write_text('{"files": {}}')
    assert folder.read() == {"files": {}, "dropped": {}, "things": {}}


def fail_half_way(folder: Folder) -> None:
    with folder.change() as change:
        file = change.temporary(".txt")
        file.write_text("two")
        change.put(file, "thing")
        change.temporary(".txt").write_text("three")
        change.temporary("").mkdir()
        change.drop(change.manifest["things"]["the"])
        raise ZeroDivisionError


def test_a_change_that_raises_changes_nothing_and_leaves_nothing(folder):
    put(folder, "one")
    before, version = files(folder), folder.version
    with pytest.raises(ZeroDivisionError):
        fail_half_way(folder)
    assert (files(folder), folder.version) == (before, version)
    assert folder.damaged() == []


def test_a_change_that_changes_nothing_swaps_nothing(folder):
    put(folder, "one")
    stands, version = (folder.path / "manifest.json").read_bytes(), folder.version
    assert put(folder, "one") == folder.read()["things"]["the"]
    with folder.change():
        pass
    assert (folder.path / "manifest.json").read_bytes() == stands
    assert folder.version == version


def test_what_a_reader_has_opened_stays_as_it_was(folder):
    name = put(folder, "one")
    stands = (folder.path / "manifest.json").read_bytes()
    with (folder.path / "manifest.json").open("rb") as opened, (folder.path / name).open("rb") as thing:
        put(folder, "two" * 10_000)
        assert (opened.read(), thing.read()) == (stands, b"one")


def test_the_version_changes_with_every_swap_however_fast(folder, monkeypatch):
    """Even where the clock stands still, goes backwards, or a file's number is used again."""
    clock = iter([10**18, 10**18, 10**18 - 10**12, *[5] * 100])
    monkeypatch.setattr(time, "time_ns", lambda: next(clock))
    put(folder, "first")
    os.utime(folder.path / "manifest.json", ns=(4 * 10**18, 4 * 10**18))  # by a clock that was far ahead
    versions, times = set(), [4 * 10**18]
    for number in range(30):
        put(folder, str(number))
        versions.add(folder.version)
        times.append((folder.path / "manifest.json").stat().st_mtime_ns)
    assert len(versions) == 30
    assert times == sorted(set(times))


def test_a_file_that_was_dropped_stays_for_readers_and_goes_later(folder, monkeypatch):
    old, new = put(folder, "one"), put(folder, "two")
    assert {old, new} <= files(folder)
    assert set(folder.read()["files"]) == {new}
    with folder.change():
        pass
    assert old in files(folder)
    later = time.time() + manifest.SWEEP_AFTER + 1
    monkeypatch.setattr(time, "time", lambda: later)
    with folder.change():
        pass
    assert files(folder) == {"lock", "manifest.json", new}
    third = put(folder, "three")
    assert set(folder.read()["dropped"]) == {new}
    assert files(folder) == {"lock", "manifest.json", new, third}


def test_the_last_minutes_of_a_file_count_from_the_swap_not_from_the_start_of_a_long_change(folder, monkeypatch):
    old = put(folder, "one")
    clock = [1000.0]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    with folder.change() as change:
        change.drop(old)
        clock[0] += 10 * manifest.SWEEP_AFTER
    assert old in files(folder)
    assert folder.read()["dropped"] == {old: clock[0]}


def test_a_clock_that_was_wrong_keeps_no_file_for_ever(folder, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 4e9)
    old = put(folder, "one")
    put(folder, "two")
    monkeypatch.undo()
    with folder.change():
        pass
    assert old not in files(folder)


def test_what_was_dropped_may_come_back(folder, monkeypatch):
    first = put(folder, "one")
    put(folder, "two")
    assert put(folder, "one") == first
    later = time.time() + manifest.SWEEP_AFTER + 1
    monkeypatch.setattr(time, "time", lambda: later)
    with folder.change():
        pass
    assert first in files(folder)
    assert folder.damaged() == []


def test_what_a_killed_change_left_is_swept_and_other_people_s_files_are_not(folder):
    put(folder, "one")
    for left in ("new-1-0.parquet", "thing-0123456789ab.txt"):
        (folder.path / left).write_text("left over")
    (folder.path / "new-abc").mkdir()
    (folder.path / "new-abc" / "0.csv").write_text("left over")
    for own in ("README.txt", "notes-2025.txt", "backup.tar.gz"):
        (folder.path / own).write_text("somebody's")
    (folder.path / "folder").mkdir()
    put(folder, "two")
    left = {"new-1-0.parquet", "thing-0123456789ab.txt", "new-abc"}
    assert not left & files(folder)
    assert {"README.txt", "notes-2025.txt", "backup.tar.gz", "folder"} <= files(folder)


def test_a_file_that_cannot_be_swept_does_not_fail_a_change_that_is_done(folder, monkeypatch):
    put(folder, "one")
    (folder.path / "new-1-0.parquet").write_text("left over")

    def refused(*_anything, **_more):
        raise PermissionError(13, "not yours")

    monkeypatch.setattr("pathlib.Path.unlink", lambda self, missing_ok=False: None if missing_ok else refused())
    name = put(folder, "two")
    assert folder.read()["things"]["the"] == name


def test_damage_is_told_for_each_file(folder):
    one, two = put(folder, "one"), None
    with folder.change() as change:
        file = change.temporary(".txt")
        file.write_text("two")
        two = change.put(file, "other")
    (folder.path / one).write_text("One")
    (folder.path / two).unlink()
    told = sorted(folder.damaged())
    assert len(told) == 2
    assert any(f"{one} is not the file that was stored" in sentence for sentence in told)
    assert any(f"{two} is missing" in sentence for sentence in told)


def test_a_name_tells_the_content(folder):
    name = put(folder, "one")
    assert name == f"thing-{sha256(folder.path / name)[:12]}.txt"


def test_a_lock_that_is_held_names_its_holder_and_is_free_afterwards(folder, monkeypatch):
    monkeypatch.setattr(manifest, "LOCK_PATIENCE", 0.05)
    put(folder, "one")
    with locked(folder.path / "lock"), refused(Busy, Code.STORE_BUSY) as refusal:
        put(folder, "two")
    assert refusal.value.values["process"] == str(os.getpid())
    assert files(folder) & {"lock.json"} == set()
    put(folder, "two")


@pytest.mark.parametrize("holder", [None, "", "{", "[]", "{}", "null"])
def test_a_holder_that_cannot_be_read_is_told_as_unknown(folder, monkeypatch, holder):
    monkeypatch.setattr(manifest, "LOCK_PATIENCE", 0.05)
    put(folder, "one")
    with locked(folder.path / "lock"):
        (folder.path / "lock.json").unlink()
        if holder is not None:
            (folder.path / "lock.json").write_text(holder)
        with refused(Busy, Code.STORE_BUSY) as refusal:
            put(folder, "two")
        assert refusal.value.values == {"process": "?", "since": "?"}


def test_two_folders_of_one_path_are_the_same(folder, home):
    assert Folder(home / "room", {}) == folder
    assert hash(Folder(home / "room", {})) == hash(folder)
    assert Folder(home / "other", {}) != folder


def test_the_manifest_is_readable_by_people(folder):
    name = put(folder, "one")
    text = (folder.path / "manifest.json").read_text()
    assert json.loads(text)["files"] == {name: sha256(folder.path / name)}
    assert "\n" in text
