"""Let the sender of a rejected report ask for another look, and say how that stands."""

import streamlit as st

from mkmap.database.connection import Store
from mkmap.errors import Refused
from mkmap.reports.form import text_refusal
from mkmap.reports.privacy import APPEAL_ANSWERED
from mkmap.reports.report import Report
from mkmap.reports.request import Outcome
from mkmap.reports.store import requests
from mkmap.ui import frame
from mkmap.ui.report import answered
from mkmap.ui.report.text_box import text_box
from mkmap.words import _, ngettext, number

TEXT = "appeal_text"
REFUSED = "appeal_refused"  # in the session: why the last press was refused, to be said beside the button


def appeal(store: Store, report: Report, digits: str) -> None:
    """Once for each rejection; with the receipt of the report, of which nobody else knows."""
    made = requests.appeal_of(store, report.id)
    if made and made.outcome is not Outcome.REOPENED:
        answered.stands(made, frame.clock().now())
        return
    with st.container(border=True):
        st.markdown(_("**Do you think this is wrong?** Ask for another look: another moderator does it, where there is one."))
        text_box(_("Why should it be looked at again? (required)"), TEXT)
        st.button(_("Ask for another look"), key="appeal_submit", on_click=_send, args=(store, digits))
        if why := st.session_state.pop(REFUSED, ""):
            st.error(why)
        st.caption(_within())


def _within() -> str:
    within = APPEAL_ANSWERED.days
    sentence = ngettext(
        "You have an answer here within {n} day. Your report is kept until then.",
        "You have an answer here within {n} days. Your report is kept until then.",
        within,
    )
    return sentence.format(n=number(within))


def _send(store: Store, digits: str) -> None:
    text = st.session_state.get(TEXT) or ""
    try:
        if too_long := text_refusal(text):
            st.session_state[REFUSED] = too_long
            return
        requests.appeal(store, digits, text, at=frame.clock().now())
    except Refused as error:
        st.session_state[REFUSED] = str(error)
