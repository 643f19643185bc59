"""Draw what is claimed over what is recorded; each chart is made once for a ground and a language."""

from functools import cache

import altair as alt

from mkmap.drawing.chart_parts import by_month, finished, key, said
from mkmap.drawing.figure import DATA
from mkmap.drawing.palette import TYPES, Ground, css
from mkmap.evidence.charts import BEFORE
from mkmap.words import _

INTERVAL_HEIGHT = 130  # pixels


def chosen_words() -> dict[bool, str]:
    """What the colours mean."""
    return {True: _("chosen months"), False: _("other stored months")}


@cache
def level(ground: Ground) -> dict:
    """The weekly rate and its interval beside the claimed number; one row: name, rate, low, high, claimed, claimed_word, said.

    Readable from the back of a hall.
    """
    ink = css(ground.name)
    base = alt.Chart(alt.NamedData(DATA)).encode(y=alt.Y("name:N", title=None, axis=None), tooltip=said())
    axis = alt.Axis(labelFontSize=16, titleFontSize=15, labelColor=ink, titleColor=ink, tickMinStep=1, tickCount=8)
    x = alt.X("low:Q", title=_("A week"), scale=alt.Scale(zero=True, nice=True), axis=axis)
    bar = base.mark_bar(height=22, color=css(TYPES[0]), opacity=0.6).encode(x=x, x2="high:Q")
    point = base.mark_point(filled=True, size=340, opacity=1, color=css(TYPES[0]), stroke=ink).encode(x="rate:Q")
    return finished(bar + point + _claimed(ground, alt.X("claimed:Q")), INTERVAL_HEIGHT)


@cache
def weekly(ground: Ground) -> dict:
    """Bars by month of the weekly rate, with a line at the claimed number; rows: month, rate, of_word, claimed, claimed_word, said."""
    ink = css(ground.name)
    rows = alt.Chart(alt.NamedData(DATA))
    bars = rows.mark_bar().encode(
        x=by_month(), y=alt.Y("rate:Q", title=_("A week, in the month")), color=_chosen(), tooltip=said()
    )
    crosses = (
        rows.transform_filter("datum.rate === null")
        .mark_point(shape="cross", angle=45, filled=True, size=70, yOffset=-6, color=css(TYPES[1]), opacity=1)
        .encode(x=by_month(), y=alt.datum(0), tooltip=said())
    )
    first = rows.transform_window(n="row_number()").transform_filter("datum.n === 1")
    line = first.mark_rule(strokeWidth=3, color=ink).encode(y="claimed:Q")
    words = _words(first.encode(x=alt.value(0), y="claimed:Q"), ground, baseline="bottom", align="left", dx=4, dy=-4)
    return finished(alt.layer(bars, crosses, line, *words))


@cache
def ward_months(ground: Ground) -> dict:
    """How many ward-months have how many crimes; rows: start, end, ward_months, of_word, claimed, claimed_word, said."""
    rows = alt.Chart(alt.NamedData(DATA))
    bars = rows.mark_bar(stroke=css(ground.halo), strokeWidth=0.5).encode(
        x=alt.X("start:Q", bin="binned", title=_("Recorded in one ward in one month"), scale=alt.Scale(nice=False, zero=True)),
        x2="end:Q",
        y=alt.Y("ward_months:Q", stack="zero", title=_("Wards and months"), axis=alt.Axis(tickMinStep=1)),
        color=_chosen(),
        tooltip=said(),
    )
    return finished(bars + _claimed(ground, alt.X("claimed:Q")))


def _chosen() -> alt.Color:
    domain = list(chosen_words().values())
    scale = alt.Scale(domain=domain, range=[css(TYPES[0]), css(BEFORE)])
    return alt.Color("of_word:N", title=None, sort=None, scale=scale, legend=key(values=domain))


def _claimed(ground: Ground, x: alt.X) -> alt.LayerChart:
    """An upright line at the claimed number, with its words above."""
    first = alt.Chart(alt.NamedData(DATA)).transform_window(n="row_number()").transform_filter("datum.n === 1")
    line = first.mark_rule(strokeWidth=3, color=css(ground.name)).encode(x=x)
    return alt.layer(line, *_words(first.encode(x=x, y=alt.value(0)), ground, baseline="top", align="left", dx=6))


def _words(place: alt.Chart, ground: Ground, **how: object) -> list[alt.Chart]:
    """The words of the claimed number, with a rim in which they can be read over a bar."""
    rim = {"stroke": css(ground.halo), "strokeWidth": 4, "strokeJoin": "round"}
    text = {"fontSize": 15, "fontWeight": 600} | how
    return [
        place.mark_text(**text, **rim).encode(text="claimed_word:N"),
        place.mark_text(**text, color=css(ground.name)).encode(text="claimed_word:N"),
    ]
