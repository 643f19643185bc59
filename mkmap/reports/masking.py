"""Mask in a text what could lead somebody to a person or a home, before the text is written anywhere."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mkmap.reports.identifying import people
from mkmap.reports.identifying.cards import cards
from mkmap.reports.identifying.houses import houses
from mkmap.reports.identifying.mails import mails
from mkmap.reports.identifying.phones import phones
from mkmap.reports.identifying.plates import plates
from mkmap.reports.identifying.postcodes import postcodes
from mkmap.reports.identifying.skeleton import Skeleton, Span, kept, skeleton
from mkmap.reports.identifying.spoken import spoken
from mkmap.words import _

Finder = Callable[[str], Iterable[Span]]


@dataclass(frozen=True)
class Masked:
    """A text without what could lead to somebody; `kinds`: of what was taken out, sorted.

    `warned`: what is still in it and looks like a name or the like, in the order of the text, with its kind.
    """

    text: str
    kinds: tuple[str, ...] = ()
    warned: tuple[tuple[str, str], ...] = ()


_FINDERS: tuple[tuple[str, Finder], ...] = (("email", mails), ("postcode", postcodes), ("phone", phones), ("plate", plates))
_WARNED: tuple[tuple[str, Finder], ...] = (
    ("card", cards),
    ("insurance", people.insurances),
    ("birth", people.births),
    ("name", people.names),
)


def masked(text: str) -> Masked:
    """The text with house numbers, postcodes, telephone numbers, e-mail addresses and number plates replaced by words."""
    text = kept(text)
    words = _words()
    kinds: set[str] = set()
    while spans := _spans(text, words):  # a mask can make plain what stands beside it
        for (start, end), kind in sorted(spans.items(), reverse=True):
            text = text[:start] + words[kind] + text[end:]
            kinds.add(kind)
    return Masked(text, tuple(sorted(kinds)), tuple(_warned(text, words)))


def _warned(text: str, words: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What a moderator need not know either, but no program can tell for certain."""
    plain = spoken(skeleton(text, _masks(text, words)))
    spans: dict[Span, str] = {}
    for kind, finder in _WARNED:
        plain = _take(spans, kind, plain, finder(plain.signs))
    for (start, end), kind in sorted(spans.items()):
        yield kind, text[start:end]


def _words() -> dict[str, str]:
    return {
        "house_number": _("[house number]"),
        "postcode": _("[postcode]"),
        "phone": _("[phone number]"),
        "email": _("[e-mail]"),
        "plate": _("[number plate]"),
    }


def _spans(text: str, words: dict[str, str]) -> dict[Span, str]:
    """Where something stands that is to be masked, and what; none overlaps another."""
    plain = spoken(skeleton(text, _masks(text, words)))
    spans: dict[Span, str] = {}
    for kind, finder in _FINDERS:
        plain = _take(spans, kind, plain, finder(plain.signs))
    _take(spans, "house_number", plain, houses(plain))
    return spans


def _masks(text: str, words: dict[str, str]) -> list[Span]:
    return [match.span() for match in re.finditer("|".join(map(re.escape, words.values())), text)]


def _take(spans: dict[Span, str], kind: str, plain: Skeleton, slices: Iterable[Span]) -> Skeleton:
    """Note what does not overlap what was noted, and put barriers into its place."""
    new: list[Span] = []
    for start, end in sorted(plain.span(*each) for each in slices):
        if new and start < new[-1][1]:
            new[-1] = (new[-1][0], max(end, new[-1][1]))
        elif not _overlaps(spans, start, end):
            new.append((start, _with_bracket(plain.text, start, end)))
    spans.update(dict.fromkeys(new, kind))
    return plain.without(new)


def _with_bracket(text: str, start: int, end: int) -> int:
    """Where the slice ends with the bracket that closes one inside it."""
    is_open = text.count("(", start, end) > text.count(")", start, end)
    return end + 1 if is_open and text[end : end + 1] == ")" else end


def _overlaps(spans: dict[Span, str], start: int, end: int) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)
