"""The moderators' queue: what waits, what may be wrong with it, and the decisions."""

from datetime import UTC, datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mkmap.database.connection import Store
from mkmap.errors import Refused
from mkmap.month import Month
from mkmap.places.streets import distance
from mkmap.reports.privacy import LATE, NEAR
from mkmap.reports.report import Report, State, flag_words, public_line, response_words, state_words
from mkmap.reports.store import deciding, showing
from mkmap.reports.store.deciding import Act
from mkmap.ui import rights
from mkmap.ui.frame import View
from mkmap.view.sentences import plain
from mkmap.words import _, listed, ngettext, number

AT_ONCE = 10  # reports: what one person looks at before the next look
SAID = "moderation_said"


def intro(view: View) -> bool:
    """Who is here, and whether there is a queue to be seen: that of the demonstration is invented, and for everyone."""
    st.title(_("Moderation"), anchor=False)
    st.markdown(plain(_how_many(view)))
    who = rights.moderator()
    if who is not None:
        st.caption(plain(_("You decide as “{who}”; every decision is written down with this name.").format(who=who)))
        if rights.can_sign_in() and st.button(_("Sign out"), key="sign_out"):
            st.logout()
        return True
    if rights.can_sign_in():
        st.info(_("Only moderators see the queue. Sign in with an address that the operator has put on the list."))
        if st.button(_("Sign in"), key="sign_in", type="primary"):
            st.login()
    else:
        st.info(
            _(
                "Moderation is done on the command line: “python -m mkmap reports list”. On the server itself this page can be used "
                "when the app was started with MKMAP_LOCAL_MODERATION=1; elsewhere moderators sign in with OpenID Connect."
            )
        )
    if view.snapshot.dataset.is_demonstration:
        st.caption(_("This is the demonstration's queue, invented, to be looked at: nobody can decide here without the right."))
    return view.snapshot.dataset.is_demonstration


def _how_many(view: View) -> str:
    """For everyone: what waits is nobody's secret, and a queue that is left alone is noticed."""
    store = view.snapshot.reports
    count, oldest = showing.counts(store), showing.oldest_pending(store)
    said = _(
        "Residents' reports: {pending} waiting, {published} published, {rejected} rejected, {withdrawn} withdrawn."
    ).format(**{state.value: number(count[state]) for state in State})
    if oldest:
        said += " " + _("The oldest has been waiting since {day} {month}.").format(
            day=oldest.day, month=Month.of(oldest.date()).name
        )
    return said


def queue(view: View) -> None:
    """The reports of a state, oldest first."""
    store = view.snapshot.reports
    everything = deciding.reports_in(store)
    if said := st.session_state.pop(SAID, None):
        st.info(plain(said))
    _waiting(everything)
    kinds = {state: [report for report in everything if report.state is state] for state in State}
    asked = [report for report in everything if report.corrections]
    names = {state.value: f"{state_words()[state].capitalize()} ({number(len(found))})" for state, found in kinds.items()}
    names["asked"] = _("Correction asked for ({n})").format(n=number(len(asked)))
    chosen = st.segmented_control(
        _("Reports"), list(names), default=State.PENDING.value, key="queue", format_func=names.get, label_visibility="collapsed"
    )
    found = asked if chosen == "asked" else kinds[State(chosen or State.PENDING)]
    if not found:
        st.caption(_("There is none."))
    for report in found[:AT_ONCE]:
        _one(store, report, everything)
    if len(found) > AT_ONCE:
        more = len(found) - AT_ONCE
        st.caption(ngettext("{n} more comes after these.", "{n} more come after these.", more).format(n=number(more)))


def _waiting(everything: list[Report]) -> None:
    waiting = [report.received_at for report in everything if report.state is State.PENDING]
    if waiting and datetime.now(UTC) - min(waiting) > LATE:
        st.warning(_("The queue is late: a report has been waiting for more than {days} days.").format(days=LATE.days))


def _one(store: Store, report: Report, everything: list[Report]) -> None:
    with st.container(border=True):
        st.text(f"{report.id}: {public_line(report.kind, report.month, report.place.street)}")
        told = _("police told") if report.told_police else _("police not told")
        received = _("received {at} (UTC)").format(at=report.received_at.strftime("%Y-%m-%d %H:%M"))
        st.caption(plain(f"{told}: {response_words()[report.response]} · {received}"))
        if report.text:
            st.text(report.text)
        others = deciding.likely_duplicates(report, _open(everything), _metres, NEAR)
        if warnings := _warnings(report, others):
            st.caption("  \n".join(f":material/flag: {plain(line)}" for line in warnings))
        if report.corrections:
            for wish in deciding.corrections_of(store, report.id):
                st.text(f"{_('Correction asked for')}: {wish.what}\n{wish.text}".strip())
        _acts(report, _open(everything), others)
        with st.popover(_("History")):
            _history(store, report)


def _open(everything: list[Report]) -> list[Report]:
    return [report for report in everything if report.state in (State.PENDING, State.PUBLISHED)]


def _metres(one: Report, other: Report) -> float:
    return distance((one.place.longitude, one.place.latitude), (other.place.longitude, other.place.latitude))


def _warnings(report: Report, others: list[Report]) -> list[str]:
    said = [flag_words()[flag] for flag in report.flags]
    if others:
        numbers = listed([number(other.id) for other in others])
        said.append(_("likely the same event as {numbers}: near in street and month").format(numbers=numbers))
    if report.state is State.REJECTED:
        why = report.reason or _("a duplicate of {number}").format(number=report.duplicate_of)
        said.append(_("rejected: {why}").format(why=why))
    return said


def _acts(report: Report, candidates: list[Report], others: list[Report]) -> None:
    """The buttons of a report, for its state; drawn only for somebody with the right, and asked again when pressed."""
    if rights.moderator() is None or report.state is State.WITHDRAWN:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if report.state is State.PENDING:
            _button(_("Publish"), "publish", report, Act.PUBLISH, type="primary")
        if report.state in (State.PENDING, State.PUBLISHED):
            _rejection(report)
            _duplicate(report, [*others, *(one for one in candidates if one not in others)])
        if report.corrections:
            _button(_("Keep as it is"), "keep", report, Act.KEEP)
        if report.state in (State.PUBLISHED, State.REJECTED):
            _button(_("Undo"), "undo", report, Act.UNDO)


def _rejection(report: Report) -> None:
    reasons = [
        _("not a crime"),
        _("identifies somebody"),
        _("place or month cannot be right"),
        _("not believable"),
        _("advertising"),
    ]
    with _together():
        st.selectbox(
            _("Reason"), reasons, index=None, key=f"reason_{report.id}", accept_new_options=True, placeholder=_("Reason"),
            label_visibility="collapsed", width=200,
        )  # fmt: skip
        _button(_("Reject"), "reject", report, Act.REJECT)


def _duplicate(report: Report, candidates: list[Report]) -> None:
    numbers = [other.id for other in candidates if other.id != report.id]
    with _together():
        st.selectbox(
            _("Duplicate of"), numbers, index=None, key=f"original_{report.id}", placeholder=_("Duplicate of"),
            label_visibility="collapsed", width=140,
        )  # fmt: skip
        _button(_("Mark as duplicate"), "duplicate", report, Act.DUPLICATE)


def _together() -> DeltaGenerator:
    """A choice and its button stay side by side, on a phone too."""
    return st.container(horizontal=True, vertical_alignment="bottom", width="content")


def _button(label: str, name: str, report: Report, act: Act, **how: str) -> None:
    st.button(label, key=f"{name}_{report.id}", on_click=_decide, args=(report, act), **how)


def _decide(report: Report, act: Act) -> None:
    """Carry out a press on what the moderator saw, if the right still stands."""
    who = rights.moderator()
    if who is None:
        st.session_state[SAID] = _("Only moderators can decide. Nothing was changed.")
        return
    view: View = st.session_state["view"]
    reason = st.session_state.get(f"reason_{report.id}") if act is Act.REJECT else None
    original = st.session_state.get(f"original_{report.id}") if act is Act.DUPLICATE else None
    try:
        now = deciding.decide(
            view.snapshot.reports, report, act, who=who, at=datetime.now(UTC), reason=reason or "", duplicate_of=original
        )
        said = _("Report {number} is {state} now.").format(number=report.id, state=state_words()[now.state])
    except Refused as error:
        said = str(error)
    st.session_state[SAID] = said


def _history(store: Store, report: Report) -> None:
    found = deciding.decided(store, report.id)
    if not found:
        st.caption(_("Nothing was decided yet."))
    for one in found:
        st.text(f"{one.at.strftime('%Y-%m-%d %H:%M')} · {one.who} · {one.act}: {one.before} → {one.after} {one.reason}".strip())
