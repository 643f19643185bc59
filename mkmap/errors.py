"""Name what can go wrong, and for whom.

    MkmapError                 never raised itself
    ├── Refused                a person meets it: one plain sentence, nothing was changed, exit 1
    │   ├── BadInput           a file or an answer is not what it should be: says which file, which row
    │   ├── Unreachable        a service could not be reached, or did not answer in time
    │   ├── TooManyCrimes      police.uk answers no area with more than 10,000 crimes: split it
    │   ├── Busy               another process is changing the store: says which
    │   ├── NotKept            the database did not say that it kept what was sent: sending again is safe
    │   │   └── StoreLost      it is not the one that was kept here, or is gone: nothing is taken until the operator has looked
    │   └── AlreadyDecided     somebody else decided about a report first
    └── Damaged                ours to fix: what is stored contradicts its manifest

Each is made with a code and the values of its sentence: `raise Unreachable(Code.POLICE_TIMED_OUT, host=host)`. Tests and machines
look at these; `str()` says the sentence to people.
"""

from mkmap.error_codes import Code
from mkmap.error_sentences import Value, sentence
from mkmap.words import _


class MkmapError(Exception):
    """The root: catch this to catch everything that is ours."""

    def __init__(self, code: Code, /, **values: Value):
        super().__init__(code)
        self.code, self.values = code, values

    def __str__(self) -> str:
        return sentence(self.code, self.values)


class Refused(MkmapError):
    """Something a person asked for was not done, and nothing was changed."""


class BadInput(Refused):
    """An input was refused whole; its sentence follows the name of the file or the answer, and the row."""

    def __init__(self, code: Code, /, *, source: str, row: int | None = None, **values: Value):
        super().__init__(code, **values)
        self.source, self.row = source, row

    def __str__(self) -> str:
        if self.row:
            return _("{source}, row {row}: {sentence}").format(source=self.source, row=self.row, sentence=super().__str__())
        return _("{source}: {sentence}").format(source=self.source, sentence=super().__str__())


class Unreachable(Refused):
    """A service did not give an answer that can be used."""


class TooManyCrimes(Refused):
    """police.uk has more than 10,000 crimes in the area that was asked for."""


class Busy(Refused):
    """Another process holds the lock of the store."""


class NotKept(Refused):
    """The reports' database could not be reached or written, or its answer was lost."""


class StoreLost(NotKept):
    """The reports' database that is known is not there: none is, or another, or an older one."""


class AlreadyDecided(Refused):
    """A report is no longer as the person who decides has seen it."""


class Damaged(MkmapError):
    """A stored file is missing or is not the one that its manifest names."""
