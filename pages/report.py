"""Report: what happened to a resident, beside what the police recorded; and what a receipt can do."""

import streamlit as st

from mkmap.ui import correction_page, frame, receipt_page, report_page

view = frame.view()

_left, middle, _right = st.columns([1, 3, 1])
with middle:
    if mark := st.query_params.get("correct"):
        correction_page.ask(view, mark)
    elif report_page.intro(view):
        report_page.report(view)
        receipt_page.look_up(view)
