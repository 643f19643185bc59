"""The map: what the police recorded, where, in the chosen months, wards and types."""

import streamlit as st

from mkmap.ui import frame, share
from mkmap.ui.map import legend, months, page, street, tables

view = frame.view()

with st.container(key="map_page"):
    page.headline(view)
    page.crime_map(view)
    months.strip(view)
    with st.container(key="panel"):
        with st.container(key="find"):
            street.find_street(view)
            street.within_a_mile(view)
            page.what_was_tapped(view)
        with st.container(key="beside"):
            page.residents(view)
            page.numbers(view)
            page.chips(view)
            legend.marks(page.on_map(view), view.published)
            legend.shading_switch(view)
    with st.container(key="foot"):
        tables.tables(view)
        tables.downloads(view)
        share.share(view)
        frame.source(view)
