"""Say what a moderator decided last, with a button that takes it back; the audit keeps both."""

import streamlit as st

from mkmap.errors import Code, Refused
from mkmap.reports.report import ACTS
from mkmap.reports.store import many
from mkmap.reports.store.many import Done, Last
from mkmap.ui import frame, rights
from mkmap.ui.moderation import desk
from mkmap.ui.moderation.desk import Desk
from mkmap.view.sentences import plain
from mkmap.words import _, ngettext, number


def last(on: Desk) -> None:
    """In its place above the opened report, for as long as somebody remembers it."""
    desk.notice()
    if on.who is None:
        return
    decision = many.last(on.store, on.who, at=frame.clock().now())
    if decision is None:
        return
    with st.container(key="desk_last", horizontal=True, vertical_alignment="center"):
        st.caption(plain(_what_it_was(decision)), width="content")
        st.button(_("Undo"), key="desk_undo", icon=":material/undo:", on_click=_take_back, args=(on, decision))


def _what_it_was(decision: Last) -> str:
    at, act = decision.at.strftime("%H:%M"), _(ACTS[decision.act])
    if decision.reports == 1:
        return _("Your last decision, at {at} (UTC): {act}, report {number}.").format(
            at=at, act=act, number=decision.numbers[0]
        )
    sentence = ngettext(
        "Your last decision, at {at} (UTC): {act}, {n} report.", "Your last decision, at {at} (UTC): {act}, {n} reports.",
        decision.reports,
    )  # fmt: skip
    return sentence.format(at=at, act=act, n=number(decision.reports))


def _take_back(on: Desk, decision: Last) -> None:
    if rights.moderator() != decision.who:
        desk.say(str(Refused(Code.MODERATORS_ONLY)))
        return
    try:
        done = many.take_back(on.store, decision, at=frame.clock().now())
    except Refused as error:
        desk.say(str(error))
        return
    desk.say(_how_it_went(done))
    desk.open_report(decision.numbers[0])


def _how_it_went(done: Done) -> str:
    back = ngettext("Taken back: {n} report waits again.", "Taken back: {n} reports wait again.", done.decided)
    sentences = [back.format(n=number(done.decided))]
    if done.left > 0:
        left = ngettext(
            "About {n} something else was decided since, or it is gone.",
            "About {n} something else was decided since, or they are gone.",
            done.left,
        )
        sentences.append(left.format(n=number(done.left)))
    return " ".join(sentences)
