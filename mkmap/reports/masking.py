"""Mask in a text what could lead somebody to a person or a home, before the text is written anywhere."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers

from mkmap.words import _


@dataclass(frozen=True)
class Masked:
    """A text without what could lead to somebody; `kinds`: of what was taken out, sorted."""

    text: str
    kinds: tuple[str, ...] = ()


_SPACE = re.compile(r"[^\S\n]+")
_NOT = r"(?<![A-Za-z0-9])"
_END = r"(?![A-Za-z0-9])"
_ENDINGS = (
    "street|st|road|rd|avenue|ave|lane|ln|close|cl|drive|dr|way|court|ct|place|pl|crescent|cres|gardens|gdns|grove|walk|rise|hill|"
    "green|terrace|row|mews|square|sq|park|view|gate|end|croft|meadow|field|fields|boulevard|parade|path|yard|wharf|common|bank"
)
_NUMBER = r"\d{1,4}\s?[a-z]?(?:\s?[-–/&]\s?\d{1,4}\s?[a-z]?)?"
_NAME, _WORD = r"[\w.+%'-]{1,64}", r"[a-z0-9-]{1,63}"
_EMAIL = re.compile(
    rf"{_NAME} ?(?:@|\(at\)|\[at\]) ?{_WORD}(?: ?(?:\.|\(dot\)|\[dot\]| dot ) ?{_WORD}){{1,4}}"
    rf"|{_NAME} at {_WORD}(?: dot {_WORD}){{1,4}}"
    rf"|{_NAME} at {_WORD}(?:\.{_WORD}){{0,3}}\.(?:com|org|net|uk|eu|info|me|io){_END}",
    re.I,
)
_POSTCODE = re.compile(_NOT + r"(?:GIR\s?0AA|[A-Z]{1,2}\d[A-Z\d]?\s{0,2}\d\s?[ABD-HJLNP-UW-Z]{2})" + _END, re.I)
_PLATE = re.compile(
    _NOT
    + r"(?:[A-Z]{2} ?[0-9]{2} ?[A-Z]{3}"  # since 2001
    + r"|[A-HJ-NPR-TV-Y] ?[0-9]{2,3} ?[A-Z]{3}"  # prefix: A123 BCD
    + r"|[A-Z]{3} ?[0-9]{2,3} ?[A-HJ-NPR-TV-Y])"  # suffix: ABC 123D
    + _END,
    re.I,
)
_SAID = re.compile(
    _NOT
    + rf"((?:house|home|flat|apartment|apt|unit|plot|door)\s(?:number\s|no\.?\s?|#)?|(?:number|no\.?|nr\.?|#)\s?)({_NUMBER}){_END}",
    re.I,
)
_BEFORE_STREET = re.compile(_NOT + rf"{_NUMBER},?\s(?=(?:the\s)?(?:[a-z][a-z'’.-]{{0,24}}\s){{0,3}}(?:{_ENDINGS})\b)", re.I)
_THE = re.compile(_NOT + rf"{_NUMBER},?\s(?=The\s[A-Z])")
_DIGITS = re.compile(r"\+?\(?\d[\d\s().–/-]{7,24}\d")
_LETTERED = re.compile(
    _NOT + rf"((?:at|in|to|from|of|outside|opposite|next\sto)\s)(\d{{1,4}}[b-oq-z]|\d{{1,4}}a(?!\w))(?!\s?(?:m|am|pm)\b){_END}",
    re.I,
)


def masked(text: str) -> Masked:
    """The text with house numbers, postcodes, telephone numbers, e-mail addresses and number plates replaced by words."""
    plain = _plain(text)
    kinds: set[str] = set()

    def note(kind: str, word: str) -> Callable[[re.Match[str]], str]:
        def put(_match: re.Match[str]) -> str:
            kinds.add(kind)
            return word

        return put

    house = _("[house number]")
    plain = _EMAIL.sub(note("email", _("[e-mail]")), plain)
    plain = _POSTCODE.sub(note("postcode", _("[postcode]")), plain)
    plain = _phones(plain, kinds)
    plain = _SAID.sub(lambda match: match[1] + note("house_number", house)(match), plain)
    plain = _PLATE.sub(note("plate", _("[number plate]")), plain)
    for pattern in (_BEFORE_STREET, _THE):
        plain = pattern.sub(note("house_number", house + " "), plain)
    plain = _LETTERED.sub(lambda match: match[1] + note("house_number", house)(match), plain)
    return Masked(plain, tuple(sorted(kinds)))


def _plain(text: str) -> str:
    """As it is read: without signs that hide or turn others, full-width signs as plain ones, and no space twice."""
    shown = "".join(sign for sign in text.replace("\r\n", "\n") if sign.isprintable() or sign.isspace())
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", shown))


def _phones(text: str, kinds: set[str]) -> str:
    """What Google's list of telephone numbers takes for one, and any run of ten digits and more."""
    spans = [
        (match.start, match.end)
        for match in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE)
    ]
    spans += [(m.start(), m.end()) for m in _DIGITS.finditer(text) if 10 <= sum(sign.isdigit() for sign in m[0]) <= 15]
    spans = [(start, end) for start, end in spans if sum(sign.isdigit() for sign in text[start:end]) >= 9]
    word, at = _("[phone number]"), 0
    shown: list[str] = []
    for start, end in sorted(spans):
        if start < at:
            continue
        shown += [text[at:start], word]
        at = end
        kinds.add("phone")
    return "".join([*shown, text[at:]])
