"""Ask for a correction of a published report."""

import uuid

import streamlit as st

from mkmap.errors import NotKept, Refused
from mkmap.month import Month
from mkmap.reports.form import text_refusal
from mkmap.reports.report import public_line
from mkmap.reports.store import deciding
from mkmap.ui import frame
from mkmap.ui.report.fields import Fields
from mkmap.ui.report.text_box import text_box
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import Message, _

REQUEST = "correct_draft"  # the browser holds it, as that of a report
REASONS = (
    Message("This did not happen"),
    Message("It happened elsewhere"),
    Message("It was another month"),
    Message("It was something else"),
    Message("It tells who lives there"),
    Message("Something else"),
)
TRIED = "correct_tried"  # in the session: the last press of “Send”, where it was refused
CORRECTED = "corrected"  # in the session: the mark about which a correction was asked for


def ask(view: View, mark: str) -> None:
    """A short form; what is sent waits for a moderator beside the report, which stays public until then."""
    st.title(_("Ask for a correction"), anchor=False)
    try:
        lines = _lines(view, mark)
    except NotKept as error:  # the form stays: what was typed into it would be lost
        st.warning(plain(str(error)))
    else:
        for line in lines:
            st.text(line)
        if not lines:
            st.info(_("This report is not public any more: there is nothing to correct."))
            _back()
            return
    if st.session_state.get(CORRECTED) == mark:
        st.success(_("Thank you. A moderator will look at it. The mark stays until then."))
        _back()
        return
    _form(view, mark)


def _lines(view: View, mark: str) -> list[str]:
    """Which report it is, as everybody sees it; none where it is not public.

    Raises NotKept where the reports' database does not answer.
    """
    marks = view.snapshot.published(Month.of(view.snapshot.today)).marks
    return [public_line(row.kind, Month.parse(row.month), row.street) for row in marks[marks["mark"] == mark].itertuples()]


def _back() -> None:
    st.page_link(frame.file_of("map"), label=_("Back to the map"))


def _form(view: View, mark: str) -> None:
    with st.container(key="report_hidden"):
        first = st.session_state.setdefault(f"first_{REQUEST}", uuid.uuid4().hex)
        request = st.text_input(_("Number of this form"), value=first, key=REQUEST, max_chars=32) or first
    fields = Fields(TRIED)
    with fields.field("correct_what"):
        what = st.radio(_("What is wrong? (required)"), REASONS, index=None, key="correct_what", format_func=_)
    with fields.field("correct_text"):
        text = text_box(_("What should a moderator know? (You can leave this empty.)"), "correct_text")
    fields.leave_room()
    pressed = st.button(_("Send"), key="correct_submit", type="primary")
    if fields.refuse(_refusals(what, text), pressed=pressed, at_once="correct_text") or what is None or not pressed:
        return
    try:
        deciding.ask_for_correction(
            view.snapshot.reports, mark, request=f"{request}-{mark}", what=what, text=text, at=frame.clock().now()
        )
    except Refused as error:
        st.error(plain(str(error)))
        return
    st.session_state[CORRECTED] = mark
    st.session_state.pop(TRIED, None)
    st.rerun()


def _refusals(what: str | None, text: str) -> dict[str, str]:
    """What is wrong with each answer, in words."""
    wrong = {"correct_what": "" if what else _("Choose what is wrong."), "correct_text": text_refusal(text)}
    return {key: sentence for key, sentence in wrong.items() if sentence}
