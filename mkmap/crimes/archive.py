"""Open what data.police.uk's archive gives: a zip, a folder, a CSV, or the address of a zip, read by HTTP ranges.

Nothing in an archive is trusted: names never become paths, and limits count the bytes that were actually read.
"""

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import IO, TypeVar

from mkmap.crimes.layouts import FILE_KINDS, PASSED_OVER, FileKind, kind_of
from mkmap.errors import BadInput, Code
from mkmap.month import Month

MEMBER_BYTES = 256 * 2**20  # the largest street file of police.uk, the Metropolitan Police's, has about 30 MB
COMPRESSION_RATIO = 60  # the real files compress 3 to 13 times
MEMBERS = 20_000  # 36 months of 45 forces with three files each are 4,860
CHUNK = 2**20
READ = 2**18  # bytes at once: they stay in the processor's cache
FIRST_MONTH = Month(2010, 12)  # police.uk's street-level crimes begin here

Result = TypeVar("Result")
Open = Callable[[], AbstractContextManager[IO[bytes]]]
Named = tuple[Month, str, FileKind | None]  # of a kind that is passed over: None

_KINDS = "|".join([*(kind.name for kind in FILE_KINDS), *PASSED_OVER])
_NAME = re.compile(rf"(\d{{4}}-\d{{2}})-([a-z][a-z-]*)-({_KINDS})(?: ?\(\d+\))?\.csv", re.ASCII)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True)
class Member:
    """One CSV of the archive: a kind of record, of one force, in one month."""

    month: Month
    force: str
    kind: FileKind
    source: str  # for the person who gave it
    origin: str  # for everybody: without the folders of this machine
    _open: Open

    def extract(self, target: Path) -> int:
        """Write the CSV to `target`, and say how many commas it has: see `parse.first_ragged_row`.

        Raises BadInput for a member that is damaged, too large, or no text; Unreachable where a server fails.
        """
        with ExitStack() as stack:
            source = self._safely(lambda: stack.enter_context(self._open()))
            file = stack.enter_context(target.open("r+b" if target.exists() else "wb"))
            left, commas = MEMBER_BYTES, 0
            while chunk := self._safely(partial(source.read, READ)):
                left -= len(chunk)
                self._check(chunk, left)
                file.write(chunk)
                commas += chunk.count(b",")  # bytes: numpy would hand over Python's lock, and wait for it, at each chunk
            file.truncate()
            return commas

    def _safely(self, read: Callable[[], Result]) -> Result:
        try:
            return read()
        except _DAMAGED:
            raise BadInput(Code.FILE_DAMAGED, source=self.source) from None

    def _check(self, chunk: bytes, left: int) -> None:
        if left < 0:  # the header may have lied
            raise _too_large(self.source)
        if b"\0" in chunk:
            raise BadInput(Code.NOT_A_TEXT, source=self.source)


@contextmanager
def opened(inputs: list[str], *, force: str) -> Iterator[list[Member]]:
    """The members of all `inputs`, paths or addresses, in their order.

    Local files give the members of every force, an address only those of `force`: what is already here costs nothing.

    Raises BadInput for what is no archive, Unreachable for an address that does not answer.
    """
    with ExitStack() as stack:
        members = [member for path_or_url in inputs for member in _members(path_or_url, force, stack)]
        if not members:
            raise BadInput(Code.NOTHING_TO_IMPORT, source=", ".join(inputs), force=force)
        yield members


def _members(source: str, force: str, stack: ExitStack) -> list[Member]:
    if source.startswith(("http://", "https://")):
        return [member for member in _remote(source, stack) if member.force == force]
    path = Path(source)
    if os.path.isdir(source):  # pathlib raises where a name is too long
        return [member for file in sorted(path.rglob("*.csv")) if file.is_file() for member in _csv(file)]
    if not os.path.isfile(source):
        raise BadInput(Code.NO_SUCH_FILE_OR_FOLDER, source=source)
    if path.suffix.lower() == ".csv":
        return _csv(path) if _parse(path.name) else _misnamed(path)
    archive = _as_zip(lambda: stack.enter_context(zipfile.ZipFile(path)), source)
    return _zipped(archive, source, archive.open)


def _remote(url: str, stack: ExitStack) -> list[Member]:
    from mkmap.crimes import remote  # a local file should not wait for requests

    archive = _as_zip(lambda: stack.enter_context(remote.archive(url)), url)
    turn = Lock()
    return _zipped(archive, url, lambda info: remote.member(url, turn, lambda: archive.open(info)))


def _csv(path: Path) -> list[Member]:
    named = _parse(path.name)
    return _members_named(named, source=str(path), origin=path.name, open_=lambda: path.open("rb")) if named else []


def _misnamed(path: Path) -> list[Member]:
    raise BadInput(Code.FILE_MISNAMED, source=str(path))


def _as_zip(open_: Callable[[], zipfile.ZipFile], source: str) -> zipfile.ZipFile:
    try:
        return open_()
    except _DAMAGED:
        raise BadInput(Code.NOT_A_ZIP, source=source) from None


def _zipped(
    archive: zipfile.ZipFile, source: str, open_: Callable[[zipfile.ZipInfo], AbstractContextManager[IO[bytes]]]
) -> list[Member]:
    infos = archive.infolist()
    origin = source if "://" in source else Path(source).name
    _check_list(infos, archive.start_dir, source)
    return [
        member
        for info in infos
        if (named := _parse(Path(info.filename).name)) and _check_size(info, source)
        for member in _members_named(
            named, source=f"{source}/{info.filename}", origin=f"{origin}/{info.filename}", open_=partial(open_, info)
        )
    ]


def _check_list(infos: list[zipfile.ZipInfo], end: int, source: str) -> None:
    """Refuse an archive that nobody honest makes."""
    names = [info.filename for info in infos]
    for code, is_so in {
        Code.TOO_MANY_MEMBERS: len(names) > MEMBERS,
        Code.MEMBER_TWICE: len(set(names)) < len(names),
        Code.MEMBER_UNPRINTABLE: not all(name.isprintable() for name in names),
        Code.MEMBER_LEADS_OUTSIDE: any(map(_leads_outside, names)),
        Code.MEMBER_IS_A_LINK: any(stat.S_ISLNK(info.external_attr >> 16) for info in infos),
        Code.MEMBER_ENCRYPTED: any(info.flag_bits & 1 for info in infos),
        Code.MEMBER_PACKED_ODDLY: any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos),
        Code.MEMBERS_OVERLAP: _overlap(infos, end),
    }.items():
        if is_so:
            raise BadInput(code, source=source)


def _leads_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name


def _overlap(infos: list[zipfile.ZipInfo], end: int) -> bool:
    """Whether two members are made of the same bytes, which gives a small archive any size."""
    starts = sorted((info.header_offset, info.compress_size) for info in infos)
    return any(here + size > next_ for (here, size), (next_, _size) in pairwise([*starts, (end, 0)]))


def _check_size(info: zipfile.ZipInfo, source: str) -> bool:
    if info.file_size > min(MEMBER_BYTES, max(COMPRESSION_RATIO * info.compress_size, CHUNK)):
        raise _too_large(f"{source}/{info.filename}")
    return True


def _too_large(source: str) -> BadInput:
    return BadInput(Code.UNPACKS_TOO_LARGE, source=source)


def _parse(name: str) -> Named | None:
    """Which month of which force a file's name says it is, and of which kind."""
    parts = _NAME.fullmatch(name)
    if parts is None:
        return None
    try:
        month = Month.parse(parts[1])
    except ValueError:
        return None
    return (month, parts[2], kind_of(parts[3])) if month >= FIRST_MONTH else None


def _members_named(named: Named, *, source: str, origin: str, open_: Open) -> list[Member]:
    """The one member that is named so; none of a kind that is not read."""
    month, force, kind = named
    return [Member(month, force, kind, source, origin, open_)] if kind else []
