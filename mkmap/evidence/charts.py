"""Draw the evidence with Altair: charts take their data by name, and are made once for a ground and a language."""

import json

import altair as alt

from mkmap.drawing.chart_parts import HALF_A_DISC, NARROW, finished, gaps, key, made_once, month_axis, rimmed, rows, tooltip
from mkmap.drawing.figure import Spec
from mkmap.drawing.palette import TYPES, Colour, Ground, css
from mkmap.evidence import absent
from mkmap.evidence.series import MonthRole
from mkmap.words import _

FUNNEL_HEIGHT = 380
INTERVAL_HEIGHT = 90
RATIOS = (0.25, 4.0)  # always the same line, so that two pictures can be held side by side; beyond it the words say how far
BEFORE: Colour = (140, 150, 161)  # grey: last year is what this one is held against
OTHER: Colour = (190, 198, 207)
OTHER_DARK: Colour = (74, 84, 96)
IN_TWO_ROWS = alt.ExprRef(f"width < {NARROW} ? 1 : 3")  # of a key with five entries: in one they do not fit into a hall's width


@made_once
def months(ground: Ground, has_partial: bool = False) -> Spec:
    """Bars by month; rows: month, crimes, role_word, sentence.

    A month that is missing has a cross at its foot and no bar, one that is not whole half a disc. `has_partial`: there is one.
    """
    roles = [role for role in MonthRole if role is not MonthRole.NOT_WHOLE or has_partial]
    words, colours = role_words(), _role_colours(ground)
    bars = (
        rows()
        .mark_bar()
        .encode(
            x=month_axis(),
            y=alt.Y("crimes:Q", title=_("Recorded in the month"), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "role_word:N",
                title=None,
                sort=None,
                scale=alt.Scale(domain=[words[role] for role in roles], range=[css(colours[role]) for role in roles]),
                legend=key(columns=IN_TWO_ROWS) if has_partial else key(),
            ),
            tooltip=tooltip(),
        )
    )
    is_partial = f"datum.role_word === {json.dumps(words[MonthRole.NOT_WHOLE])}"
    crosses = gaps("crimes").transform_filter(f"!({is_partial})").encode(color=alt.Color("role_word:N"))
    if not has_partial:
        return finished(bars + crosses)
    halves = gaps("crimes", shape=HALF_A_DISC).transform_filter(is_partial).encode(color=alt.Color("role_word:N"))
    return finished(bars + crosses + halves)


def role_words() -> dict[MonthRole, str]:
    """What the colours of a month mean."""
    return {
        MonthRole.CHOSEN: _("chosen months"),
        MonthRole.BEFORE: _("the same months a year before"),
        MonthRole.OTHER: _("other months"),
        MonthRole.MISSING: absent.missing_word(),
        MonthRole.NOT_WHOLE: absent.not_whole_word(),
    }


def _role_colours(ground: Ground) -> dict[MonthRole, Colour]:
    return {
        MonthRole.CHOSEN: TYPES[0],
        MonthRole.BEFORE: BEFORE,
        MonthRole.OTHER: OTHER_DARK if sum(ground.halo) < 384 else OTHER,
        MonthRole.MISSING: TYPES[1],
        MonthRole.NOT_WHOLE: TYPES[3],
    }


@made_once
def rolling(ground: Ground) -> Spec:
    """A line of twelve months rolling; rows: month, rolling, sentence. It breaks where a month is missing."""
    line = (
        rows()
        .mark_line(point=alt.OverlayMarkDef(size=28), color=css(TYPES[0]), invalid="break-paths-show-domains")
        .encode(x=month_axis(), y=alt.Y("rolling:Q", title=_("Twelve months up to the month")), tooltip=tooltip())
    )
    return finished(line)


@made_once
def years(ground: Ground) -> Spec:
    """Two lines by calendar month; rows: calendar, crimes, year_word, sentence."""
    line = (
        rows()
        .mark_line(point=alt.OverlayMarkDef(size=40), invalid="break-paths-show-domains")
        .encode(
            x=alt.X("calendar:N", sort=None, title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("crimes:Q", title=_("Recorded in the month"), axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "year_word:N",
                title=None,
                sort=None,
                scale=alt.Scale(range=[css(BEFORE), css(TYPES[0])]),
                legend=key(symbolType="stroke", symbolStrokeWidth=3),
            ),
            strokeDash=alt.StrokeDash("year_word:N", sort=None, scale=alt.Scale(range=[[5, 4], [1, 0]]), legend=None),
            tooltip=tooltip(),
        )
    )
    return finished(line)


@made_once
def interval(ground: Ground) -> Spec:
    """The ratio and its interval on a line with `no change` in it, readable from the back of a hall.

    Rows: name, ratio, low, high, sentence.
    """
    ink = css(ground.name)
    base = rows().encode(y=alt.Y("name:N", title=None, sort=None, axis=None))
    x = alt.X(
        "low:Q",
        scale=alt.Scale(type="log", domain=RATIOS, nice=False, clamp=True),
        title=None,
        axis=alt.Axis(values=list(_ratio_words()), labelExpr=_ratio_labels(), grid=True, labelFontSize=16, labelColor=ink),
    )
    no_change = rows().mark_rule(strokeWidth=3, color=ink).encode(x=alt.XDatum(1))
    bar = base.mark_bar(height=22, color=css(TYPES[0]), opacity=0.6).encode(x=x, x2=alt.X2("high:Q"), tooltip=tooltip())
    point = base.mark_point(filled=True, size=340, opacity=1, color=css(TYPES[0]), stroke=ink).encode(
        x=alt.X("ratio:Q"), tooltip=tooltip()
    )
    return finished(no_change + bar + point, height=INTERVAL_HEIGHT)


def _ratio_words() -> dict[float, str]:
    """What the places on the line are called."""
    return {0.25: _("a quarter"), 0.5: _("half"), 1: _("no change"), 2: _("twice"), 4: _("four times")}


def _ratio_labels() -> str:
    """An expression for Vega; the words are ours."""
    return f"{json.dumps({str(place): word for place, word in _ratio_words().items()}, ensure_ascii=False)}[datum.value]"


@made_once
def funnel(ground: Ground, size_title: str, rate_title: str) -> Spec:
    """Areas by size and rate between the limits.

    Rows, kind `area`: size, rate, stands_word, is_chosen, sentence, label (empty: nameless), is_right (its name stands left of it).
    Rows, kind `limit`: size, low, high, target, level_word.
    """
    ink = css(ground.name)
    size = alt.X("size:Q", title=size_title, scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(format=",~r"))
    areas = rows().transform_filter("datum.kind === 'area'")
    limits = rows().transform_filter("datum.kind === 'limit'").encode(x=size)
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
    target = limits.mark_line(color=ink, strokeWidth=2).encode(y=alt.Y("target:Q"))
    return finished(alt.layer(*lines, target, *_areas(areas, size, ground)), height=FUNNEL_HEIGHT)


def _areas(areas: alt.Chart, size: alt.X, ground: Ground) -> list[alt.Chart]:
    """The areas' marks, told apart by shape, size and colour, and the names of those that are named."""
    ink = css(ground.name)
    domain = list(stands_words().values())
    below = key(orient="bottom", symbolStrokeWidth=0.5)
    marks = areas.mark_point(filled=True, opacity=1, stroke=ink).encode(
        x=size,
        y=alt.Y("rate:Q"),
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
        tooltip=tooltip(),
    )
    return [marks, *_names(areas, size, ground, is_right=False), *_names(areas, size, ground, is_right=True)]


def _names(areas: alt.Chart, size: alt.X, ground: Ground, *, is_right: bool) -> list[alt.Chart]:
    """Names beside their marks, on the side where there is room; a rim lets them be read over others' marks."""
    named = areas.transform_filter(f"datum.label && datum.is_right === {str(is_right).lower()}")
    named = named.encode(x=size, y=alt.Y("rate:Q"), text=alt.Text("label:N"))
    side = {"align": "right", "dx": -12} if is_right else {"align": "left", "dx": 12}
    return rimmed(named, ground, 2.5, fontSize=13, baseline="middle", **side)


def stands_words() -> dict[bool, str]:
    """What the shapes of a funnel mean."""
    return {False: _("cannot be told from all together"), True: _("stands out")}
