"""The ranked table is HTML of our own: names stay text, bars have words, a missing month has no height."""

from dataclasses import replace
from html import escape

import pandas as pd
import pytest

from mkmap.evidence.change import Change
from mkmap.evidence.interval import Interval
from mkmap.evidence.variation.dispersion import CHANCE_ALONE
from mkmap.evidence.wards.rows import WardRow
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.ui.wards.table import sparkline, table
from mkmap.view.sentences import by_month

FILTERS = Filters(Month(2025, 1), Month(2025, 3), (), ("Burglary",))
MONTHS = pd.Series([2, None, 8, 0], index=["2024-12", "2025-01", "2025-02", "2025-03"], dtype="float64")
ROW = WardRow(
    "E05000001", "Alder Park", 1, 8, 8.0, Interval(3.5, 15.8), True, True, Change(8, 24, CHANCE_ALONE), MONTHS, 2
)  # fmt: skip
EVIL = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "a & b", "[x](javascript:1)"]


@pytest.mark.parametrize("name", EVIL)
def test_a_name_is_text(name: str):
    found = table([replace(ROW, name=name)], FILTERS, name)
    assert found.count(escape(name)) == 2
    assert "<script" not in found
    assert "<img" not in found


@pytest.mark.parametrize("kind", EVIL)
def test_a_crime_type_in_a_link_stays_in_it(kind: str):
    found = table([ROW], replace(FILTERS, types=(kind,)), "about")
    (link,) = [part.split('"')[0] for part in found.split('href="')[1:]]
    assert not set("<>'\"") & set(link)


def test_a_missing_month_is_no_bar_and_a_zero_is_a_low_one():
    bars = sparkline(MONTHS, {"2025-02"}, 8)
    assert bars.count("<i") == 4
    assert bars.count('<i class="missing"></i>') == 1
    assert bars.count("height:0%") == 1
    assert '<i class=chosen style="height:100%">' in bars


def test_bars_have_words_with_what_is_missing():
    assert by_month(MONTHS.index, MONTHS) == "December 2024 to March 2025: between 0 and 8 a month; missing: January 2025"
    assert by_month([], []) == "no month is stored"


def test_bars_of_nothing_at_all_have_no_height():
    assert sparkline(MONTHS * 0, set(), 0).count("height:0%") == 3


def test_counts_stand_before_the_ratio():
    found = table([ROW], FILTERS, "about")
    assert "▼ down" in found
    assert "8, and 24 before: 0.33 times (0.15 to 0.73)" in found


def test_a_ward_without_households_has_no_place_and_no_rate():
    alone = replace(ROW, name="Newer", place=None, rate=None, interval=None, stands_out=False)
    assert table([ROW, alone], FILTERS, "about").count("–") == 2
    assert "Place" not in table([alone], FILTERS, "about")


def test_reports_that_cannot_be_read_are_no_zero():
    assert table([replace(ROW, reports=None)], FILTERS, "about").count(">–</td></tr>") == 1


@pytest.mark.parametrize(("now", "before", "said"), [(3, 2, "? cannot tell: too few"), (24, 0, "▲ up")])
def test_without_a_ratio_there_are_the_counts_alone(now: int, before: int, said: str):
    found = table([replace(ROW, change=Change(now, before, CHANCE_ALONE))], FILTERS, "about")
    assert said in found
    assert f"<small>{now}, and {before} before</small>" in found
