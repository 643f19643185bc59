"""The parts of the map page: the sentence, residents' own number, the map, and the figures beside it."""

from dataclasses import replace
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from mkmap.crime_types import named
from mkmap.crimes.query import Selection
from mkmap.map import crime_marks, report_marks
from mkmap.map.tiles import DEEPEST
from mkmap.map.told import told
from mkmap.reports.published import last_month
from mkmap.ui import frame
from mkmap.ui.figures import ground
from mkmap.ui.map import legend, street
from mkmap.ui.map.canvas import ask, canvas
from mkmap.ui.map.decks import NEAREST, Sight, deck
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import NO_NUMBER, _, ngettext, number

# In the session: the last mark that was tapped, where that has led to and of which wards, and how often the whole area was asked for.
TAPPED, NEAR, ASKED_AGAIN = "tapped", "near", "asked again"
CHIP = "shown_type"


def headline(view: View) -> None:
    """The sentence in one line; under it what has no location, what is missing, and whose wards these are."""
    snapshot, selection = view.snapshot, view.selection
    with st.container(key="headline"):
        st.title(sentences.plain(sentences.placed_headline(snapshot, selection)), anchor=False)
        below = [
            sentences.what_this_is(),
            sentences.unplaced(snapshot, selection),
            *sentences.gaps(selection),
            sentences.ward_set_note(selection),
        ]
        st.caption(sentences.plain(" ".join(filter(None, below))))


def residents(view: View) -> None:
    """The second number, in a sentence of its own and never added."""
    filters, published, chosen = view.filters, view.published, view.reports
    if published is None or chosen is None:
        st.caption(_("Residents' reports cannot be read at the moment. The police figures are not affected."))
        return
    newer = published.newer(filters)
    st.markdown(sentences.plain(sentences.residents(len(chosen), filters)))
    if len(newer):
        last = last_month(newer)
        st.page_link(
            frame.file_of("map"),
            label=ngettext(
                "{n} more report is of a newer month, up to {month}: show it",
                "{n} more reports are of newer months, up to {month}: show them",
                len(newer),
            ).format(n=number(len(newer)), month=last.name),
            icon=":material/update:",
            query_params=replace(filters, last=last).pairs(),
        )


def numbers(view: View) -> None:
    """A few figures: counts only, and the same months a year before where all are stored."""
    selection = view.selection
    if not selection.months:
        return
    before = view.findings.selection_before
    figures = [
        (_("Recorded"), number(selection.total)),
        (_("The same months a year before"), number(before.total) if before else NO_NUMBER),
        (_("Without a location, in the whole force"), number(selection.unplaced)),
    ]
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in figures)
    st.html(f'<dl class="figures">{rows}</dl>')


def chips(view: View) -> None:
    """One of several chosen types, to be shown on the map alone."""
    types = view.filters.types
    if len(types) > 1:
        st.pills(_("Show one type on the map"), types, key=CHIP, format_func=lambda kind: sentences.plain(named(kind)))


def on_map(view: View) -> Selection:
    """What the map shows: all that is chosen, or one type of it."""
    filters = view.filters
    chip = st.session_state.get(CHIP)
    return view.selection.area.select(replace(filters, types=(chip,)) if chip in filters.types else filters)


def drawn_reports(view: View) -> str | None:
    """The version of residents' reports, where there are some to be drawn; they can be switched off."""
    is_on, chosen = st.session_state.get("reports", True), view.reports
    return view.published.version if is_on and view.published and chosen is not None and not chosen.empty else None


def crime_map(view: View) -> None:
    """The map, with the way back to the view that was there at first."""
    selection, place = on_map(view), street.chosen(view)
    sight = Sight(
        canvas(),
        None if place is None else (place.longitude, place.latitude),
        _near(selection),
        _point(_clicked()),
        st.session_state.get(ASKED_AGAIN, 0),
    )
    drawn = deck(view.snapshot, selection, ground(), sight, shaded=legend.is_shaded(view), reports=drawn_reports(view))
    st.pydeck_chart(
        drawn,
        key="crime_map",
        on_select="rerun",
        height="stretch",
        alt=" ".join(filter(None, _in_words(view, selection))),
    )
    st.button(_("Whole area"), key="whole_area", icon=":material/zoom_out_map:", on_click=_whole_area)
    ask(drawn.initial_view_state)


def _in_words(view: View, selection: Selection) -> tuple[str, ...]:
    """For those who do not see the map."""
    return (
        _("Map. {sentence}").format(sentence=sentences.headline(view.snapshot, selection)),
        told(selection),
        _("The same numbers stand in the tables below, by ward and by street."),
    )


def _near(selection: Selection) -> tuple[float, float, float] | None:
    """Where a tap on a cell, or on several reports in one place, has led to, as long as the same wards are chosen."""
    state, mark = st.session_state, _clicked()
    if mark != state.get(TAPPED, {}):
        state[TAPPED] = mark
        if nearer := _nearer(mark, selection):
            state[NEAR], state["street"] = (selection.filters.wards, nearer), ""
    wards, near = state.get(NEAR) or ((), None)
    return near if wards == selection.filters.wards else None


def _nearer(mark: dict, selection: Selection) -> tuple[float, float, float] | None:
    """Longitude, latitude and zoom, where the mark names some of the area; a browser may send anything."""
    west, south, east, north = selection.area.bounds
    try:
        (longitude, latitude), zoom = map(float, mark["m"]), float(mark["z"])
    except (KeyError, TypeError, ValueError):
        return None
    is_there = west - 1 < longitude < east + 1 and south - 1 < latitude < north + 1 and 0 < zoom <= DEEPEST
    return (longitude, latitude, min(zoom, NEAREST)) if is_there else None


def _whole_area() -> None:
    st.session_state[NEAR], st.session_state["street"] = None, ""
    st.session_state[ASKED_AGAIN] = st.session_state.get(ASKED_AGAIN, 0) + 1


def what_was_tapped(view: View) -> None:
    """In words what is at the point, or what the report is, that was tapped."""
    mark, selection = _clicked(), on_map(view)
    if drawn_reports(view) and (report := _clicked_report(mark, view)) is not None:
        _one_report(report, selection)
    else:
        _one_point(_point(mark), selection)


def _one_point(point: int | None, selection: Selection) -> None:
    words = None if point is None else crime_marks.words_at(selection, point)
    if words:
        street_and_ward, *counts = words.split("\n")
        st.text(f"{street_and_ward}, {sentences.period(selection)}: {', '.join(counts)}" if counts else street_and_ward)


def _one_report(report: pd.Series, selection: Selection) -> None:
    st.text(report_marks.words(report, selection.area.ward_names).replace("\n", ", "))
    page, mark = frame.file_of("report"), report["mark"]
    st.page_link(page, label=_("Ask for a correction"), icon=":material/edit_note:", query_params={"correct": mark})
    st.page_link(page, label=_("Report this mark"), icon=":material/flag:", query_params={"flag": mark})


def _clicked_report(mark: dict, view: View) -> pd.Series | None:
    """The published report of a mark that was clicked."""
    if "k" not in mark or view.reports is None:
        return None
    named = view.reports[view.reports["mark"] == mark.get("k")]
    return None if named.empty else named.iloc[0]


def _clicked() -> dict:
    """What the mark that was clicked says of itself; a browser may send anything."""
    event: Any = st.session_state.get("crime_map")
    try:
        ((mark, *_more), *_others) = event["selection"]["objects"].values()
        return dict(mark["properties"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return {}


def _point(mark: dict) -> int | None:
    """The map point of a circle."""
    try:
        return int(mark["g"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
