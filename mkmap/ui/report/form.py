"""The report form: what happened, when, near which street, and what the police did."""

import uuid
from datetime import UTC, datetime

import streamlit as st

from mkmap.errors import NotKept, Refused
from mkmap.month import Month
from mkmap.reports import form
from mkmap.reports.masking import masked
from mkmap.reports.privacy import FASTEST, TEXT_CHARACTERS
from mkmap.reports.report import ATTEMPTED_BURGLARY, KINDS, Flag, Place, Report, State, Submission, public_line, response_words
from mkmap.reports.store import sending
from mkmap.ui.frame import View, file_of
from mkmap.ui.report import help_lines, street_picker
from mkmap.ui.rights import is_at_the_server, visitor_address
from mkmap.view.sentences import plain
from mkmap.words import _

RECEIPT = "report_receipt_shown"  # in the session: the one that stands on the page
DRAFT = "report_draft"  # the browser holds it: after a restart of the server it sends the same again
FIELDS = ("report_type", "report_month", "report_street", "report_told_police", "report_response", "report_text")


def intro(view: View) -> bool:
    """What this is not, before anything else; whether there is a form."""
    st.title(_("Tell your neighbours what happened"), anchor=False)
    st.warning(help_lines.not_the_police(), icon=":material/call:")
    settings = view.snapshot.settings
    if not ((settings.operator and settings.contact) or _is_at_the_server()):
        st.info(
            _("Reports are closed: nobody is named who runs this site (MKMAP_OPERATOR) and can be reached (MKMAP_CONTACT)."),
            icon=":material/lock:",
        )
        return False
    if view.snapshot.dataset.is_demonstration:
        st.info(_("**Practice: nothing is kept.** The streets are invented. You can try the form; there is no receipt."))
    return True


def _is_at_the_server() -> bool:
    """Also a run without a visitor: whoever comes over a network has headers."""
    return is_at_the_server() or not st.context.headers.to_dict()


def report(view: View) -> None:
    """The form, or in its place the receipt of what was sent with it."""
    with st.container():  # whatever stands in it, what follows is the same part of the page, and an opened one stays open
        _form_or_receipt(view)


def _form_or_receipt(view: View) -> None:
    questions = st.empty()
    draft = _draft()
    if (kept := _kept(view, draft)) is None:
        with questions.container():
            submission = _form(view, draft)
        if submission is None:
            return
        if view.snapshot.dataset.is_demonstration:
            questions.empty()
            _practised(submission)
            return
        if (kept := _sent(view, submission)) is None:
            return
        questions.empty()
    _receipt(*kept)


def _draft() -> str:
    """The submission's id, in a field that only the browser's memory needs; beside it one that only machines fill in."""
    first = st.session_state.setdefault("first_draft", uuid.uuid4().hex)
    with st.container(key="report_hidden"):
        held = st.text_input(_("Number of this form"), value=first, key=DRAFT, max_chars=32)
        st.text_input(_("Leave this empty"), key="report_website", max_chars=200, autocomplete="off")
    return held or first


def _kept(view: View, draft: str) -> tuple[str, Report] | None:
    """What was already kept of this draft, before a server or a line broke down."""
    try:
        return None if view.snapshot.dataset.is_demonstration else sending.sent(view.snapshot.reports, draft)
    except NotKept as error:
        st.warning(plain(str(error)))
        return None


def _sent(view: View, submission: Submission) -> tuple[str, Report] | None:
    """Keep the submission. Nothing of the screen is touched here: a second press stops a run wherever it draws."""
    session = st.session_state.setdefault("visit", uuid.uuid4().hex)
    sender = sending.Sender(session, visitor_address())
    try:
        store = view.snapshot.reports
        sending.submit(store, submission, at=datetime.now(UTC), sender=sender)
        return sending.sent(store, submission.id)
    except NotKept:
        said = _(
            "Your report could not be kept just now, or it is not certain that it was. What you typed is still here: "
            "press “Send” again in a minute. It will count once."
        )
    except Refused as error:
        said = str(error)
    st.error(plain(said))
    return None


def _form(view: View, draft: str) -> Submission | None:
    """The questions; a submission when it was sent and nothing is missing."""
    opened = st.session_state.setdefault("report_opened", datetime.now(UTC))
    current = Month.of(view.snapshot.today)
    kind = st.selectbox(_("What happened?"), KINDS, index=None, key="report_type", placeholder=_("Please choose"))
    if kind == ATTEMPTED_BURGLARY:
        st.caption(_("The police count an attempted burglary as a burglary."))
    month = st.selectbox(
        _("In which month?"),
        form.reportable_months(current),
        index=None,
        key="report_month",
        format_func=lambda month: month.name,
        placeholder=_("Please choose"),
    )
    place = street_picker.place(view)
    told = st.radio(
        _("Were the police told?"),
        [True, False],
        index=None,
        key="report_told_police",
        format_func=lambda told: _("Yes") if told else _("No"),
        horizontal=True,
    )
    response = None
    if told is not None:
        words = response_words()
        response = st.radio(
            _("What did the police do?") if told else _("Why not?"),
            form.responses(told),
            index=None,
            key="report_response",
            format_func=words.__getitem__,
        )
    text = _text()
    _public(kind, month, place)
    pressed = st.button(_("Send"), key="report_submit", type="primary", icon=":material/send:")
    st.caption(_("Your report waits until a moderator has looked at it. Sending it tells the police nothing."))
    st.page_link(file_of("about"), label=_("Privacy: what is kept, and for how long"), icon=":material/shield:")
    if not pressed:
        return None
    flags = _suspicions(opened, draft)
    try:
        return form.read(form.Form(kind, month, place, told, response, text), draft, current, flags)
    except Refused as error:
        st.error(plain(str(error)))
        return None


def _suspicions(opened: datetime, draft: str) -> list[Flag]:
    filled = [Flag.HONEYPOT] if st.session_state.get("report_website") else []
    here = draft == st.session_state["first_draft"]  # else it was begun before this server, who knows when
    return [*filled, Flag.FAST] if here and datetime.now(UTC) - opened < FASTEST else filled


def _text() -> str:
    text = st.text_area(
        _("Anything a moderator should know? (You can leave this empty.)"),
        key="report_text",
        max_chars=TEXT_CHARACTERS,
        help=_("Only moderators read it; it is never published. Leave out names, addresses, phone numbers and number plates."),
    )
    kept = masked(text)
    if kept.kinds:
        st.caption(_("For your safety this is kept without what could identify somebody, like so:"))
        st.text(kept.text)
    return text


def _public(kind: str | None, month: Month | None, place: Place | None) -> None:
    """Exactly what everybody would see."""
    if kind is None or month is None or place is None:
        return
    with st.container(border=True):
        st.caption(
            _("If a moderator publishes it, everybody can see this line and its mark on the map, and nothing else of you:")
        )
        st.text(public_line(kind, month, place.street))
        st.caption(_("What the police did is only counted, by ward and year, where several people have reported."))


def _receipt(receipt: str, kept: Report) -> None:
    """What is kept, the receipt, what comes next: who has pressed below a long form sees the end of what is drawn in its place."""
    st.session_state[RECEIPT] = receipt
    if kept.state is State.WITHDRAWN:
        st.info(_("You have withdrawn this report: nobody sees it any more."))
        st.button(_("Write another report"), key="report_another", on_click=begin_anew)
        return
    st.success(_("Your report is kept."))
    response = response_words()[kept.response]
    told = _("The police were told") if kept.told_police else _("The police were not told")
    st.text(f"{public_line(kept.kind, kept.month, kept.place.street)}\n{told} · {response}")
    if kept.text:
        st.caption(_("For moderators only, with what could identify somebody left out:"))
        st.text(kept.text)
    st.markdown(_("**Your report is kept, and this is its receipt.** Write it down: nobody can find it again for you."))
    with st.container(key="report_receipt"):
        st.code(form.grouped(receipt), language=None)
    st.markdown(
        "\n".join(
            f"- {line}"
            for line in (
                _(
                    "**What happens next:** a moderator looks at it. Published, it is one mark on the map: street point, month, type."
                ),
                _("**With the receipt** you can see on this page how it stands, withdraw it, or have everything erased."),
                help_lines.support(),
            )
        )
    )
    st.button(_("Write another report"), key="report_another", on_click=begin_anew)


def _practised(submission: Submission) -> None:
    st.success(_("Practice: nothing was kept, and there is no receipt. Everybody would see this line, once published:"))
    st.text(public_line(submission.kind, submission.month, submission.place.street))
    if submission.text:
        st.caption(_("For moderators only, with what could identify somebody left out:"))
        st.text(submission.text)
    st.button(_("Write another report"), key="report_another", on_click=begin_anew)


def begin_anew() -> None:
    """A new draft, and an empty form."""
    st.session_state.pop(RECEIPT, None)
    st.session_state["first_draft"] = st.session_state[DRAFT] = uuid.uuid4().hex
    st.session_state.pop("report_opened", None)
    for key in FIELDS:
        st.session_state.pop(key, None)
