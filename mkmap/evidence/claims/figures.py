"""Make the figures of claims: a level beside the claimed number, wards and months by their count."""

import math

import numpy as np
import pandas as pd

from mkmap.drawing.figure import Figure
from mkmap.drawing.palette import Ground
from mkmap.evidence import absent
from mkmap.evidence.claims import charts, level_words
from mkmap.evidence.claims.levels import WardMonths, Weekly
from mkmap.evidence.series import SHOWN
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.words import NO_NUMBER, _, labelled, ngettext, number

BARS = 30  # of the picture of ward-months


def level(weekly: Weekly, name: str, ground: Ground) -> Figure | None:
    """The weekly rate with its interval beside the claimed number; None where there is none."""
    if weekly.interval is None or weekly.rate is None:
        return None
    low, high, rate = weekly.interval.low, weekly.interval.high, weekly.rate
    sentence = _("{name}: {rate} a week (95 % interval {low} to {high}), claimed {claimed}: {answer}.").format(
        name=name, rate=number(rate, 1), low=number(low, 1), high=number(high, 1), claimed=number(weekly.claimed),
        answer=level_words.weekly_answer(weekly),
    )  # fmt: skip
    rows = pd.DataFrame(
        {"name": [name], "rate": [rate], "low": [low], "high": [high], "sentence": [sentence], **_claimed(weekly.claimed, 1)}
    )
    table = pd.DataFrame(
        {
            _("Recorded"): [number(weekly.crimes)], _("Weeks"): [number(weekly.weeks, 1)], _("A week"): [number(rate, 1)],
            _("From"): [number(low, 1)], _("To"): [number(high, 1)], _("Claimed"): [number(weekly.claimed)],
            _("Verdict"): [level_words.weekly_answer(weekly)],
        }
    )  # fmt: skip
    return Figure(charts.level(ground), rows, table, sentence)


def _claimed(claimed: int, rows: int) -> dict[str, list]:
    return {"claimed": [claimed] * rows, "claimed_word": [_("claimed: {n}").format(n=number(claimed))] * rows}


def weekly(weekly: Weekly, filters: Filters, ground: Ground) -> Figure:
    """The weekly rate month by month, at most three years up to the last that is stored or chosen; a missing month is a gap."""
    months = _shown(weekly, filters)
    known = weekly.months.set_index("month").reindex([str(month) for month in months])
    roles = [charts.chosen_words()[filters.first <= month <= filters.last] for month in months]
    sentences = [
        labelled(
            month.name,
            absent.word(month, weekly.not_whole) if pd.isna(rate) else _("{rate} a week").format(rate=number(rate, 1)),
        )
        for month, rate in zip(months, known["rate"], strict=True)
    ]
    rows = pd.DataFrame(
        {"month": [str(month) for month in months], "rate": known["rate"].to_numpy(), "role_word": roles, "sentence": sentences}
        | _claimed(weekly.claimed, len(months))
    )
    table = pd.DataFrame(
        {
            _("Month"): [month.name for month in months],
            _("Recorded"): [
                absent.cell(month, weekly.not_whole) if pd.isna(count) else number(int(count))
                for month, count in zip(months, known["crimes"], strict=True)
            ],
            _("A week"): [NO_NUMBER if pd.isna(rate) else number(rate, 1) for rate in known["rate"]],
            _("What it is here"): roles,
        }
    )
    return Figure(charts.weekly(ground), rows, table, _weekly_alt(weekly, months))


def _shown(weekly: Weekly, filters: Filters) -> list[Month]:
    stored = [Month.parse(text) for text in weekly.months["month"]]
    last = max([filters.last, *stored[-1:]])
    first = min([filters.first, *stored[:1]])
    return list(min(max(first, last + (1 - SHOWN)), filters.first).to(last))


def _weekly_alt(weekly: Weekly, months: list[Month]) -> str:
    stored = set(weekly.months["month"])
    missing = [month for month in months if str(month) not in stored]
    shown = weekly.months[weekly.months["month"].isin([str(month) for month in months])]
    over = int((shown["rate"] > weekly.claimed).sum())
    bars = ngettext(
        "Bars of the weekly number in {n} stored month, with a line at {claimed}. Over the line: {over}.",
        "Bars of the weekly number in {n} stored months, with a line at {claimed}. Over the line: {over}.",
        len(shown),
    ).format(n=number(len(shown)), claimed=number(weekly.claimed), over=number(over))
    return " ".join([bars, *absent.sentences(missing, weekly.not_whole)])


def ward_months(ward_months: WardMonths, ground: Ground) -> Figure | None:
    """Stored ward-months by their count, with a line at the claimed number; None where nothing is stored."""
    if ward_months.stored.empty:
        return None
    width, edges = _edges(ward_months)
    chosen = np.histogram(ward_months.chosen["crimes"], edges)[0]
    other = np.histogram(ward_months.stored["crimes"], edges)[0] - chosen
    words, bins = charts.chosen_words(), [_bin(int(edge), width) for edge in edges[:-1]]
    parts = [_bars(edges, counts, bins, words[is_chosen]) for is_chosen, counts in ((True, chosen), (False, other))]
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.assign(**_claimed(ward_months.claimed, len(rows)))
    table = pd.DataFrame(
        {_("Recorded in the month"): bins, _("Chosen months"): map(number, chosen), _("Other stored months"): map(number, other)}
    )  # fmt: skip
    return Figure(charts.ward_months(ground), rows, table, _ward_month_alt(ward_months))


def _edges(ward_months: WardMonths) -> tuple[int, np.ndarray]:
    """Steps of whole crimes, one of which begins at the claimed number."""
    highest = max(int(ward_months.stored["crimes"].max()), ward_months.claimed) + 1
    width = max(1, math.ceil(highest / BARS))
    first = ward_months.claimed - width * math.ceil(ward_months.claimed / width)
    return width, np.arange(first, highest + width, width)


def _bin(start: int, width: int) -> str:
    first, last = max(start, 0), start + width - 1
    return number(last) if first >= last else _("{first} to {last}").format(first=number(first), last=number(last))


def _bars(edges: np.ndarray, counts: np.ndarray, bins: list[str], word: str) -> pd.DataFrame:
    sentences = [
        ngettext("{bin} recorded: {n} ward-month, {of}", "{bin} recorded: {n} ward-months, {of}", int(count)).format(
            bin=of_bin, n=number(int(count)), of=word
        )
        for of_bin, count in zip(bins, counts, strict=True)
    ]
    return pd.DataFrame(
        {"start": np.maximum(edges[:-1], 0), "end": edges[1:], "ward_months": counts, "role_word": word, "sentence": sentences}
    )


def _ward_month_alt(ward_months: WardMonths) -> str:
    return ngettext(
        "Bars of {n} stored ward-month by its number, with a line at {claimed}. At the line or over it: {reached}; in the chosen months: {chosen}.",
        "Bars of {n} stored ward-months by their number, with a line at {claimed}. At the line or over it: {reached}; in the chosen months: {chosen}.",
        len(ward_months.stored),
    ).format(
        n=number(len(ward_months.stored)), claimed=number(ward_months.claimed),
        reached=number(ward_months.ever_reached), chosen=number(len(ward_months.reached)),
    )  # fmt: skip


def reached(ward_months: WardMonths) -> pd.DataFrame:
    """The wards and months that reached it, for a table."""
    rows = ward_months.reached
    return pd.DataFrame(
        {
            _("Ward"): rows["ward"].to_numpy(),
            _("Month"): [Month.parse(text).name for text in rows["month"]],
            _("Recorded"): [number(int(count)) for count in rows["crimes"]],
        }
    )
