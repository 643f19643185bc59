"""Put what residents reported beside what the police recorded, never added."""

import streamlit as st

from mkmap.month import span
from mkmap.ui.meeting.lettering import huge, line, lines, title
from mkmap.view import sentences
from mkmap.view.deck import no_months
from mkmap.view.view import View
from mkmap.words import NO_NUMBER, _, number


def draw(view: View) -> None:
    selection = view.selection
    where = sentences.where(view.snapshot, selection)
    sentence = _("Two numbers for {where} that are not added: a report may be of a crime that the police counted, or of none.")
    title(sentences.of_demonstration(view.snapshot, sentence.format(where=where)))
    with st.container(key="hall_two"):
        police, residents = st.columns(2, gap="large")
    with police:
        huge(number(selection.total) if selection.months else NO_NUMBER, "police")
        line(_police(view))
    with residents:
        huge(NO_NUMBER if view.reports is None else number(len(view.reports)), "residents")
        line(_residents(view))
    lines(sentences.gaps(selection))


def _police(view: View) -> str:
    if why := no_months(view):
        return why
    return _("recorded by the police {period}").format(period=sentences.counted_period(view.selection))


def _residents(view: View) -> str:
    if view.published is None:
        return _("Residents' reports cannot be read at the moment.")
    filters = view.filters
    return _("reported here by residents for {period}, and published by a moderator").format(
        period=span(filters.first, filters.last)
    )
