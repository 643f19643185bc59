"""Let moderators decide about the opened report: publish, reject, mark as a duplicate, keep, undo, ask for a second look."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mkmap.errors import Code, Refused
from mkmap.reports.report import Report, State, state_words
from mkmap.reports.store import deciding
from mkmap.reports.store.deciding import Act
from mkmap.ui import frame, rights
from mkmap.ui.moderation import desk, reasons
from mkmap.ui.moderation.desk import Desk
from mkmap.words import _


def acts(on: Desk, report: Report) -> None:
    """The buttons of a report, for its state; drawn only for somebody with the right, and asked again when pressed."""
    if on.who is None or report.state is State.WITHDRAWN:
        return
    with st.container(key="desk_acts", horizontal=True, vertical_alignment="bottom"):
        if report.state is State.PENDING:
            _button(_("Publish"), "publish", on, report, Act.PUBLISH, is_first=True)
        if report.state in (State.PENDING, State.PUBLISHED):
            with _together():
                reasons.reason(f"reason_{report.id}")
                _button(_("Reject"), "reject", on, report, Act.REJECT)
        if report.corrections:
            _button(_("Keep as it is"), "keep", on, report, Act.KEEP)
        if report.state in (State.PUBLISHED, State.REJECTED):
            _button(_("Undo"), "undo", on, report, Act.UNDO)


def rarer(on: Desk, report: Report, near: Sequence[Report]) -> None:
    """The buttons that are not always needed, and stand apart from those under a thumb."""
    if on.who is None or report.state not in (State.PENDING, State.PUBLISHED):
        return
    with st.container(key="desk_rarer", horizontal=True, vertical_alignment="bottom"):
        _duplicate(on, report, near)
        if report.state is State.PENDING and not report.second_by:
            _button(_("Second pair of eyes"), "second", on, report, Act.SECOND)


def steps(on: Desk, report: Report) -> None:
    """To the report before and after, by thumb and by key."""
    at = on.page.before + on.numbers.index(report.id)
    with st.container(key="desk_steps", horizontal=True):
        for label, key, icon, by, is_there in (
            (_("Previous"), "desk_previous", ":material/arrow_upward:", -1, at > 0),
            (_("Next"), "desk_next", ":material/arrow_downward:", 1, at + 1 < on.page.total),
        ):
            st.button(label, key=key, icon=icon, on_click=desk.step, args=(on, report.id, by), disabled=not is_there)


def _duplicate(on: Desk, report: Report, near: Sequence[Report]) -> None:
    """Of one that is near, or of any other by its number."""
    numbers: list[int | str] = [other.id for other in near]
    with _together():
        st.selectbox(
            _("Duplicate of"), numbers, index=None, key=f"original_{report.id}", placeholder=_("Duplicate of"),
            label_visibility="collapsed", width=150, accept_new_options=True,
        )  # fmt: skip
        _button(_("Mark as duplicate"), "duplicate", on, report, Act.DUPLICATE)


def _together() -> DeltaGenerator:
    """A choice and its button stay side by side, on a phone too."""
    return st.container(horizontal=True, vertical_alignment="bottom", width="content", wrap=False)


def _button(label: str, name: str, on: Desk, report: Report, act: Act, *, is_first: bool = False) -> None:
    key = f"{name}_{report.id}"
    st.button(label, key=key, on_click=_decide, args=(on, report, act), type="primary" if is_first else "secondary")


def _decide(on: Desk, report: Report, act: Act) -> None:
    """Carry out a press on what the moderator saw, if the right still stands."""
    who = rights.moderator()
    if who is None:
        desk.say(str(Refused(Code.MODERATORS_ONLY)))
        return
    reason = reasons.chosen(f"reason_{report.id}") if act is Act.REJECT else ""
    original = _number(st.session_state.get(f"original_{report.id}")) if act is Act.DUPLICATE else None
    try:
        now = deciding.decide(on.store, report, act, who=who, at=frame.clock().now(), reason=reason, duplicate_of=original)
    except Refused as error:
        desk.say(str(error))
        return
    desk.say(_how_it_is(now))
    if now.state is not report.state:
        desk.open_next_of(on, report.id)


def _how_it_is(report: Report) -> str:
    if report.state is State.PENDING and report.second_by:
        return _("Report {number} waits for another moderator, who alone can publish it.").format(number=report.id)
    return _("Report {number} is {state} now.").format(number=report.id, state=state_words()[report.state])


def _number(text: object) -> int | None:
    try:
        return int(str(text))
    except ValueError:
        return None
