"""Show what the police say they do, and how old that is; their texts stand as text."""

from datetime import date

from mkmap.plans import sentences as plan_words
from mkmap.plans.plan import Plan, Priority, WardPlans
from mkmap.plans.text import shortened
from mkmap.ui.meeting.lettering import lines, title
from mkmap.view import sentences
from mkmap.view.deck import plans
from mkmap.view.view import View
from mkmap.words import _, ngettext, number

MOST_PLANS, MOST_PRIORITIES = 5, 3  # more would not fit, and are not read from the back
LONGEST = 110  # characters of a text of the police: two lines with its dates


def draw(view: View) -> None:
    ward_plans, shown = list(view.findings.plans.values()), plans(view)
    if len(ward_plans) == 1 or len(shown) == 1:
        below = _one(view, next(ward for ward in ward_plans if ward.plans))
    else:
        below = _several(view, sorted(shown, key=lambda plan: (plan.newest or date.min, plan.name)))
    lines([*below, _source(view, shown)])


def _one(view: View, ward: WardPlans) -> list[str]:
    """Of the neighbourhood of a ward's middle: how old the promises are, then the promises, then the next meeting."""
    plan, several = ward.plans[0], plan_words.several(ward)
    shown = MOST_PRIORITIES - bool(several)
    title(sentences.of_demonstration(view.snapshot, plan_words.staleness(plan, view.snapshot.today)))
    next_event = " ".join([*_more(len(plan.priorities) - shown), _next_event(plan, view.snapshot.today)])
    return [*map(_promise, plan.priorities[:shown]), next_event, *([several] if several else [])]


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


def _several(view: View, shown: list[Plan]) -> list[str]:
    """How old each neighbourhood's promises are, the one whose police said nothing for longest first."""
    sentence = ngettext(
        "What the police say they do in {n} neighbourhood.", "What the police say they do in {n} neighbourhoods.", len(shown)
    )
    title(sentences.of_demonstration(view.snapshot, sentence.format(n=number(len(shown)))))
    ages = [f"• {plan_words.staleness(plan, view.snapshot.today)}" for plan in shown[:MOST_PLANS]]
    return [*ages, *_later(len(shown) - MOST_PLANS), _("Choose a ward on the map's page to see what is promised there.")]


def _later(plans: int) -> list[str]:
    if plans <= 0:
        return []
    more = ngettext("{n} more neighbourhood was updated later.", "{n} more neighbourhoods were updated later.", plans)
    return [more.format(n=number(plans))]


def _source(view: View, shown: list[Plan]) -> str:
    day = plan_words.day_name(min(plan.fetched_at for plan in shown).date())
    if view.snapshot.dataset.is_demonstration:
        return _("Invented, not evidence. As of {day}.").format(day=day)
    return _("police.uk, as fetched on {day}; the words are those of the police.").format(day=day)
