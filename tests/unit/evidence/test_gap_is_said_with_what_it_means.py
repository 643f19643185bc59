"""What residents say of the police is drawn and said only where there is enough, with what it can and cannot mean."""

from datetime import date

import pandas as pd

from mkmap.drawing.palette import LIGHT
from mkmap.evidence.gap import figure as gap_figures
from mkmap.evidence.gap import words
from mkmap.evidence.gap.lots import ANSWERS, AREA, gap
from mkmap.reports.report import Response

NAMES = {"A": "Alder Park", "B": "Broughton"}
SAID = {"came": (True, Response.CAME), "did_not_come": (True, Response.PHONED), "not_told": (False, Response.PHONED)}
NOTHING_PAST = pd.DataFrame(columns=["year", "ward", "told_police", "response", "reports"]).astype(
    {"year": int, "reports": int}
)


def found(**counts: int) -> pd.DataFrame:
    """Counts of ward A in 2025, as of a later month; ward B has one report."""
    rows = [("2025-03", "A", *SAID[answer]) for answer, count in counts.items() for _n in range(count)]
    reports = pd.DataFrame([*rows, ("2025-03", "B", *SAID["came"])], columns=["month", "ward", "told_police", "response"])
    return gap(reports.assign(decided_at=pd.Timestamp("2025-04-02", tz="UTC")), NOTHING_PAST, list(NAMES), date(2025, 6, 1))


ENOUGH = found(came=4, did_not_come=3, not_told=5)


def test_the_bars_the_table_and_the_words_have_the_same_numbers():
    figure = gap_figures.answers(ENOUGH, NAMES, "Milton Keynes", LIGHT)
    assert figure.rows.groupby("group")["reports"].apply(list).to_dict() == {
        "Alder Park, 2025": [4, 3, 5],
        "Milton Keynes, 2025": [4, 3, 5],
    }
    assert figure.rows["text"].tolist()[:3] == ["A 4", "B 3", "C 5"]
    assert figure.table.to_numpy().tolist()[:2] == [
        ["2025", "Milton Keynes", "12", "4", "3", "5"],
        ["2025", "Alder Park", "12", "4", "3", "5"],
    ]
    assert "Alder Park, 2025: 4 told, and they came, 3 told, and did not come, 5 not told" in figure.alt


def test_what_is_hidden_is_said_to_be_and_is_nowhere_a_number():
    figure = gap_figures.answers(ENOUGH, NAMES, "Milton Keynes", LIGHT)
    assert figure.table["Where"].tolist() == ["Milton Keynes", "Alder Park"]
    alone = gap_figures.table(ENOUGH[ENOUGH["ward"] == "B"], NAMES)
    assert alone.iloc[0].tolist()[2:] == ["hidden: too few"] * 4
    assert "Broughton" not in figure.alt + " ".join(figure.rows["group"])
    assert words.hidden(ENOUGH) == "Hidden because of too few reports: 2025: 1 of 2 wards."


def test_with_too_few_of_one_answer_there_is_no_figure_but_a_sentence():
    few = found(came=9, did_not_come=9, not_told=2)
    assert gap_figures.answers(few, NAMES, "Milton Keynes", LIGHT) is None
    assert words.nothing(few).startswith("Hidden: too few reports of each answer")


def test_without_any_report_that_is_said():
    empty = ENOUGH.head(0)
    assert gap_figures.answers(empty, NAMES, "Milton Keynes", LIGHT) is None
    assert words.nothing(empty) == "No published report is counted here yet."
    assert words.hidden(empty) == ""


def test_what_it_cannot_mean_is_always_said():
    said = " ".join(words.meaning())
    assert "it is no survey" in said
    assert "The police are not heard here." in said
    assert "at least 3 reports of each answer" in said


def test_only_the_latest_year_of_the_wards_is_drawn_and_every_year_of_the_area():
    earlier = ENOUGH.assign(year=2024)
    both = pd.concat([earlier, ENOUGH], ignore_index=True)
    groups = gap_figures.answers(both, NAMES, "Milton Keynes", LIGHT).rows["group"]
    assert list(dict.fromkeys(groups)) == ["Milton Keynes, 2024", "Milton Keynes, 2025", "Alder Park, 2025"]
    assert set(ANSWERS) <= set(both.columns)
    assert AREA in set(both["ward"])
