"""Make the figures of a trend: months, twelve months rolling, this year against last, and the interval of a change."""

import math
from collections.abc import Collection, Sequence

import pandas as pd

from mkmap.drawing.figure import Figure
from mkmap.drawing.palette import Ground
from mkmap.evidence import absent, charts, series, verdicts
from mkmap.evidence.base import Base
from mkmap.evidence.change import Change
from mkmap.evidence.series import ABSENT, MonthRole
from mkmap.evidence.variation.monthly_counts import YEAR
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.words import NO_NUMBER, _, labelled, ngettext, number


def months(by_month: pd.DataFrame, ground: Ground) -> Figure:
    """Of `series.months`: a bar a month."""
    words, names, not_whole = charts.role_words(), _names(by_month["month"]), _not_whole(by_month)
    rows = pd.DataFrame(
        {
            "month": by_month["month"],
            "crimes": by_month["crimes"],
            "role_word": [words[role] for role in by_month["role"]],
            "sentence": _sentences(by_month, not_whole),
        }
    )
    table = pd.DataFrame(
        {
            _("Month"): names,
            _("Recorded"): _cells(by_month, not_whole),
            _("Twelve months up to it"): _counts(by_month["rolling"]),
            _("What it is here"): rows["role_word"],
        }
    )
    return Figure(charts.months(ground, bool(not_whole)), rows, table, _months_alt(by_month))


def _months_alt(by_month: pd.DataFrame) -> str:
    known = by_month.dropna(subset="crimes")
    if known.empty:
        return _("No month is stored.")
    low, high = known.loc[known["crimes"].idxmin()], known.loc[known["crimes"].idxmax()]
    bars = _("Bars by month, from {first} to {last}: between {low} ({low_month}) and {high} ({high_month}).").format(
        first=Month.parse(by_month["month"].iloc[0]).name, last=Month.parse(by_month["month"].iloc[-1]).name,
        low=number(int(low["crimes"])), low_month=Month.parse(low["month"]).name,
        high=number(int(high["crimes"])), high_month=Month.parse(high["month"]).name,
    )  # fmt: skip
    return " ".join([bars, *absent.sentences(_of_roles(by_month, ABSENT), _not_whole(by_month))])


def _not_whole(by_month: pd.DataFrame) -> list[Month]:
    return _of_roles(by_month, [MonthRole.NOT_WHOLE])


def _of_roles(by_month: pd.DataFrame, roles: Sequence[MonthRole]) -> list[Month]:
    return [Month.parse(text) for text in by_month.loc[by_month["role"].isin(roles), "month"]]


def rolling(by_month: pd.DataFrame, ground: Ground) -> Figure:
    """Of `series.months`: sums of twelve months, which no season disturbs."""
    names, sums = _names(by_month["month"]), by_month["rolling"]
    words = _("Twelve months up to {month}")
    rows = pd.DataFrame(
        {
            "month": by_month["month"],
            "rolling": sums,
            "sentence": [
                _sentence(words.format(month=name), count, _("no sum")) for name, count in zip(names, sums, strict=True)
            ],
        }
    )
    table = pd.DataFrame({_("Twelve months up to"): names, _("Recorded"): _counts(sums)})
    return Figure(charts.rolling(ground), rows, table, _rolling_alt(by_month), bool(sums.isna().all()))


def _rolling_alt(by_month: pd.DataFrame) -> str:
    known = by_month.dropna(subset="rolling")
    if known.empty:
        return _("Nowhere are twelve months in a row stored, so there is no sum of twelve months.")
    first, last = known.iloc[0], known.iloc[-1]
    return _("Sums of twelve months: {first} up to {first_month}, {last} up to {last_month}.").format(
        first=number(int(first["rolling"])), first_month=Month.parse(first["month"]).name,
        last=number(int(last["rolling"])), last_month=Month.parse(last["month"]).name,
    )  # fmt: skip


def years(base: Base, filters: Filters, ground: Ground) -> Figure:
    """The twelve months up to the last chosen one, over the twelve before."""
    by_year, last = series.years(base, filters), filters.last
    words = {"now": _short(last + (1 - YEAR), last), "before": _short(last + (1 - 2 * YEAR), last + -YEAR)}
    months, not_whole = [Month.parse(text) for text in by_year["month"]], base.area.not_whole
    rows = pd.DataFrame(
        {
            "calendar": [month.calendar for month in months],
            "crimes": by_year["crimes"],
            "year_word": by_year["year"].map(words),
            "sentence": _sentences(by_year, not_whole),
        }
    )
    wide = by_year.pivot(index="place", columns="year", values="crimes")
    cells = by_year.assign(cell=_cells(by_year, not_whole)).pivot(index="place", columns="year", values="cell")
    table = pd.DataFrame(
        {
            _("Month"): [month.calendar for month in (last + (1 - YEAR)).to(last)],
            words["before"]: cells["before"],
            words["now"]: cells["now"],
        }
    )
    return Figure(charts.years(ground), rows, table, _years_alt(wide, words))


def _years_alt(wide: pd.DataFrame, words: dict[str, str]) -> str:
    both = wide.dropna()
    if both.empty:
        return _("No calendar month is stored in both years.")
    higher = int((both["now"] > both["before"]).sum())
    return ngettext(
        "Two lines by calendar month: {now} over {before}. Higher in the later year: {higher} of {n} month that both have.",
        "Two lines by calendar month: {now} over {before}. Higher in the later year: {higher} of {n} months that both have.",
        len(both),
    ).format(now=words["now"], before=words["before"], n=number(len(both)), higher=number(higher))


def interval(change: Change, name: str, ground: Ground) -> Figure | None:
    """The ratio with its interval; None where there is none to draw."""
    if change.interval is None or change.ratio is None or not change.ratio:
        return None
    verdict = verdicts.verdict_words(change)
    low, high = (min(max(end, charts.RATIOS[0]), charts.RATIOS[1]) for end in (change.interval.low, change.interval.high))
    rows = pd.DataFrame({"name": [name], "ratio": [change.ratio], "low": [low], "high": [high], "sentence": [verdict]})
    upper = _("no upper end") if math.isinf(change.interval.high) else number(change.interval.high, 2)
    table = pd.DataFrame(
        {
            _("Recorded"): [number(change.now)],
            _("A year before"): [number(change.before)],
            _("Times as many"): [number(change.ratio, 2)],
            _("From"): [number(change.interval.low, 2)],
            _("To"): [upper],
            _("Verdict"): [verdicts.word(change.verdict)],
        }
    )
    return Figure(charts.interval(ground), rows, table, _("{name}: {verdict}.").format(name=name, verdict=verdict))


def _short(first: Month, last: Month) -> str:
    return f"{first.short} – {last.short}"


def _names(months: pd.Series) -> list[str]:
    return [Month.parse(text).name for text in months]


def _sentences(by_month: pd.DataFrame, not_whole: Collection[Month]) -> list[str]:
    """What each row's mark says: rows have a month (Month's text) and crimes."""
    months = [Month.parse(text) for text in by_month["month"]]
    return [
        _sentence(month.name, count, absent.word(month, not_whole))
        for month, count in zip(months, by_month["crimes"], strict=True)
    ]


def _sentence(name: str, count: float, without: str) -> str:
    return labelled(name, without if pd.isna(count) else number(int(count)))


def _cells(by_month: pd.DataFrame, not_whole: Collection[Month]) -> list[str]:
    """The same as cells of a table."""
    months = [Month.parse(text) for text in by_month["month"]]
    return [
        absent.cell(month, not_whole) if pd.isna(count) else number(int(count))
        for month, count in zip(months, by_month["crimes"], strict=True)
    ]


def _counts(counts: pd.Series) -> list[str]:
    return [NO_NUMBER if pd.isna(count) else number(int(count)) for count in counts]
