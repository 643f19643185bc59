"""Look at what stands round a number: the word before it, the one behind it, and whether it stands alone there."""

import re
from dataclasses import dataclass

from mkmap.reports.identifying.numbers import HouseNumber, counts_something, counts_things
from mkmap.reports.identifying.sentence import Sentence, Word, is_barrier
from mkmap.reports.identifying.vocabulary import FUNCTION

_ENDS = re.compile(r"[,;:.!?\n()]")
_HOURS = range(1, 13)


@dataclass(frozen=True)
class Around:
    """A number of a sentence. `cue`, `before` and then the number; `after` and `then` behind it."""

    words: Sentence
    number: HouseNumber

    @property
    def before(self) -> Word:
        return self.words[self.number.first - 1]

    @property
    def cue(self) -> Word:
        return self.words[self.number.first - 2]

    @property
    def after(self) -> Word:
        return self.words[self.number.last + 1]

    @property
    def then(self) -> Word:
        return self.words[self.number.last + 2]

    @property
    def gap(self) -> str:
        """Between the word before and the number."""
        return self.words[self.number.first].gap

    @property
    def behind(self) -> str:
        """Between the number and the word after it."""
        return self.words.gap_after(self.number.last)

    @property
    def is_behind_mask(self) -> bool:
        return is_barrier(self.gap)

    @property
    def begins(self) -> bool:
        """A sentence, or a part of one."""
        return not self.before.text or bool(_ENDS.search(self.gap))

    @property
    def ends(self) -> bool:
        return not self.after.text or bool(_ENDS.search(self.after.gap))

    @property
    def counts(self) -> bool:
        return counts_something(self.words, self.number.last + 1)

    @property
    def counts_things(self) -> bool:
        return counts_things(self.words, self.number.last + 1)

    @property
    def goes_on(self) -> bool:
        """A word follows that joins sentences or is a verb: the number counts nothing."""
        return self.after.low in FUNCTION or (self.after.low.endswith("ing") and not self.counts_things)

    @property
    def is_alone(self) -> bool:
        return (self.ends or self.goes_on) and not self.counts

    @property
    def could_be_an_hour(self) -> bool:
        return self.number.value in _HOURS

    def earlier(self, far: int) -> list[str]:
        """As many words before the number, of which the last one is `before`."""
        return self.words.lows(max(self.number.first - far, 0), self.number.first)

    def ahead(self, far: int) -> list[str]:
        return self.words.lows(self.number.last + 1, self.number.last + 1 + far)
