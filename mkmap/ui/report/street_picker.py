"""Choose a street point for a report: by its name, or by a tap on a dot of a map."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from mkmap.crimes.query import AreaCrimes
from mkmap.month import Month
from mkmap.places.points import point_id
from mkmap.places.streets import metres, street_name
from mkmap.reports.report import Place
from mkmap.ui.figures import ground
from mkmap.ui.map import decks
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import _

CLOSE = 30.0  # metres: at the zoom from which dots can be chosen, a thumb covers this much
MOST = 6  # dots that are offered as a list
MAP = "report_map"
DOT = "report_dot"  # the browser holds it: where the last tap chose, after a restart of the server too
# In the session: where the map looks (None: at the whole area), how often it was turned there, and how often it was tapped.
LOOKS_AT, TURNS, TAPS = "report_looks_at", "report_turns", "report_taps"
SESSION = (LOOKS_AT, DOT)  # what a new report begins without


def place(view: View) -> Place | None:
    """The chosen street point, as the police's data have it."""
    area = view.snapshot.area(Month.of(view.snapshot.today))
    with st.container(key="report_hidden_dot"):
        tapped = _about(area, st.text_input(_("Place of the tapped dot"), key=DOT, max_chars=60))
    streets = area.streets
    choices = dict(zip(streets["label"], point_id(streets["longitude"], streets["latitude"]), strict=True)) | dict(tapped)
    label = st.selectbox(
        _("Near which street? (required)"),
        choices,
        index=None,
        key="report_street",
        placeholder=_("Type a street name"),
        help=_("The list has the streets that the police use as map points, searched in your browser."),
        on_change=_look_there,
    )
    chosen = _place(area, choices[label]) if label in choices else None
    st.caption(
        _("Your street isn't listed? Choose the nearest one that is: a mark stands for the neighbourhood, not for a house.")
    )
    if st.toggle(_("Or choose on a map"), key="report_on_map", on_change=_look_there):
        _map(view, area, chosen, label)
        _other_ways([other for other, _point in tapped if other != label])
    return chosen


def _place(area: AreaCrimes, point: int) -> Place:
    there = area.points.loc[point]
    return Place(float(there["longitude"]), float(there["latitude"]), street_name(there["street"]))


def _map(view: View, area: AreaCrimes, chosen: Place | None, label: str | None) -> None:
    """It opens on the chosen street, else on the wards of the filters, else on the whole area."""
    there = (chosen.longitude, chosen.latitude) if chosen else None
    near = st.session_state.setdefault(LOOKS_AT, there)
    with st.container(key="report_on_the_map"):
        st.markdown(_what_to_do(label if chosen else None, is_near=near is not None))
    st.pydeck_chart(
        decks.street_points(
            view.snapshot,
            area,
            ground(),
            month=Month.of(view.snapshot.today),
            wards=tuple(code for code in view.filters.wards if code in area.ward_bounds),
            near=near,
            chosen=there,
            turns=st.session_state.get(TURNS, 0),
            taps=st.session_state.get(TAPS, 0),
        ),
        key=MAP,
        on_select=lambda: _take_up(area),
        height=380,
        alt=_("Map of the street points that the police use. Each of them can be found by its name in the list above."),
    )


def _what_to_do(label: str | None, *, is_near: bool) -> str:
    """One line above the map: a thumb covers what is below."""
    if label:
        return _("Chosen: **{street}**").format(street=plain(label))
    return _("Tap the dot nearest to where it happened.") if is_near else _("Tap near where it happened. The map comes closer.")


def _other_ways(others: list[str]) -> None:
    """What else a thumb may have meant, and the way back."""
    if others:
        st.caption(_("Several dots lie close together there. Did you mean another?"))
        for number, other in enumerate(others):
            st.button(plain(other), key=f"report_dot_{number}", on_click=_take, args=(other,))
    if st.session_state[LOOKS_AT]:
        st.button(
            _("Show the whole area again"), key="report_whole_area", icon=":material/zoom_out_map:", on_click=_look_at_all
        )


def _take_up(area: AreaCrimes) -> None:
    """A tap: from above it brings the map nearer, near it chooses the dot."""
    event = st.session_state.get(MAP)
    if place := _picked(event, decks.COMES_NEARER):
        st.session_state[LOOKS_AT] = place
    elif place := _picked(event, decks.CHOOSES):
        text = f"{place[0]} {place[1]}"
        if tapped := _about(area, text):
            st.session_state[DOT] = text
            _take(tapped[0][0])


def _take(label: str) -> None:
    st.session_state["report_street"] = label
    _count(TAPS)


def _look_there() -> None:
    """At what is chosen now."""
    st.session_state.pop(LOOKS_AT, None)
    _count(TURNS)


def _look_at_all() -> None:
    st.session_state[LOOKS_AT] = None
    _count(TURNS)


def _count(what: str) -> None:
    st.session_state[what] = st.session_state.get(what, 0) + 1


def _picked(event: Any, means: str) -> tuple[float, float] | None:
    """Longitude and latitude of the dot that was tapped, in a layer of this meaning; a browser may send anything."""
    try:
        objects = event["selection"]["objects"].items()
        (longitude, latitude), *_more = (item["p"] for name, items in objects if name.startswith(means) for item in items)
        return _on_earth(longitude, latitude)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _on_earth(longitude: Any, latitude: Any) -> tuple[float, float] | None:
    """Raises TypeError or ValueError for what is no number."""
    place = float(longitude), float(latitude)
    return place if np.isfinite(place).all() and abs(place[0]) <= 180 and abs(place[1]) <= 90 else None


def _about(area: AreaCrimes, text: str) -> list[tuple[str, int]]:
    """The named points about the place of a tap, as labels and points, the nearest first; a browser may send anything."""
    try:
        longitude, latitude = text.split()
        place = _on_earth(longitude, latitude)
    except ValueError:
        return []
    if place is None:
        return []
    return _labelled(near_points(area.points, *place), area.ward_names, set(_middles(area.streets)))


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
