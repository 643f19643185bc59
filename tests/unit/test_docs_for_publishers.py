"""What the documents for publishers promise is what the program keeps to."""

import re
from datetime import timedelta

import pytest

from mkmap.reports import privacy
from mkmap.reports.request import ANSWERED_WITHIN
from mkmap.settings import PROJECT

ROW = re.compile(r"^\| .* \| (.*?(\d+) (days|hours)[^|]*) \| `(\w+)` \|$", re.MULTILINE)
PROMISED = ROW.findall((PROJECT / "docs" / "retention.md").read_text())


@pytest.mark.parametrize(("count", "unit", "name"), [row[1:] for row in PROMISED])
def test_each_time_is_the_one_that_is_kept_to(count: str, unit: str, name: str):
    assert getattr(privacy, name) == timedelta(**{unit: int(count)})


def test_every_time_that_something_lives_is_told():
    lives = {name for name in vars(privacy) if name.endswith(("_LIVES", "_HOLDS"))}
    assert lives <= {name for *_rest, name in PROMISED}


def test_the_clocks_of_the_assessment_are_those_of_the_program():
    text = (PROJECT / "docs" / "risk-assessment.md").read_text()
    table = text[text.index("## 5.") :]
    told = {int(days) for days in re.findall(r"(\d+)(?= days|\s*\|)", table)}
    assert told == {time.days for time in [*ANSWERED_WITHIN.values(), privacy.COMPLAINT_ACKNOWLEDGED]}
