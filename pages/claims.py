"""Check a claim: who says what of where and when, against what; what the numbers answer, and what they cannot tell."""

import streamlit as st

from mkmap.ui import frame, share
from mkmap.ui.claims import page, widgets

view = frame.view()

picture, beside = st.columns([3, 1], gap="large")
with picture:
    title = st.container()
    claim = widgets.choose()
    with title:
        page.stated(view, claim)
    page.answer(view, claim)
    page.cannot_tell(view, claim)
with beside:
    page.ready(view)
share.share(view, claim.pairs())
frame.source(view)
