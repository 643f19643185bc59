"""Import in another process that will be killed: at any moment, or at a chosen step of its work on the disk."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from forked import CONTEXT
from made_archive import FORCE, ingest
from waiting import PATIENCE

STEPS = ("replace", "fsync", "unlink", "utime")  # of `os`: what makes a change lasting


@contextmanager
def child(work: Callable, *arguments: Any):
    """A process that runs `work`; it is gone when the block ends."""
    process = CONTEXT.Process(target=work, args=arguments, daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def import_for_ever(home: Path, archives: list[Path], started: Any, stored: Any) -> None:
    """Import one archive after another; `started` is set before the first, `stored` after it."""
    started.set()
    while True:
        for archive in archives:
            ingest(home, archive)
            stored.set()


def import_until_step(home: Path, archive: Path, step: int) -> None:
    """Import an archive, but die by SIGKILL just before the `step`-th lasting step, counted from 1."""
    left = step

    def dying(real: Callable) -> Callable:
        def act(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **named)

        return act

    for name in STEPS:
        setattr(os, name, dying(getattr(os, name)))
    ingest(home, archive)


def import_and_wait(home: Path, archive: Path, holding: Any, go_on: Any) -> None:
    """Import an archive, but stop in the middle, with the lock in hand, until `go_on` is set."""
    from mkmap.crimes import ingest as room

    add_points = room._add_points

    def wait(*arguments: Any) -> None:
        holding.set()
        go_on.wait(PATIENCE)
        add_points(*arguments)

    room._add_points = wait
    ingest(home, archive)


def read_until(home: Path, started: Any, done: Any, found: Any) -> None:
    """Read the whole store again and again, until `done`; put each kind of answer, or what went wrong, into `found`.

    An answer: how many crimes, and from which archives.
    """
    from mkmap.crimes import query
    from mkmap.crimes.store import Crimes
    from mkmap.filters import Filters
    from mkmap.places.store import Places

    seen = Counter()
    while not done.is_set():
        query.area_crimes.cache_clear()
        try:
            crimes, places = Crimes(home), Places(home)
            area = query.area_crimes(crimes, places, places.ward_sets()[0], FORCE)
            total = area.select(Filters(min(area.stored), max(area.stored))).total
            seen[total, frozenset(month.source.split(".zip/")[0][-1] for month in area.stored.values())] += 1
        except Exception as error:
            seen[repr(error)] += 1
        started.set()
    found.put(seen)
