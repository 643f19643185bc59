"""What a receipt can do: show how a report stands, withdraw it, have it erased."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from mkmap.database.connection import Store
from mkmap.errors import Refused
from mkmap.reports.form import receipt_digits
from mkmap.reports.report import Report, State, public_line, state_words
from mkmap.reports.store import sending
from mkmap.ui.frame import View
from mkmap.ui.report import form
from mkmap.view.sentences import plain
from mkmap.view.snapshot import Snapshot
from mkmap.words import _

SAID = "receipt_said"


def look_up(view: View) -> None:
    """For anyone with a receipt; the practice has none."""
    if view.snapshot.dataset.is_demonstration:
        return
    said = st.session_state.pop(SAID, "")
    with st.expander(_("I have a receipt"), icon=":material/receipt_long:"):
        if said:
            st.info(plain(said))
        _questions(view.snapshot)


def _questions(snapshot: Snapshot) -> None:
    text = st.text_input(_("The 16 digits"), key="receipt", max_chars=40, placeholder="0000 0000 0000 0000", autocomplete="off")
    st.button(_("Look it up"), key="receipt_look_up")  # a press sends what was typed
    if not text:
        return
    digits = receipt_digits(text)
    if digits is None:
        st.info(_("A receipt has 16 digits; this is something else. Look again at what you wrote down."))
        return
    try:
        _with_receipt(snapshot.reports, digits)
    except Refused as error:
        st.info(plain(str(error)))


def _with_receipt(store: Store, digits: str) -> None:
    report = sending.find(store, digits)
    if report is None:
        st.info(_("No report has this receipt. Check the digits; an erased report is not found any more."))
        return
    _stands(report)
    if report.state is not State.WITHDRAWN:
        st.button(
            _("Withdraw it: nobody sees it any more"),
            key="receipt_withdraw",
            on_click=_do,
            args=(sending.withdraw, store, digits, _("It is withdrawn: nobody sees it any more.")),
        )
    sure = st.checkbox(_("I want everything erased that is kept of this report"), key="receipt_sure")
    st.button(_("Erase it for good"), key="receipt_erase", disabled=not sure, on_click=_erase, args=(store, digits))


def _stands(report: Report) -> None:
    st.text(public_line(report.kind, report.month, report.place.street))
    st.markdown(_("It is **{state}**.").format(state=state_words()[report.state]))
    if report.state is State.REJECTED:
        reason = report.reason or _("the same event was reported before")
        st.text(_("The moderator's reason: {reason}").format(reason=reason))
    if report.text:
        st.caption(_("For moderators only, with what could identify somebody left out:"))
        st.text(report.text)


def _erase(store: Store, digits: str) -> None:
    if _do(sending.erase, store, digits, _("Everything that was kept of this report is erased.")):
        if st.session_state.get(form.RECEIPT) == digits:
            form.begin_anew()  # what was sent with the form that stands above
        st.session_state["receipt"] = ""


def _do(act: Callable[..., None], store: Store, digits: str, done: str) -> bool:
    """Whether it was done; how it went is said when the page is drawn."""
    try:
        act(store, digits, at=datetime.now(UTC))
    except Refused as error:
        st.session_state[SAID] = str(error)
        return False
    st.session_state[SAID] = done
    return True
