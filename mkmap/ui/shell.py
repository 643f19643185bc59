"""Frame every page: the banner, the navigation, the filters; then run the page."""

import streamlit as st

from mkmap.errors import MkmapError
from mkmap.settings import settings
from mkmap.ui import frame
from mkmap.ui.filter_widgets import draw_filters, read_filters, write_address
from mkmap.view.snapshot import Snapshot
from mkmap.words import _

WITHOUT_FILTERS = ("report", "moderation")
IN_A_HALL = ("meeting",)  # its filters are those of the address, and nothing stands around the page

# Before the navigation: without it, a browser would ask Google for the picture of the page's icon.
st.set_page_config(page_icon=frame.icon(), layout="wide", initial_sidebar_state="auto")
page = st.navigation(
    [
        st.Page(frame.file_of("map"), title=_("Map"), icon=":material/map:", default=True),
        st.Page(frame.file_of("trends"), title=_("Trends"), icon=":material/timeline:", url_path="trends"),
        st.Page(frame.file_of("claims"), title=_("Check a claim"), icon=":material/fact_check:", url_path="claims"),
        st.Page(frame.file_of("wards"), title=_("Wards"), icon=":material/leaderboard:", url_path="wards"),
        st.Page(frame.file_of("report"), title=_("Report"), icon=":material/edit_location_alt:", url_path="report"),
        st.Page(frame.file_of("meeting"), title=_("Meeting"), icon=":material/slideshow:", url_path="meeting"),
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
title = _("{page}: crime map of {area}").format(page=page.title, area=settings().area_name)
st.set_page_config(page_title=title)
has_filters, in_a_hall = page.url_path not in WITHOUT_FILTERS, page.url_path in IN_A_HALL
frame.styles(has_filters=has_filters)
try:
    snapshot = Snapshot.now(settings(), frame.today())
    read = read_filters(snapshot, page.url_path)
    filters = read.filters
    if has_filters and not in_a_hall:
        with st.sidebar:
            filters = draw_filters(snapshot, read.filters, page.url_path)
    if has_filters:
        write_address(filters, snapshot.choices(filters.last))
    if not in_a_hall:
        frame.banner(snapshot)
        frame.notes(read.ignored)
    frame.set_view(snapshot, filters, read.ignored)
    page.run()
except MkmapError as error:
    frame.broken(error)
