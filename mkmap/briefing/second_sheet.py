"""Fill the second sheet: what became of the crimes, what residents and the police say, what to ask, and what nobody can tell."""

from collections.abc import Iterator

import pandas as pd

from mkmap.briefing import questions
from mkmap.briefing.questions import Findings
from mkmap.briefing.sheets import Item, Part, Picture, Row
from mkmap.drawing import qr
from mkmap.drawing.palette import LIGHT
from mkmap.evidence.gap import figure as gap_figures
from mkmap.evidence.gap import words
from mkmap.evidence.gap.lots import gap
from mkmap.evidence.outcomes import figure as outcome_figures
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.plans import sentences as plan_sentences
from mkmap.plans.plan import Plan, Priority
from mkmap.plans.text import shortened
from mkmap.reports.answers import answers
from mkmap.view import cautions, sentences
from mkmap.view.findings import before_words
from mkmap.view.view import View
from mkmap.words import _, ngettext, number

OUTCOMES_SIZE = 326, 230  # pixels
PRIORITIES, PLANS = 3, 2  # more are on the page that the link opens
YEARS = 2  # of residents' answers
TEXT, LINE = 220, 90  # characters of a text of the police, and of what must stay on one line


def outcomes(found: Findings) -> Part:
    head, view = _("What became of them"), found.view
    if found.became is None:
        return Part(head, (_("No chosen month is stored, so there is nothing to say about what became of the crimes."),))
    filters, months = view.selection.filters, view.selection.months
    where = _("in {where}").format(where=sentences.where(view.snapshot, view.selection))
    said = outcome_words.sentence(found.became, filters, where, sentences.in_period(months))
    figure = outcome_figures.by_month(found.became, filters, LIGHT)
    if figure is None:
        return Part(head, (said,), note=sentences.badge(view.snapshot))
    compared = outcome_words.cohorts(found.became.cohorts, filters, sentences.in_period(filters.months), before_words(view))
    paragraphs = (sentences.of_demonstration(view.snapshot, said), compared, " ".join(outcome_words.notes(found.became)))
    return Part(head, paragraphs, picture=Picture(figure, *OUTCOMES_SIZE), note=sentences.badge(view.snapshot))


def residents(view: View, code: str) -> Part:
    """Counts alone: what somebody wrote is for moderators."""
    head = _("What residents report here")
    if view.published is None:
        return Part(head, (_("Residents' reports cannot be read at the moment. That does not mean that there are none."),))
    filters = view.selection.filters
    said = sentences.of_demonstration(view.snapshot, sentences.residents(len(view.published.select(filters)), filters))
    found = _what_the_police_did(view, code)
    if found["reports"].isna().all():
        item = Item(_("Were the police told, and did they come?"), words.nothing(found))
        return Part(head, (said,), (item,), note=_who_reports(view))
    return Part(head, (said, " ".join(words.meaning())), table=_years(found, view), note=_who_reports(view))


def _what_the_police_did(view: View, code: str) -> pd.DataFrame:
    """As residents say it, of the ward: a row a calendar year."""
    answered = answers(view.snapshot.reports, view.snapshot.dataset.places)
    found = gap(answered.reports, answered.past, (code,), view.snapshot.today)
    return found[found["ward"] == code]


def _years(found: pd.DataFrame, view: View) -> tuple[Row, ...]:
    table = gap_figures.table(found, view.selection.area.ward_names).drop(columns=_("Where")).astype(str).head(YEARS)
    return tuple(table.columns), *table.itertuples(index=False, name=None)


def _who_reports(view: View) -> str:
    if view.snapshot.dataset.is_demonstration:
        return _("Demonstration reports: invented, not evidence.")
    return _("Reports by residents, looked at by moderators, not by the police. They are no count of crime.")


def police(found: Findings) -> Part:
    """Priorities, actions and the next event, as the police name them."""
    head = _("What the police say they do")
    if found.plans is None or not found.plans.neighbourhoods:
        return Part(head, (plan_sentences.absent(found.plans),))
    view, plans = found.view, found.plans.plans[:PLANS]
    items = [item for plan in plans for item in _plan(plan, view, PRIORITIES if len(plans) == 1 else PRIORITIES - 1)]
    notes = [plan_sentences.fetched(plan, is_demonstration=view.snapshot.dataset.is_demonstration) for plan in plans[:1]]
    return Part(head, tuple(filter(None, [plan_sentences.several(found.plans)])), tuple(items), note=" ".join(notes))


def _plan(plan: Plan, view: View, most: int) -> Iterator[Item]:
    today = view.snapshot.today
    yield Item(plan_sentences.staleness(plan, today))
    yield from (_priority(priority) for priority in plan.priorities[:most])
    if (more := len(plan.priorities) - most) > 0:
        yield Item("", _more(more))
    for event in plan.next_events(today)[:1]:
        told = " · ".join(
            filter(None, [plan_sentences.when(event), shortened(event.title, LINE), shortened(event.address, LINE)])
        )
        yield Item(_("Next event:"), told)


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


def asked(found: Findings) -> Part:
    return Part(_("Questions worth asking"), items=tuple(Item("", text) for text in questions.questions(found)))


def cannot_tell(view: View) -> Part:
    said = tuple(Item(one.head, one.text) for one in cautions.cautions(view.snapshot))
    return Part(_("What these numbers cannot say"), items=said)


def link(view: View) -> Part:
    """Where the same is on the screen; without a public address only its end can be printed."""
    address = link_address(view)
    made = _("Made on {day}.").format(day=plan_sentences.day_name(view.snapshot.today))
    said = _("The same, with every number as a table, newer months and the other wards:")
    if view.snapshot.settings.public_url:
        return Part(_("See it, check it"), (said, address), note=made)
    why = _(
        "This site has no public address yet, so only the end of the link is printed here: it belongs behind the address under which you opened the map."
    )
    return Part(_("See it, check it"), (said, address), note=f"{why} {made}")


def link_address(view: View) -> str:
    """The ward's page with every filter written out."""
    base = sentences.base_address(view.snapshot.settings.public_url, None)
    return f"{base}/wards?{view.selection.filters.query()}"


def code(view: View) -> str:
    """The link as a QR code, an SVG; empty where no phone could open it."""
    return qr.svg(link_address(view)) if view.snapshot.settings.public_url else ""
