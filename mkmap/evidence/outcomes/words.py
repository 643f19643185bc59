"""Say in plain sentences what became of crimes: counts first, and what “charged” rests on."""

from mkmap.crime_types import counted
from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.evidence import verdicts
from mkmap.evidence.change import Verdict
from mkmap.evidence.outcomes.became import Became, Cohorts, with_outcomes
from mkmap.evidence.shares import Share, ShareChange
from mkmap.filters import Filters
from mkmap.month import Month, ranges
from mkmap.words import _, listed, ngettext, number

COURTS_UNTIL = Month(2019, 6)  # later court outcomes are not published


def sentence(found: Became, filters: Filters, where: str, period: str) -> str:
    """What became of the crimes, e.g. of `in Milton Keynes`, `from January 2025 to June 2025`."""
    total = found.count()
    if not total:
        return _("There is no crime {where} {period} of which the police publish an outcome.").format(
            where=where, period=period
        )
    said = _(
        "Of {crimes} {where} {period}: {charged} with a suspect charged, {none} closed with no suspect found, {other} ended another way, {open} still open."
    )
    return said.format(
        crimes=counted_with_outcome(total, filters), where=where, period=period,
        charged=_of(found.count(OutcomeStatus.CHARGED), total), none=_of(found.count(OutcomeStatus.NO_SUSPECT), total),
        other=_of(found.count(OutcomeStatus.OTHER, OutcomeStatus.UNABLE), total), open=_of(found.count(OutcomeStatus.OPEN), total),
    )  # fmt: skip


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
    return f"{number(part)} ({percent(Share(part, whole))})"


def percent(share: Share) -> str:
    """`7.4 %`; a dash of nothing."""
    return f"{100 * share.value:.1f} %" if share.whole else "–"


def notes(found: Became) -> list[str]:
    """What must be known beside it."""
    said = [_unable(found.count(OutcomeStatus.UNABLE)), _not_said(found.count(OutcomeStatus.NONE))]
    if found.count(OutcomeStatus.OPEN):
        said.append(_("Crimes of recent months are still open: with time more of them will be charged, and more closed."))
    if found.without:
        said.append(
            _("{asb} left out: it never has an outcome.").format(asb=counted(found.without, ("Anti-social behaviour",)))
        )
    said.append(basis(found.needed, found.files))
    if found.needed and found.needed[-1] > COURTS_UNTIL:
        said.append(courts())
    return [one for one in said if one]


def _unable(count: int) -> str:
    return count and ngettext(
        "Of those that ended another way, {n} is closed as “unable to prosecute suspect”: that is no success.",
        "Of those that ended another way, {n} are closed as “unable to prosecute suspect”: that is no success.",
        count,
    ).format(n=number(count))


def _not_said(count: int) -> str:
    return count and ngettext(
        "Of {n} more crime police.uk says nothing.", "Of {n} more crimes police.uk says nothing.", count
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


def cohorts(found: Cohorts, filters: Filters, period: str, period_before: str) -> str:
    """Whether more are charged than a year before, of crimes that could ripen for as long; or why that cannot be compared."""
    if found.change is None:
        return _("Whether more end with a suspect charged than a year before cannot be compared: {why}.").format(
            why=_why(found)
        )
    within = ngettext("within {n} month of the crime's month", "within {n} months of the crime's month", found.within or 0)
    said = _("Suspect charged {within}: {now} {period}, {before} in {period_before}: {verdict}.")
    return said.format(
        within=within.format(n=number(found.within or 0)), now=_so_many(found.change.now, filters), period=period,
        before=_so_many(found.change.before, filters), period_before=period_before, verdict=verdict_words(found.change),
    )  # fmt: skip


def _so_many(share: Share, filters: Filters) -> str:
    return _("{part} of {crimes} ({percent})").format(
        part=number(share.part), crimes=counted_with_outcome(share.whole, filters), percent=percent(share)
    )


def _why(found: Cohorts) -> str:
    missing, files = (listed(ranges(list(months))) for months in (found.missing, found.missing_files))
    said = [
        _("{months} not stored").format(months=missing) if missing else "",
        _("to give both years the same time, outcomes files of {months} are needed, and not stored").format(months=files)
        if files
        else "",
    ]
    return "; ".join(filter(None, said))


def verdict_words(change: ShareChange) -> str:
    """The difference with its interval, in percentage points, and the verdict that comes from it."""
    if change.verdict is Verdict.TOO_FEW:
        return verdicts.word(change.verdict)
    low, high = (points(end) for end in (change.interval.low, change.interval.high))
    return _("a difference of {points} percentage points (95 % interval {low} to {high}), {verdict}").format(
        points=points(change.difference), low=low, high=high, verdict=verdicts.word(change.verdict)
    )


def points(share: float) -> str:
    """`+1.2`, `−0.4`, `0.0`: with a sign that is as wide as a plus."""
    rounded = round(100 * share, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"


def why(found: Cohorts) -> str:
    """What the width of the interval rests on; empty where there is none."""
    if found.change is None or found.change.verdict is Verdict.TOO_FEW:
        return ""
    dispersion = found.change.dispersion
    if dispersion is None:
        return _(
            "Fewer than 24 months can be followed for as long, so nobody can say how much months vary here: there is no verdict."
        )
    months = number(dispersion.months)
    if dispersion.value < verdicts.SAME_AS_CHANCE:
        return _("The share of {months} months varies no more than chance alone makes it vary.").format(months=months)
    return _(
        "The share of {months} months varies {times} times as much as chance alone makes it vary; the interval is widened by that."
    ).format(months=months, times=f"{dispersion.value:.1f}")
