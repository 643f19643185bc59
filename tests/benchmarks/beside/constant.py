"""Show everything that a page of mkmap was seen to draw, always the same: nothing is read, counted or put into words."""

import streamlit as st

from tests.benchmarks.beside.recorded import recorded
from tests.benchmarks.beside.replay import replay

st.set_page_config(layout="wide", initial_sidebar_state="auto")


def page() -> None:
    replay(recorded())


menu = [st.Page(page, title=f"Page {number}", url_path=f"page-{number}", default=not number) for number in range(8)]
opened = st.navigation(menu, position="top")
st.set_page_config(page_title=opened.title)
opened.run()
