"""Fill the first sheet: how many, compared with last year, month by month, where, and beside the other wards."""

from mkmap.briefing.sheets import Number, Part, Picture, Row
from mkmap.briefing.ward_map import HEIGHT, STRIP, WIDTH, ward_map
from mkmap.drawing.palette import LIGHT
from mkmap.evidence import series, verdicts
from mkmap.evidence.change import Change, Verdict
from mkmap.evidence.trend import figures
from mkmap.evidence.wards import figures as ward_figures
from mkmap.evidence.wards import words
from mkmap.evidence.wards.ranking import Ranking
from mkmap.map import circles
from mkmap.month import Month
from mkmap.view import sentences
from mkmap.view.findings import before_words, change_sentence, households_words
from mkmap.view.view import View
from mkmap.words import _, number

NOTHING = "–"  # where a number is missing: never a zero
MOST_COLUMNS = 12  # of months: more do not fit beside each other
MONTHS_SIZE = 672, 172  # pixels: a sheet is 672 wide between its margins
FUNNEL_SIZE = 326, 300


def numbers(view: View, change: Change, ranking: Ranking, code: str) -> tuple[Number, ...]:
    """What is seen first: the count, last year's, the verdict, the rate."""
    return _count(view), _before(view, change), _verdict(change), _rate(view, ranking, code)


def _count(view: View) -> Number:
    months, chosen = view.selection.months, view.selection.filters.months
    if not months:
        return Number(NOTHING, _("not stored: {period}").format(period=sentences.in_period(chosen)))
    if len(months) == len(chosen):
        return Number(number(view.selection.total), _("recorded {period}").format(period=sentences.in_period(months)))
    said = _("recorded in {n} of {all} months; the others are missing").format(n=number(len(months)), all=number(len(chosen)))
    return Number(number(view.selection.total), said)


def _before(view: View, change: Change) -> Number:
    if change.missing:
        return Number(NOTHING, _("{period}: not all is stored").format(period=before_words(view)))
    return Number(number(change.before), _("in {period}").format(period=before_words(view)))


def _verdict(change: Change) -> Number:
    value = f"{verdicts.sign(change.verdict)} {verdicts.word(change.verdict)}"
    if change.verdict is Verdict.CANNOT_BE_COMPARED:
        return Number(value, verdicts.missing_words(change))
    if change.ratio is None or change.verdict is Verdict.TOO_FEW:
        return Number(value, _("compared with a year before"))
    said = _("{times} times as many (95 % interval {interval})")
    return Number(value, said.format(times=f"{change.ratio:.2f}", interval=verdicts.interval_words(change.interval)))


def _rate(view: View, ranking: Ranking, code: str) -> Number:
    found = ranking.wards[ranking.wards["code"] == code]
    if ranking.funnel is None or found.empty:
        return Number(NOTHING, _("no rate"))
    row = found.iloc[0]
    said = _("per 1,000 households; all wards together {rate}").format(rate=f"{ranking.funnel.target:.2f}")
    return Number(f"{row['rate']:.2f}", said)


def lead(view: View) -> tuple[str, ...]:
    """The screen's sentence, and what is missing."""
    said = [*sentences.gaps(view.selection), sentences.ward_set_note(view.selection)]
    return sentences.headline(view.snapshot, view.selection), " ".join(filter(None, said))


def trend(view: View, change: Change) -> Part:
    found = series.months(view.base, view.selection.filters)
    picture = Picture(figures.months(found, LIGHT), *MONTHS_SIZE)
    paragraphs = (change_sentence(view, change), " ".join(verdicts.why(change)))
    table = _months(view)
    has_gap = any(NOTHING in row for row in table)
    note = " ".join(
        filter(None, [_("– stands for a month that is missing, not zero.") if has_gap else "", sentences.badge(view.snapshot)])
    )
    return Part(_("Month by month"), paragraphs, picture=picture, table=table, note=note)


def _months(view: View) -> tuple[Row, ...]:
    """The chosen months over the same of the year before; empty where they do not fit beside each other."""
    filters = view.selection.filters
    if len(filters.months) > MOST_COLUMNS:
        return ()
    counts = view.base.counts(filters.wards, filters.types)
    now, before = ([month + -back for month in filters.months] for back in (0, 12))
    head = ("", *(month.calendar for month in now))
    return head, (_years(before), *_cells(before, counts)), (_years(now), *_cells(now, counts))


def _cells(months: list[Month], counts) -> tuple[str, ...]:
    return tuple(number(int(counts[str(month)])) if str(month) in counts.index else NOTHING for month in months)


def _years(months: list[Month]) -> str:
    first, last = months[0].year, months[-1].year
    return str(first) if first == last else f"{first}/{last}"


def where(view: View) -> Part:
    """The map."""
    dots = _("Small grey dots are all places that the police use as map points.")
    said = " ".join(filter(None, [circles.size_words(view.selection), dots]))
    note = sentences.badge(view.snapshot)
    if not view.snapshot.dataset.is_demonstration:
        note += " " + _("Boundaries: Office for National Statistics; contains OS data © Crown copyright and database right.")
    return Part(_("Where in the ward"), (said,), picture=Picture(ward_map(view.selection), WIDTH, HEIGHT + STRIP), note=note)


def place(view: View, ranking: Ranking, code: str) -> Part:
    """Where the ward stands among all, on the funnel; or why it has no rate."""
    head = _("Beside the other wards")
    if not view.selection.months:
        return Part(head, (_("No chosen month is stored, so there is no rate."),))
    if ranking.funnel is None or ranking.place(code) is None:
        return Part(head, (_no_rate(view),))
    types, year = view.selection.filters.types, view.households.year
    said = words.place(ranking, code, types)
    note = f"{words.together(ranking, types, year)} {words.few_months(len(view.selection.months)) or ''}".strip()
    figure = ward_figures.funnel(ranking, (code,), year, LIGHT)
    source = f"{sentences.badge(view.snapshot)} {households_words(view)}"
    return Part(head, (" ".join(said), note), picture=Picture(figure, *FUNNEL_SIZE), note=source)


def _no_rate(view: View) -> str:
    if view.households is None:
        return households_words(view)
    return _("No rate is shown: nothing is recorded in any ward, or this ward has no households.")
