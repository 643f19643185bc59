"""Draw a row of months so small that it fits into a table's cell, with words for those who do not see it."""

import math
from collections.abc import Container, Sequence
from html import escape

import pandas as pd

from mkmap.month import Month, ranges, span
from mkmap.words import _, listed, number

STYLES = """
.spark { display: inline-flex; align-items: flex-end; gap: 1px; height: 2rem; }
.spark i { flex: none; width: 3px; min-height: 1px; background: color-mix(in srgb, currentColor 38%, transparent); }
.spark i.chosen { background: var(--chosen); }
.spark i.missing { height: 100%; width: 3px; background: repeating-linear-gradient(0deg, currentColor 0 1px, transparent 1px 6px); opacity: .4; }
"""


def sparkline(counts: pd.Series, chosen: Container[str], highest: int) -> str:
    """Bars by month (index: Month's text; NaN where missing) as HTML; the tallest of all wards reaches the top."""
    months, values = counts.index.tolist(), counts.tolist()
    bars = "".join(_bar(value, month in chosen, highest) for month, value in zip(months, values, strict=True))
    return f'<span class="spark" role="img" aria-label="{escape(words(months, values))}">{bars}</span>'


def _bar(value: float, is_chosen: bool, highest: int) -> str:
    if math.isnan(value):
        return '<i class="missing"></i>'
    share = 100 * value / highest if highest else 0
    return f'<i{" class=chosen" if is_chosen else ""} style="height:{share:.0f}%"></i>'


def words(months: Sequence[str], values: Sequence[float]) -> str:
    """What the bars show: first and last month, the fewest and the most in a month, and which are missing."""
    known = [int(value) for value in values if not math.isnan(value)]
    if not known:
        return _("no month is stored")
    said = _("{months}: between {low} and {high} a month").format(
        months=span(Month.parse(months[0]), Month.parse(months[-1])), low=number(min(known)), high=number(max(known))
    )
    missing = [Month.parse(month) for month, value in zip(months, values, strict=True) if math.isnan(value)]
    return _("{said}; missing: {months}").format(said=said, months=listed(ranges(missing))) if missing else said
