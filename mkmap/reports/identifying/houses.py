"""Find house numbers: before and after a street, after `no`, `flat` and the like, and where somebody lives `at 14`."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from mkmap.reports.identifying import called, standing, street_names, streets, told
from mkmap.reports.identifying.around import Around
from mkmap.reports.identifying.numbers import HouseNumber, house_numbers
from mkmap.reports.identifying.sentence import sentence
from mkmap.reports.identifying.skeleton import Skeleton, Span

_JOINS = re.compile(r"\s{0,2}(?:[,&+/-]|\band\b|\bor\b|\bto\b|,\s{0,2}and\b)\s{0,2}", re.I)

Rule = Callable[[Around], bool]
_RULES: tuple[Rule, ...] = (
    streets.stands_before_one,
    streets.stands_behind_one,
    street_names.stands_before_a_name,
    street_names.stands_behind_a_name,
    called.is_called_a_number,
    called.is_called_a_dwelling,
    called.is_said_to_be_one,
    standing.is_where_somebody_is,
    told.has_a_letter,
    told.owns_something,
    told.explains_whose,
    told.was_done_something,
    told.is_on_a_street,
)


def houses(text: Skeleton) -> Iterator[Span]:
    """Slices of the signs."""
    words = sentence(text)
    numbers = house_numbers(words)
    marked = [any(rule(Around(words, number)) for rule in _RULES) for number in numbers]
    _mark_what_is_joined(marked, [_are_joined(text.signs, *pair) for pair in pairwise(numbers)])
    for number, is_one in zip(numbers, marked, strict=True):
        if is_one:
            yield number.start, number.end


def _mark_what_is_joined(marked: list[bool], joined: list[bool]) -> None:
    """`12, 14 and 16 Oak Road`: all, where one of them is a house's; forwards, then backwards."""
    for place in [*range(len(joined)), *reversed(range(len(joined)))]:
        if joined[place] and (marked[place] or marked[place + 1]):
            marked[place] = marked[place + 1] = True


def _are_joined(signs: str, number: HouseNumber, after: HouseNumber) -> bool:
    if signs[number.end : after.start] == " " and max(number.value, after.value) < 10:
        return True  # `1 4 Oak Road`
    return after.start - number.end <= 7 and bool(_JOINS.fullmatch(signs, number.end, after.start))
