"""Lay all slides of the meeting out, to go to any of them; and say why the others are left out."""

import streamlit as st

from mkmap.ui.meeting import position
from mkmap.ui.meeting.lettering import line, title
from mkmap.view import slides
from mkmap.view.deck import Deck
from mkmap.view.slides import Slide
from mkmap.words import _

DIGITS = 9  # keys that are a slide's number


def draw(deck: Deck, current: Slide) -> None:
    title(_("All slides"))
    with st.container(key="hall_all"):
        for slide in deck.slides:
            _entry(deck, slide, current)
    if deck.left_out:
        with st.container(key="hall_left_out"):
            for slide in deck.left_out:
                line(deck.note(slide))


def _entry(deck: Deck, slide: Slide, current: Slide) -> None:
    place = deck.slides.index(slide) + 1
    st.button(
        _("{n} · {name}").format(n=place, name=slides.names()[slide]),
        key=f"hall_to_{slide}",
        shortcut=str(place) if place <= DIGITS else None,
        on_click=position.go,
        args=(slide,),
        type="primary" if slide is current else "secondary",
        width="stretch",
    )
