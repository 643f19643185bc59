"""Figures of claims and outcomes: the same numbers in the picture, its words and its table; missing months as gaps; pictures that can be drawn."""

from pathlib import Path

import pandas as pd
import pytest
import vl_convert
from base_for_tests import base
from made_stores import add_crimes, add_wards, crimes

from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.dataset.dataset import real
from mkmap.drawing.figure import Figure
from mkmap.drawing.palette import DARK, LIGHT
from mkmap.evidence.base import Base
from mkmap.evidence.claims import figures as claim_figures
from mkmap.evidence.claims.levels import ward_months, weekly
from mkmap.evidence.districts import figure as district_figure
from mkmap.evidence.districts.districts import Districts
from mkmap.evidence.outcomes import figure as outcome_figures
from mkmap.evidence.outcomes.counts import OutcomeCounts, cube_of, outcome_counts
from mkmap.filters import Filters
from mkmap.month import Month

FORCE = "thames-valley"
LAST = Month(2025, 6)
GONE = Month(2025, 3)
CHOSEN = Filters(Month(2025, 1), LAST, (), ("Burglary",))
STORED = [month for month in Month(2023, 6).to(LAST) if month != GONE]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Base:
    """Two years with a month missing: 60 burglaries a month in Alder Park, 7 in Broughton."""
    home: Path = tmp_path_factory.mktemp("town")
    add_wards(home)
    add_crimes(home, [one for month in STORED for one in (*crimes(60, str(month), 0), *crimes(7, str(month), 1))])
    return base(real(home, FORCE), LAST)


def outcomes(filters: Filters = CHOSEN) -> OutcomeCounts:
    """Of each stored month 20 crimes: 3 charged, 10 without a suspect, 4 that could not be prosecuted, 1 otherwise, 2 open."""
    counts = {"charged": 3, "no_suspect": 10, "unable": 4, "other": 1, "open": 2}
    cells = pd.DataFrame(
        [(str(month), "E05000001", status, None, count) for month in STORED for status, count in counts.items()],
        columns=["month", "ward", "status", "outcome_month", "crimes"],
    )
    return outcome_counts(cube_of(cells), filters, set(STORED), set())


def districts() -> Districts:
    rows = pd.DataFrame(
        {"name": ["Oxford", "Milton Keynes", *"ABCDEF"], "crimes": [300] * 8, "charged": [90, 36, 33, 33, 30, 30, 27, 24]}
    )
    rows = rows.assign(open=0, share=rows["charged"] / rows["crimes"])
    return Districts(rows, own="Milton Keynes")


def figures(town: Base, ground=LIGHT) -> dict[str, Figure]:
    whole = Filters(Month(2025, 4), LAST, (), ("Burglary",))
    level = weekly(town, whole, 12)
    return {
        "level": claim_figures.level(level, "Town", ground),
        "weekly": claim_figures.weekly(level, whole, ground),
        "ward months": claim_figures.ward_months(ward_months(town, whole, 50), ground),
        "districts": district_figure.funnel(districts(), ground),
        "outcomes": outcome_figures.by_month(outcomes(), CHOSEN, ground),
    }


@pytest.mark.parametrize("ground", [LIGHT, DARK], ids=["light", "dark"])
def test_every_figure_can_be_drawn_on_paper_too(town: Base, ground):
    for name, figure in figures(town, ground).items():
        drawn = vl_convert.vegalite_to_svg(figure.whole() | {"width": 600})
        assert drawn.count("<path") > 5, name
        assert figure.alt.endswith("."), name
        assert len(figure.table), name


def test_the_weekly_picture_has_a_gap_where_a_month_is_missing(town: Base):
    figure = claim_figures.weekly(weekly(town, CHOSEN, 12), CHOSEN, LIGHT)
    rows = figure.rows.set_index("month")
    assert pd.isna(rows.loc["2025-03", "rate"])
    assert rows.loc["2025-03", "sentence"] == "March 2025: missing, not zero"
    assert rows.loc["2025-01", "rate"] == pytest.approx(67 / (31 / 7))
    assert "Missing: March 2025." in figure.alt
    assert figure.table.set_index("Month").loc["March 2025"].tolist()[:2] == ["–", "–"]


def test_no_interval_is_drawn_where_nothing_can_be_checked(town: Base):
    assert claim_figures.level(weekly(town, CHOSEN, 12), "Town", LIGHT) is None


def test_the_picture_of_a_level_says_the_words_of_the_verdict(town: Base):
    figure = figures(town)["level"]
    assert figure.alt.startswith("Town: 15.5 a week (95 % interval ")
    assert figure.alt.endswith(", claimed 12: more than 12 a week is the usual level.")
    assert figure.table["Verdict"].tolist() == ["more than 12 a week is the usual level"]


def test_the_ward_months_of_the_picture_are_all_that_are_stored(town: Base):
    found = ward_months(town, CHOSEN, 50)
    figure = claim_figures.ward_months(found, LIGHT)
    assert figure.rows["ward_months"].sum() == len(found.stored) == len(STORED) * 3
    assert 50 in set(figure.rows["start"]), "the line stands between two bars, never in one"
    reached = figure.rows[figure.rows["start"] >= 50]["ward_months"].sum()
    assert reached == found.ever_reached == len(STORED)
    assert f"At the line or over it: {len(STORED)}; in the chosen months: 5." in figure.alt
    chosen = figure.rows[figure.rows["role_word"] == "chosen months"]
    assert chosen["ward_months"].sum() == 15


@pytest.mark.parametrize("claimed", [1, 7, 59, 60, 61, 124, 5_000])
def test_any_claimed_number_fits_into_the_picture(town: Base, claimed: int):
    found = ward_months(town, CHOSEN, claimed)
    figure = claim_figures.ward_months(found, LIGHT)
    assert figure.rows["ward_months"].sum() == len(found.stored)
    assert figure.rows[figure.rows["start"] >= claimed]["ward_months"].sum() == found.ever_reached
    assert len(figure.rows) <= 2 * (claim_figures.BARS + 2)


def test_the_table_of_districts_says_who_can_be_told_from_the_area(town: Base):
    table = figures(town)["districts"].table.set_index("District")
    told = table["Told from Milton Keynes?"]
    assert told["Oxford"] == "yes"
    assert told["Milton Keynes"] == "–"
    assert set(told[["A", "F"]]) == {"no"}
    assert table["Place"].tolist() == ["1", "2", "3", "3", "5", "5", "7", "8"]
    assert table.loc["Milton Keynes", ["Crimes", "Suspect charged", "Of 100"]].tolist() == ["300", "36", "12.0"]


def test_the_bars_of_outcomes_add_up_and_stand_in_one_order():
    figure = outcome_figures.by_month(outcomes(), CHOSEN, LIGHT)
    of = figure.rows[figure.rows["month"] == "2025-01"]
    assert of["crimes"].sum() == 20
    assert of["status_word"].tolist() == [
        "A suspect charged", "B ended another way", "C unable to prosecute", "D no suspect found", "E still open",
    ]  # fmt: skip
    assert of["letter"].tolist() == ["A", "", "C", "D", "E"], "a part of one crime has no room for a letter"
    assert figure.alt.startswith(
        "Bars by month of the crime, in parts by what became of it: of 100 crimes, 15 with a suspect charged (15.0 %)"
    )


def test_a_missing_month_of_outcomes_is_a_gap_and_no_zero():
    figure = outcome_figures.by_month(outcomes(), CHOSEN, LIGHT)
    (row,) = figure.rows[figure.rows["month"] == "2025-03"].itertuples()
    assert pd.isna(row.crimes)
    assert "Missing: March 2025." in figure.alt
    assert set(figure.table.set_index("Month of the crime").loc["March 2025"]) == {"–"}


def test_the_table_of_outcomes_says_the_age_and_the_open_share():
    table = outcome_figures.by_month(outcomes(), CHOSEN, LIGHT).table.set_index("Month of the crime")
    assert table.loc["January 2025"].tolist() == ["5 months", "20", "3", "10", "5", "4", "2", "10.0"]
    assert list(table.columns) == [
        "Age", "Crimes", "Suspect charged", "No suspect found", "Ended another way", "Of these, unable to prosecute", "Still open",
        "Open, of 100",
    ]  # fmt: skip


def test_nothing_is_drawn_of_nothing():
    assert outcome_figures.by_month(outcomes(Filters(GONE, GONE)), Filters(GONE, GONE), LIGHT) is None


def test_in_many_bars_only_some_have_letters():
    filters = Filters(Month(2023, 6), Month(2025, 2), (), ("Burglary",))
    rows = outcome_figures.by_month(outcomes(filters), filters, LIGHT).rows
    assert 0 < rows.loc[rows["letter"] == "D", "month"].nunique() <= outcome_figures.BARS_WITH_LETTERS


def test_letters_can_be_read_on_their_colours():
    for status, (colour, ink) in outcome_figures.COLOURS.items():
        grounds = colour, tuple(int(ink[at : at + 2], 16) for at in (1, 3, 5))
        light, dark = sorted(map(_luminance, grounds), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, status  # WCAG 2.2, 1.4.11: parts of pictures
    assert set(outcome_figures.STACK) == set(OutcomeStatus)


def _luminance(colour: tuple[int, int, int]) -> float:
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
