"""The trends page: a change in one sentence, figures with words and tables, and gaps where months are missing."""

import json
from collections.abc import Callable
from pathlib import Path

import made_stores
import pandas as pd
import pyarrow as pa
import pytest
from page_visits import as_read, headline, said, tables, visited

from mkmap.month import Month

MONTHS = list(Month(2023, 1).to(Month(2025, 12)))
COLUMNS = ("ratio", "role_word", "rolling", "calendar")  # by which the charts of this file's sentences are known
QUARTER = {"from": "2025-03", "to": "2025-05", "type": "Burglary"}


def years(home: Path, without: tuple[Month, ...] = (), *, later: int = 40) -> Path:
    """Three years with 20 burglaries a month, `later` of them in 2025."""
    made_stores.add_wards(home)
    rows = [
        one
        for month in MONTHS
        if month not in without
        for one in made_stores.crimes(later if month.year == 2025 else 20, str(month), 0)
    ]
    made_stores.add_crimes(home, rows)
    return home


@pytest.fixture
def after_years(look_at: Callable[..., Path]) -> Callable:
    """The trends page at an address, where these years are stored."""

    def visit(address: dict, **how: object):
        look_at(years, **how)
        return trends(address)

    return visit


def trends(address: dict):
    at = visited(address, page="trends")
    assert not at.exception
    return at


def charts(at) -> dict[str, tuple[dict, pd.DataFrame, str]]:
    """Specification, data and alternative text of each chart, by the column that only it has."""
    found = {}
    for element in at.get("vega_lite_chart"):
        proto = element.proto
        (data,) = proto.datasets
        rows = pa.ipc.open_stream(data.data.data).read_all().to_pandas()
        name = next((name for name in COLUMNS if name in rows), f"another {len(found)}")
        found[name] = (json.loads(proto.spec), rows, proto.alt)
    return found


def test_a_rise_is_said_with_counts_first_then_ratio_interval_and_verdict(after_years):
    at = after_years(QUARTER)
    assert headline(at).startswith(
        "120 burglaries in Milton Keynes from March 2025 to May 2025, and 60 in the same months of 2024: 2.00 times as many (95 % interval 1."
    )
    assert headline(at).endswith(", up.")


def test_no_clear_change_is_said(after_years):
    assert headline(after_years(QUARTER, later=22)).endswith("no clear change.")


def test_a_fall_is_said(after_years):
    assert headline(after_years(QUARTER, later=5)).endswith(", down.")


def test_few_crimes_are_too_few_to_tell(after_years):
    at = after_years(QUARTER | {"ward": "Broughton"})
    assert (
        headline(at)
        == "0 burglaries in Broughton from March 2025 to May 2025, and 0 in the same months of 2024: too few to tell."
    )
    assert "ratio" not in charts(at)


@pytest.mark.parametrize("gone", [Month(2025, 4), Month(2024, 4)])
def test_without_a_missing_month_the_others_are_compared_and_named(after_years, gone: Month):
    at = after_years(QUARTER, without=(gone,))
    assert headline(at).startswith(
        "80 burglaries in Milton Keynes in 2 of the 3 months from March 2025 to May 2025, and 40 in the same 2 months a year before: 2.00 times"
    )
    assert f"Left out: {gone.name}, missing." in said(at)
    assert "Compared are the 2 months that both years have: March 2025 and May 2025." in said(at)


def test_where_no_month_is_in_both_years_the_title_says_what_is_known(after_years):
    at = after_years(QUARTER, without=(Month(2024, 3), Month(2024, 4), Month(2024, 5)))
    assert headline(at) == (
        "120 burglaries in Milton Keynes from March 2025 to May 2025. It cannot be compared with the same months of 2024: "
        "March 2024 to May 2024 missing."
    )
    assert "ratio" not in charts(at)


def test_of_a_longer_time_the_last_twelve_months_are_compared(after_years):
    at = after_years({"from": "2023-01", "to": "2025-12"})
    assert headline(at).startswith(
        "480 burglaries in Milton Keynes from January 2025 to December 2025, and 240 in the same months of 2024:"
    )
    assert "Of the 36 chosen months the last twelve are compared" in said(at)


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        ({"from": "2025-01", "to": "2025-12"}, False),
        ({}, False),
        (QUARTER, True),
        ({"type": "all"}, True),
        ({"ward": "Alder Park"}, True),
    ],
)
def test_who_looks_at_another_question_than_the_standing_one_hears_what_looking_around_finds(
    after_years, address: dict, chosen: bool
):
    text = said(after_years(address))
    assert ("You chose this place and these months. Of 20 such views" in text) == chosen
    assert ("usually falls back by itself" in text) == ("ward" in address)


def test_a_missing_month_is_a_gap_in_every_chart_and_table(after_years):
    found = charts(after_years(QUARTER, without=(Month(2025, 4),)))
    months = found["role_word"][1].set_index("month")
    assert pd.isna(months.loc["2025-04", "crimes"])
    assert months.loc["2025-04", "role_word"] == "missing, not zero"
    assert "Missing: April 2025." in found["role_word"][2]
    assert pd.isna(found["rolling"][1].set_index("month").loc["2025-04", "rolling"])


def test_one_month_is_compared_with_the_same_month_a_year_before(after_years):
    at = after_years({"from": "2025-05", "to": "2025-05"})
    assert headline(at).startswith("40 burglaries in Milton Keynes in May 2025, and 20 in May 2024: ")


def test_months_over_new_year_are_named_with_both_years(after_years):
    at = after_years({"from": "2024-12", "to": "2025-01"})
    assert "and 40 in December 2023 to January 2024: " in headline(at)


def test_months_that_are_not_published_are_not_compared(after_years):
    at = after_years({"from": "2026-01", "to": "2026-02"})
    assert headline(at).endswith("January 2026 to February 2026 missing.")


def test_what_the_verdict_rests_on_is_said(after_years):
    text = said(after_years(QUARTER))
    assert "The interval's width comes from how much 30 months go up and down here." in text
    assert "mean more than the months' own ups and downs, not more than chance." in text
    assert "After 60, " in text


def test_better_placing_alone_is_no_rise_and_both_answers_are_given(home: Path):
    made_stores.add_wards(home)
    rows = []
    for month in MONTHS:
        placed = 97 if month.year == 2025 else 60
        rows += made_stores.crimes(placed, str(month), 0) + made_stores.crimes(100 - placed, str(month), None)
    made_stores.add_crimes(home, rows)
    at = trends(QUARTER)
    assert headline(at).endswith(", cannot tell.")
    assert "The crimes on the map alone say “up”." in said(at)
    assert "it is “no clear change”" in said(at)


def test_every_chart_has_words_and_a_table(after_years):
    at = after_years(QUARTER)
    found = charts(at)
    assert set(found) >= {"ratio", "role_word", "calendar", "rolling"}
    captions = [as_read(caption.value) for caption in at.caption]
    for _spec, _rows, alt in found.values():
        assert alt
        assert alt in captions
    assert len(tables(at)) >= len(found)


def test_where_nothing_can_be_summed_the_words_say_so_instead_of_an_empty_frame(town):
    at = trends({"from": "2025-03", "to": "2025-03"})
    assert "rolling" not in charts(at)
    assert "Nowhere are twelve months in a row stored" in said(at)


def test_the_demonstration_says_that_it_is_one(demonstration: Path, setting):
    setting(HOME=demonstration)
    assert headline(trends({})).startswith("Demonstration: ")
