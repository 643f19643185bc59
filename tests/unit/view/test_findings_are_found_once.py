"""What a view says is worked out once, and drawn by page, sheet and slide alike."""

from pathlib import Path

import pytest
from made_briefings import view, years
from made_stores import ALDER, BROUGHTON, add_households

from mkmap.drawing.palette import DARK, LIGHT
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.view import figures
from mkmap.view.view import View


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = years(tmp_path_factory.mktemp("years"))
    add_households(home)
    return home


@pytest.mark.parametrize("name", ["base", "change", "changes", "months", "ward_months", "ranking", "outcomes", "plans", "gap"])
def test_each_is_worked_out_once(town: Path, name: str):
    of_alder = view(town)
    assert getattr(of_alder.findings, name) is getattr(of_alder.findings, name)


def test_a_ward_by_itself_is_that_ward_among_all(town: Path):
    findings = view(town, BROUGHTON).findings
    assert findings.change == findings.changes[BROUGHTON]


def test_one_ward_is_one_and_several_are_none(town: Path):
    of_alder = view(town)
    both = View(of_alder.snapshot, Filters(Month(2025, 1), Month(2025, 6), (ALDER, BROUGHTON), ("Burglary",)))
    assert of_alder.findings.ward == ALDER
    assert both.findings.ward is None
    assert both.findings.plan is None
    assert both.findings.place_sentences == []


def test_a_picture_says_the_same_on_every_ground(town: Path):
    findings = view(town).findings
    for draw in (figures.interval, figures.months, figures.years, figures.rolling, figures.funnel, figures.outcomes):
        light, dark = draw(findings, LIGHT), draw(findings, DARK)
        assert light.alt == dark.alt
        assert light.table.equals(dark.table)


def test_where_the_reports_database_does_not_answer_the_police_are_still_found(town: Path):
    of_alder = view(town, database_url="postgresql://nobody@127.0.0.1:9/none")
    assert of_alder.findings.gap is None
    assert of_alder.reports is None
    assert of_alder.findings.change.now == 108
