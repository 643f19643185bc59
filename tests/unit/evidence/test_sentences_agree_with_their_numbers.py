"""One is said as one: sentences with a count agree with it."""

from pathlib import Path

import pandas as pd
import pytest
from base_for_tests import base
from made_stores import add_crimes, add_wards, crimes

from mkmap.dataset.dataset import real
from mkmap.drawing.palette import LIGHT
from mkmap.evidence.base import Base
from mkmap.evidence.claims import figures as claim_figures
from mkmap.evidence.claims import level_words
from mkmap.evidence.claims import words as claim_words
from mkmap.evidence.claims.claim import Against, Claim, Who
from mkmap.evidence.claims.levels import ward_months, weekly
from mkmap.evidence.districts import words as district_words
from mkmap.evidence.districts.districts import Districts
from mkmap.filters import Filters
from mkmap.month import Month

LAST = Month(2025, 12)
MONTH = Filters(LAST, LAST, (), ("Burglary",))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """Two years with one burglary in Alder Park in the last month."""
    home: Path = tmp_path_factory.mktemp("town")
    add_wards(home)
    months = [crime for month in Month(2024, 1).to(LAST) for crime in crimes(1, str(month), None)]
    add_crimes(home, [*months, *crimes(1, str(LAST), 0)])
    return base(real(home, "thames-valley"), LAST)


def test_one_burglary_is_so_many_a_week(town: Base):
    level = weekly(town, MONTH, 1)
    assert level_words.weekly(level, MONTH, "Milton Keynes", "in December 2025").startswith(
        "1 burglary in Milton Keynes in December 2025 is 0.2 a week in 4.4 weeks"
    )


def test_a_ward_reaches_a_number_in_a_month_only_once(town: Base):
    words = level_words.ward_months(ward_months(town, MONTH, 1), MONTH, "in December 2025")
    assert words == "Alder Park reached 1 in December 2025. The most was 1 burglary in Alder Park in December 2025."


def test_ward_months_of_one_month_are_of_one_month(tmp_path: Path):
    add_wards(tmp_path)
    add_crimes(tmp_path, crimes(1, "2025-12", 0))
    of_month = ward_months(base(real(tmp_path, "thames-valley"), LAST), MONTH, 1)
    assert "(3 wards, 1 month)" in level_words.ward_month_notes(of_month)[0]
    figure = claim_figures.ward_months(of_month, LIGHT)
    assert figure is not None
    assert figure.alt.startswith("Bars of 3 stored ward-months by their number")


@pytest.mark.parametrize(
    ("unplaced", "words"), [(1, "1 burglary of X could not be placed by the police: it is"), (2, "they are")]
)
def test_what_could_not_be_placed_is_one_or_many(unplaced: int, words: str):
    limits = claim_words.limits(Claim(Who.POLICE, Against.A_WEEK, 1), MONTH, unplaced, "X")
    assert any(words in sentence for sentence in limits)


@pytest.mark.parametrize(("elsewhere", "words"), [(1, "1 burglary of X lies in none"), (2, "2 burglaries of X lie in none")])
def test_what_lies_in_no_district_is_one_or_many(elsewhere: int, words: str):
    districts = Districts(pd.DataFrame(columns=["name", "crimes", "charged"]), elsewhere=elsewhere)
    assert district_words.notes(districts, MONTH, "X", 1)[0].startswith(words)


@pytest.mark.parametrize(("now", "words"), [(1, "1 published report of"), (2, "2 published reports of")])
def test_reports_are_one_or_many(now: int, words: str):
    assert claim_words.residents(now, 0, "in May 2025", "May 2024").startswith(words)


@pytest.mark.parametrize("who", Who)
@pytest.mark.parametrize("against", Against)
def test_every_claim_is_one_sentence_with_its_number(who: Who, against: Against):
    sentence = claim_words.sentence(Claim(who, against, 1), MONTH, "Y", "in May 2025", "May 2024", "X")
    assert sentence.startswith("Claim: ")
    assert "{" not in sentence
    if against in (Against.A_WEEK, Against.WARD_MONTH):
        assert "1 burglary" in sentence
