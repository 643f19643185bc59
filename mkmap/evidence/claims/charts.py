"""Draw what is claimed over what is recorded; each chart is made once for a ground and a language."""

from typing import Any

import altair as alt

from mkmap.drawing.chart_parts import finished, gaps, key, made_once, month_axis, rimmed, rows, tooltip
from mkmap.drawing.figure import Spec
from mkmap.drawing.palette import TYPES, Ground, css
from mkmap.evidence.charts import BEFORE
from mkmap.words import _

INTERVAL_HEIGHT = 130  # pixels


def chosen_words() -> dict[bool, str]:
    """What the colours mean."""
    return {True: _("chosen months"), False: _("other stored months")}


@made_once
def level(ground: Ground) -> Spec:
    """The weekly rate and its interval beside the claimed number; one row: name, rate, low, high, claimed, claimed_word, sentence.

    Readable from the back of a hall.
    """
    ink = css(ground.name)
    base = rows().encode(y=alt.Y("name:N", title=None, axis=None), tooltip=tooltip())
    axis = alt.Axis(labelFontSize=16, titleFontSize=15, labelColor=ink, titleColor=ink, tickMinStep=1, tickCount=8)
    x = alt.X("low:Q", title=_("A week"), scale=alt.Scale(zero=True, nice=True), axis=axis)
    bar = base.mark_bar(height=22, color=css(TYPES[0]), opacity=0.6).encode(x=x, x2=alt.X2("high:Q"))
    point = base.mark_point(filled=True, size=340, opacity=1, color=css(TYPES[0]), stroke=ink).encode(x=alt.X("rate:Q"))
    return finished(alt.layer(bar, point, *_claimed(ground, alt.X("claimed:Q"))), INTERVAL_HEIGHT)


@made_once
def weekly(ground: Ground) -> Spec:
    """Bars by month of the weekly rate, with a line at the claimed number; rows: month, rate, role_word, claimed, claimed_word, sentence."""
    ink = css(ground.name)
    bars = (
        rows()
        .mark_bar()
        .encode(x=month_axis(), y=alt.Y("rate:Q", title=_("A week, in the month")), color=_chosen(), tooltip=tooltip())
    )
    crosses = gaps("rate", color=css(TYPES[1]))
    first = _first_row()
    line = first.mark_rule(strokeWidth=3, color=ink).encode(y=alt.Y("claimed:Q"))
    words = _words(first.encode(x=alt.XValue(0), y=alt.Y("claimed:Q")), ground, baseline="bottom", align="left", dx=4, dy=-4)
    return finished(alt.layer(bars, crosses, line, *words))


@made_once
def ward_months(ground: Ground) -> Spec:
    """How many ward-months have how many crimes; rows: start, end, ward_months, role_word, claimed, claimed_word, sentence."""
    bars = (
        rows()
        .mark_bar(stroke=css(ground.halo), strokeWidth=0.5)
        .encode(
            x=alt.X(
                "start:Q", bin="binned", title=_("Recorded in one ward in one month"), scale=alt.Scale(nice=False, zero=True)
            ),
            x2=alt.X2("end:Q"),
            y=alt.Y("ward_months:Q", stack="zero", title=_("Wards and months"), axis=alt.Axis(tickMinStep=1)),
            color=_chosen(),
            tooltip=tooltip(),
        )
    )
    return finished(alt.layer(bars, *_claimed(ground, alt.X("claimed:Q"))))


def _chosen() -> alt.Color:
    domain = list(chosen_words().values())
    scale = alt.Scale(domain=domain, range=[css(TYPES[0]), css(BEFORE)])
    return alt.Color("role_word:N", title=None, sort=None, scale=scale, legend=key(values=domain))


def _claimed(ground: Ground, x: alt.X) -> list[alt.Chart]:
    """An upright line at the claimed number, with its words above."""
    line = _first_row().mark_rule(strokeWidth=3, color=css(ground.name)).encode(x=x)
    return [line, *_words(_first_row().encode(x=x, y=alt.YValue(0)), ground, baseline="top", align="left", dx=6)]


def _first_row() -> alt.Chart:
    """The claimed number stands in every row, and is drawn once."""
    return rows().transform_window(n="row_number()").transform_filter("datum.n === 1")


def _words(place: alt.Chart, ground: Ground, **properties: Any) -> list[alt.Chart]:
    """The words of the claimed number."""
    return rimmed(place.encode(text=alt.Text("claimed_word:N")), ground, 4, fontSize=15, fontWeight=600, **properties)
