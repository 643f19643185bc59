"""Name the slides of a meeting, in their order, and read which one an address means."""

from dataclasses import dataclass
from enum import StrEnum

from mkmap.words import _

LONGEST_ECHO = 60  # characters of an unknown value that a note repeats


class Slide(StrEnum):
    """A screen with one message; its value is its name in the address."""

    NUMBER = "number"
    MAP = "map"
    CHANGE = "change"
    WARDS = "wards"
    RESIDENTS = "residents"
    LIMITS = "limits"
    POLICE = "police"
    REPORT = "report"

    @property
    def number(self) -> int:
        """1, 2, 3 …"""
        return ORDER.index(self) + 1

    @property
    def following(self) -> "Slide":
        """The next one; the last one stays."""
        return ORDER[min(self.number, len(ORDER) - 1)]

    @property
    def preceding(self) -> "Slide":
        """The one before; the first one stays."""
        return ORDER[max(self.number - 2, 0)]


ORDER = tuple(Slide)
FIRST, LAST = ORDER[0], ORDER[-1]


@dataclass(frozen=True)
class AddressedSlide:
    """The slide of an address, and sentences about what was ignored in it."""

    slide: Slide
    ignored: tuple[str, ...] = ()


def read(text: str) -> AddressedSlide:
    """The slide that is named, or the first; a name that no slide has is said."""
    name = text.strip().casefold()
    if not name:
        return AddressedSlide(FIRST)
    if name in ORDER:
        return AddressedSlide(Slide(name))
    echo = "".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_ECHO])
    return AddressedSlide(
        FIRST, (_("“{value}” is no slide of the meeting and was ignored: this is the first.").format(value=echo),)
    )
