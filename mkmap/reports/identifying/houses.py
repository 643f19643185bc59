"""Find house numbers: before and after a street, after `no`, `flat` and the like, and where somebody lives `at 14`."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from mkmap.reports.identifying import standing, streets
from mkmap.reports.identifying.numbers import HouseNumber, house_numbers
from mkmap.reports.identifying.sentence import Sentence, sentence
from mkmap.reports.identifying.skeleton import Skeleton, Span

_JOINS = re.compile(r"\s{0,2}(?:[,&+/-]|\band\b|\bor\b|\bto\b|,\s{0,2}and\b)\s{0,2}", re.I)

Rule = Callable[[Sentence, HouseNumber], bool]
_RULES: tuple[Rule, ...] = (
    streets.stands_before_one,
    streets.stands_behind_one,
    streets.stands_before_a_name,
    streets.stands_behind_a_name,
    standing.is_called_a_number,
    standing.is_called_a_dwelling,
    standing.is_said_to_be_one,
    standing.is_where_somebody_is,
    standing.has_a_letter,
    standing.owns_something,
    standing.explains_whose,
    standing.was_done_something,
)


def houses(text: Skeleton) -> Iterator[Span]:
    """Slices of the signs."""
    words = sentence(text)
    numbers = house_numbers(words)
    marked = [any(rule(words, number) for rule in _RULES) for number in numbers]
    for order in (range(len(numbers) - 1), range(len(numbers) - 2, -1, -1)):  # and those that are joined to one
        joined = [_are_joined(text.signs, *pair) for pair in pairwise(numbers)]
        for place in order:
            if joined[place] and (marked[place] or marked[place + 1]):
                marked[place] = marked[place + 1] = True
    for number, is_one in zip(numbers, marked, strict=True):
        if is_one:
            yield number.start, number.end


def _are_joined(signs: str, number: HouseNumber, after: HouseNumber) -> bool:
    return after.start - number.end <= 7 and bool(_JOINS.fullmatch(signs, number.end, after.start))
