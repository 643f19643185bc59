"""Change what is stored in the background: new months at the start and once a day, and what the operator asks for."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from mkmap.errors import MkmapError
from mkmap.operate.updating import fetch_months, fetch_plans, purge_reports
from mkmap.police.fetching import FetchResult
from mkmap.settings import Settings, settings
from mkmap.words import _

ONCE_A_DAY = 24 * 60 * 60  # seconds: police.uk publishes once a month
ONCE_AN_HOUR = 60 * 60  # what residents were promised is kept to the hour: hashes of senders live 24 of them at most

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress:
    """What the background is doing, or how it ended: `done` of `total`, in words."""

    running: bool = False
    done: int = 0
    total: int = 0
    text: str = ""


Say = Callable[[int, int, str], None]
Work = Callable[[Say], str]  # says how it goes, and at the end in a sentence what it did


class Upkeep:
    """One thread that does one piece of work after the other; a daemon, since a kill at any instant harms nothing."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._asked: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self.progress = Progress()
        self._purge_failed = ""  # why, to be said beside whatever else was done

    def start(self) -> None:
        threading.Thread(target=self._run, name="upkeep", daemon=True).start()
        if not self._settings.offline:
            self.ask(self.get_latest)

    def stop(self) -> None:
        self._asked.put(None)

    def ask(self, work: Work) -> None:
        """Do a piece of work after what was asked for before."""
        if not self.progress.running:
            self.progress = Progress(running=True, text=_("Waiting to begin"))
        self._asked.put(work)

    def get_latest(self, say: Say) -> str:
        """Ask the services for wards, where there are none, for the newest months, and once a week for the police's plans."""
        say(0, 0, _("Looking for new months"))
        at = datetime.now(UTC)
        months = _tried(lambda: fetch_months(self._settings, at=at, progress=say))
        return " ".join([*months, *_tried(lambda: fetch_plans(self._settings, at, say, only_due=True))])

    def _run(self) -> None:
        purge, look = time.monotonic(), time.monotonic() + ONCE_A_DAY  # when each is due
        while True:
            now = time.monotonic()
            if now >= purge:
                purge = now + ONCE_AN_HOUR
                self._purge()
            if now >= look:
                look = now + ONCE_A_DAY
                if not self._settings.offline:
                    self._do(self.get_latest)
            try:
                work = self._asked.get(timeout=max(0.0, min(purge, look) - time.monotonic()))
            except queue.Empty:
                continue
            if work is None:
                return
            self._do(work)

    def _purge(self) -> None:
        """Delete reports whose time is over. Nobody waits for it: it is heard of only where it failed."""
        try:
            log.info("reports whose time was over: %s", purge_reports(self._settings, datetime.now(UTC)))
            self._purge_failed = ""
        except MkmapError as error:
            log.warning("no report was purged: %s", error)
            self._say_purge_failed(str(error))
        except Exception:
            log.exception("no report was purged")
            self._say_purge_failed(_("The server's log says more."))

    def _say_purge_failed(self, why: str) -> None:
        self._purge_failed = _("Reports whose time is over could not be let go; it is tried again in an hour. {why}").format(
            why=why
        )
        if not self.progress.running:
            self.progress = Progress(text=self._purge_failed)

    def _do(self, work: Work) -> None:
        try:
            text = work(self._say)
        except MkmapError as error:
            text = str(error)
        except Exception:
            log.exception("upkeep failed")
            text = _("This failed. What is stored was kept; the server's log says more.")
        self.progress = Progress(text=f"{text} {self._purge_failed}".strip())

    def _say(self, done: int, total: int, text: str) -> None:
        self.progress = Progress(True, done, total, text)


def _tried(fetch: Callable[[], list[FetchResult]]) -> list[str]:
    """What became of a fetch, in sentences: that one failed is no reason not to try the next."""
    try:
        return [outcome.text for outcome in fetch()]
    except MkmapError as error:
        return [str(error)]


UPKEEP = Upkeep(settings())
