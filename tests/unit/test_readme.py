"""Every command in the README works as it stands there."""

import re
import shlex
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import command_line
import pytest
from made_wards import as_published, wards, written

from mkmap.crimes.layouts import COLUMNS
from mkmap.dataset import invented_crimes

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text()
LOADING = [line for block in re.findall(r"```\n(.*?)```", README, re.S) for line in block.splitlines() if "-m mkmap" in line]
IN_TABLE = re.findall(r"^\| `python -m mkmap (\w+)", README, re.M)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that the README names, made from the demonstration."""
    frame = invented_crimes.frames(date(2025, 6, 30))[0]
    month = frame[frame["Month"] == "2025-06"]
    with zipfile.ZipFile(tmp_path / "2025-06.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2025-06/2025-06-thames-valley-street.csv", month[list(COLUMNS)].to_csv(index=False))
    written(as_published(wards()), tmp_path / "wards.geojson")
    rows = "\n".join(f"{code},{1000 + place}" for place, code in enumerate(wards()["code"]))
    (tmp_path / "households.csv").write_text(f"ward24_code,households_2021\n{rows}\n")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess:
    arguments = [sys.executable, *shlex.split(command)[1:]]
    environment = {
        "PYTHONPATH": str(PROJECT),
        "MKMAP_HOME": str(folder / "data"),
        "PATH": "/usr/bin:/bin",
        "MKMAP_OFFLINE": "1",
    }
    return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_loading_works_line_by_line(folder):
    assert len(LOADING) >= 4
    for line in LOADING:
        ran = run(line, folder)
        assert (ran.returncode, ran.stderr) == (0, ""), line
    assert "2025-06  force" in ran.stdout


@pytest.mark.parametrize("command", IN_TABLE)
def test_each_command_of_the_table_exists(command, tmp_path):
    assert command_line.run(tmp_path, command, "--help").returncode == 0


def test_every_setting_is_in_the_readme():
    from mkmap.settings import Settings

    missing = [name for name in Settings.model_fields if f"MKMAP_{name.upper()}" not in README]
    assert missing == []


def test_the_two_lines_name_files_that_are_there():
    for line in re.findall(r"^python3 -m venv .*$", README, re.M):
        for file in re.findall(r"[\w/]+\.(?:txt|py)\b", line):
            assert (PROJECT / file).is_file(), file
