"""Tell a house number by a name beside it that does not say that it is a street's: `at 14 Perracombe`, `Farmborough 45`."""

import re

from mkmap.reports.identifying.around import Around
from mkmap.reports.identifying.numbers import counts_something
from mkmap.reports.identifying.sentence import Word
from mkmap.reports.identifying.streets import counts_nothing
from mkmap.reports.identifying.vocabulary import COUNTED, FUNCTION, LEADS_TO_ADDRESS, NOT_STREETS, listed

_LONGEST_NAME = 3
_LOWEST_ALONE = 12  # below it a name and a number are as often something else: `Radio 2`
_LEADS_TO_NAME = LEADS_TO_ADDRESS - listed("is in to by of from")
_LEADS_FOR_SURE = listed("at number no address")
_LEADS_TO_BOTH = listed("at in near opposite outside of address live")


def stands_before_a_name(here: Around) -> bool:
    """After `at` and the like, and where a line begins: `14 Perracombe, Furzton`; not `in 3 London boroughs`."""
    words, place = here.words, here.number.last + 1
    if not _is_name(here.after, 3) or here.after.gap not in (" ", ", ", "") or counts_something(words, place + 1):
        return False
    while words[place + 1].is_capital and words[place + 1].gap == " " and place < here.number.last + _LONGEST_NAME:
        place += 1
    name, follows = words[place], words[place + 1]
    if follows.gap.isspace() and follows.low.endswith("s") and not follows.is_capital and follows.low not in FUNCTION:
        return False
    if here.before.low in _LEADS_FOR_SURE or (here.before.low in LEADS_TO_ADDRESS and here.number.letter):
        return True
    if here.before.low in _LEADS_TO_NAME:
        return not name.low.endswith("s")
    begins = not here.before.text or "\n" in here.gap or here.gap.endswith((":", ": "))
    return begins and (not follows.text or bool(re.search(r"[,\n]", follows.gap)))


def stands_behind_a_name(here: Around) -> bool:
    """After `at` and the like, and where a line is nothing but that."""
    if not _is_name(here.before, 5) or here.before.low in FUNCTION or here.gap not in (" ", ", ") or not counts_nothing(here):
        return False
    words, place = here.words, here.number.first - 2
    while words[place].is_capital and words[place + 1].gap == " " and place > here.number.first - 2 - _LONGEST_NAME:
        if words[place].low in LEADS_TO_ADDRESS:
            break
        place -= 1
    ends = not here.after.text or bool(re.search(r"[,.;\n]", here.after.gap))
    if not words[place].text:
        return ends and here.number.value > _LOWEST_ALONE
    return ends and words[place].low in _LEADS_TO_BOTH


def _is_name(word: Word, shortest: int) -> bool:
    is_word = word.is_capital and word.text[1:].islower() and len(word.text) >= shortest
    return is_word and word.low not in NOT_STREETS | COUNTED
