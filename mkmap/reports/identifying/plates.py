"""Find number plates of vehicles, of all years, glued or apart."""

import re
from collections.abc import Iterator

from mkmap.reports.identifying.skeleton import Span
from mkmap.reports.identifying.vocabulary import SHORT_WORDS, listed

_S = r"(?:[^\w\ufffc+\"£$%]|_){0,3}"
_D = r"[0-9OIl|]"
_L = r"[A-Z]"
_L0 = r"[A-Z013568]"  # a digit in the place of a letter


def _apart(sign: str, times: int) -> str:
    return _S.join([sign] * times)


_SINCE_2001 = re.compile(
    rf"(?P<first>{_apart(_L, 2)}){_S}(?P<digits>{_apart(_D, 2)}){_S}(?P<last>{_L0}{_S}{_L0}{_S}{_L0})", re.I
)
_BY_YEAR = [
    re.compile(rf"(?P<first>[A-HJ-NP-Y]){_S}(?P<digits>\d(?:{_S}\d){{0,2}}){_S}(?P<last>{_apart(_L, 3)})", re.I),
    re.compile(rf"(?P<first>{_apart(_L, 3)}){_S}(?P<digits>\d(?:{_S}\d){{0,2}}){_S}(?P<last>[A-HJ-NP-Y])", re.I),
]
_NORTHERN_IRELAND = re.compile(r"\b(?:[A-Z]?[A-HJ-Z]?[IZ][A-Z]|[A-Z]{1,2}[IZ])[ -]?\d{3,4}\b")
_CONTINENTAL = re.compile(r"\b[A-Z]{2}-\d{3}-[A-Z]{2}\b|\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} ?\d{1,4}\b")
_CUED = re.compile(
    r"\b(?:reg|regs|registration|registrations|reggie|plate|plates|numberplate|numberplates|vrm|vrn|index)(?:\s(?:mark|plate|no|num|number))?"
    r"\b(?:\W{0,3}\b(?:is|was|are|were|no|number|began|begins|begin|starts|started|starting|beginning|with|ending|ends|ended|in|like|of|something|the|its|it's|reads|"
    r"read|on|van|car|a|an|and|maybe|partial|part|mark|plate|index|saying|said)\b){0,6}[\s:=.\"'(-]{0,4}"
    r"(?P<plate>(?:[A-Z]{1,3}[ -]?\d{1,4}(?:[ -]?[A-Z]{1,3}(?![a-z]))?|\d{1,4}[ -]?[A-Z]{1,3}(?:[ -]?\d{1,4})?)(?!\w))",
    re.I,
)
_SINGLE_SIGNS = re.compile(r"\w([\W_])\w(?:\1\w)+")
_TOGETHER = re.compile(r"\w{1,3}|\w \w \w")
_WIDE = re.compile(r"[^\w \n./*-]|[\W_]{3}")
_ISSUED = re.compile(r"[a-hk-prsv-y][a-hj-pr-y]|.|...")  # what a plate since 2001 begins with
_FOREIGN_WORDS = listed(
    "de le la en es un au du et na od po do za el lo se da di del des les por los las und der die das ein von bis"
)
_NO_PLATES = listed("bmw amg gti bus jct ref cad urn mph vxr tdi bhp cam kia vw csl tsi cdi hdi flt apt")
_UNITS = {"am", "pm", "st", "nd", "rd", "th", "cm", "mm", "kg", "km", "ft", "mph", "mins", "min", "hrs", "hr"}


def plates(signs: str) -> Iterator[Span]:
    for pattern in (_SINCE_2001, *_BY_YEAR):
        place = 0
        while match := pattern.search(signs, place):
            if _is_one(signs, match, by_year=pattern in _BY_YEAR):
                yield match.span()
                place = match.end()
            else:
                place = match.start() + 1
    for pattern in (_NORTHERN_IRELAND, _CONTINENTAL):
        for match in pattern.finditer(signs):
            if re.sub(r"[^A-Za-z]", "", match[0]).lower() not in SHORT_WORDS | _NO_PLATES:
                yield match.span()
    for match in _CUED.finditer(signs):
        if not _parts(match["plate"]) & (SHORT_WORDS | _UNITS):
            yield match.span("plate")


def _parts(plate: str) -> set[str]:
    return {part.lower() for part in re.findall(r"[A-Za-z]+", plate)}


def _is_one(signs: str, match: re.Match[str], *, by_year: bool) -> bool:
    before, after = signs[match.start() - 1 : match.start()], signs[match.end() : match.end() + 1]
    capitals = not any(sign.islower() and sign != "l" for sign in match[0])
    glued = match[0].isalnum()
    stands_out = glued and match[0].isupper()
    if any(beside.isalnum() and not (stands_out and beside.islower()) for beside in (before, after)):
        return False
    first, last = (re.sub(r"[^a-z0-9]", "", match[part].lower()) for part in ("first", "last"))
    if {first, last} & _NO_PLATES or not re.search(r"\d", match["digits"]):
        return False
    if (re.search(r"[OIl|]", match["digits"]) or re.search(r"\d", last)) and not capitals:
        return False
    if len(re.findall(r"\d", last)) > 1:
        return False
    single = bool(_SINGLE_SIGNS.fullmatch(match[0]))
    whole = match["first"].isalpha() and _TOGETHER.fullmatch(match["last"]) and not _WIDE.search(match[0])
    if not (capitals or single or whole):
        return False
    if glued:
        return not (first in SHORT_WORDS and last in SHORT_WORDS)
    if by_year and not capitals and not single:
        return _is_old_in_small_letters(match, first, last)
    return _stands_out(signs, match, first, last, capitals=capitals, single=single)


def _is_old_in_small_letters(match: re.Match[str], first: str, last: str) -> bool:
    """`a123 bcd`, never `a 12 day`: the digits hang on the letter of the year."""
    beside = match["first"] + match["digits"] if len(first) == 1 else match["digits"] + match["last"]
    return beside in match[0] and not {first, last} & SHORT_WORDS and len(match["digits"]) > 1


def _stands_out(signs: str, match: re.Match[str], first: str, last: str, *, capitals: bool, single: bool) -> bool:
    """Apart, it is a plate where no part of it is a word of a sentence, or where capitals stand among small letters."""
    if capitals and any(sign.islower() for sign in signs):
        return last not in SHORT_WORDS or match["first"] + match["digits"] not in match[0]
    if capitals:
        return last not in SHORT_WORDS
    if not _ISSUED.fullmatch(first) or first in _FOREIGN_WORDS:
        return False
    return single or (last not in SHORT_WORDS and first not in SHORT_WORDS)
