"""Choose a street point for a report: by its name, or by a tap on a dot of a map."""

from typing import Any

import numpy as np
import pandas as pd
import pydeck as pdk
import streamlit as st

from mkmap.month import Month
from mkmap.places.points import point_id
from mkmap.places.streets import metres, street_name
from mkmap.reports.report import Place
from mkmap.ui.figures import ground
from mkmap.ui.map import decks
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import _

CLOSE = 75.0  # metres: at a zoom that shows a ward, a thumb covers this much
MOST = 6  # dots that are offered as a list


def place(view: View) -> Place | None:
    """The chosen street point, as the police's data have it."""
    area = view.snapshot.area(Month.of(view.snapshot.today))
    search = st.container()
    tapped: list[tuple[str, int]] = []
    if st.toggle(_("Or choose on a map"), key="report_on_map"):
        tapped = _tapped(view, st.session_state.get("report_map"))
        _map(view, tapped)
    streets = area.streets
    choices = dict(zip(streets["label"], point_id(streets["longitude"], streets["latitude"]), strict=True)) | dict(tapped)
    label = search.selectbox(
        _("Near which street? (required)"),
        choices,
        index=None,
        key="report_street",
        placeholder=_("Type a street name"),
        help=_("The list has the streets that the police use as map points, searched in your browser."),
    )
    search.caption(
        _("Your street isn't listed? Choose the nearest one that is: a mark stands for the neighbourhood, not for a house.")
    )
    if label not in choices:
        return None
    there = area.points.loc[choices[label]]
    return Place(float(there["longitude"]), float(there["latitude"]), street_name(there["street"]))


def _map(view: View, tapped: list[tuple[str, int]]) -> None:
    """The dots, and below them those near the tap, to choose from."""
    st.pydeck_chart(
        _deck(view),
        key="report_map",
        on_select=lambda: _choose(view),
        height=380,
        alt=_("Map of the street points that the police use. Each of them can be found by its name in the list above."),
    )
    if not tapped:
        st.caption(_("Zoom in, then tap the dot nearest to where it happened."))
    elif len(tapped) > 1:
        st.caption(_("Several dots lie close together there. Is it one of these?"))
        for number, (label, _point) in enumerate(tapped):
            st.button(plain(label), key=f"report_dot_{number}", on_click=_take, args=(label,))


def _choose(view: View) -> None:
    if tapped := _tapped(view, st.session_state.get("report_map")):
        _take(tapped[0][0])


def _take(label: str) -> None:
    st.session_state["report_street"] = label


def _deck(view: View) -> pdk.Deck:
    month = Month.of(view.snapshot.today)
    return decks.street_points(view.snapshot, view.snapshot.area(month), month, ground())


def _tapped(view: View, event: Any) -> list[tuple[str, int]]:
    """The named points about a tap, as labels and points, the nearest first; a browser may send anything."""
    try:
        (longitude, latitude), *_more = (item["p"] for items in event["selection"]["objects"].values() for item in items)
        longitude, latitude = float(longitude), float(latitude)
    except (KeyError, TypeError, ValueError, AttributeError):
        return []
    if not (np.isfinite([longitude, latitude]).all() and abs(longitude) <= 180 and abs(latitude) <= 90):
        return []
    area = view.snapshot.area(Month.of(view.snapshot.today))
    return _labelled(near_points(area.points, longitude, latitude), area.ward_names, set(_middles(area.streets)))


def near_points(points: pd.DataFrame, longitude: float, latitude: float) -> pd.DataFrame:
    """The named points inside a ward and within `CLOSE` metres, the nearest first."""
    named = points[points["ward"].notna() & points["street"].map(street_name).astype(bool)]
    away = metres(named, longitude, latitude)
    return named.assign(away=away)[away <= CLOSE].sort_values("away").head(MOST)


def _middles(streets: pd.DataFrame) -> np.ndarray:
    return point_id(streets["longitude"], streets["latitude"])


def _labelled(points: pd.DataFrame, ward_names: dict[str, str], middles: set[int]) -> list[tuple[str, int]]:
    """A street's dot in its middle has the street's label; its other dots say which they are."""
    labelled: dict[str, int] = {}
    for row in points.itertuples():
        label = f"{street_name(row.street)}, {ward_names.get(row.ward, '')}"
        if row.Index not in middles:
            number = sum(other.startswith(label) for other in labelled) + 1
            label = _("{street} (tapped dot {number})").format(street=label, number=number)
        labelled[label] = row.Index
    return list(labelled.items())
