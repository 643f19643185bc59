"""Show the filters that a page of mkmap was seen to draw, and an empty map."""

import pydeck as pdk
import streamlit as st

from tests.benchmarks.beside.recorded import FILTERS, recorded
from tests.benchmarks.beside.replay import replay

st.set_page_config(layout="wide", initial_sidebar_state="auto")
replay([one for one in recorded() if one.kind in FILTERS and one.path[0]])
st.session_state.runs = st.session_state.get("runs", 0) + 1  # each run looks elsewhere, and is drawn
view = pdk.ViewState(longitude=-0.76 + st.session_state.runs / 1000, latitude=52.04, zoom=10)
deck = pdk.Deck(layers=[], initial_view_state=view, map_provider="carto", map_style="/map/style.json")
st.pydeck_chart(deck, key="crime_map", on_select="rerun", height=600)
