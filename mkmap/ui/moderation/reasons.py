"""Ask why something is rejected; the last reason of a visit is there for the next report, too."""

import streamlit as st

from mkmap.reports.reasons import OFFERED, in_words
from mkmap.words import _

LAST = "desk_reason"  # in the session


def reason(key: str) -> None:
    last = st.session_state.get(LAST)
    st.selectbox(
        _("Reason"), OFFERED, index=None if last is None else OFFERED.index(last), key=key, format_func=in_words,
        placeholder=_("Reason"), label_visibility="collapsed", width=220,
    )  # fmt: skip


def chosen(key: str) -> str:
    """The reason as it was given, which the next one begins with."""
    given = st.session_state.get(key) or ""
    if given:
        st.session_state[LAST] = given
    return given
