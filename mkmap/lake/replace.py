"""Put a whole file in the place of another: whenever a process or the power dies, the old one stands, or the new one."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

READABLE, PRIVATE = 0o666, 0o600  # whom a new file lets in, before the process's umask


def replace_file(file: Path, write: Callable[[Path], object], *, mode: int = READABLE) -> None:
    """Have `write` fill a new file beside `file`, and put it in its place; where that fails, nothing is left of it.

    Raises OSError where the disk refuses, and whatever `write` raises; the old file is kept then.
    """
    new = file.with_name(f".new-{secrets.token_hex(8)}")
    try:
        new.touch(mode, exist_ok=False)
        write(new)
        sync(new)
        os.replace(new, file)
    finally:
        new.unlink(missing_ok=True)
    sync(file.parent)


def sync(path: Path) -> None:
    """Make a file, or a folder's entries, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
