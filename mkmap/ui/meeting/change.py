"""Slide 3: whether it has changed, and how sure that is."""

import streamlit as st

from mkmap.drawing.chart_parts import made_once
from mkmap.drawing.figure import DATA, Figure, Spec
from mkmap.drawing.palette import Ground
from mkmap.evidence import charts, verdicts
from mkmap.evidence.change import Verdict
from mkmap.ui import figures as figure_parts
from mkmap.ui.figures import ground
from mkmap.ui.meeting.lettering import huge, line, title
from mkmap.view import figures, sentences
from mkmap.view.view import View

UNIT = "min(windowSize()[0], 1.7778 * windowSize()[1]) / 700"  # what is 16 large becomes 29 on a screen of 1280 by 720
LENGTHS = ("fontSize", "labelFontSize", "strokeWidth", "height", "labelPadding")  # of a Vega-Lite chart, in pixels
AREAS = ("size",)  # in square pixels


def draw(view: View) -> None:
    change = view.findings.change
    huge(f"{verdicts.sign(change.verdict)} {verdicts.word(change.verdict)}", "verdict")
    title(view.findings.change_sentence)
    figure = figures.interval(view.findings, ground())
    if figure is not None:
        _interval(figure)
    if change.verdict is Verdict.CANNOT_TELL:
        line(verdicts.why(change)[0])
    for gap in sentences.gaps(view.selection):
        line(gap)


def _interval(figure: Figure) -> None:
    """The picture of the trends page in a hall's size; its table is for those who hear the page."""
    spec = {**_large(ground()), "datasets": {DATA: figure.rows}}
    with st.container(key="hall_interval"):
        st.vega_lite_chart(spec=spec, height="stretch", alt=figure.alt)
    with st.container(key="hall_table"):
        figure_parts.table(figure)


@made_once
def _large(of: Ground) -> Spec:
    """The chart with every size in proportion to the window, which the server does not know."""
    return {**_all_grown(charts.interval(of)), "height": "container", "config": {"axis": {"labelLimit": 0}}}


def _all_grown(parts: dict[str, object]) -> dict[str, object]:
    return {name: _sized(name, value) for name, value in parts.items()}


def _grown(part: object) -> object:
    if isinstance(part, list):
        return [_grown(inner) for inner in part]
    return _all_grown(part) if isinstance(part, dict) else part


def _sized(name: str, value: object) -> object:
    if isinstance(value, int) and name in LENGTHS:
        return {"expr": f"{value} * {UNIT}"}
    if isinstance(value, int) and name in AREAS:
        return {"expr": f"{value} * pow({UNIT}, 2)"}
    return _grown(value)
