"""Show what the police say they do, and how old that is; their texts stand as text."""

from datetime import date

from mkmap.plans import sentences as plan_words
from mkmap.plans.plan import Plan, Priority, WardPlans
from mkmap.plans.text import shortened
from mkmap.ui.meeting.lettering import line, title
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _, ngettext, number

MOST_PLANS, MOST_PRIORITIES = 5, 3  # more would not fit, and are not read from the back
LONGEST = 110  # characters of a text of the police: two lines with its dates


def draw(view: View) -> None:
    ward_plans = list(view.findings.plans.values())
    plans = _plans(ward_plans)
    if not plans:
        title(sentences.of_demonstration(view.snapshot, _no_plan(ward_plans)))
    elif len(ward_plans) == 1 or len(plans) == 1:
        _one(view, ward_plans[0])
    else:
        _several(view, plans)
    if plans:
        line(_source(view, plans))


def _plans(ward_plans: list[WardPlans]) -> list[Plan]:
    """Each neighbourhood's once, the one whose police said nothing for longest first."""
    plans = {plan.neighbourhood: plan for ward in ward_plans for plan in ward.plans}
    return sorted(plans.values(), key=lambda plan: (plan.newest or date.min, plan.name))


def _no_plan(ward_plans: list[WardPlans]) -> str:
    if ward_plans and not any(ward.neighbourhoods for ward in ward_plans):
        return _("police.uk names no police neighbourhood here, so there is no plan to show.")
    return _("What the police say they do has not been fetched from police.uk yet.")


def _one(view: View, ward: WardPlans) -> None:
    """Of the neighbourhood of a ward's middle: how old the promises are, then the promises, then the next meeting."""
    plan, several = ward.plans[0], plan_words.several(ward)
    shown = MOST_PRIORITIES - bool(several)
    title(sentences.of_demonstration(view.snapshot, plan_words.staleness(plan, view.snapshot.today)))
    for priority in plan.priorities[:shown]:
        line(_promise(priority))
    line(" ".join([*_more(len(plan.priorities) - shown), _next_event(plan, view.snapshot.today)]))
    if several:
        line(several)


def _more(priorities: int) -> list[str]:
    if priorities <= 0:
        return []
    return [ngettext("{n} more priority.", "{n} more priorities.", priorities).format(n=number(priorities))]


def _promise(priority: Priority) -> str:
    issue = shortened(priority.issue, LONGEST) or _("A priority without a text")
    dates = plan_words.dates(priority)
    return f"• {issue} ({dates})" if dates else f"• {issue}"


def _next_event(plan: Plan, today: date) -> str:
    coming = plan.next_events(today)
    if not coming:
        return _("No meeting is announced.")
    event = " · ".join(filter(None, (plan_words.when(coming[0]), coming[0].title, coming[0].address)))
    return _("Next: {event}").format(event=shortened(event, LONGEST))


def _several(view: View, plans: list[Plan]) -> None:
    """How old each neighbourhood's promises are."""
    sentence = ngettext(
        "What the police say they do in {n} neighbourhood.", "What the police say they do in {n} neighbourhoods.", len(plans)
    )
    title(sentences.of_demonstration(view.snapshot, sentence.format(n=number(len(plans)))))
    for plan in plans[:MOST_PLANS]:
        line(f"• {plan_words.staleness(plan, view.snapshot.today)}")
    more = len(plans) - MOST_PLANS
    if more > 0:
        line(
            ngettext("{n} more neighbourhood was updated later.", "{n} more neighbourhoods were updated later.", more).format(
                n=number(more)
            )
        )
    line(_("Choose a ward on the map's page to see what is promised there."))


def _source(view: View, plans: list[Plan]) -> str:
    day = plan_words.day_name(min(plan.fetched_at for plan in plans).date())
    if view.snapshot.dataset.is_demonstration:
        return _("Invented, not evidence. As of {day}.").format(day=day)
    return _("police.uk, as fetched on {day}; the words are those of the police.").format(day=day)
