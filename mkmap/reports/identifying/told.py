"""Tell a house number by what is told of it: `12a was broken into`, `14's car`, `our house (14)`, `22 was burgled`."""

import re
from itertools import pairwise

from mkmap.reports.identifying.around import Around
from mkmap.reports.identifying.called import NUMBERED, NUMBERS_TOO
from mkmap.reports.identifying.vocabulary import COUNTED, STREETS, listed

_LETTERS = "abcdefgh"
_LEADS = listed("at in to from of outside opposite near and or by behind live beside is are re we're i'm into")
_NO_HOUSES = listed("the vitamin a an blood")
_DECADES = listed("the his her their in mid late early")
_OURS = listed("house home flat neighbour neighbours ours mine place neighbor bungalow address door")
_IS_OURS = (
    ["our", "house"], ["my", "house"], ["our", "home"], ["my", "home"], ["next", "door"], ["our", "neighbour"], ["our", "neighbours"],
)  # fmt: skip
_JOINS = listed("and that because when but so then think while")
_WAS = listed("was is has got had")
_DONE = listed(
    "burgled broken robbed targeted empty away vacant ours mine where the our my next done hit raided vandalised attacked on got had been "
    "cctv a for sold also two too entered damaged egged unoccupied rented"
)
_ON_STREET = listed("on in")
_HAD = listed("lot knife gun crowd")


def has_a_letter(here: Around) -> bool:
    """Not `the 14a bus`, `vitamin 12b`, `3D`."""
    if not here.number.letter or not here.words[here.number.last].is_glued or here.after.low in NUMBERS_TOO:
        return False
    if here.number.letter not in _LETTERS or here.before.low in NUMBERED | COUNTED | _NO_HOUSES:
        return here.before.low == "the" and here.after.low in _WAS
    return here.before.low in _LEADS or here.begins


def owns_something(here: Around) -> bool:
    """`14's car`; not `the 60's`."""
    owns = here.behind.startswith("'") and here.after.low == "s"
    return owns and not (here.before.low in _DECADES and here.number.value % 10 == 0)


def explains_whose(here: Around) -> bool:
    """`our house (14)`, `my house, 14, was hit`, `14 (our house)`, `14, the house on the corner`."""
    if here.before.low in _OURS:
        in_brackets = re.fullmatch(r" ?\(", here.gap) and here.behind.startswith(")")
        set_off = here.gap in (", ", " - ", ": ") and re.match(r"[,.)\n]| -", here.behind) and not here.counts
        if in_brackets or set_off:
            return True
    if here.behind.startswith(", ") and not here.gap.strip("\n.!? ") and {"house", "flat", "bungalow"} & set(here.ahead(3)):
        return not here.counts
    if here.behind == " (" and here.ahead(1)[0] in ("flat", "apartment", "apt", "unit"):
        return True
    return here.behind.startswith((" (", ", ")) and here.ahead(2) in _IS_OURS


def was_done_something(here: Around) -> bool:
    """`14 was burgled`, `and 22 has CCTV`; not `1 was wearing`, `14 were arrested`."""
    verb = here.after.low if here.after.gap == " " else ""
    if (
        not (here.begins or here.before.low in _JOINS)
        or verb not in _WAS
        or here.number.value < (5 if here.number.spelt else 2)
    ):
        return False
    if here.then.low.endswith("ing") and here.then.low != "nothing" and here.number.value > 9:
        return True
    has_thing = here.then.low == "a" and here.words[here.number.last + 3].low in _HAD
    return here.then.low in _DONE and (verb in ("was", "is", "has") or here.number.value > 9) and not has_thing


def is_on_a_street(here: Around) -> bool:
    """`9 on Oak Road was hit`; not `9 on Oak Road were stolen`."""
    if not here.begins or here.after.low not in _ON_STREET or here.number.value < 2:
        return False
    ahead = here.ahead(7)
    return any(word in STREETS and verb in ("was", "is", "has") for word, verb in pairwise(ahead))
