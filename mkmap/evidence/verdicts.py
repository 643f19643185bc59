"""Say a change in plain sentences: counts first, then the ratio with its interval, then the verdict, then what it rests on."""

import math

from mkmap.crime_types import all_named, counted
from mkmap.evidence import absent
from mkmap.evidence.change import FEWEST, Change, Verdict
from mkmap.evidence.interval import Interval
from mkmap.evidence.variation.dispersion import Dispersion, DispersionSource
from mkmap.filters import Filters
from mkmap.words import _, number

SAME_AS_CHANCE = 1.05  # it would be written as 1.0


def word(verdict: Verdict) -> str:
    """The verdict as it stands in a table."""
    return {
        Verdict.UP: _("up"),
        Verdict.DOWN: _("down"),
        Verdict.NO_CLEAR_CHANGE: _("no clear change"),
        Verdict.TOO_FEW: _("cannot tell: too few"),
        Verdict.CANNOT_BE_COMPARED: _("cannot be compared"),
        Verdict.CANNOT_TELL: _("cannot tell"),
    }[verdict]


def within(verdict: Verdict) -> str:
    """The verdict as it stands in a sentence."""
    return _("too few to tell") if verdict is Verdict.TOO_FEW else word(verdict)


def sign(verdict: Verdict) -> str:
    """A mark beside the word, so that a table can be read across a hall; never in its place."""
    return {Verdict.UP: "▲", Verdict.DOWN: "▼", Verdict.NO_CLEAR_CHANGE: "="}.get(verdict, "?")


def sentence(change: Change, filters: Filters, where: str, period: str, period_before: str) -> str:
    """Counts, ratio, interval and verdict, e.g. of `in Milton Keynes`, `from January 2025 to June 2025`, `the same months of 2024`."""
    if not change.missing:
        return _("{now} {where} {period}, and {before} in {period_before}: {verdict}.").format(
            now=counted(change.now, filters.types), where=where, period=period, before=number(change.before),
            period_before=period_before, verdict=verdict_words(change),
        )  # fmt: skip
    if not change.months:
        return _("{what} {where} {period} cannot be compared with {before}: {missing}.").format(
            what=all_named(filters.types), where=where, period=period, before=period_before, missing=missing_words(change)
        )
    return _("{now} {where} {period}. It cannot be compared with {before}: {missing}.").format(
        now=counted(change.now, filters.types), where=where, period=period, before=period_before, missing=missing_words(change)
    )


def verdict_words(change: Change) -> str:
    """The verdict, with the ratio and interval that it comes from."""
    if change.ratio is None or change.interval is None or change.now + change.before < FEWEST:
        return within(change.verdict)
    return _("{times} times as many (95 % interval {interval}), {verdict}").format(
        times=number(change.ratio, 2), interval=interval_words(change.interval), verdict=within(change.verdict)
    )


def interval_words(interval: Interval) -> str:
    """`0.94 to 1.26`; without an upper end where nothing was counted before."""
    if math.isinf(interval.high):
        return _("{low} or more").format(low=number(interval.low, 2))
    return _("{low} to {high}").format(low=number(interval.low, 2), high=number(interval.high, 2))


def missing_words(change: Change) -> str:
    """Which months are missing, as a reason."""
    return absent.reason(change.missing, change.not_whole)


def dispersion_words(dispersion: Dispersion | None) -> str:
    if dispersion is None:
        return _("Fewer than 24 months are stored, so nobody can say how much months vary here: there is no verdict.")
    if dispersion.value < SAME_AS_CHANCE:
        whose = {
            DispersionSource.AREA: _("The {months} stored months of this area vary no more than chance alone makes them vary."),
            DispersionSource.FORCE: _(
                "Too few months of this area are stored; the force's {months} vary no more than chance alone makes them vary."
            ),
        }
    else:
        whose = {
            DispersionSource.AREA: _("The {months} stored months of this area vary {times} times as much as chance alone makes them vary; the interval is widened by that."),
            DispersionSource.FORCE: _("Too few months of this area are stored; the force's {months} vary {times} times as much as chance alone makes them vary; the interval is widened by that."),
        }  # fmt: skip
    return whose[dispersion.source].format(months=number(dispersion.months), times=number(dispersion.value, 1))
