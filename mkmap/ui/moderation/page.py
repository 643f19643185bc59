"""The moderators' queue: who may see it, how many wait, and the reports of a state."""

import streamlit as st

from mkmap.database.connection import Store
from mkmap.errors import Refused
from mkmap.month import Month
from mkmap.reports.privacy import LATE
from mkmap.reports.report import LOCAL, Report, State
from mkmap.reports.store import claims, floods, showing
from mkmap.reports.store import queue as queue_of
from mkmap.reports.store.wanted import Wanted
from mkmap.ui import frame, rights, sign_in
from mkmap.ui.moderation import audit, desk, filters, heaps, last, listing, several
from mkmap.ui.moderation.desk import Desk
from mkmap.ui.moderation.one_report import one_report
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import Message, _, number

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
    if who is None:
        desk.notice()
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
    """A list of the reports of a group, unflagged first and each by age, beside the one that is opened."""
    store, who = view.snapshot.reports, rights.moderator()
    _late(store)
    state = _group(store)
    waiting = floods.heaps(store) if state is State.PENDING else []
    base = Wanted(state, is_asked_to_correct=state is None, heap=heaps.opened(waiting))
    wanted = filters.narrowed(view, base)
    page = queue_of.page(store, wanted, desk.SIZE, st.session_state.get(desk.START))
    looked_at = claims.claimed(store, [report.id for report in page.reports], at=frame.clock().now()) if who else {}
    on = Desk(view, who, wanted, page, looked_at)
    opened = on.opened()
    with st.container(key="desk"):
        with st.container(key="desk_list", gap="xsmall"):
            heaps.draw(waiting, base.heap)
            _list(on, base, opened)
        with st.container(key="desk_one", border=True):
            last.last(on)
            if opened:
                one_report(on, opened)
            else:
                st.caption(_("There is none."))


def _list(on: Desk, base: Wanted, opened: Report | None) -> None:
    with st.container(key="desk_choices", horizontal=True, gap="small"):
        filters.draw(on.view, base)
        if opened:
            several.several(on)
    if opened:
        listing.draw(on, opened)
    audit.audit(on)
    if on.who:
        with st.container(key="desk_keys"):
            st.caption(_("Keys: J next, K previous, P publish, R reject, U undo."))


def _group(store: Store) -> State | None:
    """The reports of a state; None: those that somebody asked to correct."""
    counts = {**{state.value: count for state, count in showing.counts(store).items()}, ASKED: queue_of.asked_to_correct(store)}
    chosen = st.segmented_control(
        _("Reports"),
        list(GROUPS),
        default=State.PENDING.value,
        key="queue",
        format_func=lambda group: _(GROUPS[group]).format(n=number(counts[group])),
        label_visibility="collapsed",
        on_change=filters.show_all,
    )
    return None if chosen == ASKED else State(chosen or State.PENDING)


def _late(store: Store) -> None:
    oldest = showing.oldest_pending(store)
    if oldest and frame.clock().now() - oldest > LATE:
        st.warning(_("The queue is late: a report has been waiting for more than {days} days.").format(days=LATE.days))
