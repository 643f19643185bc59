"""Keep one pace towards police.uk for all processes of this machine: whoever asks takes the next turn in one small file."""

import hashlib
import os
import tempfile
import time
from pathlib import Path
from stat import S_ISDIR

from filelock import FileLock, Timeout

PACE = 0.1  # seconds between two requests, never a burst: police.uk allows 15 a second, shared by all behind one address
LONGEST = 60.0  # seconds: a turn that is further away was taken before the clock was set back
PATIENCE = 5.0  # seconds for the file, which is held for a moment; where it cannot be had, each process keeps its own pace


class SharedPace:
    """The turns of all processes of this user that ask one host."""

    def __init__(self, host: str, folder: Path | None = None):
        self._file = (folder or _folder()) / hashlib.sha256(host.encode()).hexdigest()[:16]

    def wait(self) -> float:
        """Take the next turn: the seconds until it comes."""
        try:
            _make_own(self._file.parent)
            with FileLock(self._file.with_suffix(".lock"), timeout=PATIENCE):
                now = time.time()
                turn = max(now, self._next(now))
                self._file.write_text(repr(turn + PACE))
                return turn - now
        except (OSError, Timeout):
            return 0.0

    def _next(self, now: float) -> float:
        try:
            next_turn = float(self._file.read_text())
        except (OSError, ValueError):
            return now
        return next_turn if next_turn <= now + LONGEST else now


def _folder() -> Path:
    return Path(tempfile.gettempdir()) / f"mkmap-{_user()}"


def _make_own(folder: Path) -> None:
    """Make a folder that is this user's alone. Raises OSError where somebody else has made it: what is in it could lead anywhere."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stat = os.lstat(folder)
    if stat.st_uid != _user() or not S_ISDIR(stat.st_mode):
        raise PermissionError(folder)


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0
