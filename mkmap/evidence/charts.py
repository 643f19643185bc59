"""Draw the evidence with Altair: each chart is made once for a ground and a language, and takes its data by name.

Making a chart takes Altair tens of milliseconds, which nobody should wait for at each change of a filter.
"""

from functools import cache

import altair as alt

from mkmap.evidence.figure import DATA
from mkmap.evidence.series import Of
from mkmap.palette import TYPES, Colour, Ground, css
from mkmap.words import _

HEIGHT = 260  # pixels
INTERVAL_HEIGHT = 110
LOGARITHM = alt.Scale(type="log", nice=False)
BEFORE: Colour = (140, 150, 161)  # grey: last year is what this one is held against
OTHER: Colour = (190, 198, 207)
OTHER_DARK: Colour = (74, 84, 96)


@cache
def months(ground: Ground) -> dict:
    """Bars by month; rows: label, crimes, of, said. A month that is missing has a cross at its foot and no bar."""
    bars = (
        alt.Chart(alt.NamedData(DATA))
        .mark_bar()
        .encode(
            x=_months(),
            y=alt.Y("crimes:Q", title=_("Recorded in the month"), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "of_word:N",
                title=None,
                sort=None,
                scale=alt.Scale(domain=list(of_words().values()), range=_of_colours(ground)),
                legend=alt.Legend(orient="top", direction="horizontal", labelLimit=400),
            ),
            tooltip=_said(),
        )
    )
    crosses = (
        alt.Chart(alt.NamedData(DATA))
        .transform_filter("datum.crimes === null")
        .mark_point(shape="cross", angle=45, filled=True, size=70, yOffset=-6)
        .encode(x=_months(), y=alt.datum(0), color=alt.Color("of_word:N"), tooltip=_said())
    )
    return _dict(bars + crosses)


def of_words() -> dict[Of, str]:
    """What the colours of a month mean."""
    return {
        Of.CHOSEN: _("chosen months"),
        Of.BEFORE: _("the same months a year before"),
        Of.OTHER: _("other months"),
        Of.MISSING: _("missing, not zero"),
    }


def _of_colours(ground: Ground) -> list[str]:
    other = OTHER_DARK if sum(ground.halo) < 384 else OTHER
    return [css(colour) for colour in (TYPES[0], BEFORE, other, TYPES[1])]


@cache
def rolling(ground: Ground) -> dict:
    """A line of twelve months rolling; rows: label, rolling, said. It breaks where a month is missing."""
    line = (
        alt.Chart(alt.NamedData(DATA))
        .mark_line(point=alt.OverlayMarkDef(size=28), color=css(TYPES[0]), invalid="break-paths-show-domains")
        .encode(x=_months(), y=alt.Y("rolling:Q", title=_("Twelve months up to the month")), tooltip=_said())
    )
    return _dict(line)


@cache
def years(ground: Ground) -> dict:
    """Two lines by calendar month; rows: calendar, crimes, year_word, is_now, said."""
    line = (
        alt.Chart(alt.NamedData(DATA))
        .mark_line(point=alt.OverlayMarkDef(size=40), invalid="break-paths-show-domains")
        .encode(
            x=alt.X("calendar:N", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("crimes:Q", title=_("Recorded in the month"), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "year_word:N",
                title=None,
                sort=None,
                scale=alt.Scale(range=[css(BEFORE), css(TYPES[0])]),
                legend=alt.Legend(orient="top", direction="horizontal", labelLimit=400),
            ),
            strokeDash=alt.StrokeDash("year_word:N", sort=None, scale=alt.Scale(range=[[5, 4], [1, 0]]), legend=None),
            tooltip=_said(),
        )
    )
    return _dict(line)


@cache
def interval(ground: Ground) -> dict:
    """The ratio and its interval on a line with `no change` in it; rows: name, ratio, low, high, said. Readable from a hall's back."""
    ink = css(ground.name)
    base = alt.Chart(alt.NamedData(DATA)).encode(y=alt.Y("name:N", title=None, sort=None, axis=None))
    x = alt.X(
        "low:Q",
        scale=LOGARITHM,
        title=_("Times as many as a year before"),
        axis=alt.Axis(
            values=[0.1, 0.25, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 4, 10],
            format="~g",
            grid=False,
            labelFontSize=15,
            titleFontSize=15,
        ),
    )
    bar = base.mark_bar(height=16, color=css(TYPES[0]), opacity=0.55).encode(x=x, x2="high:Q", tooltip=_said())
    point = base.mark_point(filled=True, size=260, color=css(TYPES[0]), stroke=ink).encode(x="ratio:Q", tooltip=_said())
    one = alt.Chart(alt.NamedData(DATA)).mark_rule(strokeWidth=3, color=ink).encode(x=alt.datum(1))
    text = (
        alt.Chart(alt.NamedData(DATA))
        .transform_window(n="row_number()")
        .transform_filter("datum.n === 1")
        .mark_text(baseline="bottom", dy=-4, fontSize=15, fontWeight=600, color=ink, text=_("no change"))
        .encode(x=alt.datum(1), y=alt.value(0))
    )
    return _dict(bar + one + point + text, height=INTERVAL_HEIGHT)


@cache
def funnel(ground: Ground) -> dict:
    """Areas by size and rate between the limits; rows: kind (`area`, `limit`), size, rate, name, label, stands_out, level, low, high, said."""
    ink = css(ground.name)
    rows = alt.Chart(alt.NamedData(DATA))
    size = alt.X("size:Q", title=_("Households"), scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(format="~s"))
    limits = rows.transform_filter("datum.kind === 'limit'").encode(x=size)
    dashes = alt.StrokeDash("level:N", title=None, scale=alt.Scale(range=[[6, 4], [1, 0]]), legend=alt.Legend(orient="top"))
    low = limits.mark_line(color=ink, opacity=0.7).encode(y=alt.Y("low:Q", title=_("Per 1,000 households")), strokeDash=dashes)
    high = limits.mark_line(color=ink, opacity=0.7).encode(y="high:Q", strokeDash=dashes)
    target = limits.mark_line(color=ink, strokeWidth=1).encode(y="target:Q")
    points = (
        rows.transform_filter("datum.kind === 'area'")
        .mark_point(filled=True, opacity=1, stroke=ink, strokeWidth=0.5)
        .encode(
            x=size,
            y="rate:Q",
            shape=alt.Shape("stands_out:N", scale=alt.Scale(domain=[False, True], range=["circle", "diamond"]), legend=None),
            size=alt.Size("stands_out:N", scale=alt.Scale(domain=[False, True], range=[70, 190]), legend=None),
            color=alt.Color(
                "stands_out:N",
                scale=alt.Scale(domain=[False, True], range=[css(TYPES[0]), css(TYPES[1])]),
                legend=None,
            ),
            tooltip=_said(),
        )
    )
    names = (
        rows.transform_filter("datum.kind === 'area' && datum.label")
        .mark_text(align="left", dx=9, color=ink, fontSize=12)
        .encode(x=size, y="rate:Q", text="label:N")
    )
    return _dict(low + high + target + points + names, height=360)


def _months() -> alt.X:
    """Months as steps; a label at each January, and at each month where there is room for few."""
    return alt.X(
        "label:N", sort=None, title=None, axis=alt.Axis(labelAngle=-45, labelOverlap="greedy", ticks=False, labelSeparation=6)
    )


def _said() -> alt.Tooltip:
    return alt.Tooltip("said:N", title=" ")


def _dict(chart: alt.TopLevelMixin, height: int = HEIGHT) -> dict:
    return chart.properties(width="container", height=height).to_dict()
