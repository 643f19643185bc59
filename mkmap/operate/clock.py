"""Tell the time: the only place where pages and routes read the machine's clock, and where a test hands in its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """`now`: the moment, in UTC, for what is written down; `today`: the day where the machine stands, for what is shown."""

    now: Callable[[], datetime] = _now
    today: Callable[[], date] = date.today
