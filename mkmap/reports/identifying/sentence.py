"""Read a text as words and numbers with what stands between them, so that a rule can look at what is beside a number."""

import re
from dataclasses import dataclass
from itertools import pairwise

from mkmap.reports.identifying.skeleton import BARRIER, Skeleton
from mkmap.reports.identifying.vocabulary import STREETS, STREETS_ALONE, STREETS_TOO

_WORD = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|(?<![^\s])@(?![^\s])")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GLUED_STREET = re.compile(
    rf"([a-z]{{3,20}}?)({'|'.join(sorted((STREETS | {'close', 'drive', 'court', 'place', 'walk', 'park'}) - {'st', 'ln', 'av', 'rd'}, key=len, reverse=True))}|rd)",
    re.I,
)


@dataclass(frozen=True)
class Word:
    """`text` with `gap` before it; `start` and `end`: where it stands in the signs. `spelt`: a number that was said in words."""

    text: str
    gap: str
    start: int
    end: int
    spelt: bool = False

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def is_number(self) -> bool:
        return self.text.isdigit() and self.text.isascii()

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_glued(self) -> bool:
        return not self.gap


END = Word("", "\n", 0, 0)  # before the first word and behind the last one


class Sentence:
    """The words of a text; outside of it stands END. `shouts`: it is all in capitals."""

    def __init__(self, words: list[Word], rest: str) -> None:
        self._words, self.rest = words, rest
        self.shouts = all(word.text.isupper() for word in words if word.text.isalpha() and len(word.text) > 1)

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, place: int) -> Word:
        return self._words[place] if 0 <= place < len(self._words) else END

    def gap_after(self, place: int) -> str:
        return self[place + 1].gap if place + 1 < len(self) else self.rest or "\n"

    def lows(self, start: int, end: int) -> list[str]:
        return [self[place].low for place in range(start, end)]


def sentence(skeleton: Skeleton) -> Sentence:
    words: list[Word] = []
    place = 0
    for match in _WORD.finditer(skeleton.signs):
        for start, end in _parts(match):
            text = skeleton.signs[start:end].replace("@", "at")
            spelt = text.isdigit() and skeleton.written(start, end)[:1].isalpha()
            words.append(Word(text, skeleton.signs[place:start], start, end, spelt))
            place = end
    return Sentence(words, skeleton.signs[place:])


def _parts(match: re.Match[str]) -> list[tuple[int, int]]:
    """`OakRoad` and `oakroad` are two words."""
    text, start = match[0], match.start()
    cuts = [cut.start() for cut in _CAMEL.finditer(text)]
    if not cuts and text.lower() not in STREETS | STREETS_TOO | STREETS_ALONE and (glued := _GLUED_STREET.fullmatch(text)):
        cuts = [glued.start(2)]
    edges = [0, *cuts, len(text)]
    return [(start + first, start + last) for first, last in pairwise(edges)]


def is_barrier(gap: str) -> bool:
    return BARRIER in gap
