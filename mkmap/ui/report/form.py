"""The report form, and in its place the receipt of what was sent with it."""

import streamlit as st

from mkmap.errors import NotKept, Refused, StoreLost
from mkmap.month import Month
from mkmap.reports.form import Question, read, refusals
from mkmap.reports.report import Report, Submission
from mkmap.reports.store import sending
from mkmap.ui import frame
from mkmap.ui.report import draft, questions, sent
from mkmap.ui.report.fields import Fields
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import _


def why_closed(view: View) -> str:
    """Why nothing can be sent, in a sentence; empty where it can. Beside the demonstration nothing is kept."""
    settings = view.snapshot.settings
    if view.snapshot.dataset.is_demonstration:
        return ""
    if not (settings.operator.strip() and settings.contact.strip()):
        return _("Reports are closed: nobody is named who runs this site (MKMAP_OPERATOR) and can be reached (MKMAP_CONTACT).")
    try:
        view.snapshot.reports.check()
    except StoreLost:  # `status` and `verify` say to whoever runs this site what to do
        return _(
            "Reports are closed for now: the reports that were kept here cannot be found. Whoever runs this site has to look "
            "first: {contact}."
        ).format(contact=settings.contact)
    except Refused:  # it does not answer now: the form stays, and so does what was typed into it
        pass
    return ""


def intro(view: View, closed: str) -> None:
    """What this is not, before anything else; and why nothing can be sent, or that nothing is kept."""
    st.title(_("Tell your neighbours what happened"), anchor=False)
    st.warning(
        _(
            "**This is not a report to the police.** In danger, call **999**. Otherwise report it on **101** or "
            "[online](https://www.police.uk/pu/contact-us/). What you write here goes on a map beside the police's figures; nobody comes."
        ),
        icon=":material/call:",
    )
    if closed:
        st.info(plain(closed), icon=":material/lock:")
    elif view.snapshot.dataset.is_demonstration:
        st.info(_("**Practice: nothing is kept.** The streets are invented. You can try the form; there is no receipt."))


def report(view: View) -> None:
    with st.container():  # whatever stands in it, what follows is the same part of the page, and an opened one stays open
        _form_or_receipt(view)


def _form_or_receipt(view: View) -> None:
    form = st.empty()
    number = draft.number()
    if (kept := _kept(view, number)) is None:
        with form.container():
            submission = _asked(view, number)
        if submission is None:
            return
        if view.snapshot.dataset.is_demonstration:
            form.empty()
            sent.practised(submission)
            return
        if (kept := _sent(view, submission)) is None:
            return
        form.empty()
    sent.receipt(*kept)


def _kept(view: View, number: str) -> tuple[str, Report] | None:
    """What was already kept of this draft, before a server or a line broke down."""
    try:
        return None if view.snapshot.dataset.is_demonstration else sending.sent(view.snapshot.reports, number)
    except NotKept as error:
        st.warning(plain(str(error)))
        return None


def _asked(view: View, number: str) -> Submission | None:
    """The questions; a submission when it was sent and nothing is missing."""
    opened = draft.opened()
    fields = Fields(draft.TRIED)
    form = questions.ask(view, fields)
    fields.leave_room()
    pressed = st.button(_("Send"), key="report_submit", type="primary", icon=":material/send:")
    refused = fields.refuse(refusals(form), pressed=pressed, at_once=Question.TEXT)
    if not view.snapshot.dataset.is_demonstration:
        st.caption(_("Your report waits until a moderator has looked at it. Sending it tells the police nothing."))
    st.page_link(frame.file_of("about"), label=_("Privacy: what is kept, and for how long"), icon=":material/shield:")
    if refused or not pressed:
        return None
    try:
        return read(form, number, Month.of(view.snapshot.today), draft.suspicions(number, opened))
    except Refused as error:
        st.error(plain(str(error)))
        return None


def _sent(view: View, submission: Submission) -> tuple[str, Report] | None:
    """Keep the submission. Nothing of the screen is touched here: a second press stops a run wherever it draws."""
    sender = draft.sender()
    try:
        store = view.snapshot.reports
        sending.submit(store, submission, at=frame.clock().now(), sender=sender)
        return sending.sent(store, submission.id)
    except NotKept:
        why = _(
            "Your report could not be kept just now, or it is not certain that it was. What you typed is still here: "
            "press “Send” again in a minute. It will count once."
        )
    except Refused as error:
        why = str(error)
    st.error(plain(why))
    return None
