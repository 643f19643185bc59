"""An empty page with the widgets that EMPTY_WIDGETS, a JSON file, describes."""

import os

import streamlit as st

from tests.benchmarks.empty.described import described

st.set_page_config(layout="wide")
for label, kind, options in described(os.environ["EMPTY_WIDGETS"]):
    if kind == "selectbox":
        st.selectbox(label, options, index=None)
    elif kind == "multiselect":
        st.multiselect(label, options)
    elif kind == "button_group":
        st.segmented_control(label, options)
    elif kind == "checkbox":
        st.toggle(label)
