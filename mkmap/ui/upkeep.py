"""Look for new months in the background: at the start, once a day, and when the operator asks."""

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from mkmap.errors import MkmapError
from mkmap.settings import Settings
from mkmap.upkeep import get_latest
from mkmap.words import _

ONCE_A_DAY = 24 * 60 * 60  # seconds: police.uk publishes once a month

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress:
    """What the background is doing, or how it ended: `done` of `total` months, in words."""

    running: bool = False
    done: int = 0
    total: int = 0
    text: str = ""


class Upkeep:
    """One thread that gets the latest months; at most one piece of work at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = False
        self._wanted = threading.Event()
        self.progress = Progress()

    def start(self) -> None:
        if not self._settings.offline:
            threading.Thread(target=self._run, name="upkeep", daemon=True).start()

    def stop(self) -> None:
        self._stopping = True
        self._wanted.set()

    def ask(self) -> None:
        """Get the latest months now; it is done in the background."""
        self._wanted.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wanted.clear()
            self._work()
            self._wanted.wait(ONCE_A_DAY)

    def _work(self) -> None:
        self._say(0, 0, _("Looking for new months"))
        try:
            outcomes = get_latest(self._settings, at=datetime.now(UTC), progress=self._say)
            text = " ".join(outcome.text for outcome in outcomes)
        except MkmapError as error:
            text = str(error)
        except Exception:
            log.exception("upkeep failed")
            text = _("Looking for new months failed. What is stored was kept; the server's log says more.")
        self.progress = Progress(text=text)

    def _say(self, done: int, total: int, text: str) -> None:
        self.progress = Progress(True, done, total, text)
