"""Name what can lie over a slide."""

from enum import StrEnum


class Screen(StrEnum):
    """Its value is its name in the address."""

    SLIDE = ""  # nothing lies over it
    BLANK = "blank"
    OVERVIEW = "overview"


def read(text: str) -> Screen:
    """What an address asks for; an unknown name is the slide itself."""
    return Screen(text) if text in tuple(Screen) else Screen.SLIDE
