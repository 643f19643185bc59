"""Tell year by year what was received and decided: counts that say nothing of anybody, and half of all waited no longer than so many days."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from mkmap.reports.reasons import Reason, reason_words
from mkmap.reports.request import Kind, Outcome
from mkmap.reports.store import tallies
from mkmap.reports.store.tallies import Tally
from mkmap.words import _

Counted = Mapping[Tally, int]
DECIDED = (tallies.PUBLISHED, tallies.REJECTED)
MEDIAN = "median days"


@dataclass(frozen=True)
class Number:
    """One of a year; None where there is nothing to take a median of."""

    year: int
    what: str
    detail: str
    value: float | None


def years(counted: Counted) -> list[int]:
    """Newest first."""
    return sorted({tally.year for tally in counted}, reverse=True)


def numbers(counted: Counted) -> Iterator[Number]:
    """Every number of every year, also those that are zero."""
    for year in years(counted):
        of_year = {tally: count for tally, count in counted.items() if tally.year == year}
        for what, detail in _whats():
            yield Number(year, what, detail, _sum(of_year, what, detail))
        yield Number(year, MEDIAN, "reports", _median(of_year, lambda tally: tally.what in DECIDED))
        yield Number(year, MEDIAN, "requests", _median(of_year, _is_answer))


def _whats() -> Iterator[tuple[str, str]]:
    yield tallies.RECEIVED, ""
    yield tallies.PUBLISHED, ""
    for what in (tallies.REJECTED, tallies.TAKEN_DOWN):
        yield from ((what, reason) for reason in Reason)
    yield tallies.WITHDRAWN, ""
    yield tallies.ERASED, ""
    for kind in Kind:
        yield kind, tallies.RECEIVED
        yield from ((kind, outcome) for outcome in Outcome)


def _sum(counted: Counted, what: str, detail: str) -> int:
    return sum(count for tally, count in counted.items() if (tally.what, tally.detail) == (what, detail))


def _is_answer(tally: Tally) -> bool:
    """Not what went by itself."""
    return tally.what in [*Kind] and tally.detail not in (tallies.RECEIVED, Outcome.GONE, Outcome.UNANSWERED)


def _median(counted: Counted, is_meant: Callable[[Tally], bool]) -> float | None:
    days = [max(tally.days, 0) for tally, count in counted.items() if is_meant(tally) for _each in range(count)]
    return float(median(days)) if days else None


def lines(counted: Counted) -> list[tuple[str, list[float | None]]]:
    """What a person reads: a line for each thing that was counted, with a number a year; lines of nothing but zeros are left out."""
    of = {(number.year, number.what, number.detail): number.value for number in numbers(counted)}
    named = [(label, [of[year, what, detail] for year in years(counted)]) for label, what, detail in _labels()]
    return [(label, values) for label, values in named if any(values)]


def _labels() -> Sequence[tuple[str, str, str]]:
    rejected, down = _("Rejected: {reason}"), _("Taken down after it was published: {reason}")
    return [
        (_("Reports received"), tallies.RECEIVED, ""),
        (_("Published"), tallies.PUBLISHED, ""),
        *((rejected.format(reason=words), tallies.REJECTED, reason) for reason, words in reason_words().items()),
        *((down.format(reason=words), tallies.TAKEN_DOWN, reason) for reason, words in reason_words().items()),
        (_("Withdrawn by the sender"), tallies.WITHDRAWN, ""),
        (_("Erased"), tallies.ERASED, ""),
        (_("Corrections asked for"), Kind.CORRECTION, tallies.RECEIVED),
        (_("Corrections: mark taken down"), Kind.CORRECTION, Outcome.REMOVED),
        (_("Marks reported as illegal or harmful"), Kind.CONTENT, tallies.RECEIVED),
        (_("Reported marks: taken down"), Kind.CONTENT, Outcome.REMOVED),
        (_("Appeals"), Kind.APPEAL, tallies.RECEIVED),
        (_("Appeals: rejection taken back"), Kind.APPEAL, Outcome.REOPENED),
        (_("Complaints"), Kind.COMPLAINT, tallies.RECEIVED),
        (_("Complaints answered"), Kind.COMPLAINT, Outcome.ANSWERED),
        (_("Days until a report was decided (half took no longer)"), MEDIAN, "reports"),
        (_("Days until a request was answered (half took no longer)"), MEDIAN, "requests"),
    ]


def as_json(counted: Counted, carried: Mapping[str, str]) -> bytes:
    """`carried`: what every file says of itself."""
    rows = [vars(number) for number in numbers(counted)]
    return json.dumps({**carried, "numbers": rows}, ensure_ascii=False).encode()
