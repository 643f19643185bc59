"""What residents say the police did is counted, and no view taken from another tells what one of them said."""

from datetime import date
from itertools import chain, combinations, product

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from mkmap.evidence.gap.lots import ANSWERS, AREA, COLUMNS, gap
from mkmap.month import Month
from mkmap.reports.privacy import FEWEST_IN_A_CELL

WARDS = ["A", "B", "C"]
SAID = {"came": (True, "came"), "did_not_come": (True, "phoned"), "not_told": (False, "not told: fear")}
ENOUGH = dict.fromkeys(ANSWERS, FEWEST_IN_A_CELL)


def live(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Month, ward, answer and day of the decision of each report."""
    said = [(month, ward, *SAID[answer], pd.Timestamp(day, tz="UTC")) for month, ward, answer, day in rows]
    return pd.DataFrame(said, columns=["month", "ward", "told_police", "response", "decided_at"])


def left(*rows: tuple[int, str, str, int]) -> pd.DataFrame:
    """Year, ward, answer and number of reports of which only counts are left."""
    said = [(year, ward, *SAID[answer], count) for year, ward, answer, count in rows]
    return pd.DataFrame(said, columns=["year", "ward", "told_police", "response", "reports"])


def many(ward: str, day: str = "2025-03-10", month: str = "2025-02", **counts: int) -> list[tuple]:
    return [(month, ward, answer, day) for answer, count in counts.items() for _ in range(count)]


def row(found: pd.DataFrame, ward: str, year: int = 2025) -> list:
    (there,) = found[(found["ward"] == ward) & (found["year"] == year)][COLUMNS[2:]].to_numpy().tolist()
    return there


HIDDEN = [pd.NA] * 4
LATER = date(2025, 4, 1)


def test_enough_of_each_answer_is_shown():
    found = gap(live(*many("A", came=3, did_not_come=4, not_told=5)), left(), WARDS, LATER)
    assert list(found.columns) == COLUMNS
    assert found["ward"].tolist() == [*WARDS, AREA]
    assert row(found, "A") == row(found, AREA) == [12, 3, 4, 5]
    assert row(found, "B") == HIDDEN


@pytest.mark.parametrize("few", [0, 1, 2])
@pytest.mark.parametrize("answer", ANSWERS)
def test_too_few_of_one_answer_hide_all_three(answer: str, few: int):
    counts = dict.fromkeys(ANSWERS, 10) | {answer: few}
    found = gap(live(*many("A", **counts)), left(), WARDS, LATER)
    assert row(found, "A") == row(found, AREA) == HIDDEN


def test_phoned_and_nothing_yet_are_did_not_come():
    reports = live(*many("A", **ENOUGH))
    reports.loc[reports["response"] == "phoned", "response"] = ["phoned", "nothing yet", "nothing yet"]
    assert row(gap(reports, left(), WARDS, LATER), "A") == [9, 3, 3, 3]


def test_a_report_is_counted_from_the_month_after_its_decision():
    reports = live(*many("A", day="2025-03-31", **ENOUGH))
    assert gap(reports, left(), WARDS, date(2025, 3, 31)).empty
    assert row(gap(reports, left(), WARDS, LATER), "A") == [9, 3, 3, 3]


def test_one_more_report_changes_nothing_until_it_is_not_alone():
    reports = [*many("A", **ENOUGH), *many("A", day="2025-04-02", came=1)]
    assert row(gap(live(*reports), left(), WARDS, date(2025, 6, 1)), "A") == [9, 3, 3, 3]
    reports += many("A", day="2025-06-20", came=2, did_not_come=3, not_told=3)
    assert row(gap(live(*reports), left(), WARDS, date(2025, 7, 1)), "A") == [18, 6, 6, 6]


def test_what_is_too_few_in_each_ward_is_put_together_for_the_area_alone():
    reports = live(*many("A", **ENOUGH), *many("B", came=3, did_not_come=1, not_told=1), *many("C", did_not_come=2, not_told=2))
    before, after = (gap(reports, left(), WARDS, day) for day in (date(2026, 3, 31), date(2026, 4, 1)))
    assert row(before, AREA) == [9, 3, 3, 3]
    assert row(after, AREA) == [18, 6, 6, 6]
    assert row(after, "B") == row(after, "C") == HIDDEN


def test_counts_that_are_left_count_and_what_lies_outside_does_not():
    past = left((2025, "A", "came", 3), (2025, "A", "did_not_come", 2), (2025, "", "not_told", 9), (2024, "A", "came", 9))
    found = gap(live(*many("A", did_not_come=1, not_told=3), *many("", **ENOUGH)), past, WARDS, LATER)
    assert row(found, "A") == row(found, AREA) == [9, 3, 3, 3]
    assert row(found, "A", 2024) == HIDDEN


def test_a_ward_that_is_not_asked_for_is_in_the_area():
    """One of an older set of wards: whichever set is looked at, the area is the same."""
    found = gap(live(*many("old", **ENOUGH)), left(), WARDS, LATER)
    assert row(found, AREA) == [9, 3, 3, 3]
    assert "old" not in set(found["ward"])


def test_without_a_report_there_is_no_row():
    found = gap(live(), left(), WARDS, LATER)
    assert found.empty
    assert list(found.columns) == COLUMNS


DECIDED = [f"2025-{month:02d}-15" for month in range(2, 7)]
DAYS = [date(2025, month, 1) for month in range(3, 8)] + [date(2026, 4, 1)]  # on which somebody looks
SENT = st.tuples(  # and how many alike
    st.sampled_from(["2024-12", "2025-01", "2025-02"]),
    st.sampled_from([*WARDS, "old", ""]),
    st.sampled_from(ANSWERS),
    st.sampled_from(DECIDED),
    st.integers(1, 4),
)
KEPT = st.tuples(st.sampled_from([2024, 2025]), st.sampled_from([*WARDS, ""]), st.sampled_from(ANSWERS), st.integers(1, 4))
MANY = st.lists(SENT, min_size=10, max_size=60), st.lists(KEPT, max_size=6)
CHOICES = list(chain.from_iterable(combinations(range(len(WARDS)), size) for size in range(len(WARDS) + 1)))


def alike(rows: list[tuple]) -> list[tuple]:
    return [tuple(row) for *row, count in rows for _ in range(count)]


def views(reports: pd.DataFrame, past: pd.DataFrame, year: int) -> tuple[np.ndarray, np.ndarray]:
    """What every choice of wards says of a year on each day, and the area less that choice: hidden counts as nothing."""
    of, but = (np.zeros((len(DAYS), len(CHOICES), len(ANSWERS)), int) for _ in range(2))
    for at, day in enumerate(DAYS):
        found = gap(reports, past, WARDS, day)
        shown = found.loc[found["year"] == year, ANSWERS].fillna(0).to_numpy(int)
        for number, chosen in enumerate(CHOICES if len(shown) else []):
            of[at, number] = shown[list(chosen)].sum(axis=0)
            but[at, number] = shown[-1] - of[at, number]
    return of, but


def tell_nothing_of_one(counts: np.ndarray) -> bool:
    return bool(((counts == 0).all(axis=-1) | (counts >= FEWEST_IN_A_CELL).all(axis=-1)).all())


@pytest.mark.parametrize("examples", [12, pytest.param(400, marks=pytest.mark.slow)])
def test_no_view_less_another_tells_what_a_few_said(examples: int):
    """Every pair of filters, a choice of wards that holds another one, on the same day or later; years have no report in common."""
    settings(max_examples=examples)(given(*MANY)(no_view_less_another_tells_what_a_few_said))()


def no_view_less_another_tells_what_a_few_said(rows, kept) -> None:
    reports, past = live(*alike(rows)), left(*kept)
    for year in (2024, 2025):
        of, but = views(reports, past, year)
        assert tell_nothing_of_one(of)
        assert tell_nothing_of_one(but)
        for more, fewer in product(range(len(CHOICES)), repeat=2):
            if set(CHOICES[fewer]) <= set(CHOICES[more]):
                for day in range(len(DAYS)):
                    assert tell_nothing_of_one(of[day:, more] - of[day, fewer])
                    assert tell_nothing_of_one(but[day:, fewer] - but[day, more])


def test_the_proof_would_notice_a_single_report():
    """What the rule is for: ten answers today and eleven tomorrow."""
    assert not tell_nothing_of_one(np.array([[4, 3, 3]]) - np.array([[3, 3, 3]]))


@settings(max_examples=20)
@given(*MANY)
def test_nothing_is_counted_that_was_not_said(rows, kept):
    """A ward's row never has more than pandas counts of its reports."""
    as_of, rows = DAYS[-1], alike(rows)
    found = gap(live(*rows), left(*kept), WARDS, as_of).fillna(0)
    said = pd.DataFrame(
        [(int(month[:4]), ward, answer, 1) for month, ward, answer, day in rows if Month.parse(day[:7]) < Month.of(as_of)]
        + list(kept),
        columns=["year", "ward", "answer", "reports"],
    )
    for one in found.itertuples():
        of_it = said[(said["year"] == one.year) & (said["ward"] == one.ward if one.ward != AREA else said["ward"] != "")]
        for answer in ANSWERS:
            assert getattr(one, answer) <= of_it.loc[of_it["answer"] == answer, "reports"].sum()
        assert one.reports == sum(getattr(one, answer) for answer in ANSWERS)
