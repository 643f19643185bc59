"""A level is not a rise: a number a week has an interval of its own, a number in one ward in one month is held against all of them."""

from pathlib import Path

import pytest
from base_for_tests import base
from made_stores import ALDER, BROUGHTON, add_crimes, add_wards, crimes
from scipy.stats import norm
from statsmodels.stats.rates import confint_poisson

from mkmap.dataset.dataset import real
from mkmap.evidence.base import Base
from mkmap.evidence.claims import level_words
from mkmap.evidence.claims.levels import Answer, Weekly, ward_months, weekly
from mkmap.evidence.variation.dispersion import Dispersion
from mkmap.filters import Filters
from mkmap.month import Month

FORCE = "thames-valley"
LAST = Month(2025, 12)
EVERY = list(Month(2024, 1).to(LAST))  # two years
BURGLARY = ("Burglary",)
YEAR = Filters(Month(2025, 1), LAST, (), BURGLARY)


def town(home: Path, months: list[Month] = EVERY, *, each: int = 62, unplaced: int = 0) -> Base:
    """So many burglaries a month in Alder Park, a sixth of it in Broughton; twice that in Broughton in June 2025."""
    add_wards(home)
    rows = []
    for month in months:
        broughton = each // 6 * (2 if month == Month(2025, 6) else 1)
        rows += crimes(each, str(month), 0) + crimes(broughton, str(month), 1) + crimes(unplaced, str(month), None)
    add_crimes(home, rows)
    return base(real(home, FORCE), LAST)


def level(crimes: int, weeks: float, claimed: int, **changed: object) -> Weekly:
    return Weekly(crimes, weeks, claimed, **{"dispersion": Dispersion(1.0, 22, 36), "months": None} | changed)


def test_741_in_a_year_are_14_a_week_and_that_is_more_than_a_dozen():
    found = level(741, 365 / 7, 12)
    assert f"{found.rate:.1f}" == "14.2"
    assert found.answer is Answer.MORE


@pytest.mark.parametrize(
    ("crimes", "claimed", "answer"),
    [(741, 12, Answer.MORE), (741, 14, Answer.CANNOT_TELL), (741, 17, Answer.FEWER), (9, 12, Answer.TOO_FEW)],
)
def test_answers(crimes, claimed, answer):
    assert level(crimes, 52, claimed).answer is answer


def test_the_interval_is_widened_by_the_months_own_variation():
    dispersion = Dispersion(2.5, 22, 36)
    found = level(741, 52, 12, dispersion=dispersion)
    assert (found.interval.low, found.interval.high) == pytest.approx(
        confint_poisson(741, 52, method="score", alpha=2 * norm.sf(dispersion.quantile))
    )
    assert found.interval.low < level(741, 52, 12).interval.low
    assert level(680, 52, 12).answer is Answer.MORE
    assert level(680, 52, 12, dispersion=dispersion).answer is Answer.CANNOT_TELL


def test_months_that_vary_without_measure_say_nothing():
    assert level(741, 52, 12, dispersion=Dispersion(10_000.0, 1, 24)).answer is Answer.CANNOT_TELL


def test_without_24_months_there_is_no_answer():
    assert level(741, 52, 12, dispersion=None).answer is Answer.CANNOT_TELL


def test_what_could_not_be_placed_can_take_an_answer_back():
    assert level(590, 52, 12).answer is Answer.CANNOT_TELL
    assert level(550, 52, 12).answer is Answer.FEWER
    found = level(550, 52, 12, shared=640.0)
    assert (found.depends_on_placing, found.answer) == (True, Answer.CANNOT_TELL)
    assert level(550, 52, 12, shared=552.0).answer is Answer.FEWER


def test_weeks_are_those_of_the_chosen_months(home: Path):
    found = weekly(town(home), YEAR, 12)
    assert found.weeks == pytest.approx(365 / 7)
    assert found.crimes == 12 * 72 + 10
    assert found.rate == pytest.approx(874 / (365 / 7))
    assert found.months.set_index("month").loc["2024-02", "rate"] == pytest.approx(72 / (29 / 7))
    assert found.answer is Answer.MORE
    assert found.months_over == 24


def test_the_sentence_gives_counts_first_then_interval_and_verdict(home: Path):
    found = weekly(town(home), YEAR, 12)
    said = level_words.weekly(found, YEAR, "Milton Keynes", "in 2025")
    assert said.startswith(
        "874 burglaries in Milton Keynes in 2025 are 16.8 a week in 52.1 weeks (95 % interval of the usual level: 15."
    )
    assert said.endswith(": more than 12 a week is the usual level.")
    assert level_words.weekly_notes(found)[0] == "24 of the 24 stored months had more than 12 a week."


def test_unplaced_crimes_are_shared_out(home: Path):
    assert weekly(town(home, unplaced=36), YEAR, 12).shared == pytest.approx(874 * (1 + 36 * 12 / 874))


@pytest.mark.parametrize("gone", YEAR.months[::4], ids=str)
def test_each_missing_month_is_refused_and_named(home: Path, gone: Month):
    found = weekly(town(home, [month for month in EVERY if month != gone]), YEAR, 12)
    assert (found.answer, found.rate, found.interval, found.missing) == (Answer.CANNOT_BE_CHECKED, None, None, (gone,))
    said = level_words.weekly(found, YEAR, "Milton Keynes", "in 2025")
    assert said == f"It cannot be checked: {gone.name} missing."
    assert str(gone) not in set(found.months["month"])


def test_wards_that_reached_a_number_are_named_with_their_months(home: Path):
    found = ward_months(town(home), YEAR, 20)
    assert found.reached[["ward", "month", "crimes"]].iloc[-1].tolist() == ["Broughton", "2025-06", 20]
    assert len(found.reached) == 13
    assert found.ever_reached == 25
    assert len(found.stored) == 24 * 3
    said = level_words.ward_months(found, YEAR, "in 2025")
    assert said == (
        "Alder Park and Broughton reached 20 in a month in 2025, 13 times in all. "
        "The most was 62 burglaries in Alder Park in January 2025."
    )


def test_how_usual_it_is_is_said_of_all_stored_months(home: Path):
    (usual, *_rest) = level_words.ward_month_notes(ward_months(town(home), YEAR, 20))
    assert usual == "How usual is that? Of all 72 stored ward-months (3 wards, 24 months), 25 reached it (34.7 %)."


def test_the_chosen_wards_alone_are_asked(home: Path):
    found = town(home)
    broughton = Filters(YEAR.first, YEAR.last, (BROUGHTON,), BURGLARY)
    assert len(ward_months(found, broughton, 20).reached) == 1
    assert ward_months(found, Filters(YEAR.first, YEAR.last, (ALDER,), BURGLARY), 63).reached.empty


def test_a_number_that_nobody_reached_is_said_with_the_highest(home: Path):
    found = ward_months(town(home), YEAR, 124)
    assert level_words.ward_months(found, YEAR, "in 2025") == (
        "No ward reached 124 in a stored month in 2025. The most was 62 burglaries in Alder Park in January 2025."
    )


def test_a_missing_month_is_named_and_never_counts_as_not_reached(home: Path):
    gone = Month(2025, 6)
    found = ward_months(town(home, [month for month in EVERY if month != gone]), YEAR, 20)
    assert "2025-06" not in set(found.stored["month"])
    assert "Of June 2025 nobody can say here: missing." in level_words.ward_month_notes(found)
    only = ward_months(base(real(home, FORCE), LAST), Filters(gone, gone, (), BURGLARY), 20)
    assert level_words.ward_months(only, YEAR, "in June 2025") == "It cannot be checked: June 2025 missing."
