"""Show the map of the first page, with words and names that a hall can read, and nothing on it that a hand moves."""

from html import escape

import pydeck as pdk
import streamlit as st

from mkmap.crime_types import counted
from mkmap.crimes.query import Selection
from mkmap.drawing import palette
from mkmap.map import cells, circles, placed_names
from mkmap.map.names import Label
from mkmap.map.room import FONT, LEADING
from mkmap.ui import plain_table
from mkmap.ui.figures import ground
from mkmap.ui.map.canvas import Canvas
from mkmap.ui.map.decks import Sight, deck
from mkmap.ui.meeting import hall_cells
from mkmap.ui.meeting.lettering import title
from mkmap.view import sentences, tables
from mkmap.view.view import View
from mkmap.words import _, number

SMALL = ("ward-names", "place-names")  # layers whose words only the first row would read
AFAR = ("crimes", "taps")  # in their place stand cells whose numbers a hall can read
WARNING = "invented"  # the layer whose words lie above all else
ROOM = Canvas(425, 400)  # pixels: those of a slide's map before the styles enlarge it, less what its outermost cells need
SIZE = 21  # pixels of a number on a map that the styles enlarge: 28 on a screen of 1280 by 720
ATLAS, HALO = 48, 6  # pixels of the picture from which a name's letters are taken, and around each
LARGER = 1.75  # times as large as on the first page: names of 16 to 21 pixels


def draw(view: View) -> None:
    selection, made = view.selection, _deck(view)
    with st.container(key="hall_where", horizontal=True, gap="medium", wrap=False):
        st.pydeck_chart(
            made,
            key="hall_map",
            height="stretch",
            alt=_("Map. {sentence}").format(sentence=sentences.headline(view.snapshot, selection)),
        )
        with st.container(key="hall_beside"):
            title(_title(view))
            st.html(_legend(selection, made.initial_view_state.zoom))
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
    """Names and numbers are larger than on the first page, and the rest is drawn as there."""
    colours, selection = ground(), view.selection
    made = deck(view.snapshot, selection, colours, Sight(ROOM))
    zoom = made.initial_view_state.zoom
    names = placed_names.enlarged(selection.area, view.snapshot.ground, zoom, LARGER)
    marks = []
    if hall_cells.are_cells(zoom):
        names = hall_cells.between_numbers(selection, zoom, names, SIZE)
        marks = hall_cells.layers(selection, colours, zoom, SIZE)
    left_out = (*SMALL, *AFAR) if marks else SMALL
    below, above = ([layer for layer in made.layers if (layer.id == WARNING) == is_warning] for is_warning in (False, True))
    drawn = [layer for layer in below if layer.id not in left_out]
    made.layers = [*drawn, *marks, _names(names, colours), *(_readable(layer, colours) for layer in above)]
    return made


def _readable(layer: pdk.Layer, colours: palette.Ground) -> pdk.Layer:
    """The words on the map that the demonstration is invented, in a hall's size."""
    layer.get_size, layer.get_pixel_offset = SIZE, [0, 12]
    layer.background, layer.get_background_color = True, [*colours.halo, 220]
    return layer


def _names(names: list[Label], colours: palette.Ground) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        id="hall-names",
        data=[{"n": name.text, "p": [name.longitude, name.latitude], "s": name.size} for name in names],
        get_position="p",
        get_text="n",
        get_size="s",
        get_color=[*colours.name, 255],
        font_family=f"'{FONT}'",
        font_weight=600,
        line_height=LEADING,
        font_settings={"fontSize": ATLAS, "buffer": 8, "radius": 12, "sdf": True, "smoothing": 0.2},
        outline_width=HALO,
        outline_color=[*colours.halo, 235],
        character_set="'auto'",
    )


def _legend(selection: Selection, zoom: float) -> str:
    """What the cells' colours mean, or the circles' sizes."""
    if hall_cells.are_cells(zoom):
        shades = "".join(f"<li>{_square(colour)}{escape(text)}</li>" for colour, text in cells.legend(selection, ground()))
        meaning = _("Each cell: the crimes in it. Its colour: how many that is in a square kilometre.")
        return f'<div class="hall-legend"><p>{escape(meaning)}</p><ul>{shades}</ul></div>'
    sizes = "".join(
        f"<li>{_circle(palette.POLICE, diameter)}{escape(number(count))}</li>" for count, diameter in circles.sizes(selection)
    )
    meaning = _("Each circle: the crimes at one map point.")
    return f'<div class="hall-legend"><ul class="sizes">{sizes}</ul><p>{escape(meaning)}</p></div>'


def _square(colour: palette.Colour) -> str:
    return f'<i class="cell" style="background:{palette.css(colour)}"></i>'


def _circle(colour: palette.Colour, diameter: float = 14) -> str:
    return f'<i style="width:{diameter:.0f}px;height:{diameter:.0f}px;background:{palette.css(colour)}"></i>'
