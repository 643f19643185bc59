"""Draw the fields of a form with room for what is wrong with each, and above its button all of that, with links to the fields."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from mkmap.words import _, ngettext, number


class Fields:
    """Of one form; `tried`: where the session keeps the last press that was refused, so that what is mended vanishes one by one."""

    def __init__(self, tried: str) -> None:
        self._tried = tried
        self._room: dict[str, DeltaGenerator] = {}

    @contextmanager
    def field(self, key: str) -> Iterator[None]:
        """Round a widget of this key."""
        with st.container(key=f"field_{key}"):
            self._room[key] = st.empty()
            yield

    def leave_room(self) -> None:
        """For the summary."""
        self._summary = st.empty()

    def refuse(self, wrong: Mapping[str, str], *, pressed: bool, at_once: str) -> bool:
        """Say what is wrong, and whether a press is refused.

        What is missing is said from the first press on; what is wrong with the field `at_once`, as soon as it is.
        """
        if pressed:
            st.session_state[self._tried] = uuid.uuid4().hex  # own.js moves the focus once for each
        tried = st.session_state.get(self._tried, "")
        shown = wrong if tried else {key: sentence for key, sentence in wrong.items() if key == at_once}
        for key, sentence in shown.items():
            self._room[key].html(_refusal(key, sentence, is_news=not tried))
        if wrong and tried:
            self._summary.html(_summary(wrong, tried, is_news=pressed))
        return pressed and bool(wrong)


def _refusal(key: str, sentence: str, *, is_news: bool) -> str:
    role = ' role="alert"' if is_news else ""
    return f'<p class="refusal" id="refused-{key}" data-refuses="{key}"{role}>{escape(sentence)}</p>'


def _summary(wrong: Mapping[str, str], press: str, *, is_news: bool) -> str:
    title = ngettext("Not sent yet. Please look at {n} answer.", "Not sent yet. Please look at {n} answers.", len(wrong))
    links = (
        f'<li><a href="#refused-{key}" data-leads-to="{key}">{escape(sentence)}</a></li>' for key, sentence in wrong.items()
    )
    return (
        f'<div class="refusals" role="{"alert" if is_news else "group"}" tabindex="-1" data-press="{press}">'
        f"<h2>{escape(title.format(n=number(len(wrong))))}</h2><ul>{''.join(links)}</ul>"
        f"<p>{escape(_('What you typed is still here.'))}</p></div>"
    )
