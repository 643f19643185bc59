"""The map: what the police recorded, where, in the chosen months, wards and types."""

import streamlit as st

from mkmap.ui import frame, map_page, share_parts, table_page

view = frame.view()

map_page.headline(view)
reports = map_page.residents(view)
picture, beside = st.columns([3, 1], gap="medium")
with beside:
    street = map_page.find_street(view)
    map_page.numbers(view)
    shaded = map_page.legend(view)
with picture:
    map_page.crime_map(view, street, shaded=shaded, reports=reports)
    map_page.within_a_mile(view, street)
table_page.tables(view)
table_page.downloads(view)
share_parts.share(view)
