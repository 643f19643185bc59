"""Offer the two sheets about a ward."""

from dataclasses import replace

import streamlit as st

from mkmap.view.view import View
from mkmap.words import _


def briefing_link(view: View, ward_code: str) -> None:
    """One click to the PDF about a ward, with the filters of the view."""
    filters = replace(view.selection.filters, wards=())
    st.link_button(
        _("Ward briefing: two sheets to print, as PDF"),
        f"/briefing/{ward_code}.pdf?{filters.query()}",
        icon=":material/print:",
    )
