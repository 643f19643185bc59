"""Draw the evidence with Altair: each chart is made once for a ground and a language, and takes its data by name.

Making a chart takes Altair tens of milliseconds, which nobody should wait for at each change of a filter.
"""

import json
from functools import cache

import altair as alt

from mkmap.drawing.chart_parts import by_month, finished, key, said
from mkmap.drawing.figure import DATA
from mkmap.drawing.palette import TYPES, Colour, Ground, css
from mkmap.evidence.series import Of
from mkmap.words import _

FUNNEL_HEIGHT = 380
INTERVAL_HEIGHT = 90
RATIOS = (0.25, 4.0)  # always the same line, so that two pictures can be held side by side; beyond it the words say how far
BEFORE: Colour = (140, 150, 161)  # grey: last year is what this one is held against
OTHER: Colour = (190, 198, 207)
OTHER_DARK: Colour = (74, 84, 96)


@cache
def months(ground: Ground) -> dict:
    """Bars by month; rows: month, crimes, of_word, said. A month that is missing has a cross at its foot and no bar."""
    bars = (
        alt.Chart(alt.NamedData(DATA))
        .mark_bar()
        .encode(
            x=by_month(),
            y=alt.Y("crimes:Q", title=_("Recorded in the month"), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "of_word:N",
                title=None,
                sort=None,
                scale=alt.Scale(domain=list(of_words().values()), range=_of_colours(ground)),
                legend=alt.Legend(orient="top", direction="horizontal", labelLimit=400),
            ),
            tooltip=said(),
        )
    )
    crosses = (
        alt.Chart(alt.NamedData(DATA))
        .transform_filter("datum.crimes === null")
        .mark_point(shape="cross", angle=45, filled=True, size=70, yOffset=-6)
        .encode(x=by_month(), y=alt.datum(0), color=alt.Color("of_word:N"), tooltip=said())
    )
    return finished(bars + crosses)


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
    """A line of twelve months rolling; rows: month, rolling, said. It breaks where a month is missing."""
    line = (
        alt.Chart(alt.NamedData(DATA))
        .mark_line(point=alt.OverlayMarkDef(size=28), color=css(TYPES[0]), invalid="break-paths-show-domains")
        .encode(x=by_month(), y=alt.Y("rolling:Q", title=_("Twelve months up to the month")), tooltip=said())
    )
    return finished(line)


@cache
def years(ground: Ground) -> dict:
    """Two lines by calendar month; rows: calendar, crimes, year_word, said."""
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
                legend=alt.Legend(orient="top", direction="horizontal", symbolType="stroke", symbolStrokeWidth=3),
            ),
            strokeDash=alt.StrokeDash("year_word:N", sort=None, scale=alt.Scale(range=[[5, 4], [1, 0]]), legend=None),
            tooltip=said(),
        )
    )
    return finished(line)


@cache
def interval(ground: Ground) -> dict:
    """The ratio and its interval on a line with `no change` in it; rows: name, ratio, low, high, said. Readable from a hall's back."""
    ink = css(ground.name)
    base = alt.Chart(alt.NamedData(DATA)).encode(y=alt.Y("name:N", title=None, sort=None, axis=None))
    x = alt.X(
        "low:Q",
        scale=alt.Scale(type="log", domain=RATIOS, nice=False, clamp=True),
        title=None,
        axis=alt.Axis(values=list(_ratio_words()), labelExpr=_ratio_labels(), grid=True, labelFontSize=16, labelColor=ink),
    )
    one = alt.Chart(alt.NamedData(DATA)).mark_rule(strokeWidth=3, color=ink).encode(x=alt.datum(1))
    bar = base.mark_bar(height=22, color=css(TYPES[0]), opacity=0.6).encode(x=x, x2="high:Q", tooltip=said())
    point = base.mark_point(filled=True, size=340, opacity=1, color=css(TYPES[0]), stroke=ink).encode(
        x="ratio:Q", tooltip=said()
    )
    return finished(one + bar + point, height=INTERVAL_HEIGHT)


def _ratio_words() -> dict[float, str]:
    """What the places on the line are called."""
    return {0.25: _("a quarter"), 0.5: _("half"), 1: _("no change"), 2: _("twice"), 4: _("four times")}


def _ratio_labels() -> str:
    """An expression for Vega; the words are ours."""
    return f"{json.dumps({str(place): word for place, word in _ratio_words().items()}, ensure_ascii=False)}[datum.value]"


@cache
def funnel(ground: Ground, size_title: str, rate_title: str) -> dict:
    """Areas by size and rate between the limits.

    Rows, kind `area`: size, rate, stands_word, is_chosen, said, and where it is named: label, is_right (its name stands left of it).
    Rows, kind `limit`: size, low, high, target, level_word.
    """
    ink = css(ground.name)
    rows = alt.Chart(alt.NamedData(DATA))
    size = alt.X("size:Q", title=size_title, scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(format=",~r"))
    areas, limits = (
        rows.transform_filter("datum.kind === 'area'"),
        rows.transform_filter("datum.kind === 'limit'").encode(x=size),
    )
    dashes = alt.StrokeDash(
        "level_word:N",
        title=None,
        sort=None,
        scale=alt.Scale(range=[[6, 4], [1, 0]]),
        legend=key(symbolStrokeColor=ink, symbolSize=500),
    )
    lines = [
        limits.mark_line(color=ink, opacity=0.75, strokeWidth=1.2).encode(
            y=alt.Y(f"{end}:Q", title=rate_title), strokeDash=dashes
        )
        for end in ("low", "high")
    ]
    target = limits.mark_line(color=ink, strokeWidth=2).encode(y="target:Q")
    return finished(alt.layer(*lines, target, *_areas(areas, size, ground)), height=FUNNEL_HEIGHT)


def _areas(areas: alt.Chart, size: alt.X, ground: Ground) -> list[alt.Chart]:
    """The areas' marks, told apart by shape, size and colour, and the names of those that are named."""
    ink = css(ground.name)
    domain = list(stands_words().values())
    below = alt.Legend(orient="bottom", direction="horizontal", labelLimit=400, symbolStrokeWidth=0.5)
    marks = areas.mark_point(filled=True, opacity=1, stroke=ink).encode(
        x=size,
        y="rate:Q",
        shape=alt.Shape(
            "stands_word:N",
            title=None,
            sort=None,
            scale=alt.Scale(domain=domain, range=["circle", "diamond"]),
            legend=below,
        ),
        size=alt.Size(
            "stands_word:N",
            title=None,
            sort=None,
            scale=alt.Scale(domain=domain, range=[80, 220]),
            legend=below,
        ),
        color=alt.Color(
            "stands_word:N",
            title=None,
            sort=None,
            scale=alt.Scale(domain=domain, range=[css(TYPES[0]), css(TYPES[1])]),
            legend=below,
        ),
        strokeWidth=alt.condition("datum.is_chosen", alt.value(2.5), alt.value(0.5)),
        tooltip=said(),
    )
    return [marks, *(_names(areas, size, ground, is_right=is_right) for is_right in (False, True))]


def _names(areas: alt.Chart, size: alt.X, ground: Ground, *, is_right: bool) -> alt.LayerChart:
    """Names beside their marks, on the side where there is room; a rim lets them be read over others' marks."""
    named = areas.transform_filter(f"datum.label && datum.is_right === {str(is_right).lower()}")
    side = {"align": "right", "dx": -12} if is_right else {"align": "left", "dx": 12}
    looks = ({"stroke": css(ground.halo), "strokeWidth": 2.5, "strokeJoin": "round"}, {"color": css(ground.name)})
    drawn = [named.mark_text(fontSize=13, baseline="middle", **look, **side) for look in looks]
    return alt.layer(*(one.encode(x=size, y="rate:Q", text="label:N") for one in drawn))


def stands_words() -> dict[bool, str]:
    """What the shapes of a funnel mean."""
    return {False: _("cannot be told from all together"), True: _("stands out")}
