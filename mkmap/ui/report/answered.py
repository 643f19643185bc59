"""Say how something stands that somebody asked of this site: when it is answered, or how it was."""

from datetime import datetime

import streamlit as st

from mkmap.plans.sentences import day_name
from mkmap.reports.form import grouped
from mkmap.reports.privacy import ANSWER_LIVES
from mkmap.reports.request import Kind, Request, kind_words, outcome_words
from mkmap.ui import frame
from mkmap.words import _, number


def receipt(digits: str, request: Request, at: datetime) -> None:
    """What was sent, and the digits with which its answer is found."""
    st.success(_("We have received it."))
    st.markdown(_("**This is its receipt.** Write it down: nobody can find it again for you."))
    with st.container(key="report_receipt"):
        st.code(grouped(digits), language=None)
    stands(request, at)
    st.caption(
        _("The answer stands on the Report page, under “I have a receipt”, for {days} days.").format(
            days=number(ANSWER_LIVES.days)
        )
    )


def stands(request: Request, at: datetime) -> None:
    day = day_name(request.sent_at.date())
    st.markdown(_("{what}, sent on {day}.").format(what=f"**{kind_words()[request.kind]}**", day=day))
    if request.what:
        st.text(_(request.what))
    if request.text:
        st.caption(_("For moderators only, with what could identify somebody left out:"))
        st.text(request.text)
    if request.outcome is None or request.answered_at is None:
        _waits(request, at)
        return
    st.markdown(outcome_words()[request.outcome])
    if request.note:
        st.caption(_("A moderator wrote:"))
        st.text(request.note)


def _waits(request: Request, at: datetime) -> None:
    by = day_name(request.answer_by.date())
    if at > request.answer_by:
        st.warning(_("It should have been answered by {day}. You can complain about that.").format(day=by))
        complain()
        return
    st.markdown(_("You have an answer here by {day}.").format(day=by))
    if request.kind is Kind.COMPLAINT:
        st.caption(_acknowledged(request))


def _acknowledged(request: Request) -> str:
    if request.acknowledged_at:
        return _("Somebody has read it on {day} and looks into it.").format(day=day_name(request.acknowledged_at.date()))
    return _("Somebody reads it by {day}.").format(day=day_name(request.due.date()))


def complain() -> None:
    """The way to a complaint."""
    st.page_link(
        frame.file_of("report"), label=_("Complain about this site"), icon=":material/feedback:", query_params={"complain": "1"}
    )
