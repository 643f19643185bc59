"""Write on a slide: texts as large as their length lets them be, so that a sentence of any length has its place."""

import streamlit as st

from mkmap.view.sentences import plain

FEW, SOME = 110, 200  # signs: three sizes of type, each of which fills at most four lines of a screen


def title(text: str, *, beside_more: bool = False) -> None:
    """The slide's sentence; where there is much beside it, it is large only while it is short."""
    with st.container(key=f"hall_title_{_length(text, FEW if beside_more else SOME)}"):
        st.title(plain(text), anchor=False)


def huge(text: str, name: str = "figure") -> None:
    """A number or a verdict that is read first, from the back of the hall."""
    with st.container(key=f"hall_huge_{name}"):
        st.markdown(plain(text))


def line(text: str) -> None:
    """A sentence beside the slide's own; nothing in it becomes a link that a hand slips on."""
    st.text(text)


def _length(text: str, some: int) -> str:
    return "few" if len(text) <= FEW else "some" if len(text) <= some else "many"
