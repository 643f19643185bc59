"""Draw the ranked table of wards as one piece of HTML, in which each ward's name is a link to its own page."""

import math
from collections.abc import Container, Sequence
from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from mkmap.drawing import palette
from mkmap.evidence import verdicts
from mkmap.evidence.change import Verdict
from mkmap.evidence.wards.rows import WardRow
from mkmap.filters import Filters
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
.wards td.n, .wards td.months, .wards small { white-space: nowrap; }
.wards .number { font-size: 1.1rem; font-weight: 600; }
.wards small { display: block; font-size: .82rem; opacity: .85; }
.wards a { color: inherit; text-decoration: underline; text-underline-offset: .15em; display: inline-block; padding: .25rem 0; }
.wards tr.chosen { background: color-mix(in srgb, var(--chosen) 16%, transparent); }
.spark { display: inline-flex; align-items: flex-end; gap: 1px; height: 2rem; }
.spark i { flex: none; width: 3px; min-height: 1px; background: color-mix(in srgb, currentColor 38%, transparent); }
.spark i.chosen { background: var(--chosen); }
.spark i.missing { height: 100%; width: 3px; background: repeating-linear-gradient(0deg, currentColor 0 1px, transparent 1px 6px); opacity: .4; }
@media (max-width: 640px) {
    .wards th, .wards td { padding-right: .6rem; }
    .wards tbody th { position: sticky; left: 0; background: GROUND; width: 8.5rem; }
}
</style>"""


def draw(rows: Sequence[WardRow], filters: Filters, about: str, ground: palette.Ground) -> None:
    """`about`: what the table is of; `filters`: what the links keep."""
    styles = STYLES.replace("CHOSEN", palette.css(palette.POLICE)).replace("GROUND", palette.css(ground.halo))
    st.html(styles + table(rows, filters, about))


def table(rows: Sequence[WardRow], filters: Filters, about: str) -> str:
    """What is described stands above what scrolls: on a phone the table is wider than the screen."""
    highest = max((int(row.months.max()) for row in rows if row.months.notna().any()), default=0)
    chosen = frozenset(map(str, filters.months))
    has_rates = any(row.rate is not None for row in rows)
    body = "".join(_row(row, filters, chosen, highest, has_rates=has_rates) for row in rows)
    return (
        f'<p id="wards-about">{escape(about)}</p>'
        f'<div class="wards" role="region" tabindex="0" aria-labelledby="wards-about"><table aria-labelledby="wards-about">'
        f"<thead><tr>{_heads(has_rates=has_rates)}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _heads(*, has_rates: bool) -> str:
    heads = [
        (_("Place"), "n", has_rates),
        (_("Ward"), "", True),
        (_("Recorded"), "n", True),
        (_("Per 1,000 households, 95 % interval"), "n", has_rates),
        (_("Against the same months a year before"), "", True),
        (_("Month by month"), "", True),
        (_("Residents' reports"), "n", True),
    ]
    return "".join(f'<th scope="col" class="{kind}">{escape(text)}</th>' for text, kind, is_there in heads if is_there)


def _row(row: WardRow, filters: Filters, chosen: frozenset[str], highest: int, *, has_rates: bool) -> str:
    is_chosen = row.code in filters.wards
    cells = [
        f'<td class="n">{NO_NUMBER if row.place is None else number(row.place)}</td>' if has_rates else "",
        _name(row, filters, is_chosen=is_chosen),
        f'<td class="n"><span class="number">{number(row.crimes)}</span></td>',
        f'<td class="n">{_rate(row)}</td>' if has_rates else "",
        f"<td>{_change(row)}</td>",
        f'<td class="months">{sparkline(row.months, chosen, highest)}</td>',
        f'<td class="n">{NO_NUMBER if row.reports is None else number(row.reports)}</td>',
    ]
    return f"<tr{' class=chosen' if is_chosen else ''}>{''.join(cells)}</tr>"


def _name(row: WardRow, filters: Filters, *, is_chosen: bool) -> str:
    query = escape(replace(filters, wards=(row.code,)).query())
    mark = f"<small>{escape(_('chosen'))}</small>" if is_chosen else ""
    return f'<th scope="row"><a href="?{query}">{escape(row.name)}</a>{mark}</th>'


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
    if change.ratio is None or change.interval is None or change.verdict is Verdict.TOO_FEW:
        return counts
    return _("{counts}: {times} times ({interval})").format(
        counts=counts, times=number(change.ratio, 2), interval=verdicts.interval_words(change.interval)
    )


def sparkline(counts: pd.Series, chosen: Container[str], highest: int) -> str:
    """So small that it fits into a cell: bars by month (index: Month's text; NaN where missing) as HTML; the tallest of all wards reaches the top."""
    months, values = counts.index.tolist(), counts.tolist()
    bars = "".join(_bar(value, month in chosen, highest) for month, value in zip(months, values, strict=True))
    return f'<span class="spark" role="img" aria-label="{escape(sentences.by_month(months, values))}">{bars}</span>'


def _bar(value: float, is_chosen: bool, highest: int) -> str:
    if math.isnan(value):
        return '<i class="missing"></i>'
    share = 100 * value / highest if highest else 0
    return f'<i{" class=chosen" if is_chosen else ""} style="height:{share:.0f}%"></i>'
