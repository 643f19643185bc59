"""Fill the second sheet: what became of the crimes, what residents and the police say, what to ask, and what nobody can tell."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from mkmap.briefing import questions
from mkmap.briefing.sheets import Item, Part, Picture, Row
from mkmap.drawing import qr
from mkmap.drawing.palette import LIGHT
from mkmap.evidence.gap import figure as gap_figures
from mkmap.evidence.gap import words
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.plans import sentences as plan_sentences
from mkmap.plans.plan import Plan, Priority
from mkmap.plans.text import shortened
from mkmap.view import cautions, figures, sentences
from mkmap.view.findings import Findings
from mkmap.view.view import View
from mkmap.words import _, ngettext, number

OUTCOMES_SIZE = 326, 230  # pixels
PRIORITIES, PLANS = 3, 2  # more are on the page that the link opens
YEARS = 2  # of residents' answers
TEXT, LINE = 220, 90  # characters of a text of the police, and of what must stay on one line


def outcomes(view: View) -> Part:
    head, findings, badge = _("What became of them"), view.findings, sentences.badge(view.snapshot)
    if findings.outcomes is None:
        return Part(head, (findings.outcomes_sentence,))
    figure = figures.outcomes(findings, LIGHT)
    if figure is None:
        return Part(head, (findings.outcomes_sentence,), note=badge)
    counted = sentences.of_demonstration(view.snapshot, findings.outcomes_sentence)
    paragraphs = (counted, findings.cohorts_sentence, " ".join(outcome_words.notes(findings.outcomes)))
    return Part(head, paragraphs, picture=Picture(figure, *OUTCOMES_SIZE), note=badge)


def residents(view: View) -> Part:
    """Counts alone: what somebody wrote is for moderators."""
    head, gap = _("What residents report here"), view.findings.gap
    if view.reports is None or gap is None:
        return Part(head, (_("Residents' reports cannot be read at the moment. That does not mean that there are none."),))
    counted = sentences.of_demonstration(view.snapshot, sentences.residents(len(view.reports), view.filters))
    of_ward = gap[gap["ward"] == view.findings.ward]
    if of_ward["reports"].isna().all():
        item = Item(_("Were the police told, and did they come?"), words.nothing(of_ward))
        return Part(head, (counted,), (item,), note=_who_reports(view))
    return Part(head, (counted, " ".join(words.meaning())), table=_years(of_ward, view.findings), note=_who_reports(view))


def _years(of_ward: pd.DataFrame, findings: Findings) -> tuple[Row, ...]:
    table = gap_figures.table(of_ward, findings.ward_names).drop(columns=_("Where")).astype(str).head(YEARS)
    return tuple(table.columns), *table.itertuples(index=False, name=None)


def _who_reports(view: View) -> str:
    if view.snapshot.dataset.is_demonstration:
        return _("Demonstration reports: invented, not evidence.")
    return _("Reports by residents, looked at by moderators, not by the police. They are no count of crime.")


def police(view: View) -> Part:
    """Priorities, actions and the next event, as the police name them."""
    head, of_ward = _("What the police say they do"), view.findings.plan
    if of_ward is None or not of_ward.neighbourhoods:
        return Part(head, (plan_sentences.absent(of_ward),))
    plans, today = of_ward.plans[:PLANS], view.snapshot.today
    items = [item for plan in plans for item in _plan(plan, today, PRIORITIES if len(plans) == 1 else PRIORITIES - 1)]
    notes = [plan_sentences.fetched(plan, is_demonstration=view.snapshot.dataset.is_demonstration) for plan in plans[:1]]
    return Part(head, tuple(filter(None, [plan_sentences.several(of_ward)])), tuple(items), note=" ".join(notes))


def _plan(plan: Plan, today: date, most: int) -> Iterator[Item]:
    yield Item(plan_sentences.staleness(plan, today))
    yield from (_priority(priority) for priority in plan.priorities[:most])
    if (more := len(plan.priorities) - most) > 0:
        yield Item("", _more(more))
    for event in plan.next_events(today)[:1]:
        words_of_event = " · ".join(
            filter(None, [plan_sentences.when(event), shortened(event.title, LINE), shortened(event.address, LINE)])
        )
        yield Item(_("Next event:"), words_of_event)


def _more(priorities: int) -> str:
    return ngettext(
        "{n} more priority is on the ward's page.", "{n} more priorities are on the ward's page.", priorities
    ).format(n=number(priorities))


def _priority(priority: Priority) -> Item:
    action = (
        _("What they did: {action}").format(action=shortened(priority.action, TEXT))
        if priority.action
        else _("No action is told.")
    )
    issue = shortened(priority.issue, TEXT) or _("A priority without a text")
    return Item(issue, action, plan_sentences.dates(priority))


def to_ask(view: View) -> Part:
    return Part(_("Questions worth asking"), items=tuple(Item("", text) for text in questions.questions(view.findings)))


def cannot_tell(view: View) -> Part:
    items = tuple(Item(caution.head, caution.text) for caution in cautions.cautions(view.snapshot))
    return Part(_("What these numbers cannot say"), items=items)


def link(view: View) -> Part:
    """Where the same is on the screen; without a public address only its end can be printed."""
    address = link_address(view)
    made = _("Made on {day}.").format(day=plan_sentences.day_name(view.snapshot.today))
    same = _("The same, with every number as a table, newer months and the other wards:")
    if view.snapshot.settings.public_url:
        return Part(_("See it, check it"), (same, address), note=made)
    why = _(
        "This site has no public address yet, so only the end of the link is printed here: it belongs behind the address under which you opened the map."
    )
    return Part(_("See it, check it"), (same, address), note=f"{why} {made}")


def link_address(view: View) -> str:
    """The ward's page with every filter written out."""
    base = sentences.base_address(view.snapshot.settings.public_url, None)
    return f"{base}/wards?{view.filters.query()}"


def code(view: View) -> str:
    """The link as a QR code, an SVG; empty where no phone could open it."""
    return qr.svg(link_address(view)) if view.snapshot.settings.public_url else ""
