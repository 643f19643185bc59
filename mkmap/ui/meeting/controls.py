"""Move between slides with a clicker, a keyboard or a hand: each slide has its own address."""

import streamlit as st

from mkmap.ui import frame
from mkmap.ui.meeting import advance
from mkmap.view.slides import FIRST, LAST, Slide
from mkmap.view.view import View
from mkmap.words import _


def controls(view: View, slide: Slide, seconds: int) -> None:
    """Back and next for a hand, which are also the arrow keys; and a way to the map, which keeps the filters."""
    with st.container(key="hall_controls", horizontal=True, gap="small", wrap=False):
        st.page_link(frame.file_of("map"), label=_("To the map"), query_params=view.filters.pairs())
        if seconds:
            st.button(_("Pause"), key="hall_pause", on_click=_pause, type="tertiary")
        _button(_("Back"), "hall_back", "Left", slide, slide.preceding)
        _button(_("Next"), "hall_next", "Right", slide, slide.following)
    _other_keys(slide)


def _other_keys(slide: Slide) -> None:
    """What clickers send, and the two ends: a button each, which is seen where the keyboard reaches it."""
    with st.container(key="hall_keys", horizontal=True, gap="small"):
        _button(_("Previous slide"), "hall_page_up", "PageUp", slide, slide.preceding)
        _button(_("Next slide"), "hall_page_down", "PageDown", slide, slide.following)
        _button(_("First slide"), "hall_first", "Home", slide, FIRST)
        _button(_("Last slide"), "hall_last", "End", slide, LAST)


def _button(label: str, key: str, shortcut: str, slide: Slide, target: Slide) -> None:
    st.button(
        label, key=key, shortcut=shortcut, on_click=_go, args=(target,), type="tertiary", disabled=slide is target, wrap=False
    )


def _go(slide: Slide) -> None:
    st.query_params["slide"] = slide


def _pause() -> None:
    del st.query_params[advance.PARAMETER]
