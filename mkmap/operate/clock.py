"""Tell the time: the only place where pages and routes read the machine's clock, and where a test hands in its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")  # where the area lies: a month begins there when it does, wherever the server stands


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().astimezone(LONDON).date()


@dataclass(frozen=True)
class Clock:
    """`now`: the moment, in UTC, for what is written down; `today`: the day in London, for what is shown."""

    now: Callable[[], datetime] = _now
    today: Callable[[], date] = _today
