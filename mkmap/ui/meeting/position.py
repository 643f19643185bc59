"""Say where the meeting stands, in the address: which slide, and what lies over it."""

import streamlit as st

from mkmap.view.screens import Screen
from mkmap.view.slides import Slide

SLIDE, SCREEN = "slide", "show"  # parameters


def go(slide: Slide | str, screen: Screen | str = Screen.SLIDE) -> None:
    st.query_params[SLIDE] = slide
    lay_over(screen)


def lay_over(screen: Screen | str) -> None:
    if screen:
        st.query_params[SCREEN] = screen
    elif SCREEN in st.query_params:
        del st.query_params[SCREEN]


def slide_text() -> str:
    return st.query_params.get(SLIDE, "")


def screen_text() -> str:
    return st.query_params.get(SCREEN, "")
