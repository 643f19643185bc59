"""Put the layers together into maps: that of a selection, and that of the street points alone."""

import json
import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from mkmap.crimes.query import AreaCrimes, Selection
from mkmap.drawing.palette import Ground
from mkmap.filters import Filters
from mkmap.map.mercator import METRES_A_DEGREE, fitting_zoom
from mkmap.map.names import opening
from mkmap.month import Month
from mkmap.places.streets import MILE
from mkmap.ui.map import layers
from mkmap.ui.map.canvas import PHONE, Canvas
from mkmap.view.snapshot import Snapshot

# A Deck looks for Jupyter's widgets four times while it is made; looking in vain takes longer than all else that it does.
sys.modules["pydeck.widget"] = None  # type: ignore[assignment]  # Python's own word for a module that is not there

Bounds = tuple[float, float, float, float]  # west, south, east, north, in degrees

TOOLTIP = {"color": "#ffffff", "backgroundColor": "#1b1f24", "fontSize": "0.9rem", "maxWidth": "18rem"}
FARTHEST = 1.0  # zooms that a map may be moved away from the whole area
NEAREST = 18
COMES_NEARER, CHOOSES = "nearer", "chooses"  # how the names of layers begin whose marks do so when they are tapped
AROUND = 14.2  # zoom: a few hundred metres around a point fill a small map
NEAR, NEAR_ENOUGH = 15.5, 14.5  # zooms: from the second on, dots that stand 75 metres apart are 36 pixels apart
ROUGH_TAP = 60  # pixels: from above, a tap beside a dot means its surroundings
A_HAIR = 1e-7  # degrees: a view that has changed, by a hair, is gone to
# What of a map may leave its bounds: of two whole halves nothing would be left, and nothing be kept.
NEARLY_HALF = dict.fromkeys(("left", "right", "top", "bottom"), "49%")
MARGIN = 0.88  # of a map: what is looked at fills so much


@dataclass(frozen=True)
class Sight:
    """What a visitor's map looks at: a place, else a cell that was tapped, else the chosen wards, else the area."""

    canvas: Canvas = Canvas()  # noqa: RUF009  # a value
    place: tuple[float, float] | None = None  # longitude, latitude, with a mile around them
    near: tuple[float, float, float] | None = None  # longitude, latitude, zoom
    clicked: int | None = None  # the map point that wears a ring
    asked_again: int = 0  # how often the view was asked for that was there at first


def deck(
    snapshot: Snapshot,
    selection: Selection,
    ground: Ground,
    sight: Sight,
    *,
    shaded: bool = False,
    reports: str | None = None,
) -> pdk.Deck:
    """The map of a selection.

    `reports` is the version of the residents' reports, None where they are not to be shown. The data of the layers come from the
    routes of this app: a browser keeps what didn't change.
    """
    filters, opening_zoom = selection.filters, opens_at(selection.area, sight.canvas)
    drawn = [
        *layers.under_the_marks(snapshot, filters, ground, shaded),
        layers.place_names(snapshot, filters, ground, opening_zoom),
        layers.marks(snapshot, filters, ground, opening_zoom, close_alone=shaded),
        layers.ward_names(snapshot, filters, ground, opening_zoom),
        *([layers.reports(snapshot, filters, reports, opening_zoom)] if reports else []),
        *layers.rings(selection, ground, sight.place, sight.clicked),
        *([layers.invented(selection, ground)] if snapshot.dataset.is_demonstration else []),
    ]
    return _deck(drawn, _looking_at(selection, sight), layers.style(snapshot, filters, ground), words="{t}")


def street_points(
    snapshot: Snapshot,
    area: AreaCrimes,
    ground: Ground,
    *,
    month: Month,
    wards: tuple[str, ...],
    near: tuple[float, float] | None,
    chosen: tuple[float, float] | None,
    turns: int,
    taps: int,
) -> pdk.Deck:
    """A map of the street points alone: of the `wards`, or of all, where a tap asks to come nearer; `near` a place, where it chooses.

    No zoom belongs to both, so that a thumb never hits one of many dots by chance. A browser fades the marks beside one that was
    tapped, and takes a second tap on it as a wish to let it go: with another number of `taps` the marks are new ones. With another
    number of `turns` it looks there again.
    """
    filters, opening_zoom = Filters(month, month, wards), opens_at(area, PHONE)
    means, width = (CHOOSES, layers.TAP) if near else (COMES_NEARER, ROUGH_TAP)
    drawn = [
        *layers.chosen_wards(snapshot, filters, ground),
        layers.place_names(snapshot, filters, ground, opening_zoom),
        layers.dots(snapshot, filters, ground),
        *(layers.chosen_dot(chosen, ground) if chosen else []),
        layers.ward_names(snapshot, filters, ground, opening_zoom),
        layers.dots_to_tap(snapshot, filters, f"{means}-{turns}-{taps}", width),
    ]
    looking_at = _near(*near) if near else _from_above(_wards(area.select(filters), PHONE))
    _move_by_a_hair(looking_at, turns)
    _keep_within(looking_at, area.ward_bounds.values())
    return _deck(drawn, looking_at, layers.style(snapshot, filters, ground), words="{n}" if near else None)


def one_place(
    snapshot: Snapshot, ground: Ground, month: Month, here: tuple[float, float], others: list[tuple[float, float]]
) -> pdk.Deck:
    """A small map of a street point in a ring, and of other points around it, on the page's own ground."""
    filters = Filters(month, month)
    looking_at = pdk.ViewState(
        longitude=round(here[0], 5), latitude=round(here[1], 5), zoom=AROUND, min_zoom=AROUND - 4, max_zoom=NEAREST
    )
    drawn = [layers.points("others", others, ground), layers.points("here", [here], ground), *layers.chosen_dot(here, ground)]
    return _deck(drawn, looking_at, layers.style(snapshot, filters, ground), words=None)


def _move_by_a_hair(view: pdk.ViewState, turns: int) -> None:
    """A browser goes only to what has changed in a view."""
    for part in ("longitude", "latitude", "zoom"):
        setattr(view, part, getattr(view, part) + turns % 2 * A_HAIR)


def _near(longitude: float, latitude: float) -> pdk.ViewState:
    """So near that a thumb covers one dot."""
    return pdk.ViewState(
        longitude=round(longitude, 5), latitude=round(latitude, 5), zoom=NEAR, min_zoom=NEAR_ENOUGH, max_zoom=NEAREST
    )


def _from_above(view: pdk.ViewState) -> pdk.ViewState:
    view.max_zoom = NEAR_ENOUGH
    view.zoom = min(view.zoom, NEAR_ENOUGH)
    view.min_zoom = view.zoom - FARTHEST
    return view


class _Compact(pdk.Deck):
    """One whose JSON is not indented: pydeck's own is twice as long, and takes five times as long to write."""

    def to_json(self) -> str:
        return json.dumps(self, sort_keys=True, default=default_serialize)


def _deck(drawn: list[pdk.Layer], looking_at: pdk.ViewState, style: str, words: str | None) -> pdk.Deck:
    return _Compact(
        layers=drawn,
        initial_view_state=looking_at,
        map_provider="carto",  # MapLibre; it asks nothing of Carto unless the style says so
        map_style=style,
        tooltip={"text": words, "style": TOOLTIP} if words else False,
    )


def _looking_at(selection: Selection, sight: Sight) -> pdk.ViewState:
    if sight.place:
        looked_at = _fitted([_mile_around(*sight.place)], sight.canvas)
    elif sight.near:
        longitude, latitude, zoom = sight.near
        looked_at = pdk.ViewState(longitude=longitude, latitude=latitude, zoom=zoom, max_zoom=NEAREST)
    else:
        looked_at = _wards(selection, sight.canvas)
    _move_by_a_hair(looked_at, sight.asked_again)
    looked_at.min_zoom = _whole(selection.area, sight.canvas).zoom - FARTHEST
    _keep_within(looked_at, selection.area.ward_bounds.values())
    return looked_at


def _keep_within(view: pdk.ViewState, bounds: Iterable[Bounds]) -> None:
    """A map may be moved so far that its middle stands at the end of the area, or of what it looks at."""
    (west, south), (east, north) = _around([*bounds, (view.longitude, view.latitude) * 2])
    view.max_bounds = [[round(west, 4), round(south, 4)], [round(east, 4), round(north, 4)]]
    view.max_bounds_padding = NEARLY_HALF


def _whole(area: AreaCrimes, canvas: Canvas) -> pdk.ViewState:
    return _fitted(area.ward_bounds.values(), canvas)


def opens_at(area: AreaCrimes, canvas: Canvas) -> float:
    """The zoom at which a map of the whole area opens, where most names are wanted and least have room."""
    return opening(_whole(area, canvas).zoom)


def _mile_around(longitude: float, latitude: float) -> Bounds:
    north = MILE / METRES_A_DEGREE
    east = north / math.cos(math.radians(latitude))
    return longitude - east, latitude - north, longitude + east, latitude + north


def _wards(selection: Selection, canvas: Canvas) -> pdk.ViewState:
    """The chosen wards, or all."""
    bounds = selection.area.ward_bounds
    return _fitted([bounds[code] for code in selection.filters.wards or bounds], canvas)


def _fitted(bounds: Iterable[Bounds], canvas: Canvas) -> pdk.ViewState:
    """A view that holds some bounds."""
    (west, south), (east, north) = _around(bounds)
    return pdk.ViewState(
        longitude=round((west + east) / 2, 5),
        latitude=round((south + north) / 2, 5),
        zoom=fitting_zoom((west, south, east, north), *(round(MARGIN * pixels) for pixels in canvas)),
        max_zoom=NEAREST,
    )


def _around(bounds: Iterable[Bounds]) -> tuple[list[float], list[float]]:
    """West and south, east and north of all."""
    every = np.array(list(bounds))
    return every[:, :2].min(axis=0).tolist(), every[:, 2:].max(axis=0).tolist()
