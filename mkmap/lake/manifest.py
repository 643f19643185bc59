"""Keep files that are only ever replaced, named in a manifest that is swapped atomically.

A reader opens the manifest and then the files that it names: it sees the store before a change or after it, never between.
A writer puts new files beside the old ones, swaps the manifest, and sweeps what nothing names any more.
A process may be killed at any instant: the manifest that stands is whole, and so is every file that it names.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from mkmap.errors import Busy, Code, Damaged, Refused
from mkmap.lake.replace import replace_file, sync

LOCK_PATIENCE = 2.0  # seconds: a person waits this long for a lock, then is told who holds it
SWEEP_AFTER = 600.0  # seconds: a reader that opened the manifest just before a swap still finds its files

Manifest = dict[str, Any]  # JSON: each room checks its own part

IN_A_NAME = 12  # digits of a file's checksum
CHECKSUM = "sha256"  # a key of the manifest: of all that follows its line

_numbers = count()
_OURS = re.compile(
    rf"\.?new-.*|.+-[0-9a-f]{{{IN_A_NAME}}}\.[a-z]+"
)  # names of `replace_file`, `temporary`, `put`: no others are swept
_FIRST_LINE = re.compile(rb'\{\n "sha256": "([0-9a-f]{64})",')
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.ENOTDIR, errno.EEXIST}


class Folder:
    """One folder of replaced files and its `manifest.json`.

    The manifest is a JSON object; its key `files` maps a file's name to its SHA-256, `dropped` the name of a file that is
    named no longer to the time (Unix, in seconds) when it went; everything else belongs to the room that owns the folder.
    """

    def __init__(self, path: Path, empty: Manifest):
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
        return self.standing()[0]

    def standing(self) -> tuple[str, bytes]:
        """The version and the text of the manifest that stands now; both of one opened file, so that they belong together."""
        try:
            with self._manifest.open("rb") as opened:
                stat = os.fstat(opened.fileno())
                return f"{stat.st_mtime_ns:x}-{stat.st_ino:x}", opened.read()
        except (FileNotFoundError, NotADirectoryError):  # the second where `home` is a file: whoever writes is told so
            return "", b"{}"

    def parsed(self, text: bytes) -> Manifest:
        """A manifest's text, with what is empty in it.

        Raises Damaged where it is not readable, or is not what was written: it holds counts and households, too.
        """
        empty: Manifest = {"files": {}, "dropped": {}, **json.loads(json.dumps(self._empty))}
        if not _is_as_written(text):
            raise Damaged(Code.MANIFEST_CHANGED, file=self._manifest)
        try:
            stands: Manifest = json.loads(text)
            return {name: value for name, value in (empty | stands).items() if name != CHECKSUM}
        except (ValueError, TypeError):
            raise Damaged(Code.FILE_UNREADABLE, file=self._manifest) from None

    def read(self) -> Manifest:
        """The manifest that stands now.

        Raises Damaged where it is not readable.
        """
        return self.parsed(self.standing()[1])

    @contextmanager
    def change(self) -> Iterator["FolderChange"]:
        """Change the store under the lock: the manifest is swapped when the block ends, and not at all when it raises.

        Raises Busy when another process holds the lock, Refused when the folder cannot be written.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with locked(self.path / "lock"):
                change = FolderChange(self, self.read())
                try:
                    yield change
                    change._commit()
                finally:
                    change._sweep()
        except OSError as error:
            if error.errno in _FULL | _FORBIDDEN:
                raise Refused(Code.FOLDER_UNWRITABLE, folder=self.path, why=os.strerror(error.errno)) from error
            raise

    def damaged(self) -> list[str]:
        """Sentences about files that are missing or are not what the manifest says; none for a store in order."""
        sentences = []
        for name, checksum in self.read()["files"].items():
            file = self.path / name
            if not file.is_file():
                sentences.append(str(Damaged(Code.FILE_MISSING, file=file)))
            elif sha256(file) != checksum:
                sentences.append(str(Damaged(Code.FILE_CHANGED, file=file)))
        return sentences


class FolderChange:
    """One change of a folder: `manifest` may be edited freely; `put` brings files in."""

    def __init__(self, folder: Folder, manifest: Manifest):
        self._folder = folder
        self.folder = folder.path
        self._before = json.dumps(manifest, sort_keys=True)
        self._dropped: list[str] = []
        self.manifest = manifest

    def temporary(self, suffix: str) -> Path:
        """A path for a new file, in the folder (so that it can be renamed) and swept if it is never put."""
        return self._folder.path / f"new-{os.getpid()}-{next(_numbers)}{suffix}"

    def put(self, file: Path, stem: str) -> str:
        """Bring a finished temporary file in under a name that tells its content; the name goes into the manifest."""
        checksum = sha256(file)
        name = f"{stem}-{checksum[:IN_A_NAME]}{file.suffix}"
        sync(file)
        os.replace(file, self._folder.path / name)  # nothing names it yet: the folder is synced before the manifest does
        self.manifest["files"][name] = checksum
        return name

    def drop(self, name: str | None) -> None:
        """Name a file no longer; it is swept once no reader can still want it."""
        if name is not None and self.manifest["files"].pop(name, None):
            self._dropped.append(name)

    def _commit(self) -> None:
        if json.dumps(self.manifest, sort_keys=True) == self._before:
            return
        self._note_dropped()
        sync(self._folder.path)
        replace_file(self._folder._manifest, self._write_manifest)

    def _write_manifest(self, file: Path) -> None:
        file.write_text(_checked(json.dumps(self.manifest, indent=1, sort_keys=True)))
        _make_newer(file, self._folder._manifest)

    def _note_dropped(self) -> None:
        """Let the last seconds of what was dropped count from now, and forget what was swept."""
        gone = self.manifest["dropped"] | dict.fromkeys(self._dropped, time.time())
        self.manifest["dropped"] = {
            name: at for name, at in gone.items() if name not in self.manifest["files"] and (self.folder / name).exists()
        }

    def _sweep(self) -> None:
        """Remove what no manifest names, but not from under a reader: we hold the lock, so nobody else is writing."""
        manifest = self._folder.read()
        young = {name for name, at in manifest["dropped"].items() if abs(time.time() - at) <= SWEEP_AFTER}
        for path in self.folder.iterdir():
            if _OURS.fullmatch(path.name) and path.name not in young and path.name not in manifest["files"]:
                _remove(path)


def _checked(text: str) -> str:
    """A manifest's text under a first line with the checksum of the rest."""
    return f'{{\n "{CHECKSUM}": "{hashlib.sha256(text.encode()).hexdigest()}",{text[1:]}'


def _is_as_written(text: bytes) -> bool:
    """Whether the rest fits the first line; stores of before have none, and an older mkmap puts it elsewhere."""
    first = _FIRST_LINE.match(text)
    return first is None or hashlib.sha256(b"{" + text[first.end() :]).hexdigest() == first[1].decode()


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a lock between processes; the system frees it when the holder dies.

    Raises Busy, naming the holder, when another process has it for longer than `LOCK_PATIENCE`.
    """
    holder = file.with_suffix(".json")
    try:
        with FileLock(file, timeout=LOCK_PATIENCE):
            try:
                holder.write_text(json.dumps({"process": os.getpid(), "since": time.strftime("%H:%M:%S")}))
                yield
            finally:
                holder.unlink(missing_ok=True)
    except Timeout:
        process, since = _who(holder)
        raise Busy(Code.STORE_BUSY, process=process, since=since) from None


def _who(holder: Path) -> tuple[str, str]:
    """The process that holds a lock and since when; `?` where that is not known."""
    who: dict[str, object] = {"process": "?", "since": "?"}
    with suppress(OSError, ValueError, TypeError):
        who |= json.loads(holder.read_text())
    return str(who["process"]), str(who["since"])


def sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def checksum_of(file: Path) -> str:
    """As much of it as its name tells; a change under way has files that no manifest names yet."""
    return file.stem[-IN_A_NAME:]


def _make_newer(file: Path, than: Path) -> None:
    """Give a file a later time than another has, even within one tick of the clock: `version` must change with each swap."""
    with suppress(FileNotFoundError):
        now = max(time.time_ns(), than.stat().st_mtime_ns + 1000)
        os.utime(file, ns=(now, now))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):  # the change is done; the next one sweeps again
        path.unlink()
