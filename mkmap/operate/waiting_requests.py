"""Tell how many requests wait for an answer, and how many for longer than was said."""

from datetime import UTC, date, datetime, time
from typing import Any

from mkmap.database.connection import Store
from mkmap.reports.store import answering
from mkmap.words import ngettext, number

Counts = dict[str, dict[str, int]]  # kind → open, late


def counts(store: Store, today: date) -> Counts:
    """As of the beginning of a day. Raises NotKept where the database does not answer."""
    waiting = answering.counts(store, datetime.combine(today, time(), UTC))
    return {kind.value: {"open": count.open, "late": count.late} for kind, count in waiting.items()}


def total(counts: Counts, what: str) -> int:
    return sum(count[what] for count in counts.values())


def in_words(counts: Counts) -> list[str]:
    """Nothing where nobody waits."""
    waiting, late = total(counts, "open"), total(counts, "late")
    if not waiting:
        return []
    waits = ngettext(
        "Corrections, reports of marks, appeals and complaints: {n} waits for an answer.",
        "Corrections, reports of marks, appeals and complaints: {n} wait for an answer.",
        waiting,
    )
    is_late = ngettext("{n} of them is late.", "{n} of them are late.", late)
    return [waits.format(n=number(waiting)), *([is_late.format(n=number(late))] if late else [])]


def health(counts: Counts | None) -> dict[str, Any]:
    """For a monitor; None where the database does not answer."""
    names = {"open": "waiting_requests", "late": "late_requests"}
    return {name: None if counts is None else total(counts, what) for what, name in names.items()}
