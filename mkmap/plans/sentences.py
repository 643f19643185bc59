"""Say in plain sentences what the police promise, how old that is, and what changed; texts of the police stand as they are."""

from datetime import date, datetime

from babel.dates import format_date, format_time

from mkmap.plans.plan import ChangeKind, Event, Plan, PlanChange, Priority, WardPlans
from mkmap.plans.text import shortened
from mkmap.words import _, language, listed, ngettext, number

STALE_MONTHS = 6  # months without a new priority or action: teams set priorities every quarter, so two were missed


def day_name(day: date) -> str:
    """For people: `3 May 2025`."""
    return format_date(day, "d MMMM y", locale=language())


def absent(plans: WardPlans | None) -> str:
    """Why there is no plan of a ward at all; empty where there is one."""
    if plans is None:
        return _("Not loaded: the police's own plan for this ward has not been fetched from police.uk yet.")
    return "" if plans.neighbourhoods else _("police.uk names no police neighbourhood for this ward.")


def fetched(plan: Plan, *, is_demonstration: bool) -> str:
    """Whose words these are, and of which day."""
    day = day_name(plan.fetched_at.date())
    if is_demonstration:
        return _("Demonstration: invented, not evidence. As of {day}.").format(day=day)
    return _("Source: police.uk, neighbourhood {id}, as fetched on {day}; the words are those of the police.").format(
        id=plan.neighbourhood.id, day=day
    )


def staleness(plan: Plan, today: date) -> str:
    """How old the newest priority or action is: a finding in itself."""
    if not plan.priorities:
        return _("The police name no priority for {name}.").format(name=plan.name)
    months = plan.months_old(today)
    if months is None:
        return _("The priorities for {name} have no date.").format(name=plan.name)
    if not months:
        return _("Priorities for {name} last updated less than a month ago.").format(name=plan.name)
    sentence = ngettext(
        "Priorities for {name} last updated {n} month ago.", "Priorities for {name} last updated {n} months ago.", months
    )
    return sentence.format(name=plan.name, n=number(months))


def is_stale(plan: Plan, today: date) -> bool:
    """Whether the newest priority is so old that it should stand out."""
    months = plan.months_old(today)
    return months is not None and months >= STALE_MONTHS


def several(plans: WardPlans) -> str:
    """Which neighbourhoods a ward has, where they are several; else empty. That of its middle comes first."""
    if len(plans.neighbourhoods) < 2:
        return ""
    names = {plan.neighbourhood: plan.name for plan in plans.plans}
    return _("This ward lies in {n} police neighbourhoods: {names}. The first is that of its middle.").format(
        n=number(len(plans.neighbourhoods)),
        names=listed([names.get(neighbourhood, neighbourhood.id) for neighbourhood in plans.neighbourhoods]),
    )


def dates(priority: Priority) -> str:
    """When a priority was set, and when its action was told; empty where neither is said."""
    issued = priority.issued and day_name(priority.issued)
    acted = priority.acted and day_name(priority.acted)
    if issued and acted:
        return _("set on {issued}, action of {acted}").format(issued=issued, acted=acted)
    if acted:
        return _("action of {day}").format(day=acted)
    return _("set on {day}").format(day=issued) if issued else ""


def when(event: Event) -> str:
    """`Tuesday, 9 June 2026, 18:30–19:30`, as far as it is said."""
    if event.starts is None:
        return _("no date given")
    day = format_date(event.starts, "EEEE, d MMMM y", locale=language())
    if (event.starts.hour, event.starts.minute) == (0, 0):
        return day
    time = _clock(event.starts)
    if event.ends and event.ends.date() == event.starts.date() and event.ends > event.starts:
        time += f"–{_clock(event.ends)}"
    return _("{day}, {time}").format(day=day, time=time)


def _clock(moment: datetime) -> str:
    return format_time(moment, "HH:mm", locale=language())


def changed(change: PlanChange) -> str:
    """What changed, without the texts: one line."""
    issue = f"“{shortened(change.issue)}”" if change.issue else _("A priority without a text")
    return {
        ChangeKind.ADDED: _("New priority: {issue}"),
        ChangeKind.REMOVED: _("No longer named: {issue}"),
        ChangeKind.REWORDED: _("Reworded: {issue}"),
        ChangeKind.REDATED: _("Given another date: {issue}"),
        ChangeKind.ACTION: _("New word on the action: {issue}"),
        ChangeKind.PEOPLE: _("People named in the team: {before}, now {after}"),
    }[change.kind].format(issue=issue, before=change.before, after=change.after)


def texts_of(change: PlanChange) -> list[str]:
    """What stood there before and what stands there now, labelled; none where the sentence says it all."""
    if change.kind is ChangeKind.PEOPLE:
        return []
    before, after = (_day_or_text(change, text) for text in (change.before, change.after))
    lines = [_("Before: {text}").format(text=before)] if before else []
    return lines + ([_("Now: {text}").format(text=after)] if after else [])


def _day_or_text(change: PlanChange, text: str) -> str:
    return day_name(date.fromisoformat(text)) if change.kind is ChangeKind.REDATED and text else text
