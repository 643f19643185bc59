"""Open what data.police.uk's archive gives: a zip, a folder, a CSV, or the address of a zip, read by HTTP ranges.

Nothing in an archive is trusted: names never become paths, and limits count the bytes that were actually read.
"""

import os
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

from mkmap.crimes.archive_names import (
    A_LINK,
    MISNAMED,
    UNREADABLE,
    Named,
    PassedOver,
    in_words,
    inner_parts,
    read_name,
    release_of,
)
from mkmap.crimes.layouts import FileKind
from mkmap.errors import BadInput, Code
from mkmap.month import Month

MEMBER_BYTES = 256 * 2**20  # the largest street file of police.uk, the Metropolitan Police's, has about 30 MB
COMPRESSION_RATIO = 60  # the real files compress 3 to 13 times
MEMBERS = 20_000  # 36 months of 45 forces with three files each are 4,860
CHUNK = 2**20
NO_ARCHIVES = (".txt", ".xls", ".xlsx", ".ods", ".gz")  # what other programs make of a CSV: some are zips inside
READ = 2**18  # bytes at once: they stay in the processor's cache

Result = TypeVar("Result")
Open = Callable[[], AbstractContextManager[IO[bytes]]]

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # how such a text begins
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

    @property
    def release(self) -> Month | None:
        """The release that its archive's name tells: police.uk names an archive after its latest month."""
        release = release_of(self.source)
        return release if release and release >= self.month else None

    def extract(self, target: Path) -> int:
        """Write the CSV to `target`, and say how many commas it has: see `parse.first_ragged_row`.

        Raises BadInput for a member that is damaged, too large, or no text; Unreachable where a server fails.
        """
        with ExitStack() as stack:
            source = self._safely(lambda: stack.enter_context(self._open()))
            file = stack.enter_context(target.open("r+b" if target.exists() else "wb"))
            left, commas = MEMBER_BYTES, 0
            while chunk := self._safely(partial(source.read, READ)):
                if left == MEMBER_BYTES and _is_utf_16(chunk):
                    raise BadInput(Code.FILE_IN_UTF_16, source=self.source)
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


def _is_utf_16(start: bytes) -> bool:
    """Whether a text begins as Excel's “Unicode Text” does, with its mark or without."""
    return start.startswith(_UTF_16) or start[1:8:2] == b"\0\0\0\0" or start[0:8:2] == b"\0\0\0\0"


class Contents(list[Member]):
    """The members of all that was given, and what stands among them that is not read."""

    def __init__(self) -> None:
        super().__init__()
        self.passed_over: list[PassedOver] = []

    def add(self, path: str, source: str, origin: str, open_: Open) -> None:
        """Take a file for what its name, at the end of `path`, says that it is."""
        match read_name(path):
            case Named(month, force, kind):
                self.append(Member(month, force, kind, source, origin, open_))
            case PassedOver() as other:
                self.passed_over.append(other)


@contextmanager
def opened(inputs: list[str], *, force: str) -> Iterator[Contents]:
    """The members of all `inputs`, paths or addresses, in their order.

    Local files give the members of every force, an address only those of `force`: what is already here costs nothing.

    Raises BadInput for what is no archive, Unreachable for an address that does not answer.
    """
    contents = Contents()
    with ExitStack() as stack:
        for path_or_url in inputs:
            _add(contents, path_or_url, force, stack)
        if not contents:
            raise _nothing(inputs, contents.passed_over, force)
        yield contents


def _nothing(inputs: list[str], passed_over: list[PassedOver], force: str) -> BadInput:
    source = ", ".join(inputs)
    if source.lower().endswith(".csv") and [one.why for one in passed_over if one.why in MISNAMED]:
        return BadInput(Code.FILE_MISNAMED, source=source)
    return BadInput(Code.NOTHING_TO_IMPORT, source=source, force=force, why=" ".join(in_words(passed_over)))


def _add(contents: Contents, source: str, force: str, stack: ExitStack) -> None:
    if source.startswith(("http://", "https://")):
        _add_remote(contents, source, force, stack)
    elif os.path.isdir(source):  # pathlib raises where a name is too long
        _add_folder(contents, Path(source), stack)
    elif not os.path.isfile(source):
        raise BadInput(Code.NO_SUCH_FILE_OR_FOLDER, source=source)
    elif source.lower().endswith(".csv"):
        _add_csv(contents, Path(source))
    elif Path(source).suffix.lower() in NO_ARCHIVES:
        raise BadInput(Code.NEITHER_ZIP_NOR_CSV, source=source)
    else:
        _add_zip(contents, source, stack)


def _add_folder(contents: Contents, folder: Path, stack: ExitStack) -> None:
    """Everything in a folder, also in folders and zips in it: a zip that cannot be read does not stop the others."""
    every = sorted(folder.rglob("*"))
    contents.passed_over += [PassedOver(str(path), A_LINK) for path in every if path.is_symlink() and path.is_dir()]
    for file in filter(Path.is_file, every):
        if file.suffix.lower() != ".zip":
            _add_csv(contents, file)
            continue
        try:
            _add_zip(contents, str(file), stack)
        except BadInput:
            contents.passed_over.append(PassedOver(str(file), UNREADABLE))


def _add_csv(contents: Contents, file: Path) -> None:
    contents.add(str(file), str(file), file.name, lambda: file.open("rb"))


def _add_zip(contents: Contents, source: str, stack: ExitStack) -> None:
    archive = _as_zip(lambda: stack.enter_context(zipfile.ZipFile(source)), source)
    _add_members(contents, archive, source, archive.open)


def _add_remote(contents: Contents, url: str, force: str, stack: ExitStack) -> None:
    from mkmap.crimes import remote  # a local file should not wait for requests

    archive = _as_zip(lambda: stack.enter_context(remote.archive(url)), url)
    turn, every = Lock(), Contents()
    _add_members(every, archive, url, lambda info: remote.member(url, turn, lambda: archive.open(info)))
    contents.extend(member for member in every if member.force == force)
    contents.passed_over.extend(every.passed_over)


def _as_zip(open_: Callable[[], zipfile.ZipFile], source: str) -> zipfile.ZipFile:
    try:
        return open_()
    except _DAMAGED:
        raise BadInput(Code.NOT_A_ZIP, source=source) from None


def _add_members(
    contents: Contents,
    archive: zipfile.ZipFile,
    source: str,
    open_: Callable[[zipfile.ZipInfo], AbstractContextManager[IO[bytes]]],
) -> None:
    infos = archive.infolist()
    origin = source if "://" in source else Path(source).name
    _check_list(infos, archive.start_dir, source)
    for info in infos:
        if isinstance(read_name(info.filename), Named):
            _check_size(info, source)
        if not info.filename.endswith(("/", "\\")):
            contents.add(info.filename, f"{source}/{info.filename}", f"{origin}/{info.filename}", partial(open_, info))


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
    return name.startswith(("/", "\\")) or ".." in inner_parts(name) or ":" in name


def _overlap(infos: list[zipfile.ZipInfo], end: int) -> bool:
    """Whether two members are made of the same bytes, which gives a small archive any size."""
    starts = sorted((info.header_offset, info.compress_size) for info in infos)
    return any(here + size > next_ for (here, size), (next_, _size) in pairwise([*starts, (end, 0)]))


def _check_size(info: zipfile.ZipInfo, source: str) -> None:
    if info.file_size > min(MEMBER_BYTES, max(COMPRESSION_RATIO * info.compress_size, CHUNK)):
        raise _too_large(f"{source}/{info.filename}")


def _too_large(source: str) -> BadInput:
    return BadInput(Code.UNPACKS_TOO_LARGE, source=source)
