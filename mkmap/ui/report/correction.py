"""Ask for a correction of a published report."""

import uuid
from datetime import UTC, datetime

import streamlit as st

from mkmap.errors import NotKept, Refused
from mkmap.month import Month
from mkmap.reports.privacy import TEXT_CHARACTERS
from mkmap.reports.report import public_line
from mkmap.reports.store import deciding
from mkmap.ui import frame
from mkmap.ui.frame import View
from mkmap.view.sentences import plain
from mkmap.words import _

REQUEST = "correct_draft"


def ask(view: View, mark: str) -> None:
    """A short form; what is sent waits for a moderator beside the report, which stays public until then."""
    st.title(_("Ask for a correction"), anchor=False)
    if not _is_public(view, mark):
        st.info(_("This report is not public any more: there is nothing to correct."))
        st.page_link(frame.file_of("map"), label=_("Back to the map"))
        return
    if st.session_state.get("corrected") == mark:
        st.success(_("Thank you. A moderator will look at it. The mark stays until then."))
        st.page_link(frame.file_of("map"), label=_("Back to the map"))
        return
    _form(view, mark)


def _is_public(view: View, mark: str) -> bool:
    """Say which report it is. While the database does not answer, the form stays: what was typed into it would be lost."""
    try:
        found = view.snapshot.published(Month.of(view.snapshot.today)).marks
    except NotKept as error:
        st.warning(plain(str(error)))
        return True
    found = found[found["mark"] == mark]
    for row in found.itertuples():
        st.text(public_line(row.kind, Month.parse(row.month), row.street))
    return not found.empty


def _form(view: View, mark: str) -> None:
    reasons = (
        _("This did not happen"),
        _("It happened elsewhere"),
        _("It was another month"),
        _("It was something else"),
        _("It tells who lives there"),
        _("Something else"),
    )
    with st.container(key="report_hidden"):
        first = st.session_state.setdefault(f"first_{REQUEST}", uuid.uuid4().hex)
        request = st.text_input(_("Number of this form"), value=first, key=REQUEST, max_chars=32) or first
    what = st.radio(_("What is wrong?"), reasons, index=None, key="correct_what")
    text = st.text_area(
        _("What should a moderator know? (You can leave this empty.)"),
        key="correct_text",
        max_chars=TEXT_CHARACTERS,
        help=_("Only moderators read it; it is never published. Leave out names, addresses, phone numbers and number plates."),
    )
    if not st.button(_("Send"), key="correct_submit", type="primary"):
        return
    if what is None:
        st.error(_("Not sent yet: please choose what is wrong. What you typed is still here."))
        return
    try:
        request = f"{request}-{mark}"
        deciding.ask_for_correction(view.snapshot.reports, mark, request=request, what=what, text=text, at=datetime.now(UTC))
    except Refused as error:
        st.error(plain(str(error)))
        return
    st.session_state["corrected"] = mark
    st.rerun()
