"""Let moderators decide about a report: publish, reject, mark as a duplicate, keep, undo."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mkmap.errors import Code, Refused
from mkmap.reports.reasons import OFFERED, in_words
from mkmap.reports.report import Report, State, state_words
from mkmap.reports.store import deciding
from mkmap.reports.store.deciding import Act
from mkmap.ui import frame, rights
from mkmap.words import _

NOTICE = "moderation_notice"  # in the session: how a press went, to be said when the page is drawn


def acts(report: Report, candidates: list[Report], others: list[Report]) -> None:
    """The buttons of a report, for its state; drawn only for somebody with the right, and asked again when pressed."""
    if rights.moderator() is None or report.state is State.WITHDRAWN:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if report.state is State.PENDING:
            _button(_("Publish"), "publish", report, Act.PUBLISH, is_first=True)
        if report.state in (State.PENDING, State.PUBLISHED):
            _rejection(report)
            _duplicate(report, [*others, *(report for report in candidates if report not in others)])
        if report.corrections:
            _button(_("Keep as it is"), "keep", report, Act.KEEP)
        if report.state in (State.PUBLISHED, State.REJECTED):
            _button(_("Undo"), "undo", report, Act.UNDO)


def _rejection(report: Report) -> None:
    with _together():
        st.selectbox(
            _("Reason"), OFFERED, index=None, key=f"reason_{report.id}", format_func=in_words, placeholder=_("Reason"),
            label_visibility="collapsed", width=200,
        )  # fmt: skip
        _button(_("Reject"), "reject", report, Act.REJECT)


def _duplicate(report: Report, candidates: list[Report]) -> None:
    numbers = [other.id for other in candidates if other.id != report.id]
    with _together():
        st.selectbox(
            _("Duplicate of"), numbers, index=None, key=f"original_{report.id}", placeholder=_("Duplicate of"),
            label_visibility="collapsed", width=140,
        )  # fmt: skip
        _button(_("Mark as duplicate"), "duplicate", report, Act.DUPLICATE)


def _together() -> DeltaGenerator:
    """A choice and its button stay side by side, on a phone too."""
    return st.container(horizontal=True, vertical_alignment="bottom", width="content")


def _button(label: str, name: str, report: Report, act: Act, *, is_first: bool = False) -> None:
    key = f"{name}_{report.id}"
    st.button(label, key=key, on_click=_decide, args=(report, act), type="primary" if is_first else "secondary")


def _decide(report: Report, act: Act) -> None:
    """Carry out a press on what the moderator saw, if the right still stands."""
    who = rights.moderator()
    if who is None:
        st.session_state[NOTICE] = str(Refused(Code.MODERATORS_ONLY))
        return
    reason = st.session_state.get(f"reason_{report.id}") if act is Act.REJECT else None
    original = st.session_state.get(f"original_{report.id}") if act is Act.DUPLICATE else None
    at = frame.clock().now()
    try:
        store = frame.view().snapshot.reports
        now = deciding.decide(store, report, act, who=who, at=at, reason=reason or "", duplicate_of=original)
        st.session_state[NOTICE] = _("Report {number} is {state} now.").format(number=report.id, state=state_words()[now.state])
    except Refused as error:
        st.session_state[NOTICE] = str(error)
