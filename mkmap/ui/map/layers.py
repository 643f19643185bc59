"""Draw the map: wards, streets, and what was recorded at the police's anonymous map points."""

import math
import sys
from collections.abc import Sequence
from urllib.parse import quote

import numpy as np
import pydeck as pdk

from mkmap.crimes.query import AreaCrimes, Selection
from mkmap.drawing.palette import DARK, Ground
from mkmap.filters import Filters
from mkmap.map import crime_marks, labels, report_marks
from mkmap.month import Month
from mkmap.places.streets import MILE
from mkmap.view.snapshot import Snapshot
from mkmap.words import _

# A Deck looks for Jupyter's widgets every time it is made; looking in vain takes longer than all else that it does.
sys.modules.setdefault("ipywidgets", None)

OWN_STYLE = "/map/style.json"  # an empty ground: what is drawn comes from this server, and the zoom buttons stay
ICONS = "/map/icons.png?with=diamond"  # an address of its own for each picture: browsers keep the last one for a day
TOOLTIP = {"color": "#ffffff", "backgroundColor": "#1b1f24", "fontSize": "0.9rem", "maxWidth": "18rem"}
TAP = 26  # pixels: a thumb hits what is at least 24 wide
STREET_VIEW = 12.5  # zoom at which a mile around a street fits the map
WIDTH, HEIGHT = 580, 380  # pixels: what a view is fitted to; the server doesn't know the window
PHONE_WIDTH = 340


def deck(
    snapshot: Snapshot,
    selection: Selection,
    ground: Ground,
    *,
    place: tuple[float, float] | None,
    clicked: int | None,
    shaded: bool,
    reports: str | None = None,
    phone: bool = False,
) -> pdk.Deck:
    """The map of a selection, looking at `place` (longitude, latitude), else at the chosen wards, else at the area.

    `clicked` is the map point that wears a ring; `reports` is the version of the residents' reports, None where they are not to be
    shown; on a `phone` the view is fitted to a narrow map. The data of the layers come from the routes of this app: a browser keeps
    what didn't change.
    """
    basemap = snapshot.settings.basemap
    return pdk.Deck(
        layers=[
            *_ground(snapshot, selection.filters, ground, shaded),
            *([_street_names(snapshot, selection.filters, ground)] if place or selection.filters.wards else []),
            *_marks(snapshot, selection),
            *([_reports(snapshot, selection, reports)] if reports else []),
            _names(snapshot, selection.filters, ground),
            *_rings(selection, ground, place, clicked),
            *([_invented(selection, ground)] if snapshot.dataset.is_demonstration else []),
        ],
        initial_view_state=_street(*place) if place else _fitted(selection, PHONE_WIDTH if phone else WIDTH),
        map_provider="carto",  # MapLibre; it asks nothing of Carto unless the style says so
        map_style=OWN_STYLE if basemap == "none" else basemap,
        tooltip={"text": "{t}", "style": TOOLTIP},
    )


def street_points(snapshot: Snapshot, area: AreaCrimes, month: Month, ground: Ground) -> pdk.Deck:
    """A map of the street points alone, each of which a thumb can hit."""
    version = quote(snapshot.version)
    names = Filters(month, month)
    dots = f"/map/streets.json?to={month}&v={version}"
    return pdk.Deck(
        layers=[
            *_outlines(names, ground, version),
            pdk.Layer(
                "ScatterplotLayer",
                id="dots",
                data=dots,
                get_position="p",
                get_fill_color=[*ground.name, 200],
                get_radius=14,
                radius_min_pixels=1.5,
                radius_max_pixels=7,
            ),
            _street_names(snapshot, names, ground),
            _names(snapshot, names, ground),
            pdk.Layer(
                "ScatterplotLayer",
                id="taps",
                data=dots,
                get_position="p",
                get_radius=TAP / 2,
                radius_units=_word("pixels"),
                opacity=0,
                pickable=True,
            ),
        ],
        initial_view_state=_fitted(Selection(area, names), PHONE_WIDTH),
        map_provider="carto",
        map_style=OWN_STYLE if snapshot.settings.basemap == "none" else snapshot.settings.basemap,
        tooltip={"text": "{n}", "style": TOOLTIP},
    )


def _invented(selection: Selection, ground: Ground) -> pdk.Layer:
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


def _rings(selection: Selection, ground: Ground, place: tuple[float, float] | None, clicked: int | None) -> list[pdk.Layer]:
    """A ring of a mile around the street that was looked for, and one around the point that was clicked."""
    rings = []
    if place:
        rings.append(_ring("mile", place, ground, get_radius=MILE))
    if clicked in selection.area.points.index:
        there = selection.area.points.loc[clicked]
        rings.append(
            _ring("clicked", (there["longitude"], there["latitude"]), ground, get_radius=TAP / 2, radius_units=_word("pixels"))
        )
    return rings


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


def _ground(snapshot: Snapshot, filters: Filters, ground: Ground, shaded: bool) -> list[pdk.Layer]:
    version = quote(snapshot.version)
    return [
        *([_shades(filters, ground, version)] if shaded else []),
        *_outlines(filters, ground, version),
        pdk.Layer(
            "ScatterplotLayer",
            id="streets",
            data=f"/map/streets.json?to={filters.last}&v={version}",
            get_position="p",
            get_fill_color=[*ground.street, 255],
            get_radius=16,
            radius_max_pixels=2.5,
            radius_min_pixels=0.9,
        ),
    ]


def _outlines(filters: Filters, ground: Ground, version: str) -> list[pdk.Layer]:
    return [
        pdk.Layer(
            "GeoJsonLayer",
            id="wards",
            data=f"/map/wards.json?{filters.query()}&v={version}",
            filled=False,
            stroked=True,
            get_line_color=[*ground.outline, 255],
            line_width_units=_word("pixels"),
            get_line_width="properties.width",
        ),
    ]


def _street_names(snapshot: Snapshot, filters: Filters, ground: Ground) -> pdk.Layer:
    """The streets' names, as many as there is room for."""
    return pdk.Layer(
        "TextLayer",
        id="street-names",
        data=f"/map/streets.json?to={filters.last}&v={quote(snapshot.version)}",
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


def _shades(filters: Filters, ground: Ground, version: str) -> pdk.Layer:
    dark = "&dark=1" if ground is DARK else ""
    return pdk.Layer(
        "GeoJsonLayer",
        id="shades",
        data=f"/map/shades.json?{filters.query()}{dark}&v={version}",
        filled=True,
        stroked=False,
        get_fill_color="properties.fill",
    )


def _names(snapshot: Snapshot, filters: Filters, ground: Ground) -> pdk.Layer:
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


def _marks(snapshot: Snapshot, selection: Selection) -> list[pdk.Layer]:
    data = f"/map/marks.json?{selection.filters.query()}&v={quote(snapshot.version)}"
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
        pdk.Layer(
            "ScatterplotLayer",
            id="taps",
            data=data,
            get_position="p",
            get_radius=TAP / 2,
            radius_units=_word("pixels"),
            opacity=0,
            pickable=True,
        ),
    ]


def _reports(snapshot: Snapshot, selection: Selection, version: str) -> pdk.Layer:
    """What residents reported: a layer of its own, above the police's."""
    return pdk.Layer(
        "IconLayer",
        id="reports",
        data=f"/map/reports.json?{selection.filters.query()}&v={quote(snapshot.version)}-{quote(version)}",
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


def _word(text: str) -> str:
    """A text that pydeck hands on as it is: it takes one without quotation marks for an expression."""
    return f"'{text}'"


def _street(longitude: float, latitude: float) -> pdk.ViewState:
    return pdk.ViewState(longitude=round(longitude, 5), latitude=round(latitude, 5), zoom=STREET_VIEW, max_zoom=18)


def _fitted(selection: Selection, width: int) -> pdk.ViewState:
    """A view of the chosen wards, or of all."""
    bounds = selection.area.ward_bounds
    chosen = [bounds[code] for code in selection.filters.wards or bounds]
    west, south, east, north = *np.min(chosen, axis=0)[:2], *np.max(chosen, axis=0)[2:]
    middle = round((west + east) / 2, 4), round((south + north) / 2, 4)
    return pdk.ViewState(
        longitude=middle[0], latitude=middle[1], zoom=fitting_zoom((west, south, east, north), width), max_zoom=18
    )


def fitting_zoom(bounds: Sequence[float], width: int = WIDTH) -> float:
    """The zoom at which bounds (west, south, east, north, in degrees) fill a map of `width` pixels."""
    west, south, east, north = bounds
    mercator = np.arctanh(np.sin(np.radians([south, north])))  # latitude as a Mercator map stretches it
    wide, high = (east - west) / 360, (mercator[1] - mercator[0]) / (2 * math.pi)
    return round(min(math.log2(width / (512 * wide)), math.log2(HEIGHT / (512 * high))), 2)
