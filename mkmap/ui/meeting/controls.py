"""Move between slides with a clicker, a keyboard or a hand: each slide has its own address."""

from html import escape

import streamlit as st

from mkmap.ui import frame
from mkmap.ui.meeting import advance, following, position
from mkmap.view.deck import Deck
from mkmap.view.screens import Screen
from mkmap.view.slides import Slide
from mkmap.view.view import View
from mkmap.words import _

# The key that many clickers send to blank a screen, which Streamlit does not know; and the secret that outlives a reload.
SCRIPT = '<script src="/meeting/hall.js" data-hall="{secret}"></script>'


def controls(view: View, deck: Deck, slide: Slide, screen: Screen, seconds: int) -> None:
    """Back and next for a hand, which are also the arrow keys; and a way to the map, which keeps the filters."""
    with st.container(key="hall_controls", horizontal=True, gap="small", wrap=False):
        st.page_link(frame.file_of("map"), label=_("To the map"), query_params=view.filters.pairs())
        if seconds:
            st.button(_("Pause"), key="hall_pause", on_click=_pause, type="tertiary")
        _button(_("Back"), "hall_back", "Left", slide, deck.preceding(slide))
        _button(_("Next"), "hall_next", "Right", slide, deck.following(slide))
    _other_keys(deck, slide, screen)


def opening_controls(view: View, deck: Deck) -> None:
    """Before the first slide there is only a way on."""
    with st.container(key="hall_controls", horizontal=True, gap="small", wrap=False):
        st.page_link(frame.file_of("map"), label=_("To the map"), query_params=view.filters.pairs())
        _button(_("Next"), "hall_next", "Right", None, deck.first)
    with st.container(key="hall_keys", horizontal=True, gap="small"):
        _button(_("Next slide"), "hall_page_down", "PageDown", None, deck.first)
    script()


def _other_keys(deck: Deck, slide: Slide, screen: Screen) -> None:
    """What clickers send, and the two ends: a button each, which is seen where the keyboard reaches it."""
    with st.container(key="hall_keys", horizontal=True, gap="small"):
        _button(_("Previous slide"), "hall_page_up", "PageUp", slide, deck.preceding(slide))
        _button(_("Next slide"), "hall_page_down", "PageDown", slide, deck.following(slide))
        _button(_("First slide"), "hall_first", "Home", slide, deck.first)
        _button(_("Last slide"), "hall_last", "End", slide, deck.last)
        _over(_("Blank the screen"), "hall_blank", "B", Screen.BLANK, screen)
        _over(_("Overview"), "hall_overview", "O", Screen.OVERVIEW, screen)
        _over(_("Overview and back"), "hall_escape", "Escape", Screen.OVERVIEW, screen)
    script()


def script() -> None:
    st.html(SCRIPT.format(secret=escape(following.secret())), unsafe_allow_javascript=True)


def _button(label: str, key: str, shortcut: str, slide: Slide | None, target: Slide) -> None:
    is_there = slide is target
    st.button(
        label, key=key, shortcut=shortcut, on_click=position.go, args=(target,), type="tertiary", disabled=is_there, wrap=False
    )


def _over(label: str, key: str, shortcut: str, wanted: Screen, screen: Screen) -> None:
    """Lay something over the slide; the same key takes it away."""
    target = Screen.SLIDE if screen is wanted else wanted
    st.button(label, key=key, shortcut=shortcut, on_click=position.lay_over, args=(target,), type="tertiary", wrap=False)


def _pause() -> None:
    del st.query_params[advance.PARAMETER]
