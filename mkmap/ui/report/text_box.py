"""Ask for a text that only moderators read: counted while it is typed, shown as it will be kept, never cut because it is too long."""

import streamlit as st

from mkmap.reports.form import TEXT_HELD, text_refusal, text_warnings
from mkmap.reports.masking import masked
from mkmap.reports.privacy import TEXT_CHARACTERS
from mkmap.view.sentences import plain
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
    if not text_refusal(text):
        _as_kept(text)
    return text


def _as_kept(text: str) -> None:
    """Before it is sent: what is masked of it, and what is not and should perhaps be left out."""
    kept = masked(text)
    if kept.kinds:
        st.caption(_("For your safety this is kept without what could identify somebody, like so:"))
        st.text(kept.text)
    if warnings := text_warnings(kept):
        advice = _("If so, please take it out. It is not masked: moderators would read it.")
        st.warning("  \n".join(map(plain, [*warnings, advice])), icon=":material/person_alert:")
