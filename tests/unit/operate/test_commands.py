"""The commands as a shell sees them: exit 0 done, 1 refused with one plain line and nothing changed, 2 wrong usage."""

import json
import subprocess
import sys
from pathlib import Path

import made_stores
import pytest
from command_line import run
from made_archive import csv_file, name, packed, rows, stored_files, text, within
from made_wards import as_published, wards, written
from servers.app import PROJECT, environment, free_port

from mkmap.crimes import remote


def test_a_shell_gets_the_exit_codes_and_the_line(home: Path):
    """The one test that starts a process of its own."""
    env = environment(home, {})
    for words, code in ((["verify"], 0), (["import", "nothing.zip"], 1), (["nonsense"], 2)):
        command = [sys.executable, "-m", "mkmap", *words]
        done = subprocess.run(command, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=60)
        assert done.returncode == code
        assert (done.stderr.count("\n") == 1) == (code == 1)


def bad_zip(folder: Path) -> list:
    file = folder / "2025-01.zip"
    file.write_bytes(b"this is no zip")
    return ["import", file]


def wrong_csv(folder: Path) -> list:
    return ["import", csv_file(folder, b"a,b\n1,2\n")]


def other_month(folder: Path) -> list:
    return ["import", csv_file(folder, text(rows(month="2024-12")))]


def wards_without_names(folder: Path) -> list:
    return ["wards", written(wards(3).drop(columns="name"), folder / "wards.geojson"), "--from", "2014-05-22"]


def overlapping_wards(folder: Path) -> list:
    frame = as_published(wards(2))
    frame.loc[1, "geometry"] = frame.loc[0, "geometry"]
    return ["wards", written(frame, folder / "wards.geojson"), "--from", "2014-05-22"]


def wrong_households(folder: Path) -> list:
    file = folder / "households.csv"
    file.write_text("a,b\n1,2\n")
    return ["households", file, "--year", "2021"]


REFUSED = {
    "no such file": lambda folder: ["import", folder / "nothing.zip"],
    "not a zip": bad_zip,
    "not police.uk's CSV": wrong_csv,
    "another month's rows": other_month,
    "an address while offline": lambda folder: ["import", "https://data.police.uk/data/archive/2025-01.zip"],
    "no such ward file": lambda folder: ["wards", folder / "nothing.geojson", "--from", "2014-05-22"],
    "wards without names": wards_without_names,
    "overlapping wards": overlapping_wards,
    "an end before the start": lambda folder: [
        "wards", written(as_published(wards(3)), folder / "w.geojson"), "--from", "2014-05-22", "--to", "2013-01-01",
    ],
    "wrong households": wrong_households,
    "a fetch while offline": lambda folder: ["fetch"],
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_one_plain_line_and_changes_nothing(home: Path, tmp_path: Path, case: str):
    made_stores.town(home)
    before = stored_files(home)
    done = run(home, *REFUSED[case](tmp_path))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.strip().endswith((".", "YYYY-MM-DD"))
    assert "Traceback" not in done.stderr
    assert stored_files(home) == before


def test_an_unreachable_service_is_one_plain_line(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remote, "AGAIN", remote.AGAIN.new(backoff_factor=0))
    made_stores.town(home)
    months = (home / "police" / "manifest.json").read_text().split('"months"')[1]
    address = f"http://127.0.0.1:{free_port()}"
    done = run(home, "import", f"{address}/2025-01.zip", OFFLINE="0")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "Traceback" not in done.stderr
    assert (home / "police" / "manifest.json").read_text().split('"months"')[1] == months


def test_a_damaged_store_is_one_plain_line(home: Path):
    made_stores.town(home)
    (home / "police" / "manifest.json").write_text("{ not json")
    for words in (["status"], ["status", "--json"], ["verify"]):
        done = run(home, *words)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert "cannot be read" in done.stderr


def test_verify_names_what_is_missing_and_what_was_changed(home: Path):
    made_stores.town(home)
    first, second = sorted((home / "police").glob("*.parquet"))
    first.unlink()
    second.write_bytes(b"changed")
    done = run(home, "verify")
    assert done.returncode == 1
    assert f"{first} is missing." in done.stderr
    assert f"{second} is not the file that was stored" in done.stderr


@pytest.mark.parametrize(
    ("field", "value"), [("FORCE", "Thames Valley"), ("AREA", "MK"), ("POLICE_URL", "ftp://x"), ("WARDS_FROM", "soon")]
)
def test_a_setting_that_cannot_be_used_is_named(home: Path, field: str, value: str):
    done = run(home, "status", **{field: value})
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert f"MKMAP_{field}" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["import"],
        ["wards", "x.geojson"],
        ["wards", "x.geojson", "--from", "2014-13-01"],
        ["fetch", "--from", "2025"],
        ["fetch", "--to", "January"],
        ["households", "x.csv", "--year", "x"],
        ["status", "--yaml"],
        ["fetch", "--from", "2025-06", "--to", "2025-01"],
    ],
)
def test_wrong_usage_is_2(home: Path, words: list[str]):
    done = run(home, *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not home.exists()


def test_from_nothing_to_a_map(home: Path, tmp_path: Path):
    """The commands in the order in which an operator needs them."""
    imported = run(home, "import", packed(tmp_path / "a.zip", {name(): text(rows(20))}))
    assert imported.returncode == 0
    assert "No ward set is loaded yet" in imported.stdout
    loaded = run(
        home, "wards", written(as_published(wards(3, row=4)), tmp_path / "w.geojson"), "--from", "2014-05-22", "--name", "made"
    )
    assert (loaded.returncode, loaded.stderr) == (0, "")
    found = json.loads(run(home, "status", "--json").stdout)
    assert found["dataset"] == "police.uk"
    assert [one["name"] for one in found["ward_sets"]] == ["made"]
    assert [(one["month"], one["scope"]) for one in found["months"]] == [("2025-01", "force")]
    assert run(home, "verify").stdout == "Every stored file is whole.\n"


def test_what_takes_the_place_of_something_says_so(home: Path, tmp_path: Path):
    month = csv_file(tmp_path, text(rows(20)))
    assert "replaced" not in run(home, "import", month).stdout
    assert "1 month was stored before and is replaced." in run(home, "import", month).stdout
    boundaries = written(as_published(wards(3)), tmp_path / "w.geojson")
    assert "take the place" not in run(home, "wards", boundaries, "--from", "2014-05-22").stdout
    assert "They take the place of the 3 wards" in run(home, "wards", boundaries, "--from", "2014-05-22").stdout


def test_a_force_that_the_map_does_not_show_is_named(home: Path, tmp_path: Path):
    done = run(home, "import", csv_file(tmp_path, text(rows(20, **within("kent"))), force="kent"))
    assert "None of them is of thames-valley" in done.stdout


def test_status_as_json_has_what_the_contract_names(home: Path):
    made_stores.town(home)
    found = json.loads(run(home, "status", "--json").stdout)
    assert found.keys() >= {
        "dataset",
        "area",
        "force",
        "months",
        "missing",
        "ward_sets",
        "reports",
        "last_failed_fetch",
        "last_backup",
    }
    january = found["months"][0]
    assert january.keys() >= {"month", "scope", "rows", "burglaries", "no_location", "rejected", "source", "fetched_at"}
    assert (january["rows"], january["burglaries"], january["no_location"], january["rejected"]) == (6, 5, 1, 0)
    assert found["missing"] == ["2025-02"]
    assert found["ward_sets"] == [{"name": "made", "from": "2014-05-22", "to": None, "wards": 3}]
    words = run(home, "status").stdout
    assert "Missing: February 2025." in words


def test_demo_says_that_it_is_invented(home: Path):
    done = run(home, "demo")
    assert done.returncode == 0
    assert "invented, not evidence" in done.stdout
    assert json.loads(run(home, "status", "--json").stdout)["dataset"] == "demo"
