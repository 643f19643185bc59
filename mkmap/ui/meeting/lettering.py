"""Write on a slide: texts as large as their length lets them be, so that a few words fill it and many have their place."""

from collections.abc import Sequence

import streamlit as st

from mkmap.view.sentences import plain

TITLES = {"short": 60, "few": 110, "some": 240}  # signs: of each size of type a title fills at most four lines
LINES = {"short": 120, "few": 240, "some": 480}  # signs of all lines below a title


def title(text: str, *, beside_more: bool = False) -> None:
    """The slide's sentence; where there is much beside it, it is one size smaller."""
    sizes = [*TITLES, "many"]
    size = sizes.index(_size(text, TITLES)) + beside_more
    with st.container(key=f"hall_title_{sizes[min(size, len(sizes) - 1)]}"):
        st.title(plain(text), anchor=False)


def huge(text: str, name: str = "figure") -> None:
    """A number or a verdict that is read first, from the back of the hall."""
    with st.container(key=f"hall_huge_{name}"):
        st.markdown(plain(text))


def line(text: str) -> None:
    """A sentence beside the slide's own; nothing in it becomes a link that a hand slips on."""
    st.text(text)


def lines(texts: Sequence[str]) -> None:
    """All that stands below a title, in one size."""
    if texts:
        with st.container(key=f"hall_lines_{_size(' '.join(texts), LINES)}"):
            for text in texts:
                line(text)


def _size(text: str, sizes: dict[str, int]) -> str:
    return next((size for size, most in sizes.items() if len(text) <= most), "many")
