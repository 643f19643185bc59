"""Reduce a text to plain letters, digits and marks for looking things up in it, and know where in the text each of them stands."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from mkmap.reports.identifying.lookalikes import plain

Span = tuple[int, int]  # from and to, as in a slice

BARRIER = "\ufffc"  # stands where something was masked already
JOINERS = "\u200c\u200d"
_BLANKS = "\u2800\u3164\uffa0"  # letters and signs by name that show nothing
_NOTHING = "\u115f\u1160\u17b4\u17b5"  # the same, without any width
_ALIKE = {
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2032": "'", "`": "'", "´": "'", "\u201c": '"', "\u201d": '"',
    "\u2212": "-", "\u2043": "-", "\u30fc": "-", "\u2044": "/", "\u2215": "/", "\u3002": ".", "\u00b7": ".", "\u2022": ".",
    "\u2027": ".", "\u2219": ".", "\u30fb": ".", "\u3001": ",", "\u066b": ".", "\u066c": ",", "\u060c": ",", "\u06d4": ".",
    "\u0964": ".", "\u2223": "|", "№": "no ", "°": "°", "\u00d7": "x", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip
_LETTER_BLOCKS = (0x1F150, 0x1F170, 0x1F1E6)  # white on black, and those of flags: no decomposition tells which letter each is
_FLAG = "\U0001f3f4"


@dataclass(frozen=True)
class Skeleton:
    """`signs`: the plain text; `at`: for each of them the span of the text that it stands for."""

    text: str
    signs: str
    at: tuple[Span, ...] = field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """Where in the text a slice of the signs stands, with the marks and invisible signs that hang on its end."""
        first, last = self.at[start][0], self.at[end - 1][1]
        while last < len(self.text) and _hangs_on(self.text[last]):
            last += 1
        return first, last

    def written(self, start: int, end: int) -> str:
        return self.text[self.at[start][0] : self.at[end - 1][1]]

    def without(self, spans: Iterable[Span]) -> "Skeleton":
        """Barriers instead of what stands in these spans of the text."""
        signs, starts = list(self.signs), [start for start, _end in self.at]
        for start, end in spans:
            for place in range(bisect_left(starts, start), bisect_left(starts, end)):
                signs[place] = BARRIER
        return Skeleton(self.text, "".join(signs), self.at)


def kept(text: str) -> str:
    """The text without signs that hide or turn others; joiners stay where a script or an emoji needs them."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(sign for place, sign in enumerate(text) if _stays(sign, text[max(place - 1, 0) : place]))


def skeleton(text: str, masks: Iterable[Span] = ()) -> Skeleton:
    """Of a text in which these spans are masks already."""
    signs: list[str] = []
    at: list[Span] = []
    place = 0
    for start, end in [*masks, (len(text), len(text))]:
        for near in range(place, start):
            plainly = _plainly(text, near)
            signs += plainly
            at += [(near, near + 1)] * len(plainly)
        if start < end:
            signs.append(BARRIER)
            at.append((start, end))
        place = end
    return Skeleton(text, "".join(signs), tuple(at))


def _plainly(text: str, place: int) -> str:
    sign = text[place]
    if sign == "ⓐ" and (text[place - 1 : place] + text[place + 1 : place + 2]).isascii():
        return "@"  # alone among plain letters
    if " " <= sign <= "~" or sign == "\n":
        return _ALIKE.get(sign, sign)
    if sign in _ALIKE:
        return _ALIKE[sign]
    return "".join(_plain_sign(part) for part in unicodedata.normalize("NFKD", sign))


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    kind = unicodedata.category(sign)
    if kind.startswith("M") or kind in ("Cf", "Cc", "Cs", "Cn", "Co") or sign in _NOTHING:
        return ""
    if (value := unicodedata.numeric(sign, None)) is not None and value in range(10):
        return str(int(value))
    for first in _LETTER_BLOCKS:
        if 0 <= ord(sign) - first < 26:
            return chr(ord("A") + ord(sign) - first)
    if kind.startswith("L"):
        return " " if sign in _BLANKS else _ALIKE.get(sign, plain(sign))
    return _ALIKE.get(sign, "-" if kind == "Pd" else " " if kind[0] in "ZS" else sign)


def _hangs_on(sign: str) -> bool:
    return not sign.isascii() and (unicodedata.category(sign)[0] == "M" or unicodedata.category(sign) == "Cf")


def _stays(sign: str, before: str) -> bool:
    kind = unicodedata.category(sign)
    if sign in JOINERS:
        return bool(before) and _needs_joiners(before)
    if kind == "Cf":
        return unicodedata.bidirectional(sign) in ("AN", "AL") or (0xE0000 < ord(sign) < 0xE0080 and _in_flag(before))
    return kind not in ("Cc", "Cs") or sign == "\n"


def _in_flag(before: str) -> bool:
    return bool(before) and (before == _FLAG or 0xE0000 < ord(before) < 0xE0080)


def _needs_joiners(before: str) -> bool:
    """A letter or mark of a script whose letters join, or an emoji."""
    if ord(before) < 0x0590:
        return False
    kind = unicodedata.category(before)
    return (
        kind == "So" or before == "\ufe0f" or 0x1F3FB <= ord(before) <= 0x1F3FF or (kind[0] in "LM" and not _is_western(before))
    )


def _is_western(letter: str) -> bool:
    return letter in JOINERS or unicodedata.name(letter, "").startswith(
        ("LATIN", "GREEK", "CYRILLIC", "CJK", "HANGUL", "FULLWIDTH")
    )
