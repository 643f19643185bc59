"""Draw a figure: the chart, the line that says what it shows, and the same numbers as a table."""

import streamlit as st

from mkmap.drawing import palette
from mkmap.drawing.figure import DATA, Figure
from mkmap.ui import plain_table
from mkmap.view import sentences
from mkmap.words import _


def ground() -> palette.Ground:
    """The colours of the visitor's theme."""
    return palette.DARK if st.context.theme.type == "dark" else palette.LIGHT


def draw(figure: Figure, key: str) -> None:
    """The chart with its words and its table."""
    if figure.is_blank:
        st.caption(sentences.plain(figure.alt))
        return
    st.vega_lite_chart(spec={**figure.spec, "datasets": {DATA: figure.rows}}, key=key, alt=figure.alt)
    st.caption(sentences.plain(figure.alt))
    with st.expander(_("The same as a table")):
        table(figure)


def table(figure: Figure) -> None:
    """All of it: a box that scrolls in itself is hard to read by keyboard, and at 200 %."""
    plain_table.draw(figure.table)
