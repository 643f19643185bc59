"""Wait for what is to happen, and never for a time."""

import time
from collections.abc import Callable

PATIENCE = 60  # seconds: on a machine that is busy with other things too


def until(condition: Callable[[], object], what: str, *, patience: float = PATIENCE, every: float = 0.01) -> None:
    """Look every so many seconds whether it is so; fail in words where it never is."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(every)
