"""Draw a figure for a hall: every size in proportion to the window, which the server does not know."""

import streamlit as st

from mkmap.drawing.figure import DATA, Figure
from mkmap.ui import figures as figure_parts

UNIT = "min(windowSize()[0], 1.7778 * windowSize()[1]) / 700"  # what is 16 large becomes 29 on a screen of 1280 by 720
LENGTHS = (
    "fontSize",
    "labelFontSize",
    "strokeWidth",
    "height",
    "labelPadding",
    "labelLimit",
    "dx",
    "dy",
    "yOffset",
)  # in pixels
AREAS = ("size",)  # in square pixels
TYPE = {"expr": f"16 * {UNIT}"}
LOOK = {
    "axis": {"labelLimit": 0, "labelFontSize": TYPE, "titleFontSize": TYPE},
    "legend": {"labelFontSize": TYPE, "symbolSize": {"expr": f"200 * pow({UNIT}, 2)"}},
}


def draw(figure: Figure, key: str) -> None:
    """The picture of a page, as large as its place; its table is for those who hear the slide."""
    spec = {**_all_grown(dict(figure.spec)), "height": "container", "config": LOOK, "datasets": {DATA: figure.rows}}
    with st.container(key=key):
        st.vega_lite_chart(spec=spec, height="stretch", alt=figure.alt)
    with st.container(key="hall_table"):
        figure_parts.table(figure)


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
