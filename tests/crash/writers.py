"""Send reports in other processes that will be killed; each says a receipt only after it was given one."""

import itertools
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from forked import CONTEXT
from sent_reports import NOW, PLACE, submission
from waiting import until

from mkmap.database import connection
from mkmap.database.connection import Store
from mkmap.errors import NotKept
from mkmap.reports.store import sending

Kept = TypeVar("Kept")


def text_of(identity: str) -> str:
    return f"text of {identity}"


def whole(identity: str):
    """The submission of an id: a half of it would be noticed."""
    return submission(identity, text=text_of(identity), place=PLACE)


def identity(writer: int, count: int) -> str:
    return f"{writer:016x}{count:016x}"


def write_for_ever(home: Path, url: str, writer: int, pipe: Connection) -> None:
    """Announce a submission id, send it, say its receipt; and again."""
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    store: Store = again_and_again(lambda: connection.connected(home, url))
    for count in itertools.count():
        one = whole(identity(writer, count))
        pipe.send((one.id, None))
        pipe.send((one.id, again_and_again(lambda one=one: sending.submit(store, one, at=NOW))))


def again_and_again(press: Callable[[], Kept]) -> Kept:
    """As whoever is told to try again does: the same once more."""
    while True:
        try:
            return press()
        except NotKept:
            time.sleep(0.05)


@contextmanager
def writers(home: Path, url: str, numbers: range) -> Iterator[list[tuple[BaseProcess, Connection]]]:
    """Processes that write, each with the end of a pipe that tells what it did; killed when the block ends."""
    running = []
    for number in numbers:
        ours, theirs = CONTEXT.Pipe(duplex=False)
        process = CONTEXT.Process(target=write_for_ever, args=(home, url, number, theirs), daemon=True)
        process.start()
        theirs.close()
        running.append((process, ours))
    try:
        yield running
    finally:
        for process, _pipe in running:
            process.kill()
            process.join()


def told(pipe: Connection, patience: float = 0.0) -> list[tuple[str, str | None]]:
    """What a writer has said until now; a message that was cut off by its death counts as not said."""
    said = []
    try:
        while pipe.poll(patience):
            said.append(pipe.recv())
            patience = 0.0
    except (EOFError, OSError):
        pass
    return said


def wait_for_receipts(pipe: Connection, count: int = 1) -> list[tuple[str, str | None]]:
    """What a writer has said until it has given so many receipts."""
    said: list[tuple[str, str | None]] = []

    def enough() -> bool:
        said.extend(told(pipe, 0.2))
        return sum(receipt is not None for _identity, receipt in said) >= count

    until(enough, "a writer gave too few receipts")
    return said
