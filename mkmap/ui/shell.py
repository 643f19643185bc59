"""Frame every page: the banner, the navigation, the filters; then run the page."""

import streamlit as st

from mkmap.errors import MkmapError
from mkmap.settings import settings
from mkmap.shown import Shown
from mkmap.ui import frame
from mkmap.ui.filter_widgets import draw_filters, read_filters, write_address
from mkmap.words import _

WITHOUT_FILTERS = ("report", "moderation")

st.set_page_config(page_title="mkmap", page_icon=frame.icon(), layout="wide", initial_sidebar_state="auto")
page = st.navigation(
    [
        st.Page(frame.file_of("map"), title=_("Map"), icon=":material/map:", default=True),
        st.Page(frame.file_of("trends"), title=_("Trends"), icon=":material/timeline:", url_path="trends"),
        st.Page(frame.file_of("report"), title=_("Report"), icon=":material/edit_location_alt:", url_path="report"),
        st.Page(frame.file_of("about"), title=_("About"), icon=":material/info:", url_path="about"),
        st.Page(
            frame.file_of("moderation"),
            title=_("Moderation"),
            icon=":material/rule:",
            url_path="moderation",
        ),
    ],
    position="top",
)
has_filters = page.url_path not in WITHOUT_FILTERS
frame.styles(has_filters=has_filters)
try:
    shown = Shown.now(settings())
    read = read_filters(shown)
    filters = read.filters
    if has_filters:
        with st.sidebar:
            filters = draw_filters(shown, read.filters)
        write_address(filters, shown.choices(filters.last))
    frame.banner(shown)
    frame.notes(read.ignored)
    frame.set_view(shown, filters)
    page.run()
except MkmapError as error:
    frame.broken(error)
