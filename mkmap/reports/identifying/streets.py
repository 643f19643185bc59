"""Tell a house number by the street beside it: `12 High Street`, `14 Parkway`, `Oak Road 9`, `OakRd9`."""

import re

from mkmap.reports.identifying.around import Around
from mkmap.reports.identifying.numbers import counts_something
from mkmap.reports.identifying.sentence import Sentence, is_barrier
from mkmap.reports.identifying.vocabulary import (
    BUILDINGS,
    COUNTED,
    DETERMINERS,
    FUNCTION,
    LEADS_TO_ADDRESS,
    MONTHS,
    NAME_STOPS,
    NOT_STREETS,
    STREETS,
    STREETS_ALONE,
    STREETS_TOO,
    listed,
)

_LONGEST_NAME = 4
_LONGEST_WORD = 24
_TO_NAME = re.compile(r"[ \n]{0,3}(?:[,'_–-]|\n)?[ \n]{0,3}|\.")  # between a number and a street's name
_IN_NAME = re.compile(r"[ ._'-]{0,2}\n?")
_TO_NUMBER = re.compile(r"[ \n,.'(:#–/-]{0,4}")  # between a street and a number
_NOT_NAMES = listed(  # what stands before `road` where no road is named
    "the a an this that our my your their his her its each every same whole main side back front next other car bus police long quiet busy "
    "private country dark wrong nearby residential service access slip ring local public bike cycle school town city village retail "
    "business industrial caravan trailer theme skate football garden walking one two dual close one-way of off in on at by and or to from "
    "down up along across through very so too quite really get got come came went right left no any some all per another nearest first last "
    "open half parked stood stand close-by way"
)
_THE_STREETS = listed("green crescent grove mews terrace gardens avenue close rise parade")  # `8 the green`, never `2 the road`
_SHORT = listed("st rd ave av ln dr cl ct cres pl sq")
_NO_HOUSES = listed("bus buses stop service route train")
_HOURS_BEFORE = listed("at by until till around of all")
_COUNTS = listed("of to or in more")
_PER = listed("a an each every total all altogether percent times time least most once day week month night year")


def stands_before_one(here: Around) -> bool:
    """Not `4 vans in the avenue`, `3 Oak Road residents`, `at 2 the avenue was empty`."""
    end = _street_from(here)
    if not end or _is_the_time_before(here, end):
        return False
    after = here.words[end]
    led = here.before.low in LEADS_TO_ADDRESS
    follows = not re.search(r"[,;:.!?\n()]", after.gap)
    if follows and after.low in _NO_HOUSES:
        return False
    if here.number.spelt and here.number.value == 1 and not (led or here.after.is_capital):
        return False
    owns = here.words[end - 1].low.endswith("'s")
    return led or owns or not (follows and after.low in COUNTED - FUNCTION and not here.words[end + 1].is_number)


def _street_from(here: Around) -> int:
    """The place behind the name of a street that begins after the number; 0 where none does."""
    words, first = here.words, here.number.last + 1
    if not here.after.text or is_barrier(here.after.gap) or not _TO_NAME.fullmatch(here.after.gap):
        return 0
    if here.after.low == "the":
        return _the_street_from(words, first + 1)
    if here.after.low in STREETS_ALONE:
        return first + 1
    for place in range(first, first + _LONGEST_NAME + 1):
        if place > first and (is_barrier(words[place].gap) or not _IN_NAME.fullmatch(words[place].gap)):
            return 0
        if place > first and _ends_name(words, first, place):
            return place + 1
        if not _is_in_name(words, place):
            return 0
    return 0


def _the_street_from(words: Sentence, place: int) -> int:
    """`8 The Hide`, `8 the green`, `8 the old road`."""
    word, second = words[place], words[place + 1]
    if word.low in STREETS | STREETS_TOO:
        return place + 1 if word.gap == " " and (word.is_capital or word.low in _THE_STREETS) else 0
    if word.is_capital and words[place - 1].is_capital and not words.shouts and word.low not in NOT_STREETS:
        return place + 1
    is_street = second.low in STREETS and second.gap == " " and _is_in_name(words, place)
    return place + 2 if is_street and word.low not in _NOT_NAMES else 0


def _ends_name(words: Sentence, first: int, place: int) -> bool:
    word = words[place]
    if word.low.removesuffix("'s") in STREETS:
        return word.low not in ("st", "ave", "av") or not _has_street_behind(words, place)
    if word.low in BUILDINGS and word.is_capital and words[place - 1].is_capital:
        return True
    return word.low in STREETS_TOO and (word.is_capital or _is_name_in_small_letters(words.lows(first, place)))


def _has_street_behind(words: Sentence, place: int) -> bool:
    """`12 High St` ends there, `12 Upper St Johns Road` does not."""
    return any(words[near].low in STREETS and words[near].gap == " " for near in (place + 1, place + 2))


def _is_name_in_small_letters(name: list[str]) -> bool:
    return not any(word in COUNTED | _NOT_NAMES or word.endswith(("ed", "ing", "ly")) for word in name)


def _is_in_name(words: Sentence, place: int) -> bool:
    word = words[place]
    if not word.text or word.is_number or len(word.text) > _LONGEST_WORD or word.low in NAME_STOPS | MONTHS - {"may", "march"}:
        return False
    return (word.is_capital and not words.shouts) or word.low not in COUNTED


def _is_the_time_before(here: Around, end: int) -> bool:
    the = here.after.text == "the" and here.after.gap == " "
    return the and here.before.low in _HOURS_BEFORE and end - here.number.last == 3


def stands_behind_one(here: Around) -> bool:
    """Not `in Oak Road 3 times`, `Oak Road: 9 burglaries`."""
    shortened = here.before.low in _SHORT and here.gap == ". "
    if here.is_behind_mask or not _TO_NUMBER.fullmatch(here.gap) or (re.search(r"[.:] |\n", here.gap) and not shortened):
        return False
    return _street_ends(here.words, here.number.first - 1) and (bool(here.number.letter) or counts_nothing(here))


def _street_ends(words: Sentence, place: int) -> bool:
    word, name = words[place], words[place - 1]
    if word.low in STREETS_ALONE:
        return word.is_capital or name.low in LEADS_TO_ADDRESS
    is_street = word.low in STREETS | STREETS_TOO or (word.low in BUILDINGS and word.is_capital)
    if not is_street or not _IN_NAME.fullmatch(word.gap) or not name.text or name.is_number:
        return False
    if name.low == "the":
        return word.is_capital and (name.is_capital or word.low not in ("road", "street", "avenue", "lane"))
    if name.low in _NOT_NAMES | DETERMINERS or (name.low in COUNTED and not name.is_capital):
        return False
    return word.low in STREETS or word.is_capital or _is_name_in_small_letters([name.low])


def counts_nothing(here: Around) -> bool:
    """Nothing that stands after the number is what it counts."""
    after = here.after
    if not after.text or re.search(r"[;.!?\n)]", after.gap):
        return True
    if after.is_number and after.gap.strip(" ") in ("&", ",", "-", "/"):
        return not counts_something(here.words, here.number.last + 2)
    if after.low in _COUNTS or after.is_number or counts_something(here.words, here.number.last + 1):
        return False
    return not (after.low in ("at", "a", "an") and here.then.low in _PER)
