"""Take the numbers of a text that could be a house's: no date, time, price, measure or number of something else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mkmap.reports.identifying.sentence import Sentence
from mkmap.reports.identifying.vocabulary import (
    ADJECTIVES,
    BEFORE_OTHERS,
    COUNTED,
    MONTHS,
    PLURAL_VERBS,
    STREETS,
    STREETS_ALONE,
    STREETS_TOO,
    UNITS,
    listed,
)

_LONGEST = 4
_YEARS = range(1900, 2100)
_LETTERS = "abcdefghjkn"
_NOT_LETTERS = {"3d", "2d", "4g", "5g", "3g", "2g", "4k", "5k", "8k", "10k", "2k", "20k"}
_GLUED_TO = listed(  # a number that hangs on one of these is no number of a road
    "no nos number numbers num nr nbr nmbr house houseno hse flat flatno flt unit plot door apt apartment at numb home room"
)
_BEFORE_AMOUNTS = ("£", "$", "€", "+")
_AFTER_AMOUNTS = ("%", "£", "°", "+", "''")
_UNITS_LIKE_LETTERS = listed("c f g h k b")


@dataclass(frozen=True)
class HouseNumber:
    """Words `first` to `last` of a sentence; `start` and `end` in the signs."""

    first: int
    last: int
    value: int
    start: int
    end: int
    letter: str = ""
    spelt: bool = False


def house_numbers(words: Sentence) -> list[HouseNumber]:
    return list(_all(words))


def _all(words: Sentence) -> Iterator[HouseNumber]:
    for place in range(len(words)):
        if words[place].is_number and _is_possible(words, place):
            letter = _letter(words, place)
            last = place + bool(letter)
            yield HouseNumber(
                place, last, int(words[place].text), words[place].start, words[last].end, letter, words[place].spelt
            )


def _is_possible(words: Sentence, place: int) -> bool:
    number, before, after = words[place], words[place - 1], words[place + 1]
    value = int(number.text) if len(number.text) <= _LONGEST else 0
    if not value or number.text.startswith("0") or (value in _YEARS and not number.spelt and words[place - 1].low != "number"):
        return False
    if number.is_glued and place and not _may_hang_on(words, place):
        return False
    if _is_part_of_more(words, place) or (before.low in BEFORE_OTHERS and not _is_new_clause(number.gap)):
        return False
    if before.low in MONTHS or (after.low in MONTHS and not after.gap.strip(" -") and not _is_street(words, place + 2)):
        return False
    return not _is_measure(words, place)


def _is_street(words: Sentence, place: int) -> bool:
    return words[place].low in STREETS | STREETS_TOO


def _may_hang_on(words: Sentence, place: int) -> bool:
    before = words[place - 1].low
    return before in _GLUED_TO or before in STREETS | STREETS_TOO | STREETS_ALONE


def _is_new_clause(gap: str) -> bool:
    return bool(re.search(r"[,;:.!?\n(]", gap))


def _is_part_of_more(words: Sentence, place: int) -> bool:
    """Of a time, a price, a fraction, a decimal, a date, a percentage: `10:30`, `£5`, `1,200`, `4/6/2025`, `50" TV`."""
    gap, after = words[place].gap, words.gap_after(place)
    if gap.endswith(_BEFORE_AMOUNTS) or after.lstrip(" ").startswith(_AFTER_AMOUNTS):
        return True
    if after.startswith('"') and not gap.endswith('"'):
        return True
    hangs_left = words[place - 1].is_number and gap in (":", ".", ",")
    hangs_right = words[place + 1].is_number and after in (":", ".", ",")
    return ((hangs_left or hangs_right) and not _is_list(words, place)) or _is_of_three(words, place)


def _is_of_three(words: Sentence, place: int) -> bool:
    """A date, as `4/6/2025`; two are a range of houses."""
    joined = [words[near].is_number and words[near].gap in ("/", "-", ".") for near in range(place - 1, place + 3)]
    return any(one and other for one, other in pairwise(joined)) and (words[place - 1].is_number or words[place + 1].is_number)


def _is_list(words: Sentence, place: int) -> bool:
    """`12,14,16`: not thousands, times or decimals."""
    gap, after = words[place].gap, words.gap_after(place)
    commas = gap == "," or after == ","
    return commas and len(words[place].text) < 3 and len((words[place + 1] if after == "," else words[place - 1]).text) < 3


def _is_measure(words: Sentence, place: int) -> bool:
    """`10pm`, `5 miles`; not the letter of `12c`, and no name with a capital: `4 Grand Union Walk`."""
    after = words[place + 1]
    if after.low not in UNITS or after.gap.strip(" -"):
        return False
    if after.is_glued:
        is_letter = after.low in _UNITS_LIKE_LETTERS and words[place].text + after.low not in _NOT_LETTERS
        return not (is_letter and after.low in _LETTERS)
    is_name = after.is_capital and not after.text.isupper()
    return not is_name and not _is_street(words, place + 1) and after.low not in _UNITS_LIKE_LETTERS


def _letter(words: Sentence, place: int) -> str:
    """The letter of `12a`, also apart from it where a street follows: `12 a High Street`."""
    after = words[place + 1]
    if len(after.text) != 1 or after.low not in _LETTERS or words[place].text + after.low in _NOT_LETTERS:
        return ""
    if after.is_glued:
        return after.low
    apart = after.gap == " " and (after.low != "a" or (words[place + 2].is_capital and words[place + 2].low not in MONTHS))
    return after.low if apart and not words.gap_after(place + 1).strip(" ,.)\n") and _ends_or_names(words, place + 2) else ""


def _ends_or_names(words: Sentence, place: int) -> bool:
    return not words[place].text or words[place].is_capital or bool(re.search(r"[,.)\n]", words[place].gap))


def counts_something(words: Sentence, place: int) -> bool:
    """Whether what begins here is what a number counts, or what only several do: `young men`, `of them`, `were arrested`."""
    return words[place].low in PLURAL_VERBS or counts_things(words, place)


def counts_things(words: Sentence, place: int) -> bool:
    if words[place].low in ("last", "next", "this", "every", "each"):
        return False  # `14 last night`
    for near in range(place, place + 4):
        word = words[near]
        if not word.text or re.search(r"[,;:.!?\n()]", word.gap.replace("\n", "", 1) if near == place else word.gap):
            return False
        if word.low in COUNTED or (word.low == "of" and near == place):
            return True
        if not (word.low in ADJECTIVES or word.low.endswith("ish") or (word.is_number and near > place)):
            return False
    return False
