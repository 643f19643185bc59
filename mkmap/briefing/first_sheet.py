"""Fill the first sheet: how many, compared with last year, month by month, where, and beside the other wards."""

import pandas as pd

from mkmap.briefing.sheets import Number, Part, Picture, Row
from mkmap.briefing.ward_map import HEIGHT, STRIP, WIDTH, ward_map
from mkmap.drawing.palette import LIGHT
from mkmap.evidence import absent, verdicts
from mkmap.evidence.change import FEWEST, Change, Verdict
from mkmap.evidence.matching import year_before
from mkmap.map import circles
from mkmap.month import Month, ranges, span
from mkmap.view import figures, sentences
from mkmap.view.findings import Findings
from mkmap.view.view import View
from mkmap.words import NO_NUMBER, _, listed, ngettext, number

MOST_COLUMNS = 12  # of months: more do not fit beside each other
MONTHS_SIZE = 672, 172  # pixels: a sheet is 672 wide between its margins
FUNNEL_SIZE = 326, 300


def numbers(view: View) -> tuple[Number, ...]:
    """What is seen first: the count, last year's, the verdict, the rate."""
    findings = view.findings
    return _count(view), _before(findings), _verdict(findings.change), _rate(findings)


def _count(view: View) -> Number:
    months, chosen = view.selection.months, view.filters.months
    if not months and view.selection.area.partial(chosen) == chosen:
        return Number(NO_NUMBER, _("not whole: {period}").format(period=span(chosen[0], chosen[-1])))
    if not months:
        return Number(NO_NUMBER, _("missing: {period}").format(period=span(chosen[0], chosen[-1])))
    if len(months) == len(chosen):
        return Number(number(view.selection.total), _("recorded {period}").format(period=sentences.in_period(months)))
    if view.selection.area.partial(chosen):
        some = ngettext(
            "recorded in {n} of {all} month; the others are missing or not whole",
            "recorded in {n} of {all} months; the others are missing or not whole",
            len(chosen),
        ).format(n=number(len(months)), all=number(len(chosen)))
        return Number(number(view.selection.total), some)
    some = ngettext(
        "recorded in {n} of {all} month; the others are missing", "recorded in {n} of {all} months; the others are missing", len(chosen)
    ).format(n=number(len(months)), all=number(len(chosen)))  # fmt: skip
    return Number(number(view.selection.total), some)


def _before(findings: Findings) -> Number:
    if findings.change.missing:
        missing, partial = absent.parted(findings.change.missing, findings.change.not_whole)
        words = _("{period}: not all is whole") if partial and not missing else _("{period}: not all is stored")
        return Number(NO_NUMBER, words.format(period=findings.before))
    return Number(number(findings.change.before), _("in {period}").format(period=findings.compared_before))


def _verdict(change: Change) -> Number:
    value = f"{verdicts.sign(change.verdict)} {verdicts.word(change.verdict)}"
    if change.verdict is Verdict.CANNOT_BE_COMPARED:
        return Number(value, verdicts.missing_words(change))
    if change.ratio is None or change.interval is None or change.now + change.before < FEWEST:
        return Number(value, _("compared with a year before"))
    ratio = _("{times} times as many (95 % interval {interval})")
    return Number(value, ratio.format(times=number(change.ratio, 2), interval=verdicts.interval_words(change.interval)))


def _rate(findings: Findings) -> Number:
    ranking = findings.ranking
    rates = ranking.wards.loc[ranking.wards["code"] == findings.ward, "rate"]
    if ranking.funnel is None or rates.empty:
        return Number(NO_NUMBER, _("no rate"))
    together = _("per 1,000 households; all wards together {rate}").format(rate=number(ranking.funnel.target, 2))
    return Number(number(rates.iloc[0], 2), together)


def lead(view: View) -> tuple[str, ...]:
    """The screen's sentence, and what is missing."""
    missing = [*sentences.gaps(view.selection), sentences.ward_set_note(view.selection)]
    return sentences.headline(view.snapshot, view.selection), " ".join(filter(None, missing))


def trend(view: View) -> Part:
    picture = Picture(figures.months(view.findings, LIGHT), *MONTHS_SIZE)
    paragraphs = (view.findings.change_sentence, " ".join(view.findings.why))
    table = _months(view.findings)
    note = " ".join(filter(None, [_dash(view.findings) if table else "", sentences.badge(view.snapshot)]))
    return Part(_("Month by month"), paragraphs, picture=picture, table=table, note=note)


def _dash(findings: Findings) -> str:
    """What the dash in the table of months means; empty where there is none."""
    filters, area = findings.filters, findings.selection.area
    without = findings.base.missing([*year_before(filters).months, *filters.months])
    _missing, partial = absent.parted(without, area.not_whole)
    if partial:
        return _("– stands for a month that is missing or not whole ({months}), not zero.").format(
            months=listed(ranges(partial))
        )
    return _("– stands for a month that is missing, not zero.") if without else ""


def _months(findings: Findings) -> tuple[Row, ...]:
    """The chosen months over the same of the year before; empty where they do not fit beside each other."""
    filters = findings.filters
    if len(filters.months) > MOST_COLUMNS:
        return ()
    counts = findings.base.counts(filters.wards, filters.types)
    now, before = ([month + -back for month in filters.months] for back in (0, 12))
    head = ("", *(month.calendar for month in now))
    return head, (_years(before), *_cells(before, counts)), (_years(now), *_cells(now, counts))


def _cells(months: list[Month], counts: pd.Series) -> tuple[str, ...]:
    return tuple(number(int(counts[str(month)])) if str(month) in counts.index else NO_NUMBER for month in months)


def _years(months: list[Month]) -> str:
    first, last = months[0].year, months[-1].year
    return str(first) if first == last else f"{first}/{last}"


def where(view: View) -> Part:
    """The map."""
    dots = _("Small grey dots are all places that the police use as map points.")
    key = " ".join(filter(None, [circles.size_words(view.selection), dots]))
    note = sentences.badge(view.snapshot)
    if not view.snapshot.dataset.is_demonstration:
        note += " " + _("Boundaries: Office for National Statistics; contains OS data © Crown copyright and database right.")
    return Part(_("Where in the ward"), (key,), picture=Picture(ward_map(view.selection), WIDTH, HEIGHT + STRIP), note=note)


def place(view: View) -> Part:
    """Where the ward stands among all, on the funnel; or why it has no rate."""
    head, findings = _("Beside the other wards"), view.findings
    if no_rate := findings.no_rate_sentence:
        return Part(head, (no_rate,))
    figure = figures.funnel(findings, LIGHT)
    if figure is None or not findings.place_sentences:
        return Part(head, (_no_rate(findings),))
    note = f"{findings.together_sentence} {findings.few_months_sentence}".strip()
    paragraphs = (" ".join(findings.place_sentences), note)
    source = f"{sentences.badge(view.snapshot)} {findings.households_sentence}"
    return Part(head, paragraphs, picture=Picture(figure, *FUNNEL_SIZE), note=source)


def _no_rate(findings: Findings) -> str:
    if findings.households is None:
        return findings.households_sentence
    return _("No rate is shown: nothing is recorded in any ward, or this ward has no households.")
