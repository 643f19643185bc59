"""Frame every page: the banner, the navigation, the filters; then run the page."""

import streamlit as st

from mkmap.errors import MkmapError
from mkmap.settings import settings
from mkmap.ui import frame, rights
from mkmap.ui.filter_widgets import draw_filters, read_filters, write_address
from mkmap.view.pages import Page
from mkmap.view.snapshot import Snapshot
from mkmap.words import _

# Before the navigation: without it, a browser would ask Google for the picture of the page's icon.
st.set_page_config(page_icon=frame.icon(), layout="wide", initial_sidebar_state="auto")
menu = {
    Page.MAP: (_("Map"), ":material/map:"),
    Page.TRENDS: (_("Trends"), ":material/timeline:"),
    Page.CLAIMS: (_("Check a claim"), ":material/fact_check:"),
    Page.WARDS: (_("Wards"), ":material/leaderboard:"),
    Page.REPORT: (_("Report"), ":material/edit_location_alt:"),
    Page.MEETING: (_("Meeting"), ":material/slideshow:"),
    Page.ABOUT: (_("About"), ":material/info:"),
    Page.MODERATION: (_("Moderation"), ":material/rule:"),
}
opened = st.navigation(
    [
        st.Page(
            frame.file_of(page),
            title=title,
            icon=icon,
            url_path=page.path.strip("/"),
            default=page is Page.MAP,
            visibility="hidden" if page is Page.MODERATION and not rights.sees_moderation() else "visible",
        )
        for page, (title, icon) in menu.items()
    ],
    position="top",
)
page = Page(opened.url_path or Page.MAP)
rights.note()
st.set_page_config(page_title=_("{page}: crime map of {area}").format(page=opened.title, area=settings().area_name))
in_a_hall = page is Page.MEETING  # its filters are those of the address, and nothing stands around the page
try:
    snapshot = Snapshot.now(settings(), frame.clock().today())
    read = read_filters(snapshot, page)
    filters = read.filters
    if page.has_filters and not in_a_hall:
        with st.sidebar:
            filters = draw_filters(snapshot, read.filters, page)
    if page.has_filters:
        write_address(filters, snapshot.choices(filters.last))
    if not in_a_hall:
        frame.banner(snapshot)
        frame.notes(read.ignored)
    frame.set_view(snapshot, filters, read.ignored)
    opened.run()
except MkmapError as error:
    frame.broken(error)
