"""Check a claim: who says what of where and when, against what; what the numbers answer, and what they cannot tell."""

import streamlit as st

from mkmap.ui import claim_widgets, claims_page, frame, share_parts

view = frame.view()

picture, beside = st.columns([3, 1], gap="large")
with picture:
    title = st.container()
    claim = claim_widgets.choose()
    with title:
        claims_page.stated(view, claim)
    claims_page.answer(view, claim)
    claims_page.cannot_tell(view, claim)
with beside:
    claims_page.ready(view)
share_parts.share(view, claim.pairs())
