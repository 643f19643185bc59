"""Read what a file's name and its archive's name say: which month of which force, of which kind, of which release."""

import re
from dataclasses import dataclass

from mkmap.crimes.layouts import FILE_KINDS, PASSED_OVER, FileKind, kind_of
from mkmap.force_names import FORCES, nearest
from mkmap.month import Month
from mkmap.words import Message, _, ngettext, number

FIRST_MONTH = Month(2010, 12)  # police.uk's street-level crimes begin here

_KINDS = "|".join([*(kind.name for kind in FILE_KINDS), *PASSED_OVER])
_NAME = re.compile(rf"(\d{{4}}-\d{{2}})-([a-z][a-z-]*)-({_KINDS})(?: ?\(\d+\))?\.csv", re.ASCII | re.IGNORECASE)
_RELEASE = re.compile(r"(\d{4}-\d{2})(?: ?\(\d+\))?(\.zip)?", re.ASCII | re.IGNORECASE)
_MACHINES = re.compile(r"__MACOSX|\._.*|\.DS_Store|Thumbs\.db|desktop\.ini", re.IGNORECASE)  # what no person put there


@dataclass(frozen=True)
class Named:
    """What a file's name says."""

    month: Month
    force: str
    kind: FileKind


@dataclass(frozen=True)
class PassedOver:
    """A file that is not read, and why, in a sentence with the places `file` and `force`; None for stops and searches."""

    file: str
    why: Message | None
    force: str = ""  # the one that was probably meant


NAMED_ODDLY = Message(
    "{file} was passed over: its name does not say which month of which force it is. Name it like 2025-01-thames-valley-street.csv."
)
FORCE_UNKNOWN = Message("{file} was passed over: police.uk has no force of that name.")
FORCE_MISSPELT = Message("{file} was passed over: police.uk has no force of that name. Did you mean {force}?")
MONTH_IMPOSSIBLE = Message("{file} was passed over: police.uk has no such month.")
MISNAMED = (NAMED_ODDLY, MONTH_IMPOSSIBLE)
ZIP_IN_A_ZIP = Message("{file} was passed over: it is a zip in a zip. Unpack the outer one, and import what was in it.")
UNREADABLE = Message("{file} was passed over: it is no zip that can be read. Import it alone to hear why.")
A_LINK = Message("{file} was passed over: it is a link to a folder. Import that folder itself.")
PACKED = Message("{file} was passed over: it is packed. Unpack it, and import what was in it.")
NO_CSV = Message("{file} was passed over: it is no CSV.")
PACKERS = (".gz", ".7z", ".rar", ".bz2", ".xz", ".tar")
AT_MOST = 12  # files that are named one by one; a folder may hold anything


def read_name(path: str) -> Named | PassedOver | None:
    """What a file is, by its name at the end of `path`; None for what a machine keeps beside the files of people."""
    parts = inner_parts(path)
    if any(_MACHINES.fullmatch(part) for part in parts):
        return None
    name = _NAME.fullmatch(parts[-1])
    if name is None:
        return PassedOver(path, _why(_small(parts[-1])))
    month, force, kind = _month(name[1]), _small(name[2]), kind_of(_small(name[3]))
    if month is None:
        return PassedOver(path, MONTH_IMPOSSIBLE)
    if force not in FORCES:
        meant = nearest(force, FORCES)
        return PassedOver(path, FORCE_MISSPELT if meant else FORCE_UNKNOWN, meant)
    return Named(month, force, kind) if kind else PassedOver(path, None)


def release_of(source: str) -> Month | None:
    """The release that an archive's name tells: `2025-06.zip/2025-01/…`, or the same unpacked; None where none does."""
    folders = [_RELEASE.fullmatch(part) for part in inner_parts(source)[:-1]]
    dated = [folder for folder in folders if folder]
    named = next((folder for folder in dated if folder[2]), dated[0] if len(dated) > 1 else None)
    return _month(named[1]) if named else None


def in_words(passed_over: list[PassedOver]) -> list[str]:
    """A sentence a file; those of a kind that is not read at all are counted."""
    named = [_(one.why).format(file=_printable(one.file), force=one.force) for one in passed_over if one.why]
    sentences, unread = named[:AT_MOST], len(passed_over) - len(named)
    if (more := len(named) - AT_MOST) > 0:
        sentence = ngettext("{n} more file was passed over.", "{n} more files were passed over.", more)
        sentences.append(sentence.format(n=number(more)))
    if unread:
        stops = ngettext(
            "{n} file of stops and searches was passed over: only street-level crimes and outcomes are read.",
            "{n} files of stops and searches were passed over: only street-level crimes and outcomes are read.",
            unread,
        )
        sentences.append(stops.format(n=number(unread)))
    return sentences


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def inner_parts(path: str) -> list[str]:
    """The names in a path: old zippers of Windows write backslashes."""
    return re.split(r"[/\\]", path)


def _why(name: str) -> Message:
    if name.endswith(".zip"):
        return ZIP_IN_A_ZIP
    if name.endswith(PACKERS):
        return PACKED
    return NAMED_ODDLY if ".csv" in name else NO_CSV


def _small(text: str) -> str:
    return text.casefold()


def _month(text: str) -> Month | None:
    try:
        month = Month.parse(text)
    except ValueError:
        return None
    return month if month >= FIRST_MONTH else None
