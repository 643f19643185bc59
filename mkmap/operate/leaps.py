"""Doubt a clock that has leapt: what is deleted because of its age is gone for good."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from mkmap.database.connection import Store
from mkmap.errors import Code, Refused
from mkmap.reports.store import retention

LONGEST_ABSENCE = timedelta(days=31)  # a site that rests for longer is looked at before it deletes what residents sent
APART = timedelta(
    hours=1
)  # so much do honest clocks differ at most, with a forgotten time zone's correction; nothing lives for less

Steady = Callable[[], float]


def steady() -> float:
    """Seconds that only ever grow, while the machine sleeps too where it can say so."""
    asleep_too = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if asleep_too is None else time.clock_gettime(asleep_too)


class Timekeeper:
    """The wall clock of one process, held against what cannot leap, and what others have said that the time is."""

    def __init__(self, began: datetime | None = None, steady: Steady = steady):
        self._steady = steady
        self._began = began or datetime.now(UTC), steady()
        self._heard: tuple[datetime, float] | None = None

    def heard(self, at: datetime) -> None:
        """police.uk says that it is this time now."""
        self._heard = at, self._steady()

    def has_leapt(self, now: datetime) -> bool:
        """Whether more or less time has passed by the wall clock than by the other."""
        return not self._agrees(self._began, now)

    def is_confirmed(self, now: datetime) -> bool:
        """Whether police.uk has said the same time."""
        return self._heard is not None and self._agrees(self._heard, now)

    def _agrees(self, told: tuple[datetime, float], now: datetime) -> bool:
        at, by_then = told
        return is_near(at + timedelta(seconds=self._steady() - by_then), now)


KEEPER = Timekeeper()  # of this process


def doubt(store: Store, now: datetime, keeper: Timekeeper = KEEPER) -> Refused | None:
    """Why nothing is to be deleted by its age now; None where the date can be believed.

    Of a clock that leaps under a running process no database is asked: it may run on the same machine.
    Raises NotKept where the database does not answer.
    """
    last = retention.last_known(store)
    was_here = -APART <= now - last.at <= LONGEST_ABSENCE
    has_leapt = keeper.has_leapt(now)
    if was_here and not has_leapt:
        return None
    by_operator = last.confirmed is not None and -APART <= now - last.confirmed <= LONGEST_ABSENCE
    by_database = not has_leapt and last.database is not None and is_near(last.database, now)
    if by_operator or by_database or keeper.is_confirmed(now):
        return None
    return Refused(Code.DATE_DOUBTFUL, now=f"{now:%Y-%m-%d %H:%M}", before=f"{last.at:%Y-%m-%d %H:%M}")


def is_near(one: datetime, other: datetime) -> bool:
    return abs(one - other) <= APART
