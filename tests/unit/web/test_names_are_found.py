"""The search of own.js finds a name that somebody did not type as it is written, and no other."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from mkmap.settings import PROJECT

FIND = PROJECT / "mkmap" / "web" / "find.js"
NAMES = [
    "Café Row, Stantonbury",
    "Fishermead (estate or suburb)",
    "High Street South, Olney",
    "High Street, Wolverton",
    "MK6 2 (postcode)",
    "Milton Road, Broughton",
    "Queensway, Bletchley East",
    "Saint Giles Close, Wolverton",
    "St Mary'S Avenue, Bletchley Park",
    "Water & Lock Lane, Tinkers Bridge",
    "Witan Gate, Central Milton Keynes",
]
FOUND = {
    "fishermead": "Fishermead (estate or suburb)",
    "Fishemead": "Fishermead (estate or suburb)",  # one letter is missing
    "fishermaed": "Fishermead (estate or suburb)",  # two have changed places
    "gishermead": "Fishermead (estate or suburb)",  # the first is wrong
    "QUEENS WAY": "Queensway, Bletchley East",
    "saint marys": "St Mary'S Avenue, Bletchley Park",
    "st. mary’s ave": "St Mary'S Avenue, Bletchley Park",
    "st giles": "Saint Giles Close, Wolverton",
    "milton rd": "Milton Road, Broughton",
    "cafe row": "Café Row, Stantonbury",
    "water and lock": "Water & Lock Lane, Tinkers Bridge",
    "witan gte": "Witan Gate, Central Milton Keynes",
    "high street wolverton": "High Street, Wolverton",
    "wolverton high": "High Street, Wolverton",
    "mk6": "MK6 2 (postcode)",
    "MK6 2AB": "MK6 2 (postcode)",
    "mk62ab": "MK6 2 (postcode)",
}
NOT_FOUND = ["Atlantis", "MK7 2AB", "xy", "Queensgate Parade"]


@pytest.fixture(scope="module")
def first_of() -> dict[str, str | None]:
    """What each typed text is offered first."""
    typed = json.dumps([*FOUND, *NOT_FOUND])
    script = f"""
        globalThis.document = {{ addEventListener() {{}} }};
        {FIND.read_text()}
        names = {json.dumps(NAMES)}.map(asSearched);
        console.log(JSON.stringify({typed}.map(text => [text, matches(text)[0] ?? null])));
    """
    node = Path(compute_driver_executable()[0])
    return dict(json.loads(subprocess.run([node, "-e", script], capture_output=True, text=True, check=True).stdout))


@pytest.mark.parametrize("typed", FOUND)
def test_it_forgives(first_of: dict, typed: str):
    assert first_of[typed] == FOUND[typed]


@pytest.mark.parametrize("typed", NOT_FOUND)
def test_it_offers_nothing_else(first_of: dict, typed: str):
    assert first_of[typed] is None
