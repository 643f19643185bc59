"""Draw the ranked table of wards as one piece of HTML, in which each ward's name is a link to its own page."""

import math
from collections.abc import Callable, Collection, Container, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from mkmap.drawing import palette
from mkmap.evidence import verdicts
from mkmap.evidence.change import FEWEST, Verdict
from mkmap.evidence.wards.rows import WardRow
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.view import sentences
from mkmap.words import NO_NUMBER, _, number

STYLES = """<style>
.wards { --chosen: CHOSEN; overflow-x: auto; }
.wards table { border-collapse: collapse; width: 100%; }
.wards th, .wards td {
    text-align: left; vertical-align: middle; padding: .3rem 1.2rem .3rem 0;
    border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent);
}
.wards thead th { font-weight: 600; font-size: .85rem; vertical-align: bottom; line-height: 1.25; }
.wards tbody th { font-weight: 400; min-width: 8.5rem; }
.wards .n { text-align: right; font-variant-numeric: tabular-nums; }
.wards td.n, .wards .months, .wards small { white-space: nowrap; }
.wards .number { font-size: 1.1rem; font-weight: 600; }
.wards small { display: block; font-size: .82rem; opacity: .85; }
.wards a { color: inherit; text-decoration: underline; text-underline-offset: .15em; display: inline-block; padding: .25rem 0; }
.wards tr.chosen { background: color-mix(in srgb, var(--chosen) 16%, transparent); }
.spark { display: inline-flex; align-items: flex-end; gap: 1px; height: 2rem; }
.spark i { flex: none; width: 3px; min-height: 1px; background: color-mix(in srgb, currentColor 38%, transparent); }
.spark i.chosen { background: var(--chosen); }
.spark i.missing { height: 100%; width: 3px; background: repeating-linear-gradient(0deg, currentColor 0 1px, transparent 1px 6px); opacity: .4; }
/* On a phone each ward is a card: its name, then each number under what it is. */
@media (max-width: 640px) {
    .wards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .wards table, .wards tbody { display: block; }
    .wards tr {
        display: grid; grid-template-columns: 1fr 1fr; gap: .4rem 1rem; margin: 0 0 .7rem; padding: .6rem .8rem; border-radius: .4rem;
        border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
    }
    .wards tbody th { grid-column: 1 / -1; font-size: 1.1rem; }
    .wards tbody :is(th, td, .n) { border: 0; padding: 0; text-align: left; }
    .wards td.n, .wards td.months, .wards small { white-space: normal; }
    .wards td::before { content: attr(data-head); display: block; font-size: .8rem; opacity: .85; }
    .wards td:nth-last-child(-n+3) { grid-column: 1 / -1; }
}
</style>"""


def draw(
    rows: Sequence[WardRow], filters: Filters, about: str, ground: palette.Ground, not_whole: Collection[Month] = frozenset()
) -> None:
    """`about`: what the table is of; `filters`: what the links keep; `not_whole`: months of which a part is stored."""
    styles = STYLES.replace("CHOSEN", palette.css(palette.POLICE))
    st.html(styles + table(rows, filters, about, not_whole))


@dataclass(frozen=True)
class Column:
    """What it is of, how it is set, and its cell of a ward, as HTML."""

    head: str
    kind: str  # a class: n of numbers
    cell: Callable[[WardRow], str]


def table(rows: Sequence[WardRow], filters: Filters, about: str, not_whole: Collection[Month] = frozenset()) -> str:
    """What is described stands above what scrolls: in a narrow window the table is wider."""
    highest = max((int(row.months.max()) for row in rows if row.months.notna().any()), default=0)
    bars = partial(sparkline, chosen=frozenset(map(str, filters.months)), highest=highest, not_whole=not_whole)
    columns = _columns(bars, has_rates=any(row.rate is not None for row in rows))
    heads = "".join(f'<th scope="col" class="{column.kind}">{escape(column.head)}</th>' for column in columns)
    body = "".join(_row(row, filters, columns) for row in rows)
    return (
        f'<p id="wards-about">{escape(about)}</p>'
        f'<div class="wards" role="region" tabindex="0" aria-labelledby="wards-about"><table aria-labelledby="wards-about">'
        f'<thead><tr><th scope="col">{escape(_("Ward"))}</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _columns(bars: Callable[[pd.Series], str], *, has_rates: bool) -> list[Column]:
    """Those after the ward's name; places and rates only where there are any."""
    columns = [
        Column(_("Place"), "n", lambda row: NO_NUMBER if row.place is None else number(row.place)),
        Column(_("Recorded"), "n", lambda row: f'<span class="number">{_crimes(row)}</span>'),
        Column(_("Per 1,000 households, 95 % interval"), "n", _rate),
        Column(_("Against the same months a year before"), "", _change),
        Column(_("Month by month"), "months", lambda row: bars(row.months)),
        Column(_("Residents' reports"), "n", lambda row: NO_NUMBER if row.reports is None else number(row.reports)),
    ]
    return columns if has_rates else [columns[place] for place in (1, 3, 4, 5)]


def _row(row: WardRow, filters: Filters, columns: Sequence[Column]) -> str:
    is_chosen = row.code in filters.wards
    cells = "".join(
        f'<td class="{column.kind}" data-head="{escape(column.head)}">{column.cell(row)}</td>' for column in columns
    )
    return f"<tr{' class=chosen' if is_chosen else ''}>{_name(row, filters, is_chosen=is_chosen)}{cells}</tr>"


def _name(row: WardRow, filters: Filters, *, is_chosen: bool) -> str:
    query = escape(replace(filters, wards=(row.code,)).query())
    mark = f"<small>{escape(_('chosen'))}</small>" if is_chosen else ""
    return f'<th scope="row"><a href="?{query}">{escape(row.name)}</a>{mark}</th>'


def _crimes(row: WardRow) -> str:
    return NO_NUMBER if row.crimes is None else number(row.crimes)


def _rate(row: WardRow) -> str:
    if row.rate is None or row.interval is None:
        return NO_NUMBER
    interval = f"<small>{escape(verdicts.interval_words(row.interval))}</small>"
    return f'<span class="number">{number(row.rate, 2)}</span>{interval}{_stands(row)}'


def _stands(row: WardRow) -> str:
    if not row.stands_out:
        return ""
    words = _("stands out above") if row.is_above else _("stands out below")
    return f"<small><b>◆ {escape(words)}</b></small>"


def _change(row: WardRow) -> str:
    change = row.change
    verdict = f"{verdicts.sign(change.verdict)} {verdicts.word(change.verdict)}"
    if change.verdict is Verdict.CANNOT_BE_COMPARED:
        return escape(verdict)
    return f"<b>{escape(verdict)}</b><small>{escape(_counts(row))}</small>"


def _counts(row: WardRow) -> str:
    """Counts first, then the ratio with its interval."""
    change = row.change
    counts = _("{now}, and {before} before").format(now=number(change.now), before=number(change.before))
    if change.ratio is None or change.interval is None or change.now + change.before < FEWEST:
        return counts
    return _("{counts}: {times} times ({interval})").format(
        counts=counts, times=number(change.ratio, 2), interval=verdicts.interval_words(change.interval)
    )


def sparkline(counts: pd.Series, chosen: Container[str], highest: int, not_whole: Collection[Month] = frozenset()) -> str:
    """So small that it fits into a cell: bars by month (index: Month's text; NaN where missing) as HTML; the tallest of all wards reaches the top."""
    months, values = counts.index.tolist(), counts.tolist()
    bars = "".join(_bar(value, month in chosen, highest) for month, value in zip(months, values, strict=True))
    return f'<span class="spark" role="img" aria-label="{escape(sentences.by_month(months, values, not_whole))}">{bars}</span>'


def _bar(value: float, is_chosen: bool, highest: int) -> str:
    if math.isnan(value):
        return '<i class="missing"></i>'
    share = 100 * value / highest if highest else 0
    return f'<i{" class=chosen" if is_chosen else ""} style="height:{share:.0f}%"></i>'
