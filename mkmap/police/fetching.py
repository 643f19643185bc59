"""Say what became of fetching from police.uk, piece by piece, when to give up, and why the last fetch failed."""

from collections.abc import Callable
from dataclasses import dataclass

from mkmap.lake.store import FolderStore
from mkmap.month import Month

GIVE_UP_AFTER = 3  # questions in a row without an answer: the service is down, and asking on is only a burden

Progress = Callable[[int, int, str], None]  # how many are done, of how many, and what is being done


@dataclass(frozen=True)
class FetchResult:
    """What became of one month or one piece, or a remark on all of them (`month` is None), in one sentence."""

    text: str
    month: Month | None = None
    failed: bool = False
    stored: bool = False  # something is in the store that was not


class FetchedStore(FolderStore):
    """A store that police.uk's answers fill."""

    @property
    def last_failed_fetch(self) -> dict[str, str] | None:
        """`{"at", "why"}` of the last fetch that did not bring all that was asked for; None after one that did."""
        failed: dict[str, str] | None = self.manifest["last_failed_fetch"]
        return failed

    def note_fetch(self, failed: dict[str, str] | None) -> None:
        """Keep why a fetch failed; a store that has nothing to forget is not touched."""
        if failed or self.now().last_failed_fetch:
            with self.folder.change() as change:
                change.manifest["last_failed_fetch"] = failed
