"""The map: what the police recorded, where, in the chosen months, wards and types."""

import streamlit as st

from mkmap.ui import frame, share
from mkmap.ui.map import legend, page, street, tables

view = frame.view()

page.headline(view)
page.residents(view)
picture, beside = st.columns([3, 1], gap="medium")
with beside:
    place = street.find_street(view)
    page.numbers(view)
    legend.marks(view)
    shaded = legend.shading_switch(view)
with picture:
    page.crime_map(view, place, shaded=shaded)
    street.within_a_mile(view, place)
tables.tables(view)
tables.downloads(view)
share.share(view)
