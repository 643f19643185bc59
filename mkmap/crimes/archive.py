"""Open what data.police.uk's archive gives: a zip, a folder, a CSV, or the address of a zip, read by HTTP ranges.

Nothing in an archive is trusted: names never become paths, and limits count the bytes that were actually read.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal

import requests
from isal import isal_zlib
from remotezip import RemoteIOError, RemoteZip

from mkmap.errors import BadInput, Unreachable
from mkmap.month import Month
from mkmap.words import _

MEMBER_BYTES = 256 * 2**20  # the largest street file of police.uk, the Metropolitan Police's, has about 30 MB
COMPRESSION_RATIO = 60  # the real files compress 3 to 10 times
MEMBERS = 20_000  # 36 months of 45 forces with three files each are 4,860
CHUNK = 2**20
TIMEOUT = (10, 60)  # seconds to connect, seconds between two bytes

_NAME = re.compile(r"(\d{4}-\d{2})-([a-z][a-z-]*)-(street|outcomes|stop-and-search)(?: ?\(\d+\))?\.csv")
Kind = Literal["street", "outcomes", "stop-and-search"]


@dataclass(frozen=True)
class Member:
    """One CSV of the archive: a kind of record, of one force, in one month."""

    month: Month
    force: str
    kind: Kind
    source: str
    _open: Callable[[], BinaryIO]

    def extract(self, target: Path) -> None:
        """Write the CSV to `target`.

        Raises BadInput for a member that is damaged, too large, or no text; Unreachable where a server fails.
        """
        try:
            with self._open() as source, target.open("r+b" if target.exists() else "wb") as file:
                _copy(source, file, self.source)
                file.truncate()
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            if isinstance(error, (requests.RequestException, RemoteIOError)):
                raise _unreachable(self.source) from None
            raise BadInput(_("the file is damaged ({why}). Nothing was imported.").format(why=error), source=self.source) from None
        except (zlib.error, isal_zlib.error):
            raise BadInput(_("the file is damaged. Nothing was imported."), source=self.source) from None


@contextmanager
def opened(inputs: list[str], *, force: str) -> Iterator[list[Member]]:
    """The members of all `inputs`, paths or addresses, in their order.

    Local files give the members of every force, an address only those of `force`: what is already here costs nothing.

    Raises BadInput for what is no archive, Unreachable for an address that does not answer.
    """
    with ExitStack() as stack:
        members = [member for given in inputs for member in _members(given, force, stack)]
        if not any(member.kind == "street" for member in members):
            raise BadInput(
                _("no street-level crimes in it. A file is expected to be called like 2025-01-{force}-street.csv. Nothing was imported.").format(
                    force=force
                ),
                source=", ".join(inputs),
            )
        yield members


def _members(given: str, force: str, stack: ExitStack) -> list[Member]:
    if given.startswith(("http://", "https://")):
        return [member for member in _remote(given, stack) if member.force == force]
    path = Path(given)
    if path.is_dir():
        return [member for file in sorted(path.rglob("*.csv")) for member in _csv(file)]
    if not path.is_file():
        raise BadInput(_("there is no such file or folder. Nothing was imported."), source=given)
    if path.suffix.lower() == ".csv":
        return _csv(path) or _misnamed(path)
    return _zipped(stack.enter_context(_as_zip(lambda: zipfile.ZipFile(path), given)), given)


def _csv(path: Path) -> list[Member]:
    named = _parse(path.name)
    return [Member(*named, source=str(path), _open=lambda: path.open("rb"))] if named else []


def _misnamed(path: Path) -> list[Member]:
    raise BadInput(
        _("its name does not say which month of which force it is. Name it like 2025-01-thames-valley-street.csv. Nothing was imported."),
        source=str(path),
    )


def _remote(url: str, stack: ExitStack) -> list[Member]:
    try:
        archive = stack.enter_context(_as_zip(lambda: RemoteZip(url, timeout=TIMEOUT), url))
    except (requests.RequestException, RemoteIOError):
        raise _unreachable(url) from None
    return _zipped(archive, url)


def _unreachable(url: str) -> Unreachable:
    return Unreachable(
        _("{url} could not be read. Nothing was imported. Check the address and the connection, then run the same command again.").format(url=url)
    )


def _as_zip(open_: Callable[[], zipfile.ZipFile], source: str) -> zipfile.ZipFile:
    try:
        return open_()
    except (requests.RequestException, RemoteIOError):
        raise
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadInput(_("this is not a whole zip archive. Nothing was imported."), source=source) from None


def _zipped(archive: zipfile.ZipFile, source: str) -> list[Member]:
    infos = archive.infolist()
    _check_names(infos, source)
    return [
        Member(*named, source=f"{source}/{info.filename}", _open=partial(_open, archive, info))
        for info in infos
        if (named := _parse(Path(info.filename).name)) and _check_size(info, source)
    ]


def _check_names(infos: list[zipfile.ZipInfo], source: str) -> None:
    """Refuse an archive that nobody honest makes."""
    names = [info.filename for info in infos]
    for why, found in {
        _("it has too many members"): len(names) > MEMBERS,
        _("two members have the same name"): len(set(names)) < len(names),
        _("a member's name leads outside the archive"): any(
            name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name for name in names
        ),
        _("a member is a link"): any(stat.S_ISLNK(info.external_attr >> 16) for info in infos),
        _("a member is encrypted"): any(info.flag_bits & 1 for info in infos),
    }.items():
        if found:
            raise BadInput(_("{why}; this is not an archive of police.uk. Nothing was imported.").format(why=why), source=source)


def _check_size(info: zipfile.ZipInfo, source: str) -> bool:
    if info.file_size > MEMBER_BYTES or info.file_size > COMPRESSION_RATIO * max(info.compress_size, CHUNK):
        raise BadInput(_("it unpacks to far more than any file of police.uk. Nothing was imported."), source=f"{source}/{info.filename}")
    return True


def _parse(name: str) -> tuple[Month, str, Kind] | None:
    found = _NAME.fullmatch(name)
    try:
        return (Month.parse(found[1]), found[2], found[3]) if found else None
    except ValueError:
        return None


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    member = archive.open(info)
    if info.compress_type == zipfile.ZIP_DEFLATED:
        member._decompressor = isal_zlib.decompressobj(-15)  # zlib's interface, a third of its time; zipfile offers no door
    return member


def _copy(source: BinaryIO, file: BinaryIO, name: str) -> None:
    read = 0
    while chunk := source.read(CHUNK):
        read += len(chunk)
        if read > MEMBER_BYTES:  # the header may have lied
            raise BadInput(_("it unpacks to far more than any file of police.uk. Nothing was imported."), source=name)
        if b"\0" in chunk:
            raise BadInput(_("this is not a text file. Nothing was imported."), source=name)
        file.write(chunk)
