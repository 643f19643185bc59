"""Every element of Streamlit that our pages use, with nothing of ours: what is wrong here is Streamlit's to mend."""

import pandas as pd
import pydeck as pdk
import streamlit as st

ROWS = pd.DataFrame({"month": ["2025-01", "2025-02"], "crimes": [3, 4]})
LAYER = {"encoding": {"x": {"field": "month", "type": "ordinal"}, "y": {"field": "crimes", "type": "quantitative"}}}
NOTHING = {"transform": [{"filter": "datum.crimes < 0"}], **LAYER}

page = st.navigation([st.Page(lambda: None, title="Plain", default=True)], position="top")
st.set_page_config(layout="wide")
with st.sidebar:
    st.selectbox("Choice", ["a", "b"])
    st.multiselect("Choices", ["a", "b"], default=["a"])
st.title("Title")
st.header("Header", help="help")
st.markdown("Text with **weight**.")
st.info("info", icon=":material/info:")
st.warning("warning")
st.error("error")
st.success("success")
st.metric("Number", "3", help="help")
st.segmented_control("One of", ["a", "b"], default="a")
st.pills("Some of", ["a", "b"], default="a")
st.radio("One", ["a", "b"], index=None)
st.toggle("Switch")
st.checkbox("Tick")
st.text_input("Text", help="help")
st.text_area("Texts", max_chars=500)
st.number_input("Count", value=3)
st.file_uploader("File")
st.button("Press")
st.button("Press first", type="primary")
st.link_button("Go", "/")
st.progress(0.5, text="Progress")
st.table(ROWS, hide_index=True)
with st.container(height=120):
    st.table(pd.concat([ROWS] * 10), hide_index=True)
st.dataframe(ROWS, hide_index=True)
with st.expander("More", expanded=True):
    st.code("code", language=None)
with st.popover("Over"):
    st.write("over")
st.image('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>', alt="A picture", width=80)
st.vega_lite_chart(
    ROWS,
    {"layer": [{"mark": "bar", **LAYER}, {"mark": "point", **NOTHING}], "config": {"mark": {"aria": False}}},
    alt="A chart",
)
st.pydeck_chart(pdk.Deck(layers=[], map_provider=None), height=200, alt="A map")
page.run()
