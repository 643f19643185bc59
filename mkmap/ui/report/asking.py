"""Ask something of this site: correct a mark, look at what is illegal or harmful, answer a complaint."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from mkmap.errors import NotKept, Refused
from mkmap.month import Month
from mkmap.reports.form import text_refusal
from mkmap.reports.privacy import COMPLAINT_ACKNOWLEDGED
from mkmap.reports.report import public_line
from mkmap.reports.request import ANSWERED_WITHIN, WHATS, Asked, Kind
from mkmap.reports.store import requests
from mkmap.settings import Settings
from mkmap.ui import frame
from mkmap.ui.report import answered, draft
from mkmap.ui.report.fields import Fields
from mkmap.ui.report.text_box import text_box
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import _, ngettext, number

NAMES = {Kind.CORRECTION: "correct", Kind.CONTENT: "flag", Kind.COMPLAINT: "complain"}  # in the address, and before the keys
KEPT = "asked_kept"  # in the session: the id of what was sent with this form


@dataclass(frozen=True)
class Words:
    """What a form says."""

    title: str
    before: str
    what: str
    text: str


def wanted(address: Mapping[str, str]) -> tuple[Kind, str] | None:
    """What an address asks for, and of which mark."""
    return next(((kind, address[name]) for kind, name in NAMES.items() if address.get(name)), None)


def ask(view: View, kind: Kind, mark: str) -> None:
    """A short form; what is sent waits for a moderator. A mark stays public until one has looked."""
    words = _words(kind)
    st.title(words.title, anchor=False)
    try:
        lines = _lines(view, kind, mark)
    except NotKept as error:  # the form stays: what was typed into it would be lost
        st.warning(plain(str(error)))
    else:
        for line in lines:
            st.text(line)
        if not lines and kind is not Kind.COMPLAINT:
            st.info(_("This report is not public any more: there is nothing to correct."))
            _back()
            return
    with st.container(key="report_hidden"):
        typed = _number(NAMES[kind])
    request = f"{NAMES[kind]}-{typed}-{mark if kind is not Kind.COMPLAINT else ''}"
    if not _stands(view, request):
        _form(view, Asked(request, kind, "", "", mark), words)


def _words(kind: Kind) -> Words:
    what = _("What should a moderator know? (You can leave this empty.)")
    match kind:
        case Kind.CORRECTION:
            return Words(
                _("Ask for a correction"),
                _("The mark stays until a moderator has looked."),
                _("What is wrong? (required)"),
                what,
            )
        case Kind.CONTENT:
            before = _(
                "For a mark that is illegal or harmful, or tells who somebody is. The mark stays until a moderator has looked. "
                "**In danger, call 999.** This tells the police nothing."
            )
            return Words(_("Report this mark"), before, _("What is it? (required)"), what)
    before = _("For when this site has done something wrong, or has not done what it says. You need no account and no name.")
    what = _("What happened, and what should be done? (required)")
    return Words(_("Complain about this site"), before, _("What is it about? (required)"), what)


def _lines(view: View, kind: Kind, mark: str) -> list[str]:
    """Which report it is, as everybody sees it; none where it is not public.

    Raises NotKept where the reports' database does not answer.
    """
    if kind is Kind.COMPLAINT:
        return []
    marks = view.snapshot.published(Month.of(view.snapshot.today)).marks
    return [public_line(row.kind, Month.parse(row.month), row.street) for row in marks[marks["mark"] == mark].itertuples()]


def _back() -> None:
    st.page_link(frame.file_of("map"), label=_("Back to the map"))


def _number(name: str) -> str:
    """Of this form; the browser holds it, as that of a report."""
    key = f"{name}_draft"
    first: str = st.session_state.setdefault(f"first_{key}", uuid.uuid4().hex)
    return st.text_input(_("Number of this form"), value=first, key=key, max_chars=32) or first


def _stands(view: View, request: str) -> bool:
    """Show the receipt of what was sent with this form, also after its page was loaded again; whether it was."""
    if view.snapshot.dataset.is_demonstration:
        if st.session_state.get(KEPT) != request:
            return False
        st.success(_("Practice: nothing was kept, and there is no receipt."))
    else:
        try:
            kept = requests.sent(view.snapshot.reports, request)
        except NotKept:
            return False
        if kept is None:
            return False
        answered.receipt(*kept, frame.clock().now())
    _back()
    return True


def _form(view: View, asked: Asked, words: Words) -> None:
    st.markdown(words.before)
    name = NAMES[asked.kind]
    fields = Fields(f"{name}_tried")
    with fields.field(f"{name}_what"):
        what = st.radio(words.what, list(WHATS[asked.kind]), index=None, key=f"{name}_what", format_func=_)
    with fields.field(f"{name}_text"):
        text = text_box(words.text, f"{name}_text")
    fields.leave_room()
    pressed = st.button(_("Send"), key=f"{name}_submit", type="primary", icon=":material/send:")
    st.caption(_what_comes(asked.kind))
    if asked.kind is Kind.COMPLAINT:
        _other_ways(view.snapshot.settings)
    refused = fields.refuse(_refusals(asked.kind, what, text), pressed=pressed, at_once=f"{name}_text")
    if refused or what is None or not pressed:
        return
    if (why := _sent(view, Asked(asked.id, asked.kind, what, text, asked.mark))) is not None:
        st.error(plain(why))
        return
    st.session_state.pop(f"{name}_tried", None)
    st.session_state[KEPT] = asked.id
    st.rerun()


def _what_comes(kind: Kind) -> str:
    within = ANSWERED_WITHIN[kind].days
    return ngettext(
        "You get a receipt of 16 digits. With it you can read the answer here, within {n} day.",
        "You get a receipt of 16 digits. With it you can read the answer here, within {n} days.",
        within,
    ).format(n=number(within))


def _other_ways(settings: Settings) -> None:
    """Nobody must use this form to complain."""
    read = ngettext("Somebody reads it within {n} day.", "Somebody reads it within {n} days.", COMPLAINT_ACKNOWLEDGED.days)
    st.caption(read.format(n=number(COMPLAINT_ACKNOWLEDGED.days)))
    if settings.contact:
        st.caption(plain(_("You can also write to whoever runs this site: {contact}").format(contact=settings.contact)))
    st.caption(
        _(
            "If it is about what is known of you, you can also complain to the "
            "[Information Commissioner](https://ico.org.uk/make-a-complaint/)."
        )
    )


def _sent(view: View, asked: Asked) -> str | None:
    """Keep what was asked; why it could not be."""
    if view.snapshot.dataset.is_demonstration:
        return None
    try:
        requests.ask(view.snapshot.reports, asked, at=frame.clock().now(), sender=draft.sender())
    except Refused as error:
        return str(error)
    return None


def _refusals(kind: Kind, what: str | None, text: str) -> dict[str, str]:
    """What is wrong with each answer, in words."""
    name = NAMES[kind]
    missing = _("Say what happened.") if kind is Kind.COMPLAINT and not text.strip() else ""
    wrong = {f"{name}_what": "" if what else _("Choose what it is."), f"{name}_text": missing or text_refusal(text)}
    return {key: sentence for key, sentence in wrong.items() if sentence}
