"""Refuse an input whole, in one sentence that says that nothing was changed."""

from mkmap.errors import BadInput, Unreachable
from mkmap.words import _


def bad(what: str, source: str, row: int | None = None) -> BadInput:
    """The refusal of a file or an answer; `what` is a clause without its full stop."""
    return BadInput(_("{what}. Nothing was changed.").format(what=what), source=source, row=row)


def unreachable(what: str) -> Unreachable:
    """The refusal when a service gave nothing that can be used; `what` is a clause without its full stop."""
    return Unreachable(_("{what}. Nothing was changed; try again later, or load a file.").format(what=what))
