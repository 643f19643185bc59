"""Show moderators what people ask of the site, what is due first, and let them answer."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import streamlit as st

from mkmap.database.connection import Store
from mkmap.errors import Code, Refused
from mkmap.operate import rights as allowed
from mkmap.plans.sentences import day_name
from mkmap.reports import reasons
from mkmap.reports.report import Report, State, flag_words, public_line, state_words
from mkmap.reports.request import Kind, Request, kind_words, outcome_words
from mkmap.reports.store import answering, deciding
from mkmap.reports.store.deciding import Act
from mkmap.ui import frame, rights
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import _, labelled, ngettext, number

AT_ONCE = 10  # requests: what one person answers before the next look
NOTICE = "requests_notice"  # in the session: how a press went, to be said when the page is drawn


def panel(view: View) -> None:
    """Folded, with how many wait, and how many for longer than was said."""
    store, at = view.snapshot.reports, frame.clock().now()
    counts = answering.counts(store, at).values()
    waiting, late = sum(count.open for count in counts), sum(count.late for count in counts)
    notice = st.session_state.pop(NOTICE, "")
    with st.expander(
        _label(waiting, late), key="requests", icon=":material/notification_important:" if late else ":material/mail:"
    ):
        if notice:
            st.info(plain(notice))
        if not waiting:
            st.caption(_("Nobody waits for an answer."))
        for request in answering.waiting(store, AT_ONCE):
            _one(store, request, at)
        if waiting > AT_ONCE:
            more = waiting - AT_ONCE
            st.caption(ngettext("{n} more comes after these.", "{n} more come after these.", more).format(n=number(more)))


def _label(waiting: int, late: int) -> str:
    words = _("Requests to answer ({n}, of which late: {late})") if late else _("Requests to answer ({n})")
    return words.format(n=number(waiting), late=number(late))


def _one(store: Store, request: Request, at: datetime) -> None:
    report = _about(store, request)
    with st.container(border=True):
        st.markdown(f"**{plain(kind_words()[request.kind])}**")
        for line in _lines(request, report):
            st.text(line)
        st.caption("  \n".join(map(plain, _notes(store, request, report, at))))
        if rights.moderator() is not None:
            _acts(store, request, report)


def _about(store: Store, request: Request) -> Report | None:
    """None where it is about no report, or its sender has just erased it."""
    with suppress(Refused):
        return None if request.report is None else deciding.get(store, request.report)
    return None


def _lines(request: Request, report: Report | None) -> list[str]:
    """What it is about, and what was written."""
    about = [f"{report.id}: {public_line(report.kind, report.month, report.place.street)}"] if report else []
    asked = [_(request.what)] if request.what else []
    if request.kind is Kind.APPEAL and report:
        texts = {_("The report"): report.text, _("The appeal"): request.text}
        return [*about, *(labelled(whose, text) for whose, text in texts.items() if text)]
    return [*about, *asked, *([request.text] if request.text else [])]


def _notes(store: Store, request: Request, report: Report | None, at: datetime) -> list[str]:
    """By when somebody must act, and what to look at."""
    notes = [_("Sent on {day}.").format(day=day_name(request.sent_at.date())), _due(request, at)]
    if report and report.state is State.REJECTED:
        who, why = answering.rejected_by(store, report.id), reasons.in_words(report.reason) or _("duplicate")
        notes.append(_("Rejected by {who}: {why}").format(who=who, why=why))
    if request.is_set_aside:
        notes.append(_("One of many from one network within an hour: an answer goes to all of these that are about the same."))
    return [*notes, *(flag_words()[flag] for flag in request.flags)]


def _due(request: Request, at: datetime) -> str:
    day = day_name(request.due.date())
    if request.is_late(at):
        return _("Late: due by {day}.").format(day=day)
    if request.kind is Kind.COMPLAINT and request.acknowledged_at is None:
        return _("Acknowledge it by {day}.").format(day=day)
    return _("Answer by {day}.").format(day=day)


def _acts(store: Store, request: Request, report: Report | None) -> None:
    label = (
        _("The answer: whoever asked reads it. (required)") if request.kind is Kind.COMPLAINT else _("A word to whoever asked")
    )
    st.text_area(label, key=_note_key(request), height=68, help=_("What could identify somebody is masked in it."))
    with st.container(horizontal=True):
        match request.kind:
            case Kind.COMPLAINT:
                if request.acknowledged_at is None:
                    _button(_("I have read it"), "seen", _acknowledge, store, request)
                _button(_("Answer"), "answer", _answer, store, request, is_first=True)
            case Kind.APPEAL if report:
                _button(_("Take the rejection back"), "reopen", _decide, store, request, report, Act.UNDO)
                _button(_("The rejection stands"), "stands", _answer, store, request)
            case _ if report:
                _button(_("The mark stays"), "stays", _answer, store, request)
                _button(_("Take the mark down"), "down", _decide, store, request, report, Act.REJECT)


def _note_key(request: Request) -> str:
    return f"request_note_{request.id}"


def _button(label: str, name: str, act: Callable[..., str], *what: object, is_first: bool = False) -> None:
    (request,) = (one for one in what if isinstance(one, Request))
    key = f"request_{name}_{request.id}"
    st.button(label, key=key, on_click=_pressed, args=(act, *what), type="primary" if is_first else "secondary")


def _pressed(act: Callable[..., str], *what: object) -> None:
    """Carry out a press on what the moderator saw, if the right still stands."""
    who = rights.moderator()
    try:
        if who is None:
            raise Refused(Code.MODERATORS_ONLY)
        st.session_state[NOTICE] = act(*what, who=who)
    except Refused as error:
        st.session_state[NOTICE] = str(error)


def _note(request: Request) -> str:
    return st.session_state.get(_note_key(request)) or ""


def _acknowledge(store: Store, request: Request, *, who: str) -> str:
    answering.acknowledge(store, request.id, at=frame.clock().now())
    return _("Whoever complained is told that you have read it.")


def _answer(store: Store, request: Request, *, who: str) -> str:
    others = allowed.has_others(frame.view().snapshot.settings, who)
    now = answering.answer(store, request.id, who=who, at=frame.clock().now(), note=_note(request), others=others)
    return outcome_words()[now.outcome] if now.outcome else ""


def _decide(store: Store, request: Request, report: Report, act: Act, *, who: str) -> str:
    """What is decided about the report answers the request, and with it what others asked about it."""
    answering.note(store, request.id, _note(request))
    reason = request.take_down_reason if act is Act.REJECT else ""
    now = deciding.decide(store, report, act, who=who, at=frame.clock().now(), reason=reason)
    return _("Report {number} is {state} now.").format(number=report.id, state=state_words()[now.state])
