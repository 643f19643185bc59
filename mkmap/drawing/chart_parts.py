"""Give charts the parts that they share: months along the foot, gaps, what a mark says, a key above, words over a mark."""

import json
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec

import altair as alt
from altair.utils.schemapi import debug_mode
from babel.dates import format_date

from mkmap.drawing.figure import DATA, Spec
from mkmap.drawing.palette import Ground, css
from mkmap.words import language

NARROW = 400  # pixels: of a chart on a phone
HEIGHT = 260  # pixels
HALF_A_DISC = "M-1,0A1,1,0,1,1,1,0Z"  # stands at the foot of a month that is not whole
P = ParamSpec("P")


def made_once(chart: Callable[P, Spec]) -> Callable[P, Spec]:
    """Keep a chart for each ground and language: to make it takes Altair tens of milliseconds, at each change of a filter."""

    made: dict[tuple[object, ...], Spec] = {}

    @wraps(chart)
    def in_this_language(*args: P.args, **kwargs: P.kwargs) -> Spec:
        which = (language(), *args, *kwargs.items())
        if which not in made:
            with debug_mode(False):  # else Altair holds each part against its schema
                made[which] = chart(*args, **kwargs)
        return made[which]

    return in_this_language


def rows() -> alt.Chart:
    """A chart of a figure's rows, which come to it by name."""
    return alt.Chart(alt.NamedData(DATA))


def month_axis() -> alt.X:
    """Months (`month`, Month's text) as steps in their order, also those without a number."""
    axis = alt.Axis(labelAngle=-45, labelOverlap="greedy", ticks=False, labelSeparation=6, labelExpr=_month_written())
    return alt.X("month:O", title=None, axis=axis)


def _month_written() -> str:
    """A month of an axis as Babel writes it, in Vega's terms: Vega itself knows the months' names in English alone."""
    written = [format_date(date(1000, number, 1), "MMM y", locale=language()) for number in range(1, 13)]
    return f"replace({json.dumps(written)}[toNumber(slice(datum.value, 5)) - 1], '1000', slice(datum.value, 0, 4))"


def gaps(number: str, *, shape: str = "cross", **colour: Any) -> alt.Chart:
    """A cross at the foot of each month whose number is missing, in the place of a bar; or a mark of another shape."""
    missing = rows().transform_filter(f"datum.{number} === null")
    placed: dict[str, Any] = {"angle": 45, "size": 70, "yOffset": -6} if shape == "cross" else {"size": 150}
    crosses: alt.Chart = missing.mark_point(shape=shape, filled=True, opacity=1, **placed, **colour)
    return crosses.encode(x=month_axis(), y=alt.YDatum(0), tooltip=tooltip())


def tooltip() -> alt.Tooltip:
    """What a mark says, in `sentence`."""
    return alt.Tooltip("sentence:N", title=" ")


def key(**properties: Any) -> alt.Legend:
    """What colours mean, above the chart, where it takes no width; with other properties of `alt.Legend`.

    Where the chart is narrow its entries stand below each other: in one row the last would be cut off.
    """
    columns = alt.ExprRef(f"width < {NARROW} ? 1 : 0")
    usual: dict[str, Any] = {"orient": "top", "direction": "horizontal", "labelLimit": 400, "columns": columns}
    return alt.Legend(**usual | properties)


def rimmed(marks: alt.Chart, ground: Ground, rim: float, **properties: Any) -> list[alt.Chart]:
    """Words at these marks in a rim, so wide in pixels, in which they can be read over a bar; with properties of `mark_text`."""
    under = marks.mark_text(**properties, stroke=css(ground.halo), strokeWidth=rim, strokeJoin="round")
    return [under, marks.mark_text(**properties, color=css(ground.name))]


def finished(chart: alt.Chart | alt.LayerChart | alt.FacetChart, height: int | alt.Step = HEIGHT) -> Spec:
    """Vega-Lite as wide as its place. Its marks are no words for a screen reader: the figure's sentence and its table are."""
    return specified(chart.properties(width="container", height=height).configure_mark(aria=False))


def specified(chart: alt.Chart | alt.LayerChart | alt.FacetChart) -> Spec:
    """As Vega-Lite, not held against its schema: that takes as long as making it, and a test does it once for each chart."""
    spec: Spec = chart.to_dict(validate=False)
    return spec
