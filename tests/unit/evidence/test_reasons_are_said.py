"""What stands behind a verdict is said in numbers: what could be seen, what unplaced crimes could do, what the width rests on."""

import pytest

from mkmap.evidence import reasons
from mkmap.evidence.change import Change
from mkmap.evidence.variation.dispersion import CHANCE_ALONE, Dispersion, DispersionSource, Past
from mkmap.month import Month

EIGHT_YEARS = Dispersion(1.0, 60, 72, past=Past(1.0, 5, 6))
THREE_YEARS = Dispersion(1.0, 22, 36)
QUARTER = (Month(2025, 3), Month(2025, 4), Month(2025, 5))


def said(now: int, before: int, dispersion: Dispersion | None = THREE_YEARS, **how: object) -> str:
    return " ".join(reasons.reasons(Change(now, before, dispersion, **{"months": QUARTER, "asked": 3} | how)))


def test_the_smallest_change_that_could_be_seen():
    assert "After 53, 76 or more would be called up, and 34 or fewer down." in said(60, 53, CHANCE_ALONE)
    assert "After 2, 9 or more would be called up; no number is small enough to be called down." in said(5, 2, CHANCE_ALONE)


@pytest.mark.parametrize(
    ("now", "before", "unplaced", "sentence"),
    [
        (
            300,
            200,
            (7, 131),
            "It would no longer be “up” if 54 of the 131 crimes that the police could not place a year before were here.",
        ),
        (
            200,
            300,
            (131, 7),
            "It would no longer be “down” if 54 of the 131 crimes that the police could not place in these months were",
        ),
        (300, 200, (7, 31), "It would be “up” even if all 31 crimes that the police could not place a year before were here."),
        (200, 300, (1, 31), "It would be “down” even if the 1 crime that the police could not place in these months was here."),
    ],
)
def test_how_many_unplaced_crimes_would_turn_it(now: int, before: int, unplaced: tuple[int, int], sentence: str):
    assert sentence in said(now, before, CHANCE_ALONE, unplaced=unplaced, shared=(now + 1.0, before + 1.0))


def test_whose_share_turns_it_is_named():
    assert "shared out like the others, 300 and 290, it is “no clear change”" in said(
        300, 240, CHANCE_ALONE, shared=(300.0, 290.0)
    )
    assert "If twice its share of the crimes" in said(300, 240, CHANCE_ALONE, shared=(310.0, 262.0))


def test_without_three_pairs_of_years_up_is_not_more_than_chance():
    assert "“up” and “down” mean more than the months' own ups and downs, not more than chance." in said(300, 200)
    assert "It is at least as wide as the 6 earlier changes from year to year ask for." in said(300, 200, EIGHT_YEARS)
    assert "not more than chance" not in said(300, 200, EIGHT_YEARS)


def test_the_forces_months_are_named_where_they_are_used():
    of_force = Dispersion(2.0, 22, 36, DispersionSource.FORCE)
    assert "Too few months of this area are stored" in said(300, 200, of_force)
    assert "Fewer than 24 months are stored" in said(300, 200, None)


def test_months_that_vary_more_than_crimes_are_few_are_called_so():
    assert "Months or years go up and down so much here" in said(300, 250, Dispersion(20.0, 22, 36))


def test_of_longer_times_and_of_gaps_the_compared_months_are_named():
    year = tuple(Month(2025, 1).to(Month(2025, 12)))
    assert "Of the 36 chosen months the last twelve are compared" in said(60, 53, months=year, asked=36)
    gap = said(60, 53, months=(QUARTER[0],), left_out=QUARTER[1:])
    assert "Left out: April 2025 to May 2025, missing. Compared is the month that both years have: March 2025." in gap
