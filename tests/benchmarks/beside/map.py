"""An empty page with an empty map."""

import pydeck as pdk
import streamlit as st

st.set_page_config(layout="wide")
st.pydeck_chart(pdk.Deck(layers=[], map_provider="carto", map_style="/map/style.json"), height=600)
