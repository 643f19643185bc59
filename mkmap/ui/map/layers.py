"""Make the layers of a map; their data come from the routes of this app, so that a browser keeps what didn't change."""

from typing import Any
from urllib.parse import quote, urlencode

import pydeck as pdk

from mkmap.crimes.query import Selection
from mkmap.drawing.palette import CIRCLE, CIRCLE_RIM, DARK, POLICE, RESIDENTS, RESIDENTS_RIM, Colour, Ground
from mkmap.filters import Filters
from mkmap.map import report_marks, tiles
from mkmap.map.cells import LAST_ZOOM, LETTER
from mkmap.map.crime_marks import DIAMOND, PIN, TAP, icon_mapping
from mkmap.map.names import FARTHEST, LARGEST, NEAREST, WARD
from mkmap.map.placed_names import ZOOMS_OF_A_TILE, letters
from mkmap.map.room import FONT, LEADING
from mkmap.places.streets import MILE
from mkmap.ui.map.layer import layer, tile_layer, word
from mkmap.view.snapshot import Snapshot
from mkmap.words import _

OWN_STYLE = "/map/style.json"  # what is drawn comes from this server
ICONS = "/map/icons.png?of=reports,pin"  # an address of its own for each picture: browsers keep the last one for a day
LINE, CHOSEN_LINE = 1.2, 3.0  # pixels: outlines of wards
SETTLED = 80  # milliseconds without a new tile, until what is missing is asked for: a view that goes on needs others
DOT = 12  # pixels: the points of a small map
ATLAS = 20  # pixels of the picture from which a name's letters are taken
HALO = 3  # pixels of that picture around a letter


def under_the_marks(snapshot: Snapshot, filters: Filters, ground: Ground, shaded: bool) -> list[pdk.Layer]:
    """The wards shaded, or the chosen ones alone: the style of the map (`style`) has the borders of all."""
    if shaded:
        return [
            _wards("shades", _shades(snapshot, filters, ground), ground, LINE, filled=True, get_fill_color="properties.fill")
        ]
    return chosen_wards(snapshot, filters, ground)


def chosen_wards(snapshot: Snapshot, filters: Filters, ground: Ground) -> list[pdk.Layer]:
    """Their borders, wider."""
    if not filters.wards:
        return []
    wards = urlencode([("ward", code) for code in filters.wards])
    return [
        _wards("chosen-wards", f"/map/wards.json?{_of_the_wards(snapshot, filters)}&{wards}", ground, CHOSEN_LINE, filled=False)
    ]


def style(snapshot: Snapshot, filters: Filters, ground: Ground) -> str:
    """The address of what lies under all layers; it stays the same while months of the same wards are chosen."""
    return f"{OWN_STYLE}?{_of_the_wards(snapshot, filters)}{_theme(ground)}"


def _of_the_wards(snapshot: Snapshot, filters: Filters) -> str:
    """The part of an address on which all depends that the filters do not change, if they leave the wards as they are."""
    return urlencode({"to": str(snapshot.last_with_same_wards(filters.last)), "v": snapshot.version})


def _wards(name: str, data: str, ground: Ground, width: float, **filling: object) -> pdk.Layer:
    return layer(
        "GeoJsonLayer",
        id=name,
        data=data,
        stroked=True,
        get_line_color=[*ground.bold_outline, 255],
        line_width_units=word("pixels"),
        get_line_width=width,
        **filling,
    )


def _streets(snapshot: Snapshot, filters: Filters) -> str:
    return f"/map/streets.json?{_of_the_wards(snapshot, filters)}"


def _shades(snapshot: Snapshot, filters: Filters, ground: Ground) -> str:
    return f"/map/shades.json?{filters.query()}{_theme(ground)}&v={quote(snapshot.version)}"


def place_names(snapshot: Snapshot, filters: Filters, ground: Ground, opens_at: float) -> pdk.Layer:
    """Near by, under the circles and dots, what has room at each zoom."""
    colour = f"properties.k == '{WARD}' || properties.k == 'town' ? {[*ground.name, 255]} : {[*ground.street_name, 255]}"
    return _names("place-names", snapshot, filters, ground, opens_at, get_text_color=colour)


def ward_names(snapshot: Snapshot, filters: Filters, ground: Ground, opens_at: float) -> pdk.Layer:
    """From afar, above the cells, the names that have room: wards', then towns' and estates'."""
    return _names(
        "ward-names",
        snapshot,
        filters,
        ground,
        opens_at,
        get_text_color=[*ground.name, 255],
        visible_max_zoom=LAST_ZOOM + 0.5,
    )


def _names(name: str, snapshot: Snapshot, filters: Filters, ground: Ground, opens_at: float, **how: Any) -> pdk.Layer:
    """They grow with the map, to a size; of letters that a browser is told, so that it draws each once, and not for each tile."""
    return tile_layer(
        name,
        f"/map/{name}/{{z}}/{{x}}/{{y}}.json?{_of_the_wards(snapshot, filters)}&at={opens_at}",
        min_zoom=FARTHEST - ZOOMS_OF_A_TILE,
        nearest=NEAREST - ZOOMS_OF_A_TILE,
        refinement_strategy=word("no-overlap"),  # a name of another zoom would lie over those of this one
        point_type=word("text"),
        get_text="properties.n",
        get_text_size="properties.s",
        text_font_family=word(FONT),
        text_size_units=word("meters"),
        text_size_max_pixels=LARGEST,
        text_font_weight=600,
        text_font_settings={"fontSize": ATLAS, "buffer": 6, "radius": 6, "sdf": True, "smoothing": 0.2},
        text_outline_width=HALO,
        text_outline_color=[*ground.halo, 235],
        text_character_set=letters(
            snapshot.area(filters.last), snapshot.ground
        ),  # a tuple: pydeck takes a list for an expression
        text_line_height=LEADING,
        pickable=False,
        **how,
    )


def marks(snapshot: Snapshot, filters: Filters, ground: Ground, opens_at: float, *, close_alone: bool = False) -> pdk.Layer:
    """What the police recorded, as each zoom has room for it, and over a circle (`properties.g`) what a thumb can hit of it.

    `close_alone`: from afar there is nothing, where the wards themselves are coloured.
    """
    return tile_layer(
        "crimes",
        f"/map/crimes/{{z}}/{{x}}/{{y}}.json?{filters.query()}{_theme(ground)}&at={opens_at}&v={quote(snapshot.version)}",
        min_zoom=tiles.CLOSE if close_alone else 0,
        point_type=word("circle+text"),
        get_fill_color=f"properties.g ? [0, 0, 0, 0] : properties.f || {[*POLICE, CIRCLE]}",
        get_line_color=f"properties.m ? {[*ground.cell_rim, 255]} : {[*CIRCLE_RIM, 255]}",
        get_line_width="properties.m || properties.r && !properties.g ? 1 : 0",
        line_width_units=word("pixels"),
        get_point_radius="properties.r || 0",
        point_radius_units=word("pixels"),
        get_text="properties.n || ''",
        get_text_color="properties.c || [255, 255, 255]",
        get_text_size=f"properties.s || {LETTER}",
        text_font_family=word("sans-serif"),
        text_font_weight=600,
        text_character_set=word("auto"),
        pickable=True,
        _sub_layer_props={"points-text": {"pickable": False}},
    )


def reports(snapshot: Snapshot, filters: Filters, version: str, opens_at: float) -> pdk.Layer:
    """What residents reported: a layer of its own, above the police's."""
    return tile_layer(
        "reports",
        f"/map/reports/{{z}}/{{x}}/{{y}}.json?{filters.query()}&at={opens_at}&v={quote(snapshot.version)}-{quote(version)}",
        size=tiles.LARGE,
        point_type=word("icon+text"),
        icon_atlas=word(ICONS),
        icon_mapping=icon_mapping(),
        get_icon=word(DIAMOND),
        get_icon_size=report_marks.SIZE,
        get_icon_pixel_offset="properties.o",
        icon_size_units=word("pixels"),
        icon_alpha_cutoff=-1,  # the clear part around a diamond can be tapped too
        get_text="properties.n || ''",
        get_text_size=12,
        text_font_family=word("sans-serif"),
        text_font_weight=700,
        get_text_color=[*RESIDENTS_RIM, 255],
        text_background=True,
        get_text_background_color=f"properties.n ? {[*RESIDENTS, 255]} : {[*RESIDENTS, 0]}",
        text_background_padding=[3, 1],
        get_text_pixel_offset="[properties.o[0] + 14, properties.o[1]]",
        pickable=True,
    )


def _theme(ground: Ground) -> str:
    return "&dark=1" if ground is DARK else ""


def dots(snapshot: Snapshot, filters: Filters, ground: Ground) -> pdk.Layer:
    """The street points, to be seen."""
    return layer(
        "ScatterplotLayer",
        id="dots",
        data=_streets(snapshot, filters),
        get_position="p",
        get_fill_color=[*ground.name, 200],
        get_radius=14,
        radius_min_pixels=1.5,
        radius_max_pixels=7,
    )


def dots_to_tap(snapshot: Snapshot, filters: Filters, name: str, width: float) -> pdk.Layer:
    """Of each street point, what cannot be seen and is large enough for a thumb."""
    return layer(
        "ScatterplotLayer",
        id=name,
        data=_streets(snapshot, filters),
        get_position="p",
        get_radius=width / 2,
        radius_units=word("pixels"),
        opacity=0,
        pickable=True,
    )


def chosen_dot(place: tuple[float, float], ground: Ground) -> list[pdk.Layer]:
    return _ring("chosen", place, ground, get_radius=TAP / 2, radius_units=word("pixels"))


def points(name: str, places: list[tuple[float, float]], ground: Ground) -> pdk.Layer:
    """Dots of one size."""
    return layer(
        "ScatterplotLayer",
        id=name,
        data=[{"p": [round(longitude, 5), round(latitude, 5)]} for longitude, latitude in places],
        get_position="p",
        get_fill_color=[*ground.name, 255],
        get_radius=DOT / 2,
        radius_units=word("pixels"),
    )


def rings(selection: Selection, ground: Ground, place: tuple[float, float] | None, clicked: int | None) -> list[pdk.Layer]:
    """A pin and a ring of a mile around the place that was looked for, and a ring around the point that was clicked."""
    drawn: list[pdk.Layer] = []
    if place:
        drawn += [*_ring("mile", place, ground, get_radius=MILE), _pin(place)]
    if clicked in selection.area.points.index:
        there = selection.area.points.loc[clicked]
        at = there["longitude"], there["latitude"]
        drawn += _ring("clicked", at, ground, get_radius=TAP / 2, radius_units=word("pixels"))
    return drawn


def _pin(place: tuple[float, float]) -> pdk.Layer:
    return layer(
        "IconLayer",
        id="pin",
        data=[{"p": [round(place[0], 5), round(place[1], 5)], "i": PIN}],
        get_position="p",
        get_icon="i",
        get_size=44,
        icon_atlas=word(ICONS),
        icon_mapping=icon_mapping(),
        pickable=False,
    )


def _ring(name: str, place: tuple[float, float], ground: Ground, **radius: object) -> list[pdk.Layer]:
    """A line in a wider one, so that it is seen on whatever lies there."""
    return [
        _circle_line(f"{name}-halo", place, ground.halo, 6, **radius),
        _circle_line(name, place, ground.name, 2, **radius),
    ]


def _circle_line(name: str, place: tuple[float, float], colour: Colour, width: float, **radius: object) -> pdk.Layer:
    return layer(
        "ScatterplotLayer",
        id=name,
        data=[{"p": [round(place[0], 5), round(place[1], 5)]}],
        get_position="p",
        filled=False,
        stroked=True,
        line_width_units=word("pixels"),
        get_line_width=width,
        get_line_color=[*colour, 255],
        pickable=False,
        **radius,
    )


def invented(selection: Selection, ground: Ground) -> pdk.Layer:
    """Words on the map itself: a picture of it is passed on without its page."""
    west, south, east, _north = selection.area.bounds
    return layer(
        "TextLayer",
        id="invented",
        data=[{"p": [round((west + east) / 2, 4), round(south, 4)], "n": _("Demonstration: invented, not evidence")}],
        get_position="p",
        get_text="n",
        get_pixel_offset=[0, 10],
        get_size=13,
        background=True,
        get_background_color=[*ground.halo, 220],
        font_family=word("sans-serif"),
        font_weight=700,
        character_set=word("auto"),
        _sub_layer_props={"characters": {"getColor": [*ground.name, 255]}},
    )
