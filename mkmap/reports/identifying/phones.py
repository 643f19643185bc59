"""Find telephone numbers, however their digits are grouped; not dates, prices, references and cards."""

import re
from collections.abc import Iterator, Sequence

from mkmap.reports.identifying.cards import cards
from mkmap.reports.identifying.skeleton import BARRIER, Span

_MARKS = r"(?:[^\w\ufffc]|[_xX])"
_SAID = r"(?:space|dash|hyphen|then|dot|gap|stop|slash|stroke|break|and then|followed by)"
_RUN = re.compile(rf"(?:\+|\bplus\s)?\d(?:{_MARKS}{{0,4}}(?:{_SAID}{_MARKS}{{1,2}})?\d)*")
_GROUP = re.compile(r"\d+")
_LIKE_DIGITS = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Za-z]{0,4}\d)[\dOoIl|]{3,15}(?![A-Za-z0-9])|(?<=\d )(?:[oO]{1,3}|[Il|])(?= \d)"
)
_FROM_LETTERS = str.maketrans("OoIl|", "00111")
_REFERENCE = re.compile(
    r"(?:\b(?:ref|reference|crime|incident|urn|cad|log|case|occurrence|serial|imei|claim|policy|order|invoice|ticket|badge|frame|tracking|"
    r"isbn|barcode|report)\b(?:\W{0,3}\b(?:no|num|nr|nos|number|ref|reference|report|id|code|police|crime|is|was|it's|of|the|given|as)\b){0,5}"
    r"|\bnumber\W{1,3}(?:from|of|by)\s(?:the\s)?police\W{1,3}(?:is|was)?)[\s:#=.'\"(-]{0,4}$",
    re.I,
)
_CALL = re.compile(
    r"\b(?:bell|buzz|call|calls|called|calling|ring|ringing|rang|phone|phoning|phones|telephone|tel|text|texts|texting|txt|mob|mobile|cell|landline|"
    r"whatsapp|whats app|dial|contact|reach|sms|ph|fax|message|msg|extension|"
    r"(?:i'm|i am|im|me|us|him|her|them|mum|mother|dad|neighbour|wife|husband|son|daughter) on|(?:my|our|his|her|their) (?:number|no|num|digits))\b"
    r"(?:\W{0,3}\b(?:me|us|him|her|them|my|our|his|mum|dad|neighbour|wife|husband|son|daughter|back|on|at|is|it's|no|number|num|line|phone|home|"
    r"work|office|mobile|please|pls|or|the|to|for|any|anytime|time|details)\b){0,6}[\s:=.,#'\"(-]{0,4}$",
    re.I,
)
_NO_PHONES = [
    re.compile(r"(?<![\d./-])(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d(?![./-]?\d)"),
    re.compile(r"(?<![\d./-])(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?![./-]?\d)"),
    re.compile(r"(?<![\d./-])(?:19|20)\d\d[-/](?:0[1-9]|1[0-2]|(?:19|20)\d\d)(?!\d|[./-]\d)"),  # months and years
    re.compile(r"(?<![\d./:-])(?:[01]?\d|2[0-3])[:.][0-5]\d(?![\d:/-]|\.\d)"),
    re.compile(r"(?<!\d)\d{1,2}[A-Z]{0,2}/\d{3,7}/\d{2,4}(?!\d)"),  # crime references: 20/123456/25
    re.compile(r"(?<!\d)43[12]\d{8}(?!\d)"),  # and those of Thames Valley Police: 43250123456
    re.compile(r"[£$€]\s?\d[\d,.]{0,20}"),
]
_SHORTEST, _LONGEST, _LOCAL = 9, 15, range(5, 9)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d|(?:19|20)\d\d")
_HARD = re.compile(r"[,;\n:/(]")  # between two numbers, where nothing says that they are one

Groups = Sequence[re.Match[str]]


def phones(signs: str) -> Iterator[Span]:
    digits = _LIKE_DIGITS.sub(lambda match: match[0].translate(_FROM_LETTERS), signs)
    for start, end in cards(digits):
        digits = digits[:start] + BARRIER * (end - start) + digits[end:]
    for pattern in _NO_PHONES:
        digits = pattern.sub(lambda match: BARRIER * len(match[0]), digits)
    for run in _RUN.finditer(digits):
        yield from _in_run(digits, list(_GROUP.finditer(digits, *run.span())))


def _in_run(digits: str, groups: Groups) -> Iterator[Span]:
    place = tried = 0
    while place < len(groups):
        ahead = groups[place : place + _LONGEST + 1]
        used = _with_prefix(digits, ahead)
        if not used and place >= tried:
            used = _without(digits, ahead)
            tried = place + len(_together(digits, ahead))  # a part of what is none is none
        if used:
            yield _start(digits, groups[place].start()), groups[place + used - 1].end()
        place += max(used, 1)


def _start(digits: str, start: int) -> int:
    """With the plus and the bracket that stand before it."""
    before = re.search(r"(?:[+(]\s?|\bplus\s){0,3}$", digits[max(start - 6, 0) : start])
    return start - len(before[0]) if before else start


def _with_prefix(digits: str, groups: Groups) -> int:
    """How many groups are a number with a prefix: 0, 00, + or 44; 0 where there is none."""
    has_plus = bool(re.search(r"(?:\+|\bplus)[\s(]{0,2}$", digits[max(groups[0].start() - 7, 0) : groups[0].start()]))
    first = "".join(group[0] for group in groups[:3])
    if has_plus or first.startswith("00"):
        return _until(
            groups, (12, 13, 14, 11, 15, 10, 9, 8) if first.lstrip("0").startswith("44") else (15, 14, 13, 12, 11, 10, 9, 8)
        )
    if first.startswith("44") and len(groups[0][0]) in (2, 4, 6, 12, 13):
        return _until(groups, (12, 13))
    if not first.startswith("0") or all(_CLOCK.fullmatch(group[0]) for group in groups[:3]):
        return 0
    return _until(groups, (11, 10)) or (_until(groups, (12, 13, 9, 14, 15)) if len(groups[0][0]) >= 3 else 0)


def _until(groups: Groups, lengths: Sequence[int]) -> int:
    """How many groups together have one of these lengths, the first that there is."""
    ends: dict[int, int] = {}
    total = 0
    for place, group in enumerate(groups[:_LONGEST]):
        total += len(group[0])
        ends.setdefault(total, place + 1)
    return next((ends[length] for length in lengths if length in ends), 0)


def _without(digits: str, groups: Groups) -> int:
    """How many groups are a number without a prefix: ten digits and more, or fewer after `ring me on`."""
    together = _together(digits, groups)
    total = sum(len(group[0]) for group in together)
    before = digits[max(together[0].start() - 60, 0) : together[0].start()]
    if _REFERENCE.search(before) or (total == 6 and "".join(group[0] for group in together).startswith("116")):
        return 0  # 116 and three digits are a helpline, all over Europe
    if _CALL.search(before) and (total in _LOCAL or _SHORTEST <= total <= _LONGEST):
        return len(together)
    is_local = [len(group[0]) for group in together] == [4, 6]  # `1908 661234`
    if _CLOCK.fullmatch(together[0][0]) and len(together) > 1 and not is_local:
        return 0
    years = sum(bool(_CLOCK.fullmatch(group[0])) for group in together)
    grouped = len(together) <= 5 and years < max(len(together) - 1, 2)
    return len(together) if _SHORTEST < total <= _LONGEST and grouped else 0


def _together(digits: str, groups: Groups) -> Groups:
    for place in range(1, len(groups)):
        if _HARD.search(digits, groups[place - 1].end(), groups[place].start()):
            return groups[:place]
    return groups
