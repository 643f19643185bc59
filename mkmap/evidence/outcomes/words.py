"""Say in plain sentences what became of crimes: counts first, and what “charged” rests on."""

from mkmap.crime_types import counted
from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.evidence import absent, verdicts
from mkmap.evidence.change import Verdict
from mkmap.evidence.outcomes.counts import ANTI_SOCIAL, Cohorts, OutcomeCounts, with_outcomes
from mkmap.evidence.shares import Share, ShareChange
from mkmap.filters import Filters
from mkmap.month import Month, ranges
from mkmap.words import NO_NUMBER, _, listed, ngettext, number

COURTS_UNTIL = Month(2019, 6)  # later court outcomes are not published


def sentence(outcomes: OutcomeCounts, filters: Filters, where: str, period: str) -> str:
    """What became of the crimes, e.g. of `in Milton Keynes`, `from January 2025 to June 2025`."""
    total = outcomes.count()
    if not total:
        return _("There is no crime {where} {period} of which the police publish an outcome.").format(
            where=where, period=period
        )
    if not outcomes.are_told:
        return _untold(outcomes, filters, where, period)
    if outcomes.not_known:
        words = _(
            "Of {crimes} {where} {period}: {charged} with a suspect charged, {none} closed with no suspect found, {other} ended another way, {open} still open, {unknown} not known."
        )
    else:
        words = _(
            "Of {crimes} {where} {period}: {charged} with a suspect charged, {none} closed with no suspect found, {other} ended another way, {open} still open."
        )
    return words.format(
        crimes=counted_with_outcome(total, filters), where=where, period=period,
        charged=_of(outcomes.count(OutcomeStatus.CHARGED), total), none=_of(outcomes.count(OutcomeStatus.NO_SUSPECT), total),
        other=_of(outcomes.count(OutcomeStatus.OTHER, OutcomeStatus.UNABLE), total),
        open=_of(outcomes.count(OutcomeStatus.OPEN), total), unknown=_of(outcomes.not_known, total),
    )  # fmt: skip


def _untold(outcomes: OutcomeCounts, filters: Filters, where: str, period: str) -> str:
    """Nothing is known of any of them: that is no share of nought."""
    if outcomes.are_published:
        words = _("What became of {crimes} {where} {period} is not known: police.uk gives no outcome of any of them.")
    else:
        words = _(
            "What became of {crimes} {where} {period} is not published: police.uk has no outcome of any crime of this force."
        )
    return words.format(crimes=counted_with_outcome(outcomes.count(), filters), where=where, period=period)


def counted_with_outcome(crimes: int, filters: Filters) -> str:
    """A count in words of crimes that can have an outcome."""
    types = with_outcomes(filters.types)
    if types:
        return counted(crimes, types)
    return ngettext(
        "{n} crime of any type but anti-social behaviour", "{n} crimes of all types but anti-social behaviour", crimes
    ).format(n=number(crimes))


def _of(part: int, whole: int) -> str:
    """`32 (7.4 %)`."""
    return _("{n} ({percent})").format(n=number(part), percent=percent(Share(part, whole)))


def percent(share: Share) -> str:
    """`7.4 %`; a dash of nothing."""
    return _("{n} %").format(n=number(100 * share.value, 1)) if share.whole else NO_NUMBER


def notes(outcomes: OutcomeCounts) -> list[str]:
    """What must be known beside it."""
    sentences = [
        _unable(outcomes.count(OutcomeStatus.UNABLE)),
        _not_known(outcomes.not_known),
    ]
    if outcomes.count(OutcomeStatus.OPEN):
        sentences.append(_("Crimes of recent months are still open: with time more of them will be charged, and more closed."))
    if outcomes.without:
        sentences.append(
            _("Left out: {asb}. Anti-social behaviour never has an outcome.").format(
                asb=counted(outcomes.without, (ANTI_SOCIAL,))
            )
        )
    sentences.append(basis(outcomes.needed, outcomes.files))
    if outcomes.needed and outcomes.needed[-1] > COURTS_UNTIL:
        sentences.append(courts())
    return [sentence for sentence in sentences if sentence]


def _unable(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "Of those that ended another way, {n} is closed as “unable to prosecute suspect”: that is no success.",
        "Of those that ended another way, {n} are closed as “unable to prosecute suspect”: that is no success.",
        count,
    ).format(n=number(count))


def _not_known(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "{n} is not known: police.uk gives no outcome, or “status update unavailable”.",
        "{n} are not known: police.uk gives no outcome of them, or “status update unavailable”.",
        count,
    ).format(n=number(count))


def courts() -> str:
    return _("“Charged” is what the police did. What a court decided is not published after June 2019.")


def basis(needed: tuple[Month, ...], files: tuple[Month, ...]) -> str:
    """Whether outcomes files stand behind it, or the street file's last outcome alone."""
    if not files:
        return _(
            "It rests on the street file's last outcome alone, as it was when that file was published, because no outcomes file of these "
            "months is stored. Of a suspect who is charged that file says “awaiting court outcome” or “court result unavailable”."
        )
    held = listed(ranges(list(files)))
    if len(files) < len(needed):
        return _("Outcomes files are stored for {months}; elsewhere it rests on the street file's last outcome alone.").format(
            months=held
        )
    return _("It rests on the police's outcomes files of {months}.").format(months=held)


def cohorts(cohorts: Cohorts, filters: Filters, period: str, period_before: str) -> str:
    """Whether more are charged than a year before, of crimes that could ripen for as long; or why that cannot be compared."""
    change = cohorts.change
    if change is None:
        return _("Whether more end with a suspect charged than a year before cannot be compared: {why}.").format(
            why=_why_not(cohorts)
        )
    months = cohorts.within or 0
    return ngettext(
        "Suspect charged within {n} month of the crime's month: {now} {period}, {before} in {period_before}: {verdict}.",
        "Suspect charged within {n} months of the crime's month: {now} {period}, {before} in {period_before}: {verdict}.",
        months,
    ).format(
        n=number(months), now=_so_many(change.now, filters), period=period,
        before=_so_many(change.before, filters), period_before=period_before, verdict=verdict_words(change),
    )  # fmt: skip


def _so_many(share: Share, filters: Filters) -> str:
    return _("{part} of {crimes} ({percent})").format(
        part=number(share.part), crimes=counted_with_outcome(share.whole, filters), percent=percent(share)
    )


def _why_not(cohorts: Cohorts) -> str:
    reasons = []
    if cohorts.missing:
        reasons.append(absent.reason(cohorts.missing, cohorts.not_whole))
    if cohorts.missing_files:
        files = _("to give both years the same time, outcomes files of {months} are needed, and not stored")
        reasons.append(files.format(months=listed(ranges(list(cohorts.missing_files)))))
    return "; ".join(reasons)


def verdict_words(change: ShareChange) -> str:
    """The difference with its interval, in percentage points, and the verdict that comes from it."""
    if change.verdict is Verdict.TOO_FEW or change.interval is None:
        return verdicts.within(change.verdict)
    low, high = (points(end) for end in (change.interval.low, change.interval.high))
    return _("a difference of {points} percentage points (95 % interval {low} to {high}), {verdict}").format(
        points=points(change.difference), low=low, high=high, verdict=verdicts.word(change.verdict)
    )


def points(share: float) -> str:
    """`+1.2`, `−0.4`, `0.0`: with a sign that is as wide as a plus."""
    rounded = round(100 * share, 1)
    sign = "+" if rounded > 0 else "−" if rounded else ""
    return sign + number(abs(rounded), 1)


def why(cohorts: Cohorts) -> str:
    """What the width of the interval rests on; empty where there is none."""
    if cohorts.change is None or cohorts.change.verdict is Verdict.TOO_FEW:
        return ""
    dispersion = cohorts.change.dispersion
    if dispersion is None:
        return _(
            "Fewer than 24 months can be followed for as long, so nobody can say how much months vary here: there is no verdict."
        )
    months = number(dispersion.months)
    if dispersion.value < verdicts.SAME_AS_CHANCE:
        return _("The share of {months} months varies no more than chance alone makes it vary.").format(months=months)
    return _(
        "The share of {months} months varies {times} times as much as chance alone makes it vary; the interval is widened by that."
    ).format(months=months, times=number(dispersion.value, 1))
