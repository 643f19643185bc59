"""Note that requests come through a proxy that the operator has not named, so that `status` can say it."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from mkmap.lake.replace import replace_file
from mkmap.operate import proxies

FILE = "forgotten-proxy.json"
ANEW = timedelta(hours=1)  # between two notes: whoever forges a header writes no more often


class ForgottenProxy:
    """Of one data folder. An address of the internet may be a visitor's, and is not written down."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._noted: datetime | None = None

    def note(self, home: Path, peer: str, now: datetime) -> None:
        with self._lock:
            if self._noted and abs(now - self._noted) < ANEW:
                return
            self._noted = now
        said = json.dumps({"at": now.isoformat(timespec="seconds"), "peer": _inside(peer)})
        home.mkdir(parents=True, exist_ok=True)
        replace_file(home / FILE, lambda file: file.write_text(said))


def noted(home: Path) -> dict[str, str] | None:
    """When a request came through such a proxy last, `at`, and from where, `peer`: empty for an address of the internet."""
    try:
        told = json.loads((home / FILE).read_text())
        return {"at": str(told["at"]), "peer": str(told["peer"])}
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _inside(peer: str) -> str:
    address = proxies.parsed(peer)
    return "" if address is None or address.is_global else str(address)


NOTED = ForgottenProxy()
