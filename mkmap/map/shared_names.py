"""Find what wards side by side are called in common: Bletchley East and Bletchley West lie in Bletchley."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile

import shapely

# Words that name no place alone.
DIRECTIONS = frozenset(
    [
        "North",
        "South",
        "East",
        "West",
        "Central",
        "Upper",
        "Lower",
        "Inner",
        "Outer",
        "Great",
        "Little",
        "New",
        "Old",
        "St",
        "Saint",
        "The",
        "and",
        "&",
    ]
)
GAP = 1e-5  # degrees: borders that were drawn apart


def together(wards: Iterable[tuple[str, shapely.Geometry]]) -> Iterator[tuple[str, shapely.Geometry]]:
    """The words with which the names of several wards begin, and the area of all, where they are one place."""
    by_word: dict[str, list[tuple[list[str], shapely.Geometry]]] = defaultdict(list)
    for name, shape in wards:
        words = name.split()
        by_word[" ".join(words[: 2 if DIRECTIONS.issuperset(words[:1]) else 1])].append((words, shape))
    for alike in by_word.values():
        shared = _in_common([words for words, _shape in alike])
        if len(alike) > 1 and not DIRECTIONS.issuperset(shared) and _is_one([shape for _words, shape in alike]):
            yield " ".join(shared), shapely.union_all([shape for _words, shape in alike])


def _in_common(names: list[list[str]]) -> list[str]:
    """The words with which all begin."""
    return [words[0] for words in takewhile(lambda words: len(set(words)) == 1, zip(*names, strict=False))]


def _is_one(shapes: list[shapely.Geometry]) -> bool:
    return isinstance(shapely.union_all(shapely.buffer(shapes, GAP)), shapely.Polygon)
