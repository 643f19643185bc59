"""The moderators' queue: who may see it, how many wait, and the reports of a state."""

import streamlit as st

from mkmap.errors import Refused
from mkmap.month import Month
from mkmap.reports.privacy import LATE
from mkmap.reports.report import LOCAL, Report, State
from mkmap.reports.store import deciding, showing
from mkmap.ui import frame, rights, sign_in
from mkmap.ui.moderation import acts
from mkmap.ui.moderation.one_report import one_report
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import Message, _, ngettext, number

AT_ONCE = 10  # reports: what one person looks at before the next look
ASKED = "asked"  # beside the states: reports that somebody asked to correct
GROUPS = {
    State.PENDING.value: Message("Waiting for a moderator ({n})"),
    State.PUBLISHED.value: Message("Published ({n})"),
    State.REJECTED.value: Message("Rejected ({n})"),
    State.WITHDRAWN.value: Message("Withdrawn by the sender ({n})"),
    ASKED: Message("Correction asked for ({n})"),
}


def may_see_the_queue(view: View) -> bool:
    """Moderators; that of the demonstration is invented, and for everyone."""
    return rights.moderator() is not None or view.snapshot.dataset.is_demonstration


def intro(view: View) -> None:
    """How many wait, and who is here; or how somebody becomes one who may decide."""
    st.title(_("Moderation"), anchor=False)
    st.markdown(plain(_how_many(view)))
    who = rights.moderator()
    if notice := st.session_state.pop(acts.NOTICE, None):
        st.info(plain(notice))
    if who is None:
        _way_in()
        if view.snapshot.dataset.is_demonstration:
            st.caption(
                _("This is the demonstration's queue, invented, to be looked at: nobody can decide here without the right.")
            )
        return
    st.caption(plain(_("You decide as “{who}”; every decision is written down with this name.").format(who=who)))
    if who != LOCAL:
        _sign_out()


def _sign_out() -> None:
    """It counts for this person in every browser, from now on."""
    if not st.button(_("Sign out"), key="sign_out"):
        return
    try:
        rights.sign_out()
    except Refused as error:
        st.error(plain(str(error)))
        return
    st.logout()


def _way_in() -> None:
    if rights.has_ended():
        st.warning(_("The operator's session of this browser is over: this page can decide nothing any more."))
    if why := rights.why_no_moderator():
        st.warning(plain(why))
        _sign_out()
    if sign_in.is_set_up():
        st.info(_("Only moderators see the queue. Sign in with an address that the operator has put on the list."))
        if st.button(_("Sign in"), key="sign_in", type="primary"):
            st.login()
        return
    st.info(
        _(
            "Moderation is done on the command line: “python -m mkmap reports list”. Here the operator can decide, too, where the app "
            "was started with MKMAP_LOCAL_MODERATION=1: in the browser in which the link was opened that “python -m mkmap operate” "
            "prints. Others sign in with OpenID Connect."
        )
    )


def _how_many(view: View) -> str:
    """For everyone: what waits is nobody's secret, and a queue that is left alone is noticed."""
    store = view.snapshot.reports
    count, oldest = showing.counts(store), showing.oldest_pending(store)
    sentence = _(
        "Residents' reports: {pending} waiting, {published} published, {rejected} rejected, {withdrawn} withdrawn."
    ).format(**{state.value: number(count[state]) for state in State})
    if oldest:
        sentence += " " + _("The oldest has been waiting since {day} {month}.").format(
            day=oldest.day, month=Month.of(oldest.date()).name
        )
    return sentence


def queue(view: View) -> None:
    """The reports of a state, oldest first."""
    store = view.snapshot.reports
    reports = deciding.reports_in(store)
    _waiting(reports)
    chosen = _chosen(reports)
    if not chosen:
        st.caption(_("There is none."))
    for report in chosen[:AT_ONCE]:
        one_report(store, report, reports)
    if len(chosen) > AT_ONCE:
        more = len(chosen) - AT_ONCE
        st.caption(ngettext("{n} more comes after these.", "{n} more come after these.", more).format(n=number(more)))


def _chosen(reports: list[Report]) -> list[Report]:
    """Those of a state, or those that somebody asked to correct."""
    groups = {state.value: [report for report in reports if report.state is state] for state in State}
    groups[ASKED] = [report for report in reports if report.corrections]
    chosen = st.segmented_control(
        _("Reports"),
        list(GROUPS),
        default=State.PENDING.value,
        key="queue",
        format_func=lambda group: _(GROUPS[group]).format(n=number(len(groups[group]))),
        label_visibility="collapsed",
    )
    return groups[chosen or State.PENDING.value]


def _waiting(reports: list[Report]) -> None:
    waiting = [report.received_at for report in reports if report.state is State.PENDING]
    if waiting and frame.clock().now() - min(waiting) > LATE:
        st.warning(_("The queue is late: a report has been waiting for more than {days} days.").format(days=LATE.days))
