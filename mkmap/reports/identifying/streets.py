"""Tell a house number by the street beside it: `12 High Street`, `Oak Road 9`, `at 14 Perracombe`."""

import re

from mkmap.reports.identifying.numbers import HouseNumber, counts_something
from mkmap.reports.identifying.sentence import Sentence, is_barrier
from mkmap.reports.identifying.vocabulary import (listed)
    BUILDINGS,
    COUNTED,
    DETERMINERS,
    FUNCTION,
    MONTHS,
    NAME_STOPS,
    NOT_STREETS,
    STREETS,
    STREETS_ALONE,
    STREETS_TOO,
)

_LONGEST_NAME = 4
_TO_NAME = re.compile(r"[ \n]{0,3}(?:[,'–-]|\n)?[ \n]{0,3}|\.")  # between a number and a street's name
_IN_NAME = re.compile(r"[ .'-]{0,2}\n?")
_TO_NUMBER = re.compile(r"[ \n,.'(:#–/-]{0,4}")  # between a street and a number
_LEADS_TO_ADDRESS = listed(
    "at of from opposite outside near beside number no nos nr to by address live lives lived in is"
)
_NOT_NAMES = listed(  # what stands before `road` where no road is named
    "the a an this that our my your their his her its each every same whole main side back front next other car bus police long quiet busy "
    "private country dark wrong nearby residential service access slip ring local public bike cycle school town city village retail business "
    "industrial caravan trailer theme skate football garden walking one two dual close one-way of off in on at by and or to from down up along "
    "across through very so too quite really get got come came went right left no any some all per another nearest first last open half "
    "parked stood stand close-by way"
)
_AFTER_COUNT = listed("a an each every total all altogether percent times")
_NO_HOUSES = listed("bus buses stop service route train")


def stands_before_one(words: Sentence, number: HouseNumber) -> bool:
    """`12 High Street`, `14 Parkway`, `8 the Green`; not `4 vans in the avenue`, `3 Oak Road residents`."""
    end = _street_from(words, number)
    if not end or _is_the_time_before(words, number, end):
        return False
    after = words[end]
    led = words[number.first - 1].low in _LEADS_TO_ADDRESS
    follows = not re.search(r"[,;:.!?\n()]", after.gap)
    if follows and after.low in _NO_HOUSES:
        return False
    if number.spelt and number.value == 1 and not (led or words[number.last + 1].is_capital):
        return False
    return led or not (follows and after.low in COUNTED and after.low not in FUNCTION)


def _street_from(words: Sentence, number: HouseNumber) -> int:
    """The place behind the name of a street that begins after the number; 0 where none does."""
    place = number.last + 1
    gap = words[place].gap
    if not words[place].text or is_barrier(gap) or not _TO_NAME.fullmatch(gap):
        return 0
    if words[place].low == "the":
        return _the_street_from(words, place + 1)
    if words[place].low in STREETS_ALONE:
        return place + 1
    for near in range(place, place + _LONGEST_NAME + 1):
        word = words[near]
        if near > place and (is_barrier(word.gap) or not _IN_NAME.fullmatch(word.gap)):
            return 0
        if near > place and _ends_name(words, place, near):
            return near + 1
        if not _is_in_name(words, near, capital=word.is_capital and not words.shouts):
            return 0
    return 0


def _the_street_from(words: Sentence, place: int) -> int:
    word = words[place]
    if word.gap != " " or word.low not in STREETS | STREETS_TOO:
        return _street_after_the(words, place)
    named = word.is_capital or word.low in (
        "green",
        "crescent",
        "grove",
        "mews",
        "terrace",
        "gardens",
        "avenue",
        "close",
        "rise",
        "parade",
    )
    return place + 1 if named else 0


def _street_after_the(words: Sentence, place: int) -> int:
    """`8 The Hide`, and `8 the old orchard`."""
    if words[place].is_capital and words[place - 1].is_capital and words[place].low not in NOT_STREETS:
        return place + 1
    second = words[place + 1]
    is_street = second.low in STREETS and second.gap == " " and _is_in_name(words, place, capital=False)
    return place + 2 if is_street and words[place].low not in _NOT_NAMES else 0


def _ends_name(words: Sentence, first: int, place: int) -> bool:
    word = words[place]
    if word.low in STREETS:
        return word.low not in ("st", "ave", "av") or not _goes_on(words, place)
    if word.low in BUILDINGS and word.is_capital and words[place - 1].is_capital:
        return True
    if word.low not in STREETS_TOO:
        return False
    return word.is_capital or _is_name_in_small_letters(words.lows(first, place))


def _goes_on(words: Sentence, place: int) -> bool:
    """`12 High St` ends there, `12 Upper St Johns Road` does not."""
    return any(words[near].low in STREETS and words[near].gap == " " for near in (place + 1, place + 2))


def _is_name_in_small_letters(name: list[str]) -> bool:
    return not any(word in COUNTED | _NOT_NAMES or word.endswith(("ed", "ing", "ly")) for word in name)


def _is_in_name(words: Sentence, place: int, *, capital: bool) -> bool:
    word = words[place]
    if (
        not word.text
        or word.is_number
        or len(word.text) > 24
        or word.low in NAME_STOPS
        or word.low in MONTHS - {"may", "march"}
    ):
        return False
    return capital or word.low not in COUNTED


def _is_the_time_before(words: Sentence, number: HouseNumber, end: int) -> bool:
    """`at 2 the avenue was empty`."""
    the = words[number.last + 1].low == "the" and not words[number.last + 1].is_capital and words[number.last + 1].gap == " "
    return (
        the and words[number.first - 1].low in ("at", "by", "until", "till", "around", "of", "all") and end - number.last == 3
    )


def stands_behind_one(words: Sentence, number: HouseNumber) -> bool:
    """`Oak Road 9`, `OakRd9`, `The Green, 8`; not `in Oak Road 3 times`, `Oak Road: 9 burglaries`."""
    gap = words[number.first].gap
    abbreviated = (
        words[number.first - 1].low in ("st", "rd", "ave", "av", "ln", "dr", "cl", "ct", "cres", "pl", "sq") and gap == ". "
    )
    if (
        is_barrier(gap)
        or not _TO_NUMBER.fullmatch(gap)
        or (re.search(r"[.:] |\n", gap) and not abbreviated)
        or not _street_ends(words, number.first - 1)
    ):
        return False
    return bool(number.letter) or _stands_alone(words, number.last + 1)


def stands_behind_a_name(words: Sentence, number: HouseNumber) -> bool:
    """`at Farmborough 45`, and where a line is nothing but that."""
    name, place = words[number.first - 1], number.first - 2
    while (
        words[place].is_capital
        and words[place + 1].gap == " "
        and words[place].low not in _LEADS_TO_ADDRESS
        and place > number.first - 5
    ):
        place -= 1
    before = words[place]
    if not name.is_capital or not name.text[1:].islower() or len(name.text) < 5 or words[number.first].gap not in (" ", ", "):
        return False
    if name.low in NOT_STREETS | COUNTED | FUNCTION or not _stands_alone(words, number.last + 1):
        return False
    ends = not words[number.last + 1].text or bool(re.search(r"[,.;\n]", words[number.last + 1].gap))
    return ends and before.low in ("at", "in", "near", "opposite", "outside", "of", "address", "live", "")


def _street_ends(words: Sentence, place: int) -> bool:
    word, name = words[place], words[place - 1]
    if word.low in STREETS_ALONE:
        return word.is_capital or name.low in _LEADS_TO_ADDRESS
    is_street = word.low in STREETS | STREETS_TOO or (word.low in BUILDINGS and word.is_capital)
    if not is_street or not _IN_NAME.fullmatch(word.gap) or not name.text or name.is_number:
        return False
    if name.low == "the":
        return word.is_capital and name.is_capital or (word.is_capital and word.low not in ("road", "street", "avenue", "lane"))
    if name.low in _NOT_NAMES | DETERMINERS or name.low in COUNTED and not name.is_capital:
        return False
    return word.low in STREETS or word.is_capital or _is_name_in_small_letters([name.low])


def _stands_alone(words: Sentence, place: int) -> bool:
    """Nothing after the number is what it counts."""
    after, then = words[place], words[place + 1]
    if not after.text or re.search(r"[;.!?\n)]", after.gap):
        return True
    if after.low in ("of", "to", "or", "in", "more", "%") or after.is_number or counts_something(words, place):
        return False
    if after.low in ("at", "a", "an") and (
        then.low in _AFTER_COUNT or then.low in ("time", "least", "most", "once", "day", "week", "month", "night", "year")
    ):
        return False
    return True


def stands_before_a_name(words: Sentence, number: HouseNumber) -> bool:
    """`at 14 Perracombe`, and `14 Perracombe, Furzton` where a text or a line begins."""
    place = number.last + 1
    name, before = words[place], words[number.first - 1]
    if not name.is_capital or name.gap not in (" ", ", ", "") or len(name.text) < 3 or not name.text[1:].islower():
        return False
    if name.low in NOT_STREETS or name.low in COUNTED or counts_something(words, place + 1):
        return False
    while words[place + 1].is_capital and words[place + 1].gap == " " and place < number.last + 3:
        place += 1
    name, follows = words[place], words[place + 1]
    if follows.gap.isspace() and follows.low.endswith("s") and not follows.is_capital and follows.low not in FUNCTION:
        return False  # `3 London boroughs`
    if before.low in ("at", "number", "no", "address") or (before.low in _LEADS_TO_ADDRESS and number.letter):
        return True
    if before.low in _LEADS_TO_ADDRESS - {"is", "in", "to", "by", "of", "from"}:
        return not name.low.endswith("s")
    begins = not before.text or "\n" in words[number.first].gap or words[number.first].gap.endswith((": ", ":"))
    return begins and bool(re.search(r"[,\n]", follows.gap) or not follows.text)
