"""Say what became of fetching something from police.uk, piece by piece, and when to give up."""

from collections.abc import Callable
from dataclasses import dataclass

from mkmap.month import Month

GIVE_UP_AFTER = 3  # questions in a row without an answer: the service is down, and asking on is only a burden

Progress = Callable[[int, int, str], None]  # how many are done, of how many, and what is being done


@dataclass(frozen=True)
class FetchResult:
    """What became of one month or one piece, or a remark on all of them (`month` is None), in one sentence."""

    text: str
    month: Month | None = None
    failed: bool = False
