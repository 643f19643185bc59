"""Each question comes from a rule, and is asked only where the figures raise it."""

import math
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from made_briefings import view, years
from made_stores import ALDER, add_households

from mkmap.briefing.questions import MOST, questions
from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.evidence.change import Change
from mkmap.evidence.outcomes.counts import Cohorts, OutcomeCounts
from mkmap.evidence.variation.dispersion import Dispersion
from mkmap.month import Month
from mkmap.plans.plan import Contact, Neighbourhood, Plan, Priority, WardPlans
from mkmap.view.findings import Findings

CHANCE = Dispersion(1.0, math.inf, 36)


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    home = years(tmp_path_factory.mktemp("years"))
    add_households(home)
    return but(view(home).findings, change=Change(50, 50, CHANCE), outcomes=None)


def but(findings: Findings, **values: object) -> Findings:
    """The same findings, but for these, which are not worked out."""
    changed = copy(findings)
    vars(changed).update(values)
    return changed


CHANGES = [
    (Change(80, 30, CHANCE), "The count is up by more than its months' own ups and downs."),
    (Change(30, 80, CHANCE), "The count is down by more than its months' own ups and downs."),
    (Change(50, 50, CHANCE), "The figures show no clear change."),
    (Change(3, 2, CHANCE), "These figures are too few to tell a change."),
    (Change(50, 30, None), "These figures are too few to tell a change."),
    (Change(80, 40, CHANCE, shared=(80.0, 75.0)), "Better placing could be all of the difference."),
    (Change(0, 0, None, missing=(Month(2024, 1),)), "The months to compare with are missing here."),
]


@pytest.mark.parametrize(("change", "begins"), CHANGES)
def test_the_verdict_asks_first(findings: Findings, change: Change, begins: str):
    assert questions(but(findings, change=change))[0].startswith(begins)


def became(**counts: int) -> OutcomeCounts:
    row = {status.value: counts.get(status.value, 0) for status in OutcomeStatus}
    return OutcomeCounts(pd.DataFrame([row], index=["2025-01"]), (), (), 0, Cohorts(None, None))


def asked(findings: Findings) -> str:
    return " ".join(questions(findings))


def test_outcomes_ask_where_many_are_open_or_unsolved(findings: Findings):
    assert "20 of 100 are still open." in asked(but(findings, outcomes=became(open=20, charged=80)))
    assert "still open" not in asked(but(findings, outcomes=became(open=19, charged=81)))
    assert "50 of 100 were closed with no suspect found." in asked(but(findings, outcomes=became(no_suspect=50, charged=50)))
    assert "no suspect" not in asked(but(findings, outcomes=became(no_suspect=49, charged=51)))
    assert "no suspect" not in asked(but(findings, outcomes=became()))


def of_alder(*priorities: Priority) -> dict[str, WardPlans]:
    one = Neighbourhood("thames-valley", "E1")
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return {ALDER: WardPlans((one,), (Plan(one, "Alder West", "", Contact(), (), priorities, (), at),), at)}


def test_plans_ask_where_there_is_none_or_an_old_one(findings: Findings):
    none, old = "No priority of the police for this ward is known here.", "Are these still the priorities"
    assert none in asked(findings)
    assert none in asked(but(findings, plans=of_alder()))
    fresh = but(findings, plans=of_alder(Priority("Sheds", date(2026, 10, 1), "", None)))
    assert none not in asked(fresh)
    assert old not in asked(fresh)
    stale = asked(but(findings, plans=of_alder(Priority("Sheds", date(2025, 9, 1), "", None))))
    assert "Priorities for Alder West last updated 14 months ago. Are these still the priorities" in stale


def test_a_rate_that_stands_out_asks_why(findings: Findings):
    wards = findings.ranking.wards
    for z, words in ((4.0, "The rate stands out above"), (-4.0, "The rate stands out below")):
        ranking = replace(findings.ranking, wards=wards.assign(stands_out=True, z=z))
        assert words in asked(but(findings, ranking=ranking))
    assert "The rate stands out" not in asked(
        but(findings, ranking=replace(findings.ranking, wards=wards.assign(stands_out=False)))
    )


def test_burglary_asks_for_homes_and_other_types_do_not(findings: Findings):
    assert "How many of the burglaries were of homes" in asked(findings)
    drugs = findings.selection.area.select(replace(findings.filters, types=("Drugs",)))
    assert "burglaries" not in asked(but(findings, selection=drugs))


def test_many_unplaced_ask_how_many_were_here(findings: Findings):
    assert "could not place" not in asked(findings), "6 of 150 are fewer than one in twenty"
    few = findings.selection.area.select(replace(findings.filters, first=Month(2024, 1), last=Month(2024, 6)))
    assert "In Thames Valley the police could not place 6 of 108 burglaries." in asked(but(findings, selection=few))


def test_a_meeting_gets_few(findings: Findings):
    wards = findings.ranking.wards.assign(stands_out=True, z=4.0)
    many = but(findings, ranking=replace(findings.ranking, wards=wards), outcomes=became(open=40, no_suspect=60))
    assert len(questions(many)) == MOST
