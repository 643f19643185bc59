"""Choose the slides that have something to say of a view, and say why the others are left out."""

from collections.abc import Mapping
from dataclasses import dataclass

from mkmap.evidence import verdicts
from mkmap.evidence.change import Verdict
from mkmap.plans.plan import Plan
from mkmap.view.slides import ORDER, Slide, names
from mkmap.view.view import View
from mkmap.words import _, listed, ngettext, number


@dataclass(frozen=True)
class Deck:
    """The slides of one meeting in their order; and of each that is left out, why."""

    slides: tuple[Slide, ...]
    left_out: Mapping[Slide, str]

    @property
    def first(self) -> Slide:
        return self.slides[0]

    @property
    def last(self) -> Slide:
        return self.slides[-1]

    def following(self, slide: Slide) -> Slide:
        """The next one; the last one stays."""
        return self.slides[min(self.slides.index(slide) + 1, len(self.slides) - 1)]

    def preceding(self, slide: Slide) -> Slide:
        """The one before; the first one stays."""
        return self.slides[max(self.slides.index(slide) - 1, 0)]

    def place(self, slide: Slide) -> str:
        """`3/8`."""
        return _("{n}/{all}").format(n=number(self.slides.index(slide) + 1), all=number(len(self.slides)))

    def nearest(self, slide: Slide) -> Slide:
        """The slide itself, or the next one that is not left out: the last always stands."""
        return next(other for other in ORDER[ORDER.index(slide) :] if other in self.slides)

    def note(self, slide: Slide) -> str:
        """Why an addressed slide is not shown."""
        return _("The slide “{name}” is left out. {why}").format(name=names()[slide], why=self.left_out[slide])

    @property
    def left_out_sentence(self) -> str:
        """Which slides a hall does not see, said once; empty where it sees all."""
        if not self.left_out:
            return ""
        called = listed([f"“{names()[slide]}”" for slide in self.left_out])
        return ngettext(
            "One slide is left out, because it would say nothing: {slides}.",
            "{n} slides are left out, because they would say nothing: {slides}.",
            len(self.left_out),
        ).format(n=number(len(self.left_out)), slides=called)


def deck_of(view: View) -> Deck:
    """Raises Damaged where a stored file cannot be read."""
    why = {
        Slide.MONTHS: no_months(view),
        Slide.MAP: no_months(view) or _nothing_recorded(view),
        Slide.CHANGE: no_months(view) or _no_comparison(view),
        Slide.WARDS: no_months(view) or _no_rates(view),
        Slide.RESIDENTS: _no_reports(view),
        Slide.POLICE: "" if plans(view) else no_plan(view),
    }
    left_out = {slide: reason for slide, reason in why.items() if reason}
    return Deck(tuple(slide for slide in ORDER if slide not in left_out), left_out)


def no_months(view: View) -> str:
    """Why there is no number for the chosen months; empty where there is one."""
    if view.selection.months:
        return ""
    if view.selection.area.partial(view.filters.months) == view.filters.months:
        return _("The police figures for these months are not whole.")
    return _("There are no police figures for these months.")


def _nothing_recorded(view: View) -> str:
    return "" if view.selection.total else _("Nothing was recorded, so there is nothing to show on a map.")


def _no_comparison(view: View) -> str:
    change = view.findings.change
    if change.verdict is not Verdict.CANNOT_BE_COMPARED:
        return ""
    return _("These months cannot be compared with {before}: {missing}.").format(
        before=view.findings.before, missing=verdicts.missing_words(change)
    )


def _no_rates(view: View) -> str:
    """Of chosen wards there are counts at least; else there is a table only of those that stand out by rate."""
    if view.filters.wards:
        return ""
    if view.households is None:
        return _("Which wards stand out cannot be said: no households are loaded for them.")
    return "" if view.findings.ranking.funnel else _("Which wards stand out cannot be said: nothing was recorded.")


def _no_reports(view: View) -> str:
    if view.reports is None:
        return _("Residents' reports cannot be read at the moment.")
    return "" if len(view.reports) else _("No resident's report of these months is published here.")


def plans(view: View) -> list[Plan]:
    """What the police say they do: each neighbourhood's plan once."""
    return list({plan.neighbourhood: plan for ward in view.findings.plans.values() for plan in ward.plans}.values())


def no_plan(view: View) -> str:
    of_wards = view.findings.plans.values()
    if of_wards and not any(ward.neighbourhoods for ward in of_wards):
        return _("police.uk names no police neighbourhood here, so there is no plan to show.")
    return _("What the police say they do has not been fetched from police.uk yet.")
