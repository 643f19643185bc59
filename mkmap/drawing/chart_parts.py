"""Give charts the parts that they share: months along the foot, what a mark says, a key above."""

import altair as alt

HEIGHT = 260  # pixels


def by_month() -> alt.X:
    """Months (`month`, Month's text) as steps in their order, also those without a number."""
    written = "utcFormat(utcParse(datum.value, '%Y-%m'), '%b %Y')"
    axis = alt.Axis(labelAngle=-45, labelOverlap="greedy", ticks=False, labelSeparation=6, labelExpr=written)
    return alt.X("month:O", title=None, axis=axis)


def said() -> alt.Tooltip:
    """The sentence of a mark, in `said`."""
    return alt.Tooltip("said:N", title=" ")


def key(**how: object) -> alt.Legend:
    """What colours mean, above the chart, where it takes no width."""
    return alt.Legend(orient="top", direction="horizontal", labelLimit=400, **how)


def finished(chart: alt.TopLevelMixin, height: int = HEIGHT) -> dict:
    """Vega-Lite as wide as its place. Its marks are no words for a screen reader: the figure's sentence and its table are."""
    return chart.properties(width="container", height=height).configure_mark(aria=False).to_dict()
