"""Name why a report is not published: a short fixed list, so that reasons can be counted, and said to the sender."""

from collections.abc import Mapping
from enum import StrEnum

from mkmap.words import _


class Reason(StrEnum):
    """The value is what is stored; a text that is none of these, from a command, counts as another reason."""

    NOT_A_CRIME = "not a crime"
    IDENTIFIES = "identifies somebody"
    PLACE_OR_MONTH = "place or month cannot be right"
    NOT_BELIEVABLE = "not believable"
    HARMFUL = "illegal or harmful"
    ADVERTISING = "advertising"
    DUPLICATE = "duplicate"
    OTHER = "another reason"


OFFERED = tuple(reason for reason in Reason if reason is not Reason.DUPLICATE)  # that has an act of its own


def reason_words() -> Mapping[Reason, str]:
    return {
        Reason.NOT_A_CRIME: _("not a crime"),
        Reason.IDENTIFIES: _("identifies somebody"),
        Reason.PLACE_OR_MONTH: _("place or month cannot be right"),
        Reason.NOT_BELIEVABLE: _("not believable"),
        Reason.HARMFUL: _("illegal or harmful"),
        Reason.ADVERTISING: _("advertising"),
        Reason.DUPLICATE: _("the same event was reported before"),
        Reason.OTHER: _("another reason"),
    }


def counted_as(text: str) -> Reason:
    """The reason of the list under which a stored text is counted."""
    return Reason(text) if text in [*Reason] else Reason.OTHER


def in_words(text: str) -> str:
    """A stored reason, to whoever is spoken to now; one that somebody typed stays as it is."""
    return reason_words()[Reason(text)] if text in [*Reason] else text
