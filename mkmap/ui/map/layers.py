"""Make the layers of a map; their data come from the routes of this app, so that a browser keeps what didn't change."""

from urllib.parse import quote

import pydeck as pdk

from mkmap.crimes.query import Selection
from mkmap.drawing.palette import DARK, Ground
from mkmap.filters import Filters
from mkmap.map import crime_marks, labels, report_marks
from mkmap.month import Month
from mkmap.places.streets import MILE
from mkmap.view.snapshot import Snapshot
from mkmap.words import _

ICONS = "/map/icons.png?with=diamond"  # an address of its own for each picture: browsers keep the last one for a day
TAP = 26  # pixels: a thumb hits what is at least 24 wide


def under_the_marks(snapshot: Snapshot, filters: Filters, ground: Ground, shaded: bool) -> list[pdk.Layer]:
    """The wards, shaded or not, and every street point."""
    return [
        *([_shades(snapshot, filters, ground)] if shaded else []),
        outlines(snapshot, filters, ground),
        pdk.Layer(
            "ScatterplotLayer",
            id="streets",
            data=_streets(snapshot, filters.last),
            get_position="p",
            get_fill_color=[*ground.street, 255],
            get_radius=16,
            radius_max_pixels=2.5,
            radius_min_pixels=0.9,
        ),
    ]


def outlines(snapshot: Snapshot, filters: Filters, ground: Ground) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        id="wards",
        data=f"/map/wards.json?{filters.query()}&v={quote(snapshot.version)}",
        filled=False,
        stroked=True,
        get_line_color=[*ground.outline, 255],
        line_width_units=_word("pixels"),
        get_line_width="properties.width",
    )


def _streets(snapshot: Snapshot, last: Month) -> str:
    return f"/map/streets.json?to={last}&v={quote(snapshot.version)}"


def street_names(snapshot: Snapshot, filters: Filters, ground: Ground) -> pdk.Layer:
    """The streets' names, as many as there is room for."""
    return pdk.Layer(
        "TextLayer",
        id="street-names",
        data=_streets(snapshot, filters.last),
        get_position="p",
        get_text="n",
        get_color=[*ground.street_name, 255],
        get_size=11,
        font_family=_word("sans-serif"),
        character_set=_word("auto"),
        get_pixel_offset=[0, 12],
        extensions=[{"@@type": "CollisionFilterExtension"}],
        collision_enabled=True,
        collision_group=_word("names"),
        collision_test_props={"sizeScale": 1.3},
    )


def _shades(snapshot: Snapshot, filters: Filters, ground: Ground) -> pdk.Layer:
    dark = "&dark=1" if ground is DARK else ""
    return pdk.Layer(
        "GeoJsonLayer",
        id="shades",
        data=f"/map/shades.json?{filters.query()}{dark}&v={quote(snapshot.version)}",
        filled=True,
        stroked=False,
        get_fill_color="properties.fill",
    )


def ward_names(snapshot: Snapshot, filters: Filters, ground: Ground) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        id="ward-names",
        data=f"/map/ward-names.json?to={filters.last}&v={quote(snapshot.version)}",
        get_position="p",
        get_text="n",
        get_pixel_offset="o",
        _sub_layer_props={"characters": {"getColor": [*ground.name, 255]}},  # a click would fade a colour of the layer itself
        get_size=labels.SIZE,
        font_family=_word("sans-serif"),
        font_weight=600,
        background=True,
        get_background_color=[*ground.halo, 90],
        background_padding=[2, 0],
        character_set=_word("auto"),
    )


def marks(snapshot: Snapshot, filters: Filters) -> list[pdk.Layer]:
    """What the police recorded, and what a thumb can hit of it."""
    data = f"/map/marks.json?{filters.query()}&v={quote(snapshot.version)}"
    return [
        pdk.Layer(
            "IconLayer",
            id="crimes",
            data=data,
            icon_atlas=_word(ICONS),
            icon_mapping=crime_marks.icon_mapping(),
            get_icon="i",
            get_position="p",
            get_size="s",
            get_pixel_offset="[o, 0]",
            size_units=_word("pixels"),
            pickable=True,
        ),
        _taps(data),
    ]


def reports(snapshot: Snapshot, filters: Filters, version: str) -> pdk.Layer:
    """What residents reported: a layer of its own, above the police's."""
    return pdk.Layer(
        "IconLayer",
        id="reports",
        data=f"/map/reports.json?{filters.query()}&v={quote(snapshot.version)}-{quote(version)}",
        icon_atlas=_word(ICONS),
        icon_mapping=crime_marks.icon_mapping(),
        get_icon=_word(crime_marks.DIAMOND),
        get_position="p",
        get_size=report_marks.SIZE,
        get_pixel_offset="o",
        size_units=_word("pixels"),
        alpha_cutoff=-1,  # the clear part around a diamond can be tapped too
        pickable=True,
    )


def dots(snapshot: Snapshot, month: Month, ground: Ground) -> tuple[pdk.Layer, pdk.Layer]:
    """The street points to be seen, and what a thumb can hit of each."""
    return pdk.Layer(
        "ScatterplotLayer",
        id="dots",
        data=_streets(snapshot, month),
        get_position="p",
        get_fill_color=[*ground.name, 200],
        get_radius=14,
        radius_min_pixels=1.5,
        radius_max_pixels=7,
    ), _taps(_streets(snapshot, month))


def _taps(data: str) -> pdk.Layer:
    """What cannot be seen, and is large enough for a thumb."""
    return pdk.Layer(
        "ScatterplotLayer",
        id="taps",
        data=data,
        get_position="p",
        get_radius=TAP / 2,
        radius_units=_word("pixels"),
        opacity=0,
        pickable=True,
    )


def rings(selection: Selection, ground: Ground, place: tuple[float, float] | None, clicked: int | None) -> list[pdk.Layer]:
    """A ring of a mile around the street that was looked for, and one around the point that was clicked."""
    drawn = []
    if place:
        drawn.append(_ring("mile", place, ground, get_radius=MILE))
    if clicked in selection.area.points.index:
        there = selection.area.points.loc[clicked]
        drawn.append(
            _ring("clicked", (there["longitude"], there["latitude"]), ground, get_radius=TAP / 2, radius_units=_word("pixels"))
        )
    return drawn


def _ring(name: str, place: tuple[float, float], ground: Ground, **radius: object) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer",
        id=name,
        data=[{"p": [round(place[0], 5), round(place[1], 5)]}],
        get_position="p",
        filled=False,
        stroked=True,
        line_width_units=_word("pixels"),
        get_line_width=2,
        get_line_color=[*ground.name, 255],
        pickable=False,
        **radius,
    )


def invented(selection: Selection, ground: Ground) -> pdk.Layer:
    """Words on the map itself: a picture of it is passed on without its page."""
    west, south, east, _north = selection.area.wards.total_bounds
    return pdk.Layer(
        "TextLayer",
        id="invented",
        data=[{"p": [round((west + east) / 2, 4), round(south, 4)], "n": _("Demonstration: invented, not evidence")}],
        get_position="p",
        get_text="n",
        get_pixel_offset=[0, 10],
        get_size=13,
        font_family=_word("sans-serif"),
        font_weight=700,
        character_set=_word("auto"),
        _sub_layer_props={"characters": {"getColor": [*ground.name, 255]}},
    )


def _word(text: str) -> str:
    """A text that pydeck hands on as it is: it takes one without quotation marks for an expression."""
    return f"'{text}'"
