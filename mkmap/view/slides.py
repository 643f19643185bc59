"""Name the slides of a meeting, in the order of an argument, and read which one an address means."""

from dataclasses import dataclass
from enum import StrEnum

from mkmap.filters import echo
from mkmap.words import _


class Slide(StrEnum):
    """A screen with one message; its value is its name in the address."""

    COVER = "cover"
    NUMBER = "number"
    MONTHS = "months"
    MAP = "map"
    CHANGE = "change"
    WARDS = "wards"
    RESIDENTS = "residents"
    LIMITS = "limits"
    POLICE = "police"
    REPORT = "report"


ORDER = tuple(Slide)
FIRST = ORDER[0]


def names() -> dict[Slide, str]:
    """What a slide is called beside the others, in a word or two."""
    return {
        Slide.COVER: _("Cover"),
        Slide.NUMBER: _("The number"),
        Slide.MONTHS: _("Month by month"),
        Slide.MAP: _("The map"),
        Slide.CHANGE: _("Up or down"),
        Slide.WARDS: _("The wards"),
        Slide.RESIDENTS: _("Residents' reports"),
        Slide.LIMITS: _("What nobody can tell"),
        Slide.POLICE: _("What the police say they do"),
        Slide.REPORT: _("Where to report"),
    }


@dataclass(frozen=True)
class AddressedSlide:
    """The slide of an address, None where it names none; and sentences about what was ignored in it."""

    slide: Slide | None
    ignored: tuple[str, ...] = ()


def read(text: str) -> AddressedSlide:
    """The slide that is named; a name that no slide has is said, and means the first."""
    name = text.strip().casefold()
    if not name:
        return AddressedSlide(None)
    if name in ORDER:
        return AddressedSlide(Slide(name))
    ignored = _("“{value}” is no slide of the meeting and was ignored: this is the first.")
    return AddressedSlide(FIRST, (ignored.format(value=echo(text)),))
