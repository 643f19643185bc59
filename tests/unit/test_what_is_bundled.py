"""What is installed is locked with its checksums, and named with its licence."""

import re
from importlib.metadata import distributions
from pathlib import Path

import streamlit
from packaging.requirements import Requirement
from test_every_import_is_declared import declared, normal

from mkmap.settings import PROJECT

MADE = re.compile(r"[0-9a-f]{64}")


def pinned(file: str) -> dict[str, str]:
    """Name → exact version, of those that this machine needs."""
    lines = [line.removesuffix("\\").strip() for line in (PROJECT / file).read_text().splitlines()]
    wanted = [Requirement(line) for line in lines if re.match(r"[\w.-]+==", line)]
    return {normal(one.name): str(one.specifier)[2:] for one in wanted if one.marker is None or one.marker.evaluate()}


LOCKED = pinned("requirements.lock")
INSTALLED = {normal(one.metadata["Name"]): one for one in distributions()}


def needed() -> set[str]:
    """What the program needs, with all that this needs in turn: not what only the tests do."""
    names, asked = set(), [(name, frozenset[str]()) for name in declared(PROJECT / "requirements.txt")]
    extras = {"streamlit": {"auth"}, "psycopg": {"binary"}}
    seen: set[tuple[str, frozenset[str]]] = set()
    while asked:
        name, wanted = asked.pop()
        wanted = wanted | frozenset(extras.get(name, ()))
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        names.add(name)
        for line in INSTALLED[name].requires or ():
            one = Requirement(line)
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *wanted)):
                asked.append((normal(one.name), frozenset(one.extras)))
    return names


def test_the_lock_equals_the_constraints():
    constraints = pinned("constraints.txt")
    assert {name: constraints.get(name) for name in LOCKED} == LOCKED


def test_what_is_installed_is_locked():
    assert {name: INSTALLED[name].version for name in needed()} == LOCKED


def test_every_locked_version_has_its_checksums():
    blocks = re.split(r"\n(?=[a-z])", (PROJECT / "requirements.lock").read_text())[1:]
    assert len(blocks) >= len(LOCKED)
    assert [block.splitlines()[0] for block in blocks if not MADE.search(block)] == []


def rows() -> list[list[str]]:
    lines = (PROJECT / "docs" / "bundled.md").read_text().splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]


def test_everything_locked_is_named_with_its_licence():
    named = {row[0]: row[1] for row in rows()}
    every = {normal(line.split("==")[0]) for line in (PROJECT / "requirements.lock").read_text().splitlines() if "==" in line}
    assert [name for name in sorted(every) if not named.get(name)] == []
    for name, licence in named.items():
        said = INSTALLED[name].metadata.get("License-Expression") if name in INSTALLED else None
        assert said in (None, licence), name


def test_every_file_that_a_browser_gets_from_us_is_named():
    text = (PROJECT / "docs" / "bundled.md").read_text()
    ours = [
        file for file in (PROJECT / "mkmap").rglob("*") if file.suffix in (".js", ".css", ".html", ".woff2", ".png", ".svg")
    ]
    assert [file.name for file in ours if file.name not in text] == []
    media = Path(streamlit.__file__).parent / "static" / "static" / "media"
    fonts = {re.split(r"[-_.]", file.name)[0] for file in media.glob("*.woff*")}
    assert fonts
    assert [font for font in sorted(fonts) if font not in text] == []
