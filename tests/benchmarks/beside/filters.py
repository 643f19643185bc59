"""Show the filters that a page of mkmap was seen to draw, and nothing else."""

import streamlit as st

from tests.benchmarks.beside.recorded import FILTERS, recorded
from tests.benchmarks.beside.replay import replay

st.set_page_config(layout="wide")
replay([one for one in recorded() if one.kind in FILTERS])
