"""Choose what a briefing is about: a ward by its name or code, months, and crime types."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from mkmap.errors import Code, Refused
from mkmap.filters import ALL_TYPES, Filters, plain_name
from mkmap.month import Month
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View

MONTHS = 12  # at most, where none are chosen: a year has every season once
CLOSE_NAMES = 3


def ward_code(names: Mapping[str, str], text: str) -> str:
    """The code of a ward by its code or name (`names`: by code); capitals and spaces make no difference.

    Raises Refused with the names that come close, or with the codes of wards that share the name.
    """
    meant = [code for code in names if _folded(code) == _folded(text)]
    codes = meant or [
        code for code, name in names.items() if _folded(text) in (_folded(name), _folded(plain_name(names, code)))
    ]
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise Refused(Code.WARD_AMBIGUOUS, text=text, codes=codes)
    if close := _close(text, names.values()):
        raise Refused(Code.WARD_MISSPELT, text=text, names=" / ".join(close))
    raise Refused(Code.WARD_UNKNOWN, text=text, names=_each_once(names.values()))


def usual_first(snapshot: Snapshot, last: Month) -> Month:
    """Where the stored months without a gap begin that end with a month; at most a year of them."""
    stored, first = snapshot.area(last).stored, last
    while first + -1 in stored and last - first + 1 < MONTHS:
        first += -1
    return first


def chosen(snapshot: Snapshot, first: Month | None, last: Month | None, types: Sequence[str]) -> Filters:
    """Filters without a ward; up to the latest stored month and of the usual type, where these are not named.

    Raises Refused where a month or a type is not one that can be chosen.
    """
    last = last or max(snapshot.latest, first or snapshot.latest)
    first = first or usual_first(snapshot, last)
    choices = snapshot.choices(last)
    for month in (first, last):
        if month not in choices.months:
            raise Refused(Code.MONTH_NOT_STORED, month=month, first=choices.months[0], last=choices.months[-1])
    return Filters(first, last, (), _types(types, choices.types, choices.default.types))


def _types(texts: Sequence[str], known: Sequence[str], usual: tuple[str, ...]) -> tuple[str, ...]:
    if ALL_TYPES in map(_folded, texts):
        return ()
    by_text = _by_text(known)
    for text in texts:
        if _folded(text) in by_text:
            continue
        if close := _close(text, known):
            raise Refused(Code.CRIME_TYPE_MISSPELT, text=text, names=" / ".join(close))
        raise Refused(Code.CRIME_TYPE_UNKNOWN, text=text, names=_each_once(known))
    return tuple(dict.fromkeys(by_text[_folded(text)] for text in texts)) or usual


def view_of(snapshot: Snapshot, filters: Filters, code: str) -> View:
    """What a briefing shows of one ward."""
    return View(snapshot, Filters(filters.first, filters.last, (code,), filters.types))


def _close(text: str, names: Iterable[str]) -> list[str]:
    by_text = _by_text(names)
    return [by_text[match] for match in get_close_matches(_folded(text), by_text, CLOSE_NAMES, cutoff=0.6)]


def _each_once(names: Iterable[str]) -> list[str]:
    return list(_by_text(names).values())


def _by_text(names: Iterable[str]) -> dict[str, str]:
    return {_folded(name): name for name in names}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
