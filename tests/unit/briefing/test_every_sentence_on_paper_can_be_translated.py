"""Every text of our code on the sheets goes through gettext whole: in a made-up language, none is left in English or in halves."""

import json
import subprocess
import sys
from pathlib import Path

import made_stores
import pytest
from made_briefings import view, years
from made_stores import ALDER
from pseudo_locale import OPEN, faults

from mkmap.month import Month
from mkmap.settings import PROJECT

READ = f"""
import sys; sys.path[:0] = [{str(PROJECT / "tests")!r}, {str(PROJECT)!r}]
import pseudo_locale; pseudo_locale.install()
import json; from pathlib import Path; from made_briefings import view; from mkmap.briefing.paper import _data
home, first, last = sys.argv[1:]
print(json.dumps(_data(view(Path(home), first=first, last=last))))
"""
TYPESETTING = {"Source Sans 3", "en", "GB"}  # the font, the language and the land


def texts(value: object):
    """Every text that is read; a picture is read by its alternative text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts(one if name not in ("svg", "qr") else "")


@pytest.mark.parametrize(("first", "last"), [("2025-01", "2025-06"), ("2025-02", "2025-02")])
def test_every_text_of_a_sheet_is_translated_whole(tmp_path: Path, first: str, last: str):
    home = years(tmp_path, without=(Month(2025, 2),))
    if first != last:
        made_stores.add_households(home)
    assert view(home).selection.filters.wards == (ALDER,)
    ran = subprocess.run([sys.executable, "-c", READ, str(home), first, last], capture_output=True, text=True, check=True)
    printed = {*texts(json.loads(ran.stdout))} - TYPESETTING
    assert sum(OPEN in text for text in printed) > 20, "the translation is installed"
    assert {text: wrong for text in printed if (wrong := faults(text))} == {}
