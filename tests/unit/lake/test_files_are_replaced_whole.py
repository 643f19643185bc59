"""A file that is replaced is the old one or the new one, lasting, and nothing is left of a write that failed."""

import os
from pathlib import Path

import pytest

from mkmap.lake import replace
from mkmap.lake.replace import PRIVATE, replace_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "file"
    made.write_text("old")
    return made


def test_the_new_one_stands_alone(file: Path):
    replace_file(file, lambda new: new.write_text("new"))
    assert {path.name: path.read_text() for path in file.parent.iterdir()} == {"file": "new"}


def test_while_it_is_written_the_old_one_stands(file: Path):
    seen = []
    replace_file(file, lambda new: (new.write_text("new"), seen.append(file.read_text())))
    assert seen == ["old"]


@pytest.mark.parametrize("step", ["write", "sync", "replace"])
def test_where_it_fails_the_old_one_stands_alone(file: Path, monkeypatch: pytest.MonkeyPatch, step: str):
    def full(*_any) -> None:
        raise OSError(28, "No space left on device")

    if step == "sync":
        monkeypatch.setattr(replace, "sync", full)
    if step == "replace":
        monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(file, full if step == "write" else lambda new: new.write_text("half"))
    assert {path.name: path.read_text() for path in file.parent.iterdir()} == {"file": "old"}


def test_the_file_is_synced_before_it_is_named_and_its_folder_after(file: Path, monkeypatch: pytest.MonkeyPatch):
    steps, named = [], os.replace
    monkeypatch.setattr(replace, "sync", lambda path: steps.append("folder" if path == file.parent else "file"))
    monkeypatch.setattr(os, "replace", lambda *paths: (steps.append("name"), named(*paths)))
    replace_file(file, lambda new: new.write_text("new"))
    assert steps == ["file", "name", "folder"]


def test_a_private_file_is_for_nobody_else_to_read(file: Path):
    modes = []
    replace_file(file, lambda new: modes.append(new.stat().st_mode & 0o077), mode=PRIVATE)
    assert modes == [0]
    assert file.stat().st_mode & 0o077 == 0
