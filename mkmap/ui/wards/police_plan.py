"""Draw what the police say they do in a ward; every text of theirs is shown as text."""

from datetime import date

import streamlit as st

from mkmap.plans import sentences
from mkmap.plans.plan import Contact, Plan, PlanChange, Priority, WardPlans
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import _

SHOWN_CHANGES = 12  # more are in the feed's history; a page that nobody scrolls to the end of tells nothing


def police_plan(view: View, ward_code: str) -> None:
    """Team, contact, priorities, next events and what changed, for each police neighbourhood of a ward; its code of any set.

    Raises Damaged where what is stored cannot be read.
    """
    st.header(_("What the police say they do"), anchor=False)
    ward_plans = view.snapshot.plans(ward_code)
    why = sentences.absent(ward_plans)
    if why or ward_plans is None:
        st.caption(plain(why))
        return
    if several := sentences.several(ward_plans):
        st.markdown(plain(several))
    for plan in ward_plans.plans:
        _plan(plan, view)
    _not_fetched(ward_plans)


def _not_fetched(ward_plans: WardPlans) -> None:
    known = {plan.neighbourhood for plan in ward_plans.plans}
    for neighbourhood in ward_plans.neighbourhoods:
        if neighbourhood not in known:
            st.caption(
                plain(
                    _("The plan of the neighbourhood {id} has not been fetched from police.uk yet.").format(id=neighbourhood.id)
                )
            )


def _plan(plan: Plan, view: View) -> None:
    today = view.snapshot.today
    with st.container(border=True):
        st.markdown(f"#### {plain(plan.name)}")
        staleness = plain(sentences.staleness(plan, today))
        if sentences.is_stale(plan, today):
            st.warning(staleness, icon=":material/schedule:")
        else:
            st.markdown(staleness)
        for priority in plan.priorities:
            _priority(priority)
        _events(plan, today)
        _team(plan)
        _contact(plan.contact)
        _changes(plan.history)
        st.caption(plain(sentences.fetched(plan, is_demonstration=view.snapshot.dataset.is_demonstration)))


def _priority(priority: Priority) -> None:
    first, _separator, rest = (priority.issue or _("A priority without a text")).partition("\n\n")
    with st.container(gap="small"):
        st.markdown(f"**{plain(first)}**")
        if rest:
            st.markdown(plain(rest))
        if priority.action:
            st.markdown(plain(_("What they did: {action}").format(action=priority.action)))
        else:
            st.markdown(_("No action is told."))
        if dates := sentences.dates(priority):
            st.caption(plain(dates))


def _events(plan: Plan, today: date) -> None:
    st.markdown(f"**{_('Next events')}**")
    coming = plan.next_events(today)
    if not coming:
        st.markdown(_("None is announced."))
    for event in coming:
        parts = [sentences.when(event), event.title, event.address]
        st.markdown(f"- {plain(' · '.join(filter(None, parts)))}")


def _team(plan: Plan) -> None:
    st.markdown(f"**{_('Team')}**")
    if not plan.people:
        st.markdown(_("police.uk names nobody."))
        return
    st.markdown(plain(", ".join(" ".join(filter(None, (officer.rank, officer.name))) for officer in plan.people)))


def _contact(contact: Contact) -> None:
    ways = {
        _("Telephone"): contact.telephone,
        _("Mobile"): contact.mobile,
        _("E-mail"): contact.email,
        _("Address"): contact.address,
        _("Website"): contact.web,
        _("Facebook"): contact.facebook,
        _("Twitter"): contact.twitter,
    }
    given = [f"{name}: {value}" for name, value in ways.items() if value]
    if given:
        st.markdown(f"**{_('Contact')}**")
        st.markdown(plain(" · ".join(given)))


def _changes(history: tuple[PlanChange, ...]) -> None:
    st.markdown(f"**{_('What changed')}**")
    if not history:
        st.markdown(_("Nothing, as far as it has been fetched here."))
    for change in history[:SHOWN_CHANGES]:
        st.markdown(f"- {plain(_dated(change))}")
        for text in sentences.texts_of(change):
            st.caption(plain(text))


def _dated(change: PlanChange) -> str:
    return _("{change} (seen on {day})").format(change=sentences.changed(change), day=sentences.day_name(change.seen_at.date()))
