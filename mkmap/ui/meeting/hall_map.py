"""Slide 2: the map of the first page, with words and names that a hall can read."""

from html import escape

import pydeck as pdk
import streamlit as st

from mkmap import palette, sentences
from mkmap.crime_types import counted
from mkmap.ui import figures, marks
from mkmap.ui.crime_map import deck
from mkmap.ui.figure_parts import ground
from mkmap.ui.meeting.words import line, title
from mkmap.view import View
from mkmap.words import _, number


def draw(view: View) -> None:
    selection = view.selection
    title(_title(view))
    for said in sentences.gaps(selection):
        line(said)
    with st.container(key="hall_where", horizontal=True, gap="medium", wrap=False):
        st.pydeck_chart(
            _deck(view),
            key="hall_map",
            alt=_("Map. {sentence}").format(sentence=sentences.headline(view.shown, selection)),
        )
        st.html(_legend(view))
    with st.container(key="hall_table"):
        st.table(figures.table(figures.BY_WARD, selection, None).map(lambda cell: sentences.plain(str(cell))), hide_index=True)


def _title(view: View) -> str:
    selection = view.selection
    if not selection.months:
        return sentences.headline(view.shown, selection)
    said = _("Where in {where} police recorded {crimes} {period}").format(
        where=sentences.where(view.shown, selection),
        crimes=counted(selection.total, selection.filters.types),
        period=sentences.period(selection),
    )
    return sentences.of_demonstration(view.shown, said)


def _deck(view: View) -> pdk.Deck:
    return deck(view.shown, view.selection, ground(), place=None, clicked=None, shaded=False)


def _legend(view: View) -> str:
    """What the circles mean: colours, sizes, and where they stand."""
    selection = view.selection
    coloured = [(palette.TYPES[place], name) for name, place in marks.colours(selection).items()]
    colours = coloured or [(palette.TYPES[0], _("All chosen crime types"))]
    kinds = "".join(f"<li>{_circle(colour)}{escape(name)}</li>" for colour, name in colours)
    sizes = "".join(
        f"<li>{_circle(palette.TYPES[0], diameter)}{escape(number(count))}</li>" for count, diameter in marks.sizes(selection)
    )
    said = _("Circles stand at the police's map points, about 100 metres from the true place.")
    return f'<div class="hall-legend"><ul>{kinds}</ul><ul class="sizes">{sizes}</ul><p>{escape(said)}</p></div>'


def _circle(colour: palette.Colour, diameter: float = 14) -> str:
    return f'<i style="width:{diameter:.0f}px;height:{diameter:.0f}px;background:{palette.css(colour)}"></i>'
