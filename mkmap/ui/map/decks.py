"""Put the layers together into maps: that of a selection, and that of the street points alone."""

import sys

import numpy as np
import pydeck as pdk

from mkmap.crimes.query import AreaCrimes, Selection
from mkmap.drawing.palette import Ground
from mkmap.filters import Filters
from mkmap.map.mercator import PHONE_WIDTH, WIDTH, fitting_zoom
from mkmap.month import Month
from mkmap.ui.map import layers
from mkmap.view.snapshot import Snapshot

# A Deck looks for Jupyter's widgets every time it is made; looking in vain takes longer than all else that it does.
sys.modules.setdefault("ipywidgets", None)  # type: ignore[arg-type]  # None is Python's own word for a module that is not there

OWN_STYLE = "/map/style.json"  # an empty ground: what is drawn comes from this server, and the zoom buttons stay
TOOLTIP = {"color": "#ffffff", "backgroundColor": "#1b1f24", "fontSize": "0.9rem", "maxWidth": "18rem"}
STREET_VIEW = 12.5  # zoom at which a mile around a street fits the map


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
    filters = selection.filters
    drawn = [
        *layers.under_the_marks(snapshot, filters, ground, shaded),
        *([layers.street_names(snapshot, filters, ground)] if place or filters.wards else []),
        *layers.marks(snapshot, filters, ground),
        *([layers.reports(snapshot, filters, reports)] if reports else []),
        layers.ward_names(snapshot, filters, ground),
        *layers.rings(selection, ground, place, clicked),
        *([layers.invented(selection, ground)] if snapshot.dataset.is_demonstration else []),
    ]
    looking_at = _street(*place) if place else _fitted(selection, PHONE_WIDTH if phone else WIDTH)
    return _deck(snapshot, drawn, looking_at, words="{t}")


def street_points(snapshot: Snapshot, area: AreaCrimes, month: Month, ground: Ground) -> pdk.Deck:
    """A map of the street points alone, each of which a thumb can hit."""
    filters = Filters(month, month)
    dots, taps = layers.dots(snapshot, month, ground)
    drawn = [
        layers.outlines(snapshot, filters, ground),
        dots,
        layers.street_names(snapshot, filters, ground),
        layers.ward_names(snapshot, filters, ground),
        taps,
    ]
    return _deck(snapshot, drawn, _fitted(area.select(filters), PHONE_WIDTH), words="{n}")


def _deck(snapshot: Snapshot, drawn: list[pdk.Layer], looking_at: pdk.ViewState, words: str) -> pdk.Deck:
    basemap = snapshot.settings.basemap
    return pdk.Deck(
        layers=drawn,
        initial_view_state=looking_at,
        map_provider="carto",  # MapLibre; it asks nothing of Carto unless the style says so
        map_style=OWN_STYLE if basemap == "none" else basemap,
        tooltip={"text": words, "style": TOOLTIP},
    )


def _street(longitude: float, latitude: float) -> pdk.ViewState:
    return pdk.ViewState(longitude=round(longitude, 5), latitude=round(latitude, 5), zoom=STREET_VIEW, max_zoom=18)


def _fitted(selection: Selection, width: int) -> pdk.ViewState:
    """A view of the chosen wards, or of all."""
    bounds = selection.area.ward_bounds
    chosen = np.array([bounds[code] for code in selection.filters.wards or bounds])
    (west, south), (east, north) = chosen[:, :2].min(axis=0).tolist(), chosen[:, 2:].max(axis=0).tolist()
    return pdk.ViewState(
        longitude=round((west + east) / 2, 4),
        latitude=round((south + north) / 2, 4),
        zoom=fitting_zoom((west, south, east, north), width),
        max_zoom=18,
    )
