"""Tell a house number by what it is called: `no 9`, `number nine`, `#12`, `flat 3b`, `our house number is 14`."""

import re

from mkmap.reports.identifying.around import Around
from mkmap.reports.identifying.streets import stands_before_one
from mkmap.reports.identifying.vocabulary import DETERMINERS, UNITS, listed

NUMBERED = listed(  # what has a number that is no house's
    "bus phone telephone tel mobile crime reference ref case incident log contact registration reg plate serial shirt squad collar badge "
    "shoulder route train platform account order priority suspect problem issue reason public enemy cad urn lottery model page house-party"
)
NUMBERS_TOO = listed(
    "bus buses route priority suspect reason issue problem rule fan choice concern thing complaint train service stop stops shirt jersey seed iron hit single"
)
_CALLED = listed("no nos number numbers num nums nr nbr nmbr numb numbered houseno flatno")
_DWELLINGS = listed(
    "flat flats flt apartment apartments apt appt unit units plot door house houses hse studio maisonette bungalow caravan chalet villa "
    "suite cottage room home property address block lodge"
)
_LOOSE = listed("house home door property address block room unit villa cottage lodge houses caravan")  # also before a count
_TO_NUMBER = re.compile(r" {0,2}[.:#(=_/\"'-]{0,2} {0,2}")
_SEVERAL = listed("were are came ran drove tried have took walked run")
_WHERE = listed("at in opposite outside from near of house flat door live to is")
_SAYS = listed("is was reads says number's no's address's")
_NUMBER_OF = listed("number no number's num address door")
_DWELLING_OF = listed("house door home flat")
_WHOSE = listed("my our his her their")


def is_called_a_number(here: Around) -> bool:
    """`no 9`, `number nine`, `#12`; not `the number 9 bus`, `no 10 year old`, `suspect number one`."""
    if here.gap.rstrip(" ").endswith("#"):
        return not {here.cue.low, here.before.low} & NUMBERED
    if here.before.low == "n" and here.gap.startswith("°"):
        return True
    if here.before.low == "number" and here.cue.low == "the" and here.after.low in ("from", "to", "into"):
        return False  # a bus
    if here.before.low not in _CALLED or here.is_behind_mask or not _TO_NUMBER.fullmatch(here.gap):
        return False
    if here.cue.low in NUMBERED or here.after.low in NUMBERS_TOO or (here.counts and not _is_a_name(here)):
        return False
    return _is_address_one(here) if here.number.value == 1 and not here.number.letter else True


def _is_a_name(here: Around) -> bool:
    """`number 9 door` and `number 9 came out` tell of a house, `no 9 came` of nine people."""
    if here.after.low in _SEVERAL:
        return here.before.low != "no"
    single = not here.after.low.endswith("s") and here.after.low not in UNITS | {"of"}
    return single and here.before.low == "number"


def _is_address_one(here: Around) -> bool:
    """`number one` is often the first of something, and `no one` nobody."""
    if stands_before_one(here):
        return here.before.low != "no" or not here.number.spelt
    if here.before.low == "no":
        return not here.number.spelt and here.ends
    return here.cue.low in _WHERE


def is_called_a_dwelling(here: Around) -> bool:
    """`flat 3b`, `house 9`, `door 5`; not `into my house 3 times`, `in the flat 2 weeks`."""
    if here.before.low not in _DWELLINGS or here.is_behind_mask or not _TO_NUMBER.fullmatch(here.gap) or ". " in here.gap:
        return False
    one_of_them = here.cue.low in DETERMINERS
    if here.number.letter or not here.gap or (here.ahead(2) == ["of", "the"] and not one_of_them):
        return True
    if here.counts:
        return here.before.low not in _LOOSE and not one_of_them and here.after.low not in UNITS
    about = here.before.low in _LOOSE and (one_of_them or here.cue.low in ("at", "front", "back"))
    if about and here.after.low in ("down", "up", "along", "away", "over"):
        return False
    return here.ends or here.goes_on or not about


def is_said_to_be_one(here: Around) -> bool:
    """`our house number is 14`, `the number on the door reads 22`, `my house is 14`, `address: 14`."""
    near = here.earlier(9)
    first = here.number.first
    if any(re.search(r"[.!?;\n]", here.words[place].gap) for place in range(max(first - 5, 1), first)):
        return False
    if here.before.low in ("address", "door", "house") and re.search(r"[:=]", here.gap):
        return not here.counts and not here.after.low.endswith("s")
    if here.before.low not in _SAYS or here.counts:
        return False
    if near[-3:-2] and near[-3] in _WHOSE | {"the"} and near[-2] in _DWELLING_OF | {"bungalow"}:
        return here.is_alone
    return _is_of_a_dwelling(set(near), set(near[-6:]))


def _is_of_a_dwelling(near: set[str], nearer: set[str]) -> bool:
    """Not `the number of burglaries is 14`, `her phone number is`."""
    other = near & NUMBERED or (nearer & {"of", "age"} and not near & _DWELLING_OF)
    return bool(near & _NUMBER_OF and not other and near & (_DWELLING_OF | _WHOSE | {"address", "gate"}))
