"""Find postcodes, split, glued, or with a letter in the place of a digit."""

import re
from collections.abc import Iterator

from mkmap.reports.identifying.skeleton import Span
from mkmap.reports.identifying.vocabulary import SHORT_WORDS, listed

_AREAS = listed(
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD "
    "HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH "
    "RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_S = r"[\s.,/_*'()+-]{0,3}"
_AREA = "|".join(rf"{area[0]}{_S}{area[1]}" if len(area) == 2 else area for area in sorted(_AREAS, key=len, reverse=True))
_D = r"[0-9OIl|]"
_IN = r"[ABD-HJLNP-UW-Z]"  # the letters of a postcode's second half
_SAID = r"(?:(?:space|then|dash|hyphen|and)\s{1,2}){0,2}"
_WHOLE = re.compile(
    rf"(?P<area>{_AREA}){_S}(?P<district>{_D}(?:{_S}[0-9OIl|A-Z])?)(?P<middle>(?:[^\w\ufffc]|_){{0,5}}{_SAID})"
    rf"(?P<sector>{_D})(?P<gap>{_S})(?P<unit>{_IN}{_S}{_IN})",
    re.I,
)
_APART = re.compile(
    rf"\b(?:{'|'.join(_AREAS)})[0-9][0-9A-Z]?\b(?:\W{{1,3}}(?:and|then|the|it|rest|is|its|it's|ends?|ending|last|second|other|half|part|bit|"
    rf"with|plus|followed|by|in|postcode|three|letters|[3])\b){{1,7}}\W{{1,3}}([0-9]\s?{_IN}{{2}})\b",
    re.I,
)
_TURNED = re.compile(rf"\b([0-9]{_IN}{{2}})[\s,(/-]{{1,3}}(?:in\s)?(?:{'|'.join(_AREAS)})[0-9][0-9A-Z]?\b")
_OTHER = re.compile(r"\bGIR\s?0AA\b|\bBFPO\s?\d{1,4}\b", re.I)
_CUED = re.compile(rf"\bpost\s?code\W{{1,3}}(?:\w{{1,10}}\W{{1,2}}){{0,3}}([0-9]\s?{_IN}{{2}})\b", re.I)
_SINGLE_BEFORE = re.compile(r"(?:^|[^A-Za-z0-9])[A-HJ-Zb-hj-z0-9][ .,/_*-]$")
_SINGLE_AFTER = re.compile(r"[ .,/_*-][A-Za-z0-9](?![A-Za-z0-9])")
_ORDINALS = {"st", "nd", "rd", "th"}
_AREAS_THAT_ARE_WORDS = {
    "so",
    "me",
    "no",
    "al",
    "co",
    "da",
    "ha",
    "la",
    "pa",
    "st",
    "ox",
    "ex",
    "ab",
    "b",
    "e",
    "g",
    "l",
    "m",
    "n",
    "s",
    "w",
}


def postcodes(signs: str) -> Iterator[Span]:
    place = 0
    while match := _WHOLE.search(signs, place):
        if _is_one(signs, match):
            yield match.span()
            place = match.end()
        else:
            place = match.start() + 1
    for pattern in (_APART, _TURNED, _OTHER):
        for match in pattern.finditer(signs):
            yield match.span()
    for match in _CUED.finditer(signs):
        yield match.span(1)


def _is_one(signs: str, match: re.Match[str]) -> bool:
    whole = match[0]
    letters = [sign for sign in whole if sign.isalpha()]
    capitals = all(sign.isupper() or sign == "l" for sign in letters)
    if not _is_bounded(signs, match, capitals=capitals) or not re.search(r"\d", match["district"] + match["sector"]):
        return False
    if re.search(r"[OIl|]", match["district"][0] + match["sector"]) and not capitals:
        return False
    return capitals or _is_one_in_small_letters(match)


def _is_bounded(signs: str, match: re.Match[str], *, capitals: bool) -> bool:
    before, after = signs[match.start() - 1 : match.start()], signs[match.end() : match.end() + 1]
    if _is_part_of_more(signs, match):
        return False
    glued = capitals and len(match[0]) <= 8
    return not (before.isalnum() and not (glued and before.islower())) and not (
        after.isalnum() and not (glued and after.islower())
    )


def _is_part_of_more(signs: str, match: re.Match[str]) -> bool:
    """Of something longer whose signs stand apart: `K N 1 9 X Y Z`."""
    first_apart, last_apart = not match[0][1].isalnum(), not match[0][-2].isalnum()
    before = first_apart and _SINGLE_BEFORE.search(signs[max(match.start() - 3, 0) : match.start()])
    return bool(before or (last_apart and _SINGLE_AFTER.match(signs, match.end())))


def _is_one_in_small_letters(match: re.Match[str]) -> bool:
    """Not where its parts are words and numbers of a sentence: `so 1 2 at`, `the M1 2nd exit`."""
    unit, area = match["unit"].lower(), match["area"].lower()
    if unit in _ORDINALS and not match["unit"].isupper():
        return False
    if match["gap"] and unit in SHORT_WORDS and not match["unit"].isupper():
        return False
    apart = len(match[0]) - len(re.sub(r"[\s.,/_*'()+-]", "", match[0])) > len(match["middle"])
    if not apart:
        return not (unit in SHORT_WORDS and match["middle"] and area in _AREAS_THAT_ARE_WORDS)
    alone = len(unit) > 2 and len(area) != 2  # every sign by itself
    return alone or area not in _AREAS_THAT_ARE_WORDS
