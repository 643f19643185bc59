"""Say what a claimed level comes to: a number a week, a number in one ward in one month. Counts first."""

from mkmap.crime_types import counted
from mkmap.evidence import absent, verdicts
from mkmap.evidence.claims.levels import Answer, WardMonths, Weekly
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.evidence.shares import Share
from mkmap.filters import Filters
from mkmap.month import Month, ranges
from mkmap.words import _, listed, ngettext, number

NAMED = 4  # wards that a sentence names; the table has them all


def weekly(weekly: Weekly, filters: Filters, where: str, period: str) -> str:
    """Counts, the weekly rate with its interval, the verdict."""
    if weekly.rate is None or weekly.interval is None:
        return _("It cannot be checked: {missing}.").format(missing=absent.reason(weekly.missing, weekly.not_whole))
    return ngettext(
        "{crimes} in {where} {period} is {rate} a week in {weeks} weeks (95 % interval of the usual level: {low} to {high}): {answer}.",
        "{crimes} in {where} {period} are {rate} a week in {weeks} weeks (95 % interval of the usual level: {low} to {high}): {answer}.",
        weekly.crimes,
    ).format(
        crimes=counted(weekly.crimes, filters.types), where=where, period=period, rate=number(weekly.rate, 1),
        weeks=number(weekly.weeks, 1), low=number(weekly.interval.low, 1), high=number(weekly.interval.high, 1),
        answer=weekly_answer(weekly),
    )  # fmt: skip


def weekly_answer(weekly: Weekly) -> str:
    n = number(weekly.claimed)
    return {
        Answer.MORE: _("more than {n} a week is the usual level").format(n=n),
        Answer.FEWER: _("the usual level is under {n} a week").format(n=n),
        Answer.CANNOT_TELL: _("cannot tell"),
        Answer.TOO_FEW: _("too few to tell"),
        Answer.CANNOT_BE_CHECKED: _("cannot be checked"),
    }[weekly.answer]


def weekly_notes(weekly: Weekly) -> list[str]:
    """How usual the claimed number is, that a level is not a rise, and what the verdict rests on."""
    notes = [
        ngettext(
            "{over} of the {months} stored month had more than {n} a week.",
            "{over} of the {months} stored months had more than {n} a week.",
            len(weekly.months),
        ).format(over=number(weekly.months_over), months=number(len(weekly.months)), n=number(weekly.claimed)),
        _("A level is not a rise: so many a week can be what is usual here. Whether it rose is another claim."),
    ]
    if weekly.missing:
        return notes
    return [*notes, *_placing(weekly), verdicts.dispersion_words(weekly.dispersion)]


def _placing(weekly: Weekly) -> list[str]:
    if weekly.dispersion is None or weekly.shared is None or not weekly.depends_on_placing:
        return []
    return [
        _(
            "With the crimes that the police could not place shared out like the others, {shared}, the answer would be another one."
        ).format(shared=number(weekly.shared))
    ]


def ward_months(ward_months: WardMonths, filters: Filters, period: str) -> str:
    """How often the number was reached in the chosen months, and by whom."""
    if ward_months.chosen.empty:
        return _("It cannot be checked: {missing}.").format(missing=absent.reason(ward_months.missing, ward_months.not_whole))
    reached, top = ward_months.reached, ward_months.chosen.iloc[0]
    highest = _("The most was {crimes} in {ward} in {month}.").format(
        crimes=counted(int(top["crimes"]), filters.types), ward=top["ward"], month=Month.parse(top["month"]).name
    )
    if reached.empty:
        nobody = _("No ward reached {n} in a stored month {period}.").format(n=number(ward_months.claimed), period=period)
        return f"{nobody} {highest}"
    wards = list(dict.fromkeys(reached["ward"]))
    if filters.first == filters.last:
        words = _("{wards} reached {n} {period}.")  # in one month a ward can do so only once
    else:
        words = ngettext(
            "{wards} reached {n} in a month {period}, once.",
            "{wards} reached {n} in a month {period}, {times} times in all.",
            len(reached),
        )
    times = words.format(wards=_named(wards), n=number(ward_months.claimed), period=period, times=number(len(reached)))
    return f"{times} {highest}"


def _named(wards: list[str]) -> str:
    """Some names, and how many others."""
    if len(wards) <= NAMED:
        return listed(wards)
    others = len(wards) - NAMED + 1
    return listed([*wards[: NAMED - 1], ngettext("{n} other ward", "{n} other wards", others).format(n=number(others))])


def ward_month_notes(ward_months: WardMonths) -> list[str]:
    """How usual it is in all that is stored, and what a ward is not."""
    months, cells = ward_months.stored["month"].nunique(), len(ward_months.stored)
    notes = [
        ngettext(
            "How usual is that? Of all {n} stored ward-month, {reached} reached it ({share}).",
            "How usual is that? Of all {n} stored ward-months ({wards}, {months}), {reached} reached it ({share}).",
            cells,
        ).format(
            n=number(cells), wards=_wards(cells // months if months else 0), months=_months(months),
            reached=number(ward_months.ever_reached), share=outcome_words.percent(Share(ward_months.ever_reached, cells)),
        ),
        _("A neighbourhood may be another place than a ward: police.uk's points can be counted by ward alone here."),
    ]  # fmt: skip
    if ward_months.missing and not ward_months.chosen.empty:
        missing, partial = absent.parted(ward_months.missing, ward_months.not_whole)
        if missing:
            notes.append(_("Of {months} nobody can say here: missing.").format(months=listed(ranges(missing))))
        if partial:
            notes.append(_("Of {months} nobody can say here: not whole.").format(months=listed(ranges(partial))))
    return notes


def _wards(count: int) -> str:
    return ngettext("{n} ward", "{n} wards", count).format(n=number(count))


def _months(count: int) -> str:
    return ngettext("{n} month", "{n} months", count).format(n=number(count))
