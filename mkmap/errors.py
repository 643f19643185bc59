"""Name what can go wrong, and for whom.

    MkmapError                 never raised itself
    ├── Refused                a person meets it: one plain sentence, nothing was changed, exit 1
    │   ├── BadInput           a file or an answer is not what it should be: says which file, which row
    │   ├── Unreachable        a service could not be reached, or did not answer in time
    │   ├── TooManyCrimes      police.uk answers no area with more than 10,000 crimes: split it
    │   ├── Busy               another process is changing the store: says which
    │   ├── NotKept            the database did not say that it kept what was sent: sending again is safe
    │   └── AlreadyDecided     somebody else decided about a report first
    └── Damaged                ours to fix: what is stored contradicts its manifest

A sentence says what happened, what was kept and what to do.
"""

from mkmap.words import _


class MkmapError(Exception):
    """The root: catch this to catch everything that is ours."""


class Refused(MkmapError):
    """Something a person asked for was not done, and nothing was changed."""


class BadInput(Refused):
    """An input was refused whole."""

    def __init__(self, what: str, *, source: str, row: int | None = None):
        self.source, self.row = source, row
        where = _("{source}, row {row}").format(source=source, row=row) if row else source
        super().__init__(_("{where}: {what}").format(where=where, what=what))


class Unreachable(Refused):
    """A service did not give an answer that can be used."""


class TooManyCrimes(Refused):
    """police.uk has more than 10,000 crimes in the area that was asked for."""


class Busy(Refused):
    """Another process holds the lock of the store."""


class NotKept(Refused):
    """The reports' database could not be reached or written, or its answer was lost."""


class AlreadyDecided(Refused):
    """A report is no longer as the person who decides has seen it."""


class Damaged(MkmapError):
    """A stored file is missing or is not the one that its manifest names."""
