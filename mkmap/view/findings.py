"""Say what was found in a view, and what its rates rest on: the same on every page and sheet."""

from mkmap.evidence import verdicts
from mkmap.evidence.base import year_before
from mkmap.evidence.change import Change
from mkmap.month import span
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _


def change_sentence(view: View, found: Change) -> str:
    """The change of the view, in one sentence that says of the demonstration that it is one."""
    filters = view.selection.filters
    said = verdicts.sentence(
        found,
        filters,
        _("in {where}").format(where=sentences.where(view.snapshot, view.selection)),
        sentences.in_period(filters.months),
        before_words(view),
    )
    return sentences.of_demonstration(view.snapshot, said)


def before_words(view: View) -> str:
    """`the same months of 2024`, or of two years: `December 2023 to January 2024`."""
    before = year_before(view.selection.filters)
    if before.first.year != before.last.year or before.first == before.last:
        return span(before.first, before.last)
    return _("the same months of {year}").format(year=before.first.year)


def households_words(view: View) -> str:
    """Whose households a rate rests on, of which year and how surely; or that there are none."""
    if view.households is None:
        return _("No rate is shown: no households are loaded for these wards.")
    said = _("Households: {source}, {year}.").format(source=view.households.source, year=view.households.year)
    return f"{said} {view.households.error}" if view.households.error else said
