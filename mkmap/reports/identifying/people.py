"""Notice what looks like a name, a date of birth, a card or a National Insurance number: warned about, never altered."""

import re
from collections.abc import Iterator

from mkmap.reports.identifying.given_names import GIVEN_NAMES
from mkmap.reports.identifying.skeleton import Span
from mkmap.reports.identifying.vocabulary import BUILDINGS, MONTHS, NOT_STREETS, STREETS, STREETS_ALONE, STREETS_TOO, listed

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = (
    rf"(?:[0-3]?\d(?:st|nd|rd|th)?[ ./-]{{1,3}}(?:of )?(?:[01]?\d|{_MONTH})|(?:{_MONTH})[ .]{{1,2}}[0-3]?\d(?:st|nd|rd|th)?)"
    r"(?:,?[ ./-]{1,2}(?:(?:19|20)\d\d|\d\d))?"
)
_BIRTH = re.compile(
    rf"\b(?:d\W{{0,2}}o\W{{0,2}}b\b|date of birth|born|birth ?date|birthday|b\.)\W{{0,3}}(?:(?:is|was|on|in|the|of|:)\W{{1,2}}){{0,3}}({_DATE}|(?:19|20)\d\d)\b",
    re.I,
)
_LONG_AGO = re.compile(
    rf"(?<![\d/])[0-3]?\d(?:st|nd|rd|th)?[ ./-]{{1,2}}(?:of )?(?:[01]?\d|{_MONTH})[ ,./-]{{1,2}}(?:19\d\d|200\d|201[0-2])(?!\d)"
    r"|(?<!\d)(?:19\d\d|200\d|201[0-2])-[01]\d-[0-3]\d(?!\d)",
    re.I,
)
_INSURANCE = re.compile(r"(?<![A-Za-z0-9])[A-Z][ .-]?[A-Z][ .-]?(?:\d[ .-]?){6}[A-D](?![A-Za-z0-9])", re.I)
_WORD = r"[A-Z][^\W\d_]{1,24}(?:['-][^\W\d_]{2,24})?"
_INTRODUCED = re.compile(
    rf"\b(?i:my name(?:'s| is)|(?:his|her|their|whose|the) names?(?:'s| is| was| are| were)?|named|called|known as|name:|i'm called|it was|signed|"
    rf"yours|regards,?|thanks,?)\s{{1,2}}(?:(?i:a|the|probably|certainly|either)\s)?({_WORD}(?:\s{_WORD}){{0,2}})(?!\w)"
)
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mister|Dr|Doctor|Sir|Lady|Lord|Rev|Revd|Prof|Councillor|Cllr)\.?\s({_WORD}(?:\s{_WORD})?)"
)
_CAPITALS = re.compile(rf"(?<![\w'-])({_WORD})((?:\s(?:de |van |al-|bin |O')?{_WORD}){{0,3}})(?!\w)")
_IN_SMALL = re.compile(
    r"\b(?i:my name(?:'s| is)|(?:his|her) name(?:'s| is| was)|(?:man|woman|boy|girl|lad|guy|bloke|someone|neighbour|kid) (?:called|named))\s([a-z]{3,20})\b"
)
_NO_NAMES = NOT_STREETS | STREETS | STREETS_ALONE | listed(
    "milton keynes bletchley wolverton newport pagnell thames valley crimestoppers victim support central station north south east west new old "
    "council church school centre community support officer road avenue fire ambulance hospital royal mail anti social black white bank holiday "
    "street hall house farm inn arms lion head swan crown horse court park day"
)  # fmt: skip
_PLACES = (
    STREETS
    | STREETS_TOO
    | BUILDINGS
    | STREETS_ALONE
    | listed("school church hospital pub arms inn station academy college centre estate farm primary stores day")
)


def births(signs: str) -> Iterator[Span]:
    for match in _BIRTH.finditer(signs):
        yield match.span(1)
    for match in _LONG_AGO.finditer(signs):
        yield match.span()


def insurances(signs: str) -> Iterator[Span]:
    for match in _INSURANCE.finditer(signs):
        yield match.span()


def names(signs: str) -> Iterator[Span]:
    for pattern in (_INTRODUCED, _TITLED, _IN_SMALL):
        for match in pattern.finditer(signs):
            words = match[1].lower().split()
            if words[0] not in _NO_NAMES and not _PLACES & set(words[1:]):
                yield match.span(1)
    for match in _CAPITALS.finditer(signs):
        yield from _given(match)


def _given(match: re.Match[str]) -> Iterator[Span]:
    """From a given name on, among words with capitals; not where they name a street or a place: `Victoria Road`."""
    words = list(re.finditer(r"\S+", match[0]))
    after = re.match(r"(?:'s)?\s(\w+)", match.string[match.end() : match.end() + 30])
    if any(word[0].lower() in _PLACES for word in words[1:]) or (after and after[1].lower() in _PLACES):
        return
    for word in words:
        if re.sub(r"'s$", "", word[0]).lower() in GIVEN_NAMES:
            yield match.start() + word.start(), match.end()
            return
