"""Keep files that are only ever replaced, named in a manifest that is swapped atomically.

A reader opens the manifest and then the files that it names: it sees the store before a change or after it, never between.
A writer puts new files beside the old ones, swaps the manifest, and sweeps what nothing names any more.
A process may be killed at any instant: the manifest that stands is whole, and so is every file that it names.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from mkmap.errors import Busy, Damaged
from mkmap.words import _

LOCK_PATIENCE = 2.0  # seconds: a person waits this long for a lock, then is told who holds it
SWEEP_AFTER = 600.0  # seconds: a reader that opened the manifest just before a swap still finds its files


class Folder:
    """One folder of replaced files and its `manifest.json`.

    The manifest is a JSON object; its key `files` maps a file's name to its SHA-256, everything else belongs to the room
    that owns the folder.
    """

    def __init__(self, path: Path, empty: dict):
        self.path = path
        self._empty = empty

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Folder) and self.path == other.path

    def __hash__(self) -> int:
        return hash(self.path)

    @property
    def _manifest(self) -> Path:
        return self.path / "manifest.json"

    @property
    def version(self) -> str:
        """A text that changes whenever the manifest is swapped; `""` where there is none yet."""
        try:
            stat = self._manifest.stat()
        except FileNotFoundError:
            return ""
        return f"{stat.st_mtime_ns:x}-{stat.st_ino:x}"

    def read(self) -> dict:
        """The manifest that stands now.

        Raises Damaged where it is not readable.
        """
        try:
            return json.loads(self._manifest.read_bytes())
        except FileNotFoundError:
            return {"files": {}, **json.loads(json.dumps(self._empty))}
        except ValueError:
            raise Damaged(_("{file} cannot be read.").format(file=self._manifest)) from None

    @contextmanager
    def change(self) -> Iterator["Change"]:
        """Change the store under the lock: the manifest is swapped when the block ends, and not at all when it raises.

        Raises Busy when another process holds the lock.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with locked(self.path / "lock"):
            change = Change(self, self.read())
            try:
                yield change
                change._commit()
            finally:
                change._sweep()

    def damaged(self) -> list[str]:
        """Sentences about files that are missing or are not what the manifest says; none for a store in order."""
        found = []
        for name, checksum in self.read()["files"].items():
            file = self.path / name
            if not file.is_file():
                found.append(_("{file} is missing.").format(file=file))
            elif sha256(file) != checksum:
                found.append(_("{file} is not the file that was stored: its checksum differs.").format(file=file))
        return found


class Change:
    """One change of a folder: `manifest` may be edited freely; `put` brings files in."""

    def __init__(self, folder: Folder, manifest: dict):
        self._folder = folder
        self.folder = folder.path
        self._before = json.dumps(manifest, sort_keys=True)
        self._dropped: list[str] = []
        self.manifest = manifest

    def temporary(self, suffix: str) -> Path:
        """A path for a new file, in the folder (so that it can be renamed) and swept if it is never put."""
        return self._folder.path / f"new-{os.getpid()}-{time.monotonic_ns()}{suffix}"

    def put(self, file: Path, stem: str) -> str:
        """Bring a finished temporary file in under a name that tells its content; the name goes into the manifest."""
        checksum = sha256(file)
        name = f"{stem}-{checksum[:12]}{file.suffix}"
        _sync(file)
        os.replace(file, self._folder.path / name)
        self.manifest["files"][name] = checksum
        return name

    def drop(self, name: str | None) -> None:
        """Name a file no longer; it is swept once no reader can still want it."""
        if self.manifest["files"].pop(name, None):
            self._dropped.append(name)

    def _commit(self) -> None:
        if json.dumps(self.manifest, sort_keys=True) == self._before:
            return
        file = self.temporary(".json")
        file.write_text(json.dumps(self.manifest, indent=1, sort_keys=True))
        _sync(file)
        _sync(self._folder.path)
        os.replace(file, self._folder._manifest)
        _sync(self._folder.path)
        for name in self._dropped:  # their last seconds count from now
            if name not in self.manifest["files"]:
                (self._folder.path / name).touch()

    def _sweep(self) -> None:
        named = {"manifest.json", "lock", "lock.json", *self._folder.read()["files"]}
        for file in self._folder.path.iterdir():
            if file.name in named or not file.is_file():
                continue
            left_over = file.name.startswith("new-")  # we hold the lock: nobody else is writing
            if left_over or time.time() - file.stat().st_mtime > SWEEP_AFTER:
                file.unlink(missing_ok=True)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a lock between processes; the system frees it when the holder dies.

    Raises Busy, naming the holder, when another process has it for longer than `LOCK_PATIENCE`.
    """
    holder = file.with_suffix(".json")
    try:
        with FileLock(file, timeout=LOCK_PATIENCE):
            holder.write_text(json.dumps({"process": os.getpid(), "since": time.strftime("%H:%M:%S")}))
            yield
    except Timeout:
        try:
            who = json.loads(holder.read_text())
        except (OSError, ValueError):
            who = {"process": "?", "since": "?"}
        raise Busy(
            _("Process {process} has been changing the store since {since}. Nothing was changed here; try again when it is done.").format(**who)
        ) from None


def sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Make a file, or a folder's entries, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
