"""Know a payment card's number by its first digits, its length and its check digit (Luhn)."""

import re
from collections.abc import Iterator

from mkmap.reports.identifying.skeleton import Span

_RUN = re.compile(r"\d(?:[ .-]{0,2}\d){12,}", re.ASCII)
_GROUP = re.compile(r"\d+", re.ASCII)
_MOST_GROUPS = 19
_KNOWN = re.compile(
    r"4\d{12}(?:\d{3})?(?:\d{3})?|5[0-8]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[068]\d{12}|6\d{15}|6\d{17,18}", re.ASCII
)


def cards(signs: str) -> Iterator[Span]:
    """Also where other numbers stand beside it."""
    for run in _RUN.finditer(signs):
        groups = list(_GROUP.finditer(signs, *run.span()))
        place = 0
        while place < len(groups):
            used = _card_of([group[0] for group in groups[place : place + _MOST_GROUPS]])
            if used:
                yield groups[place].start(), groups[place + used - 1].end()
            place += max(used, 1)


def _card_of(groups: list[str]) -> int:
    """How many groups, from the first on, are a card's number."""
    return next((used for used in range(1, len(groups) + 1) if is_card("".join(groups[:used]))), 0)


def is_card(digits: str) -> bool:
    return bool(_KNOWN.fullmatch(digits)) and _luhn(digits)


def _luhn(digits: str) -> bool:
    """Every second digit from the right counts double, its own digits added."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[-1::-2]))) % 10 == 0
