"""The map: what the police recorded, where, in the chosen months, wards and types."""

import streamlit as st

from mkmap.ui import frame, share
from mkmap.ui.map import page, tables

view = frame.view()

page.headline(view)
reports = page.residents(view)
picture, beside = st.columns([3, 1], gap="medium")
with beside:
    street = page.find_street(view)
    page.numbers(view)
    shaded = page.legend(view)
with picture:
    page.crime_map(view, street, shaded=shaded, reports=reports)
    page.within_a_mile(view, street)
tables.tables(view)
tables.downloads(view)
share.share(view)
