"""Slide 3: whether it has changed, and how sure that is."""

from functools import cache

import streamlit as st

from mkmap import sentences
from mkmap.evidence import charts, trend_figures, verdicts
from mkmap.evidence.change import Verdict
from mkmap.evidence.figure import DATA, Figure
from mkmap.findings import change_sentence
from mkmap.palette import Ground
from mkmap.ui import figure_parts
from mkmap.ui.figure_parts import ground
from mkmap.ui.meeting.words import huge, line, title
from mkmap.view import View

UNIT = "min(windowSize()[0], 1.7778 * windowSize()[1]) / 640"  # 2 on a screen of 1280 by 720 pixels: what is 15 large becomes 30
GROWING = ("fontSize", "labelFontSize", "titleFontSize", "strokeWidth", "labelPadding", "titlePadding", "dy")
HEIGHT = 190  # pixels on a screen of 1280 by 720


def draw(view: View) -> None:
    found = view.base.change(view.selection.filters)
    huge(f"{verdicts.sign(found.verdict)} {verdicts.word(found.verdict)}", "verdict")
    title(change_sentence(view, found))
    figure = trend_figures.interval(found, sentences.where(view.shown, view.selection), ground())
    if figure is not None:
        _interval(figure)
    if found.verdict is Verdict.CANNOT_TELL:
        line(verdicts.why(found)[0])
    for said in sentences.gaps(view.selection):
        line(said)


def _interval(figure: Figure) -> None:
    """The picture of the trends page in a hall's size; its table is for those who hear the page."""
    spec = {**_large(ground()), "datasets": {DATA: figure.rows}}
    st.vega_lite_chart(spec=spec, key="hall_interval", alt=figure.alt)
    with st.container(key="hall_table"):
        figure_parts.table(figure)


@cache
def _large(of: Ground) -> dict:
    """The chart with every size in proportion to the window, which the server does not know."""
    return {**_grown(charts.interval(of)), "height": "container"}


def _grown(part: object) -> object:
    if isinstance(part, dict):
        return {name: _times(value) if name in GROWING and isinstance(value, int) else _grown(value) for name, value in part.items()}
    return [_grown(one) for one in part] if isinstance(part, list) else part


def _times(size: int) -> dict:
    return {"expr": f"{size} * {UNIT}"}
