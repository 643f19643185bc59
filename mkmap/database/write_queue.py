"""Let one after the other into SQLite, which knows no queue.

SQLite has everybody look now and then whether its lock is free: who looks at bad moments starves, and two who meet over what
a killed writer left to be rolled back stand in each other's way.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

LOOK_AGAIN = 0.005  # seconds: shorter than a commit


class WriteQueue:
    """A queue of threads, and before the file of a folder one of processes; the system frees the lock of whoever dies."""

    def __init__(self, folder: Path):
        self._file = folder / "turn.lock"
        self._here = threading.Lock()

    @contextmanager
    def turn(self, patience: float) -> Iterator[None]:
        """Hold the turn, while a transaction begins; `patience` in seconds, for each of the two queues.

        Raises filelock's Timeout where the turn does not come.
        """
        if not self._here.acquire(timeout=patience):
            raise Timeout(str(self._file))
        with ExitStack() as stack:
            stack.callback(self._here.release)
            try:
                stack.enter_context(FileLock(self._file).acquire(patience, LOOK_AGAIN))
            except Timeout:
                raise
            except OSError:  # the folder can only be read, or the disk is full: SQLite says what can still be done
                pass
            yield
