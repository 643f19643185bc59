"""Hold the report that is being written: its number, which the browser keeps, and when its form was opened."""

import uuid
from datetime import datetime

import streamlit as st

from mkmap.reports.form import Question
from mkmap.reports.privacy import FASTEST
from mkmap.reports.report import Flag
from mkmap.reports.store.sending import Sender
from mkmap.ui import frame
from mkmap.ui.report import street_picker
from mkmap.ui.rights import visitor_address
from mkmap.words import _

DRAFT = "report_draft"  # the browser holds it: after a restart of the server it sends the same again
FIRST, OPENED = "first_draft", "report_opened"  # in the session: the number that this server gave, and when
TRIED = "report_tried"  # in the session: the last press of “Send”, where it was refused
RECEIPT = "report_receipt_shown"  # in the session: the one that stands on the page


def number() -> str:
    """The submission's, from a field that only the browser's memory needs; beside it one that only machines fill in."""
    first: str = st.session_state.setdefault(FIRST, uuid.uuid4().hex)
    with st.container(key="report_hidden"):
        held = st.text_input(_("Number of this form"), value=first, key=DRAFT, max_chars=32)
        st.text_input(_("Leave this empty"), key="report_website", max_chars=200, autocomplete="off")
    return held or first


def opened() -> datetime:
    moment: datetime = st.session_state.setdefault(OPENED, frame.clock().now())
    return moment


def suspicions(draft: str, opened: datetime) -> list[Flag]:
    """What a moderator should know of how the form was filled in."""
    filled = [Flag.HONEYPOT] if st.session_state.get("report_website") else []
    here = draft == st.session_state[FIRST]  # else it was begun before this server, who knows when
    return [*filled, Flag.FAST] if here and frame.clock().now() - opened < FASTEST else filled


def sender() -> Sender:
    """Who sends something now, for the limits."""
    return Sender(st.session_state.setdefault("visit", uuid.uuid4().hex), visitor_address())


def begin_anew() -> None:
    """A new draft, and an empty form."""
    st.session_state[FIRST] = st.session_state[DRAFT] = uuid.uuid4().hex
    for key in (RECEIPT, TRIED, OPENED, *street_picker.SESSION, *Question):
        st.session_state.pop(key, None)
