"""Remember what Streamlit's sessions hold, so that a request that only names a session can be asked for its right."""

from datetime import datetime
from threading import Lock

from cachetools import LRUCache

from mkmap.operate.rights import Visit, may_operate
from mkmap.settings import Settings

MOST = 1_000  # sessions with the right that one process remembers: more than are ever open


class Noted:
    """Sessions that had the right when their page was last drawn, with what gave it to them."""

    def __init__(self) -> None:
        self._visits: LRUCache[str, Visit] = LRUCache(MOST)
        self._lock = Lock()

    def note(self, session: str, visit: Visit | None) -> None:
        """`visit`: one with the right; None where a session has it no more."""
        with self._lock:
            self._visits.pop(session, None)
            if visit is not None:
                self._visits[session] = visit

    def may_operate(self, settings: Settings, session: str, at: datetime) -> bool:
        """Whether a session has the right now, also after a sign-out elsewhere. Raises NotKept as the database does."""
        with self._lock:
            visit = self._visits.get(session)
        return visit is not None and may_operate(settings, visit, at)


NOTED = Noted()
