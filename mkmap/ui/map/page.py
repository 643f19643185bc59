"""The parts of the map page: the sentence, residents' own number, the map, and the figures beside it."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from mkmap.crime_types import counted
from mkmap.crimes.query import Selection
from mkmap.map import crime_marks, report_marks
from mkmap.reports.published import last_month
from mkmap.ui import frame
from mkmap.ui.figures import ground
from mkmap.ui.map.decks import deck
from mkmap.ui.map.street import FoundPlace
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import NO_NUMBER, _, ngettext, number


def headline(view: View) -> None:
    """The sentence, and under it where it comes from and what is missing."""
    with st.container(key="headline"):
        st.title(sentences.plain(sentences.headline(view.snapshot, view.selection)), anchor=False)
    st.caption(sentences.plain(sentences.badge_and_gaps(view.snapshot, view.selection)))


def residents(view: View) -> None:
    """The second number, in a sentence of its own and never added."""
    filters, published = view.filters, view.published
    if published is None:
        st.caption(_("Residents' reports cannot be read at the moment. The police figures are not affected."))
        return
    chosen, newer = published.select(filters), published.newer(filters)
    with st.container(key="residents"):
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
    here, last_year = st.columns(2)
    here.metric(_("Recorded"), number(selection.total), help=sentences.plain(counted(selection.total, selection.filters.types)))
    if before:
        last_year.metric(
            _("A year before"),
            number(before.total),
            help=sentences.plain(
                _(
                    "{crimes} {period}: the same months, one year earlier. Whether that is a change, two numbers alone cannot tell."
                ).format(crimes=counted(before.total, selection.filters.types), period=sentences.in_period(before.months))
            ),
        )
    else:
        last_year.metric(
            _("A year before"), NO_NUMBER, help=_("Not all of these months and the same months a year before are stored.")
        )
    st.metric(
        _("Not placed (whole force)"),
        number(selection.unplaced),
        help=_("Crimes that the police recorded without a location. They belong to no ward and are not on the map."),
    )


def _drawn_reports(view: View) -> str | None:
    """The version of residents' reports, where they are to be drawn: they can be switched off."""
    return view.published.version if view.published and st.session_state.get("reports", True) else None


def crime_map(view: View, place: FoundPlace | None, *, shaded: bool) -> None:
    """The map, and in words what is at the point that was clicked."""
    selection, reports = view.selection, _drawn_reports(view)
    mark = _clicked()
    point = _point(mark)
    st.pydeck_chart(
        deck(
            view.snapshot,
            selection,
            ground(),
            place=None if place is None else (place.longitude, place.latitude),
            clicked=point,
            shaded=shaded,
            reports=reports,
            phone="Mobi" in (st.context.headers.get("User-Agent") or ""),  # as every phone's browser says of itself
        ),
        key="crime_map",
        on_select="rerun",
        height="stretch",
        alt=_("Map. {sentence} The same numbers stand in the tables below.").format(
            sentence=sentences.headline(view.snapshot, selection)
        ),
    )
    if reports and (report := _clicked_report(mark, view)) is not None:
        _one_report(report, selection)
    else:
        _one_point(point, selection)


def _one_point(point: int | None, selection: Selection) -> None:
    words = None if point is None else crime_marks.words_at(selection, point)
    if words:
        street_and_ward, *counts = words.split("\n")
        st.text(f"{street_and_ward}, {sentences.period(selection)}: {', '.join(counts)}" if counts else street_and_ward)
    else:
        st.caption(
            _(
                "Hover over a circle, or tap it, for the street and the counts. "
                "Circles stand at anonymous map points, not at homes."
            )
        )


def _one_report(report: pd.Series, selection: Selection) -> None:
    st.text(report_marks.words(report, selection.area.ward_names).replace("\n", ", "))
    st.page_link(
        frame.file_of("report"),
        label=_("Ask for a correction"),
        icon=":material/edit_note:",
        query_params={"correct": report["mark"]},
    )


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
