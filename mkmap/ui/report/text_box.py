"""Ask for a text that only moderators read: counted while it is typed, and never cut or dropped because it is too long."""

import streamlit as st

from mkmap.reports.form import TEXT_HELD
from mkmap.reports.privacy import TEXT_CHARACTERS
from mkmap.words import _


def text_box(label: str, key: str) -> str:
    """Without Streamlit's own limit: with it, a paste that is too long vanishes without a word."""
    text = st.text_area(
        label,
        key=key,
        help=_("Only moderators read it; it is never published. Leave out names, addresses, phone numbers and number plates."),
    )
    st.html(
        f'<p class="count" data-counts="{key}" data-most="{TEXT_CHARACTERS}" data-holds="{TEXT_HELD}"></p>'
    )  # own.js counts
    return text
