"""Show the map of the first page, with words and names that a hall can read, and nothing on it that a hand moves."""

import textwrap
from html import escape

import pydeck as pdk
import streamlit as st

from mkmap.crime_types import counted
from mkmap.crimes.query import Selection
from mkmap.drawing import palette
from mkmap.map import circles, labels
from mkmap.ui import plain_table
from mkmap.ui.figures import ground
from mkmap.ui.map.canvas import PHONE
from mkmap.ui.map.decks import Sight, deck
from mkmap.ui.meeting.lettering import title
from mkmap.view import sentences, tables
from mkmap.view.view import View
from mkmap.words import _, number

SMALL = ("ward-names", "place-names")  # layers whose words only the first row would read
INVENTED = 16  # characters of a line
CLOSER = 0.15  # zoom: a slide has so much more room than the phone's map that the view is fitted to
SIZE = 21  # pixels of a name on a map that the styles enlarge: 28 on a screen of 1280 by 720


def draw(view: View) -> None:
    selection = view.selection
    with st.container(key="hall_where", horizontal=True, gap="medium", wrap=False):
        st.pydeck_chart(
            _deck(view),
            key="hall_map",
            height="stretch",
            alt=_("Map. {sentence}").format(sentence=sentences.headline(view.snapshot, selection)),
        )
        with st.container(key="hall_beside"):
            title(_title(view))
            st.html(_legend(selection))
    with st.container(key="hall_table"):
        plain_table.draw(tables.table(tables.Rows.WARD, selection, None))


def _title(view: View) -> str:
    selection = view.selection
    if not selection.months:
        return sentences.headline(view.snapshot, selection)
    sentence = _("Where in {where} police recorded {crimes} {period}").format(
        where=sentences.where(view.snapshot, selection),
        crimes=counted(selection.total, selection.filters.types),
        period=sentences.counted_period(selection),
    )
    return sentences.of_demonstration(view.snapshot, sentence)


def _deck(view: View) -> pdk.Deck:
    """A little larger than a phone's; names stand where their ward has room for them, and the rest is drawn as on the first page."""
    colours, selection = ground(), view.selection
    made = deck(view.snapshot, selection, colours, Sight(PHONE))
    made.initial_view_state.zoom += CLOSER
    names = _names(selection, colours, made.initial_view_state.zoom)
    made.layers = [*(_readable(layer) for layer in made.layers if layer.id not in SMALL), names]
    return made


def _readable(layer: pdk.Layer) -> pdk.Layer:
    """The words on the map that the demonstration is invented, in a hall's size."""
    if layer.id == "invented":
        layer.data = [label | {"n": textwrap.fill(label["n"], INVENTED)} for label in layer.data]
        layer.get_size, layer.get_pixel_offset = SIZE, [0, -2 * SIZE]
    return layer


def _names(selection: Selection, colours: palette.Ground, zoom: float) -> pdk.Layer:
    wards = selection.area.wards
    return pdk.Layer(
        "TextLayer",
        id="hall-names",
        data=labels.with_room(
            wards[wards["code"].isin(selection.filters.wards)] if selection.filters.wards else wards, zoom, SIZE
        ),
        get_position="p",
        get_text="n",
        get_size=SIZE,
        get_color=[*colours.name, 255],
        font_family="'sans-serif'",
        font_weight=700,
        background=True,
        get_background_color=[*colours.halo, 170],
        character_set="'auto'",
    )


def _legend(selection: Selection) -> str:
    """What the circles mean: sizes, and where they stand."""
    sizes = "".join(
        f"<li>{_circle(palette.POLICE, diameter)}{escape(number(count))}</li>" for count, diameter in circles.sizes(selection)
    )
    meaning = _("Each circle: the crimes at one map point.")
    return f'<div class="hall-legend"><ul class="sizes">{sizes}</ul><p>{escape(meaning)}</p></div>'


def _circle(colour: palette.Colour, diameter: float = 14) -> str:
    return f'<i style="width:{diameter:.0f}px;height:{diameter:.0f}px;background:{palette.css(colour)}"></i>'
