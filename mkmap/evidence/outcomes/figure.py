"""Make the figure of what became of the crimes, by month of the crime."""

import json
import math
from collections.abc import Collection
from typing import NamedTuple

import altair as alt
import pandas as pd

from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.drawing.chart_parts import HALF_A_DISC, finished, gaps, key, made_once, month_axis, rows, tooltip
from mkmap.drawing.figure import Figure, Spec
from mkmap.drawing.palette import DARK_INK, LIGHT_INK, TYPES, Colour, Ground, css
from mkmap.evidence import absent
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.evidence.outcomes.counts import OutcomeCounts
from mkmap.evidence.shares import Share
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.words import NO_NUMBER, _, labelled, ngettext, number

HEIGHT = 360  # pixels
IN_TABLE = (OutcomeStatus.CHARGED, OutcomeStatus.NO_SUSPECT, OutcomeStatus.OTHER, OutcomeStatus.UNABLE, OutcomeStatus.OPEN)
ROOM = 0.08  # of the highest bar: below it a letter does not fit into its part, and is left out
BARS_WITH_LETTERS = 12  # in more than a dozen bars letters would touch on a phone, so some go without
# From the foot up; the letter stands in the bar too, so that nobody needs the colour.
STACK = {
    OutcomeStatus.CHARGED: "A",
    OutcomeStatus.OTHER: "B",
    OutcomeStatus.UNABLE: "C",
    OutcomeStatus.NO_SUSPECT: "D",
    OutcomeStatus.OPEN: "E",
    OutcomeStatus.NONE: "F",
}
COLOURS: dict[OutcomeStatus, tuple[Colour, str]] = {  # with the ink that reads on it
    OutcomeStatus.CHARGED: (TYPES[0], LIGHT_INK),
    OutcomeStatus.OTHER: (TYPES[2], LIGHT_INK),
    OutcomeStatus.UNABLE: (TYPES[1], LIGHT_INK),
    OutcomeStatus.NO_SUSPECT: ((150, 159, 169), DARK_INK),
    OutcomeStatus.OPEN: ((222, 227, 232), DARK_INK),
    OutcomeStatus.NONE: ((86, 94, 103), LIGHT_INK),
}


class BarPart(NamedTuple):
    """A part of a bar, as the chart draws it; of a month that is missing the only one, without crimes."""

    month: str
    crimes: int | None
    status_word: str
    place: int  # from the foot up
    letter: str  # empty where there is no room
    ink: str
    sentence: str


def by_month(outcomes: OutcomeCounts, filters: Filters, ground: Ground) -> Figure | None:
    """A bar a month of the crime, in parts by what became of it; None where there is none, or nothing is told of any."""
    if not outcomes.are_told:
        return None
    parts = pd.DataFrame(_parts(outcomes, filters)).astype({"crimes": "Int64"})
    missing, not_whole = (tuple(months) for months in absent.parted(_without(outcomes, filters), outcomes.cohorts.not_whole))
    chart = _chart(ground, bool(missing), bool(not_whole))
    return Figure(chart, parts, _table(outcomes, filters), _alt(outcomes, filters))


def _parts(outcomes: OutcomeCounts, filters: Filters) -> list[BarPart]:
    statuses = [status for status in STACK if status is not OutcomeStatus.NONE or outcomes.count(status)]
    room, lettered_months = _room(outcomes), _with_letters(outcomes, filters)
    parts = []
    for month, counts in _by_month(outcomes, filters).items():
        if counts is None:
            parts.append(_of_no_month(month, outcomes.cohorts.not_whole))
        else:
            parts += _of_month(month, counts, statuses, room if month in lettered_months else math.inf)
    return parts


def _of_no_month(month: Month, not_whole: Collection[Month]) -> BarPart:
    """The mark in the place of a bar."""
    word = absent.not_whole_word() if month in not_whole else crossed()
    return BarPart(str(month), None, word, 0, "", DARK_INK, labelled(month.name, absent.word(month, not_whole)))


def _of_month(month: Month, counts: dict[OutcomeStatus, int], statuses: list[OutcomeStatus], room: float) -> list[BarPart]:
    """Its parts from the foot up; those of fewer crimes than need room for a letter have none."""
    return [
        BarPart(
            str(month), counts[status], lettered(status), place, STACK[status] if counts[status] >= room else "",
            COLOURS[status][1], labelled(month.name, _("{n} {outcome}").format(n=number(counts[status]), outcome=status_words()[status])),
        )
        for place, status in enumerate(statuses)
    ]  # fmt: skip


def _by_month(outcomes: OutcomeCounts, filters: Filters) -> dict[Month, dict[OutcomeStatus, int] | None]:
    """Of each chosen month how many crimes became what; None where it is missing."""
    statuses = [OutcomeStatus(column) for column in outcomes.months.columns]
    counts = {
        text: dict(zip(statuses, row, strict=True))
        for text, row in zip(outcomes.months.index, outcomes.months.to_numpy().tolist(), strict=True)
    }
    return {month: counts.get(str(month)) for month in filters.months}


def _room(outcomes: OutcomeCounts) -> float:
    """How many crimes a part of a bar must have for its letter to fit into it."""
    return ROOM * float(outcomes.months.to_numpy().sum(axis=1).max())


def _with_letters(outcomes: OutcomeCounts, filters: Filters) -> set[Month]:
    every = -(-len(filters.months) // BARS_WITH_LETTERS)
    return {Month.parse(text) for text in outcomes.months.index[::every]}


def _table(outcomes: OutcomeCounts, filters: Filters) -> pd.DataFrame:
    not_whole = outcomes.cohorts.not_whole
    lines = [
        _line(month, counts, outcomes.needed[-1], absent.cell(month, not_whole))
        for month, counts in _by_month(outcomes, filters).items()
    ]
    names = [_("Month of the crime"), _("Age"), _("Crimes"), *_heads(), _("Not known"), _("Open, of 100")]
    table = pd.DataFrame(lines, columns=names)
    return table if outcomes.not_known else table.drop(columns=_("Not known"))


def _heads() -> list[str]:
    """Of the columns `IN_TABLE`."""
    return [
        _("Suspect charged"), _("No suspect found"), _("Ended another way"), _("Of these, unable to prosecute"), _("Still open"),
    ]  # fmt: skip


def _line(month: Month, counts: dict[OutcomeStatus, int] | None, last: Month, without: str) -> list[str]:
    """The month's cells, `without` in place of its crimes where it has none; what ended another way has what could not be prosecuted in it."""
    if counts is None:
        return [month.name, NO_NUMBER, without, *[NO_NUMBER] * (len(IN_TABLE) + 2)]
    told = {status: counts[status] for status in IN_TABLE}
    told[OutcomeStatus.OTHER] += told[OutcomeStatus.UNABLE]
    age, total = last - month, sum(counts.values())
    still = number(100 * told[OutcomeStatus.OPEN] / total, 1) if total else NO_NUMBER
    return [
        month.name, ngettext("{n} month", "{n} months", age).format(n=number(age)), number(total), *map(number, told.values()),
        number(counts[OutcomeStatus.NONE]), still,
    ]  # fmt: skip


def _alt(outcomes: OutcomeCounts, filters: Filters) -> str:
    total, charged, still = outcomes.count(), outcomes.count(OutcomeStatus.CHARGED), outcomes.count(OutcomeStatus.OPEN)
    bars = ngettext(
        "Bars by month of the crime, in parts by what became of it: of {n} crime, {charged} with a suspect charged "
        "({charged_share}) and {open} still open ({open_share}).",
        "Bars by month of the crime, in parts by what became of it: of {n} crimes, {charged} with a suspect charged "
        "({charged_share}) and {open} still open ({open_share}).",
        total,
    ).format(
        n=number(total), charged=number(charged), charged_share=outcome_words.percent(Share(charged, total)),
        open=number(still), open_share=outcome_words.percent(Share(still, total)),
    )  # fmt: skip
    return " ".join([bars, *absent.sentences(_without(outcomes, filters), outcomes.cohorts.not_whole)])


def _without(outcomes: OutcomeCounts, filters: Filters) -> list[Month]:
    """The chosen months without a bar."""
    return [month for month in filters.months if str(month) not in outcomes.months.index]


def status_words() -> dict[OutcomeStatus, str]:
    """What became of a crime."""
    return {
        OutcomeStatus.CHARGED: _("suspect charged"),
        OutcomeStatus.OTHER: _("ended another way"),
        OutcomeStatus.UNABLE: _("unable to prosecute"),
        OutcomeStatus.NO_SUSPECT: _("no suspect found"),
        OutcomeStatus.OPEN: _("still open"),
        OutcomeStatus.NONE: _("not known"),
    }


def lettered(status: OutcomeStatus) -> str:
    """As the key above the bars says it."""
    return f"{STACK[status]} {status_words()[status]}"


def crossed() -> str:
    """As the key says of a month that is missing: no colour is left that none of the parts has on light or on dark ground."""
    return _("× missing, not zero")


@made_once
def _chart(ground: Ground, has_missing: bool, has_partial: bool) -> Spec:
    """Bars by month of the crime, of `BarPart`s; a month that is missing has a cross at its foot and no bar, one that is not whole half a disc.

    `has_missing`, `has_partial`: there is one, so that it stands in the key.
    """
    marks = {
        **({crossed(): css(ground.name)} if has_missing else {}),
        **({absent.not_whole_word(): css(TYPES[3])} if has_partial else {}),
    }
    domain = [*(lettered(status) for status in STACK), *marks]
    colour = alt.Color(
        "status_word:N",
        title=None,
        sort=None,
        scale=alt.Scale(domain=domain, range=[*(css(COLOURS[status][0]) for status in STACK), *marks.values()]),
        legend=key(columns=2, columnPadding=8, labelFontSize=12),
    )
    known = rows().transform_filter("datum.crimes !== null").encode(x=month_axis(), order=alt.Order("place:Q"))
    height = alt.Y("crimes:Q", stack="zero", title=_("Crimes of the month"), axis=alt.Axis(tickMinStep=1))
    bars = known.mark_bar(stroke=css(ground.halo), strokeWidth=1).encode(y=height, color=colour, tooltip=tooltip())
    middle = alt.Y("crimes:Q", stack="zero", bandPosition=0.5)
    letters = known.mark_text(fontSize=12, fontWeight=600).encode(
        y=middle, text=alt.Text("letter:N"), color=alt.Color("ink:N", scale=None), detail=alt.Detail("status_word:N")
    )
    absent_marks = [
        gaps("crimes", shape=shape).transform_filter(f"datum.status_word === {json.dumps(word)}").encode(color=colour)
        for word, shape in ((crossed(), "cross"), (absent.not_whole_word(), HALF_A_DISC))
        if word in marks
    ]
    return finished(alt.layer(bars, letters, *absent_marks), HEIGHT)
