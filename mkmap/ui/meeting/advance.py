"""Move on by itself where the address asks for it: `advance=20` shows each slide for 20 seconds, and begins again after the last."""

import time
from dataclasses import dataclass

import streamlit as st

from mkmap.ui.meeting import position
from mkmap.view.deck import Deck
from mkmap.view.slides import Slide
from mkmap.words import _

PARAMETER = "advance"
SHORTEST, LONGEST = 5, 600  # seconds: below it nobody has read a slide, above it a hall takes it for broken
EARLY = 0.5  # seconds by which a browser's clock may ring too soon
SINCE = "meeting_since"  # in the session: when the slide was drawn


@dataclass(frozen=True)
class Pace:
    """Seconds a slide, 0 where nothing moves by itself; and sentences about what was ignored."""

    seconds: int
    ignored: tuple[str, ...] = ()


def read(text: str) -> Pace:
    """The seconds that an address asks for; what is no number of seconds within the bounds moves nothing, and is said."""
    if not text.strip():
        return Pace(0)
    try:
        seconds = int(text)
    except ValueError:
        seconds = 0
    if SHORTEST <= seconds <= LONGEST:
        return Pace(seconds)
    note = _(
        "Slides move on by themselves after {shortest} to {longest} seconds (advance=20); what the address says was ignored."
    )
    return Pace(0, (note.format(shortest=SHORTEST, longest=LONGEST),))


def by_itself(deck: Deck, slide: Slide, seconds: int) -> None:
    """Move on when the time is over; whatever a hand does begins the time anew."""
    st.session_state[SINCE] = time.monotonic()
    if seconds:
        st.fragment(_tick, run_every=seconds)(deck, slide, seconds)


def _tick(deck: Deck, slide: Slide, seconds: int) -> None:
    if time.monotonic() - st.session_state[SINCE] < seconds - EARLY:
        return
    position.go(deck.first if slide is deck.last else deck.following(slide))
    st.rerun()
