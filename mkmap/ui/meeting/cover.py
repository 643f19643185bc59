"""Cover the meeting: the place, the months, who invites, and where all its numbers come from."""

import streamlit as st

from mkmap.crime_types import all_named
from mkmap.month import span
from mkmap.ui.meeting.lettering import line, title
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _, number

INVITES = "hall_invites"  # in the session: who invites, as whoever opened the meeting has written it
NAMED_TYPES = 3  # more are counted, not listed


def draw(view: View) -> None:
    with st.container(key="hall_cover"):
        line(_("A meeting about what the police recorded in"))
        title(sentences.of_demonstration(view.snapshot, _place(view)))
        line(subject(view))
        if invites := who_invites(view):
            with st.container(key="hall_cover_invites"):
                line(_("Invited by {who}").format(who=invites))
    with st.container(key="hall_cover_source"):
        line(sentences.badge(view.snapshot))


def _place(view: View) -> str:
    area = view.snapshot.settings.area_name
    where = sentences.where(view.snapshot, view.selection)
    return _("{ward}, {area}").format(ward=where, area=area) if view.findings.ward else where


def subject(view: View) -> str:
    """`Burglary, January 2025 to June 2025`."""
    types = view.filters.types
    what = all_named(types) if len(types) <= NAMED_TYPES else _("Crimes of {n} types").format(n=number(len(types)))
    return _("{crimes}, {months}").format(crimes=what, months=span(view.filters.first, view.filters.last))


def who_invites(view: View) -> str:
    """The name that was written before the first slide, else whoever runs this site; empty where nobody is named."""
    written: str = st.session_state.get(INVITES, "")
    return written or view.snapshot.settings.operator
