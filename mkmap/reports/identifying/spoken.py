"""Write digits and letters that are told in words as digits and letters: `double oh seven` as `007`, `Alpha Bravo` as `A B`."""

import re
from itertools import pairwise

from mkmap.reports.identifying.skeleton import Skeleton, Span
from mkmap.reports.identifying.vocabulary import listed

_ONES = {
    "zero": 0, "nought": 0, "naught": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_OHS = {"o", "oh", "ow", "oo"}
_TIMES = {"double": 2, "dbl": 2, "triple": 3, "treble": 3}
_ALPHABET = listed(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo "
    "sierra tango uniform victor whiskey whisky xray yankee zulu"
)
_LETTERS = {word: word[0].upper() for word in _ALPHABET}
_WORD = re.compile(
    r"(?<![^\W\d_])(?:no|number|flat|house|at)(?=(?:{tens}|{ones})(?![^\W\d_]))|[^\W\d_]+|\d+".format(
        tens="|".join(_TENS), ones="|".join(_ONES.keys() - {"one", "ten", "nil"})
    ),
    re.I,
)
_BETWEEN = re.compile(r"[ \n.,;:/_-]{0,3}")  # what may stand between two words that are told as one number
_JOINS = re.compile(r"[ -]{0,2}")

Word = tuple[str, Span]
Reading = tuple[str, Span]  # digits or a letter, and the slice of the signs that tells them


def spoken(written: Skeleton) -> Skeleton:
    """The same text with what is told in words as it would be written."""
    signs: list[str] = []
    at: list[Span] = []
    place = 0
    for digits, (start, end) in _readings(written.signs):
        signs.append(written.signs[place:start] + digits)
        at += written.at[place:start]
        at += [(written.at[start][0], written.at[end - 1][1])] * len(digits)
        place = end
    return Skeleton(written.text, "".join([*signs, written.signs[place:]]), (*at, *written.at[place:]))


def _readings(signs: str) -> list[Reading]:
    words = [(match[0].lower(), match.span()) for match in _WORD.finditer(signs)]
    near = [bool(_BETWEEN.fullmatch(signs, before[1][1], after[1][0])) for before, after in pairwise(words)]
    joined = [bool(_JOINS.fullmatch(signs, before[1][1], after[1][0])) for before, after in pairwise(words)]
    readings: list[Reading] = []
    place = 0
    while place < len(words):
        digits, used = (
            _x_ray(words, near, place)
            or _number(words, joined, place)
            or _digits(words, near, place)
            or _letter(words, near, place)
            or ("", 1)
        )
        if digits:
            _add(readings, digits, (words[place][1][0], words[place + used - 1][1][1]), signs)
        place += used
    return readings


def _add(readings: list[Reading], digits: str, span: Span, signs: str) -> None:
    """Digits that are told one after another are one number: `one oh seven`."""
    before, (start, end) = readings[-1] if readings else ("", (0, 0))
    if len(digits) == 1 and digits.isdigit() and before.isdigit() and _JOINS.fullmatch(signs, end, span[0]):
        readings[-1] = (before + digits, (start, span[1]))
    else:
        readings.append((digits, span))


def _number(words: list[Word], joined: list[bool], place: int) -> tuple[str, int] | None:
    """`forty-two`, `nine hundred`, `one hundred and seven`: what it comes to, and in how many words."""
    hundreds = _one_digit(words[place][0]) if _follows(words, joined, place, "hundred") else ""
    if not hundreds:
        rest = _below_hundred(words, joined, place)
        return (str(rest[0]), rest[1]) if rest else None
    if _follows(words, joined, place + 1, "and") and (rest := _below_hundred(words, joined, place + 3)):
        return str(100 * int(hundreds) + rest[0]), 3 + rest[1]
    return hundreds + "00", 2


def _below_hundred(words: list[Word], joined: list[bool], place: int) -> tuple[int, int] | None:
    if place >= len(words):
        return None
    word = words[place][0]
    if word in _TENS:
        after = words[place + 1][0] if place < len(joined) and joined[place] else ""
        return (_TENS[word] + _ONES[after], 2) if 1 <= _ONES.get(after, 0) <= 9 else (_TENS[word], 1)
    return (_ONES[word], 1) if word in _ONES else None


def _one_digit(word: str) -> str:
    """The digit that a word stands for, if it is one; `a hundred` is one hundred."""
    if word == "a":
        return "1"
    return word if word.isdigit() and len(word) == 1 else str(_ONES[word]) if _ONES.get(word, 10) < 10 else ""


def _follows(words: list[Word], joined: list[bool], place: int, wanted: str) -> bool:
    return place < len(joined) and joined[place] and words[place + 1][0] == wanted


def _digits(words: list[Word], near: list[bool], place: int) -> tuple[str, int] | None:
    """`double seven`, and `oh` beside something that is a digit."""
    word = words[place][0]
    after = words[place + 1][0] if place < len(near) and near[place] else ""
    if word in _TIMES and (digit := "0" if after in _OHS else _one_digit(after)) and after != "a":
        return digit * _TIMES[word], 2
    before = words[place - 1][0] if place and near[place - 1] else ""
    if word in _OHS and (_is_digit(before) or _is_digit(after)):
        return "0" * (2 if word == "oo" else 1), 1
    return None


def _is_digit(word: str) -> bool:
    return word.isdigit() or word in _OHS or word in _TIMES or word in _ONES


def _letter(words: list[Word], near: list[bool], place: int) -> tuple[str, int] | None:
    """A word of the phonetic alphabet beside another one, or beside a digit or a letter that stands alone."""
    word = words[place][0]
    if word not in _LETTERS:
        return None
    beside = [words[place - 1][0]] if place and near[place - 1] else []
    beside += [words[place + 1][0]] if place < len(near) and near[place] else []
    return (_LETTERS[word], 1) if any(_is_spelt(other) for other in beside) else None


def _x_ray(words: list[Word], near: list[bool], place: int) -> tuple[str, int] | None:
    return ("X", 2) if words[place][0] == "x" and place < len(near) and near[place] and words[place + 1][0] == "ray" else None


def _is_spelt(word: str) -> bool:
    return word in _LETTERS or _is_digit(word) or (len(word) == 1 and word not in "ai")
