"""Look for new months in the background: at the start, once a day, and when the operator asks."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mkmap.errors import MkmapError
from mkmap.words import _

ONCE_A_DAY = 24 * 60 * 60  # seconds: police.uk publishes once a month


@dataclass(frozen=True)
class Progress:
    """What the background is doing: `done` of `total`, in words."""

    running: bool = False
    done: int = 0
    total: int = 0
    text: str = ""


class Upkeep:
    """One background thread; at most one piece of work at a time."""

    def __init__(self) -> None:
        self.progress = Progress()
        self._stopped = threading.Event()
        self._wanted = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, name="upkeep", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        self._wanted.set()

    def get_latest(self) -> None:
        """Ask for the latest months now; it is done in the background."""
        self.progress = replace(self.progress, running=True, text=_("Starting"))
        self._wanted.set()

    def _run(self) -> None: pass
