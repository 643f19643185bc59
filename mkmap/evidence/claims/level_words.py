"""Say what a claimed level comes to: a number a week, a number in one ward in one month. Counts first."""

from mkmap.crime_types import counted
from mkmap.evidence import verdicts
from mkmap.evidence.claims.levels import Answer, WardMonths, Weekly
from mkmap.evidence.claims.words import not_stored
from mkmap.evidence.outcomes import words
from mkmap.evidence.shares import Share
from mkmap.filters import Filters
from mkmap.month import Month, ranges
from mkmap.words import _, listed, ngettext, number

NAMED = 4  # wards that a sentence names; the table has them all


def weekly(found: Weekly, filters: Filters, where: str, period: str) -> str:
    """Counts, the weekly rate with its interval, the verdict."""
    if found.answer is Answer.CANNOT_BE_CHECKED:
        return _("It cannot be checked: {missing}.").format(missing=not_stored(found.missing))
    return _("{crimes} in {where} {period} are {rate} a week in {weeks} weeks (95 % interval of the usual level: {low} to {high}): {answer}.").format(
        crimes=counted(found.crimes, filters.types).capitalize(), where=where, period=period, rate=f"{found.rate:.1f}",
        weeks=f"{found.weeks:.1f}", low=f"{found.interval.low:.1f}", high=f"{found.interval.high:.1f}", answer=weekly_answer(found),
    )  # fmt: skip


def weekly_answer(found: Weekly) -> str:
    n = number(found.claimed)
    return {
        Answer.MORE: _("more than {n} a week is the usual level").format(n=n),
        Answer.FEWER: _("the usual level is under {n} a week").format(n=n),
        Answer.CANNOT_TELL: _("cannot tell"),
        Answer.TOO_FEW: _("too few to tell"),
        Answer.CANNOT_BE_CHECKED: _("cannot be checked"),
    }[found.answer]


def weekly_notes(found: Weekly) -> list[str]:
    """How usual the claimed number is, that a level is not a rise, and what the verdict rests on."""
    said = [
        _("{over} of the {months} stored months had more than {n} a week.").format(
            over=number(found.months_over), months=number(len(found.months)), n=number(found.claimed)
        ),
        _("A level is not a rise: so many a week can be what is usual here. Whether it rose is another claim."),
    ]
    if found.missing:
        return said
    if found.dispersion is not None and found.depends_on_placing:
        said.append(
            _(
                "With the crimes that the police could not place shared out like the others, {shared}, the answer would be another one."
            ).format(shared=number(round(found.shared, 1)))
        )
    return [*said, verdicts.dispersion_words(found.dispersion)]


def ward_months(found: WardMonths, filters: Filters, period: str) -> str:
    """How often the number was reached in the chosen months, and by whom."""
    if found.chosen.empty:
        return _("It cannot be checked: {missing}.").format(missing=not_stored(found.missing))
    reached, top = found.reached, found.chosen.iloc[0]
    highest = _("The most was {crimes} in {ward} in {month}.").format(
        crimes=counted(int(top["crimes"]), filters.types), ward=top["ward"], month=Month.parse(top["month"]).name
    )
    if reached.empty:
        said = _("No ward reached {n} in a stored month {period}.").format(n=number(found.claimed), period=period)
        return f"{said} {highest}"
    wards = list(dict.fromkeys(reached["ward"]))
    said = ngettext(
        "{wards} reached {n} in a month {period}, once.", "{wards} reached {n} in a month {period}, {times} times in all.", len(reached)
    ).format(wards=_named(wards), n=number(found.claimed), period=period, times=number(len(reached)))  # fmt: skip
    return f"{said} {highest}"


def _named(wards: list[str]) -> str:
    """Some names, and how many others."""
    if len(wards) <= NAMED:
        return listed(wards)
    others = len(wards) - NAMED + 1
    return listed([*wards[: NAMED - 1], ngettext("{n} other ward", "{n} other wards", others).format(n=number(others))])


def ward_month_notes(found: WardMonths) -> list[str]:
    """How usual it is in all that is stored, and what a ward is not."""
    months, cells = found.stored["month"].nunique(), len(found.stored)
    said = [
        _("How usual is that? Of all {cells} stored ward-months ({wards} wards, {months} months), {reached} reached it ({share}).").format(
            cells=number(cells), wards=number(cells // months if months else 0), months=number(months),
            reached=number(found.ever_reached), share=words.percent(Share(found.ever_reached, cells)),
        ),
        _("A neighbourhood may be another place than a ward: police.uk's points can be counted by ward alone here."),
    ]  # fmt: skip
    if found.missing and not found.chosen.empty:
        said.append(_("Of {months} nobody can say here: not stored.").format(months=listed(ranges(list(found.missing)))))
    return said
