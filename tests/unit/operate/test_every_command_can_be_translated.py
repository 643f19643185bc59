"""Every text that a command writes goes through gettext whole: in a made-up language, none is left in English or in halves."""

import re
from collections.abc import Iterator
from pathlib import Path

import made_stores
import pytest
from command_line import Done, run
from made_archive import csv_file, name, packed, rows, text, within
from made_plans import station
from made_wards import wards, written
from pseudo_locale import OPEN, Pseudo, glued, recased, untranslated
from sent_reports import published, sent
from typer import rich_utils
from typer.core import TyperGroup
from typer.main import get_command

from mkmap import words
from mkmap.database.connection import opened
from mkmap.operate.commands import app
from mkmap.reports.report import State

OF_TYPER = re.compile(  # which speaks English alone, and draws a frame
    r"Usage: .*|<list\[str\]>|Options|Arguments|Commands|Show this message and exit[.]|\[required\]|Error|INTEGER|TEXT"
    r"|Try '.*' for help[.]|Invalid value(?: for '[^']*')?:|Missing option '[^']*'[.]|[╭╮╰╯─│\[\]*|]"
)
TYPED = [
    "ADDRESS",
    "--?[a-z][a-z-]*",
    "PATH(?:_OR_URL)?…?",
    "NAME(?:_OR_CODE)?",
    "COLUMN",
    "KIND=LAYER(?::COLUMN)?",
    "YYYY-MM(?:-DD)?",
    "FILE",
    "NUMBER",
    "TYPE",
    *State,
]
DATA = [  # paths, the form of a setting, codes and names
    r"/[^\s⟦⟧æ]*[^\s⟦⟧æ.]", r"\^\S+", r"\b[A-Z]\w*[0-9]+\b", "command line", "somebody", "thames-valley", "metropolitan", "nothing.zip",
]  # fmt: skip
KNOWN = re.compile("|".join([*TYPED, *DATA]))
COLUMNS = re.compile(r"\s{2,}")  # between the columns of a table


@pytest.fixture(autouse=True)
def speaking_pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_catalogue", lambda _language: Pseudo())
    monkeypatch.setattr(rich_utils, "MAX_WIDTH", 400)  # no line of a help is broken


@pytest.fixture
def town(home: Path) -> Path:
    made_stores.town(home)
    made_stores.add_households(home)
    return home


def _commands() -> Iterator[list[str]]:
    yield []
    for first, command in get_command(app).commands.items():
        yield [first]
        yield from ([first, second] for second in (command.commands if isinstance(command, TyperGroup) else {}))


COMMANDS = [*_commands()]


def faults_of(done: Done) -> list[tuple[str, object]]:
    """What is wrong with the lines that a command wrote, column by column."""
    lines = OF_TYPER.sub("  ", KNOWN.sub("0", f"{done.stdout}\n{done.stderr}")).splitlines()
    parts = {part for line in lines for part in COLUMNS.split(line.strip())} - {name for words in COMMANDS for name in words}
    return [(part, wrong) for part in parts for wrong in (untranslated(part), recased(part), glued(part)) if wrong]


def translated(done: Done, code: int = 0) -> bool:
    """Whether it ended as it should, and wrote at least one message, and nothing else."""
    assert (done.returncode, OPEN in done.stdout + done.stderr) == (code, True), done
    assert faults_of(done) == []
    return True


@pytest.mark.parametrize("words_of", COMMANDS, ids=" ".join)
def test_helps_are_translated(home: Path, words_of: list[str]):
    assert translated(run(home, *words_of, "--help"))


def test_what_loading_says_is_translated(home: Path, tmp_path: Path):
    month = packed(
        tmp_path / "2025-01.zip", {name(): text(rows()), name(force="metropolitan"): text(rows(**within("metropolitan")))}
    )
    boundaries = written(wards(3), tmp_path / "wards.geojson")
    (households := tmp_path / "households.csv").write_text(
        "code,households_2021\n" + "".join(f"{code},900\n" for code in wards(3)["code"])
    )
    for words_of in (
        ["import", csv_file(tmp_path, text(rows(**within("metropolitan"))), force="metropolitan")],
        ["import", month],
        ["import", month],
        ["wards", boundaries, "--from", "2014-05-22", "--name", "made"],
        ["wards", boundaries, "--from", "2014-05-22", "--name", "made"],
        ["households", households],
        ["status"],
        ["verify"],
    ):
        assert translated(run(home, *words_of))


def test_status_of_nothing_and_of_everything_is_translated(town: Path, with_demonstration: Path, tmp_path: Path):
    assert translated(run(tmp_path / "empty", "status"))
    sent(opened(town))
    with station(town) as police:
        fetched = "\n".join(outcome.text for outcome in police.fetch())
        assert translated(Done(0, fetched, ""))
        assert translated(run(town, "status"))


def test_the_operators_link_is_told(home: Path):
    for words_of in (["operate"], ["operate", "--end"]):
        assert translated(run(home, *words_of))


def test_making_the_demonstration_is_told(home: Path):
    assert translated(run(home, "demo"))


def test_briefings_say_what_they_wrote(town: Path, tmp_path: Path):
    assert translated(run(town, "briefing", "--ward", "Broughton", "-o", tmp_path / "broughton.pdf"))
    assert translated(run(town, "briefing", "--ward", "Atlantis", "-o", tmp_path / "atlantis.pdf"), 1)
    assert translated(run(town, "briefing", "--all", "--type", "Piracy", "-o", tmp_path), 1)


def test_what_is_said_of_reports_is_translated(town: Path, tmp_path: Path):
    store = opened(town)
    sent(store, kind="Attempted burglary", text="High Street")
    published(store, text="")
    sent(store, text="")
    for words_of in (
        ["list"],
        ["show", 1],
        ["publish", 1],
        ["reject", 2, "--reason", "somebody"],
        ["duplicate", 3, "--of", 1],
        ["show", 3],
        ["undo", 2],
        ["show", 2],
        ["purge", "--dry-run"],
        ["purge"],
        ["erase", 2],
    ):
        assert translated(run(town, "reports", *words_of))
    for words_of in (["show", 9], ["publish", 1], ["erase", "--receipt", "12"]):
        assert translated(run(town, "reports", *words_of), 1)
    backup = tmp_path / "backup"
    assert translated(run(town, "backup", backup))
    assert translated(run(town, "restore", backup))
    assert translated(run(town, "restore", tmp_path / "nothing.zip"), 1)


@pytest.mark.parametrize(
    ("words_of", "code"),
    [
        (["fetch"], 1),
        (["import", "nothing.zip"], 1),
        (["wards", "nothing.zip", "--from", "2014-05-22"], 1),
        (["wards", "nothing.zip", "--from", "never"], 2),
        (["fetch", "--from", "never"], 2),
        (["fetch", "--from", "2025-02", "--to", "2025-01"], 2),
        (["briefing", "-o", "a"], 2),
        (["reports", "erase"], 2),
        (["operate", "--forget", "somebody"], 1),
        (["operate", "--end", "--forget", "somebody"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_refusals_are_translated(town: Path, words_of: list[str], code: int):
    assert translated(run(town, *words_of), code)


@pytest.mark.parametrize(
    "setting",
    [
        {"AREA": "Milton Keynes"},
        {"WARDS_FROM": "never"},
        {"WARDS_TO": "2026-02-30"},
        {"WARDS_FROM": "20260101T12:00"},
        {"LOCAL_MODERATION": "perhaps"},
        {"DATABASE_URL": "mysql://nowhere"},
    ],
    ids=str,
)
def test_settings_that_cannot_be_used_are_told(home: Path, setting: dict[str, str]):
    assert translated(run(home, "verify", **setting), 1)
