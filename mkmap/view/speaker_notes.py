"""Tell whoever presents a slide what to say about it: what is on it, and what a hall asks next."""

from collections.abc import Callable, Iterator

from mkmap.drawing.palette import LIGHT
from mkmap.plans import sentences as plan_words
from mkmap.view import figures, sentences
from mkmap.view.deck import plans
from mkmap.view.slides import Slide
from mkmap.view.view import View
from mkmap.words import _


def notes(view: View, slide: Slide) -> list[str]:
    """Raises Damaged where a stored file cannot be read."""
    return [note for note in NOTES[slide](view) if note]


def _cover(view: View) -> Iterator[str]:
    yield _("Say who invites, and what the evening is for.")
    yield sentences.badge(view.snapshot)


def _number(view: View) -> Iterator[str]:
    yield sentences.headline(view.snapshot, view.selection)
    yield from sentences.gaps(view.selection)
    yield _("What nobody reported to the police is not in this number.")


def _months(view: View) -> Iterator[str]:
    yield figures.stored_months(view.findings, LIGHT).alt
    yield _("Months go up and down by chance. One high month is no trend.")


def _map(_view: View) -> Iterator[str]:
    yield _("All of it stands at the police's map points, not at addresses: about 100 metres from the true place.")
    yield _("Where more people are, more is recorded. The map alone does not say where it is dangerous.")


def _change(view: View) -> Iterator[str]:
    yield view.findings.change_sentence
    yield from view.findings.why


def _wards(view: View) -> Iterator[str]:
    yield view.findings.together_sentence
    yield view.findings.few_months_sentence
    yield view.findings.households_sentence


def _residents(view: View) -> Iterator[str]:
    yield _("Never add the two numbers: a report may be of a crime that the police counted.")
    yield _("A moderator has looked at each report. Nobody can tell from it whether it happened.")


def _limits(_view: View) -> Iterator[str]:
    yield _("Ask the police in the hall for what this page cannot tell.")


def _police(view: View) -> Iterator[str]:
    for plan in plans(view)[:1]:
        yield plan_words.staleness(plan, view.snapshot.today)
    yield _("Ask what was done, and what comes next. Write down who answers, and by when.")


def _report(_view: View) -> Iterator[str]:
    yield _("In danger it is 999, else 101. A report on this map is no report to the police.")
    yield _("Leave this slide on the screen while people talk.")


NOTES: dict[Slide, Callable[[View], Iterator[str]]] = {
    Slide.COVER: _cover,
    Slide.NUMBER: _number,
    Slide.MONTHS: _months,
    Slide.MAP: _map,
    Slide.CHANGE: _change,
    Slide.WARDS: _wards,
    Slide.RESIDENTS: _residents,
    Slide.LIMITS: _limits,
    Slide.POLICE: _police,
    Slide.REPORT: _report,
}
