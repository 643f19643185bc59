"""What a receipt can do: show how a report stands, withdraw it, have it erased."""

import streamlit as st

from mkmap.database.connection import Store
from mkmap.errors import Refused
from mkmap.reports import reasons
from mkmap.reports.form import receipt_digits
from mkmap.reports.reasons import Reason
from mkmap.reports.report import Report, State, public_line, state_words
from mkmap.reports.store import requests, sending
from mkmap.ui import frame
from mkmap.ui.report import answered, appeal, draft, sent
from mkmap.view.sentences import plain
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View
from mkmap.words import _

NOTICE = "receipt_notice"  # in the session: how an act went, to be said when the page is drawn


def look_up(view: View) -> None:
    """For anyone with a receipt; the practice has none."""
    if view.snapshot.dataset.is_demonstration:
        return
    notice = st.session_state.pop(NOTICE, "")
    with st.expander(_("I have a receipt"), icon=":material/receipt_long:"):
        if notice:
            st.info(plain(notice))
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
    answered.complain()


def _with_receipt(store: Store, digits: str) -> None:
    report = sending.find(store, digits)
    if report is None:
        _of_a_request(store, digits)
        return
    _stands(report)
    if report.state is State.REJECTED:
        appeal.appeal(store, report, digits)
    if report.state is not State.WITHDRAWN:
        st.button(_("Withdraw it: nobody sees it any more"), key="receipt_withdraw", on_click=_withdraw, args=(store, digits))
    sure = st.checkbox(_("I want everything erased that is kept of this report"), key="receipt_sure")
    st.button(_("Erase it for good"), key="receipt_erase", disabled=not sure, on_click=_erase, args=(store, digits))


def _of_a_request(store: Store, digits: str) -> None:
    """Of somebody who asked for something else than to publish a report."""
    request = requests.find(store, digits)
    if request is None:
        st.info(_("No report has this receipt. Check the digits; an erased report is not found any more."))
        return
    answered.stands(request, frame.clock().now())
    sure = st.checkbox(_("I want everything erased that is kept of this"), key="request_sure")
    st.button(_("Erase it for good"), key="request_erase", disabled=not sure, on_click=_erase_request, args=(store, digits))


def _stands(report: Report) -> None:
    st.text(public_line(report.kind, report.month, report.place.street))
    st.markdown(_("It is **{state}**.").format(state=state_words()[report.state]))
    if report.state is State.REJECTED:
        reason = reasons.in_words(report.reason or Reason.DUPLICATE)
        st.text(_("The moderator's reason: {reason}").format(reason=reason))
    sent.for_moderators(report.text)


def _withdraw(store: Store, digits: str) -> None:
    try:
        sending.withdraw(store, digits, at=frame.clock().now())
        st.session_state[NOTICE] = _("It is withdrawn: nobody sees it any more.")
    except Refused as error:
        st.session_state[NOTICE] = str(error)


def _erase_request(store: Store, digits: str) -> None:
    try:
        requests.erase(store, digits, at=frame.clock().now())
    except Refused as error:
        st.session_state[NOTICE] = str(error)
        return
    st.session_state[NOTICE] = _("Everything that was kept of it is erased.")
    st.session_state["receipt"] = ""


def _erase(store: Store, digits: str) -> None:
    try:
        sending.erase(store, digits, at=frame.clock().now())
    except Refused as error:
        st.session_state[NOTICE] = str(error)
        return
    st.session_state[NOTICE] = _("Everything that was kept of this report is erased.")
    st.session_state["receipt"] = ""
    if st.session_state.get(draft.RECEIPT) == digits:
        draft.begin_anew()  # what was sent with the form that stands above
