"""Ask why something is rejected; the last reason of a visit is there for the next report, too."""

import streamlit as st

from mkmap.words import _

LAST = "desk_reason"  # in the session


def reason(key: str) -> None:
    """Choose one, or write another."""
    reasons = [
        _("not a crime"),
        _("identifies somebody"),
        _("place or month cannot be right"),
        _("not believable"),
        _("advertising"),
    ]
    last = st.session_state.get(LAST)
    options = reasons if last is None or last in reasons else [*reasons, last]
    st.selectbox(
        _("Reason"), options, index=None if last is None else options.index(last), key=key, accept_new_options=True,
        placeholder=_("Reason"), label_visibility="collapsed", width=220,
    )  # fmt: skip


def chosen(key: str) -> str:
    """The reason as it was given, which the next one begins with."""
    given = st.session_state.get(key) or ""
    if given:
        st.session_state[LAST] = given
    return given
