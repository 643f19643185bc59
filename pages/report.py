"""Report: what happened to a resident, beside what the police recorded; and what a receipt can do."""

import streamlit as st

from mkmap.ui import frame
from mkmap.ui.report import correction, form, receipt

view = frame.view()

_left, middle, _right = st.columns([1, 3, 1])
with middle:
    if mark := st.query_params.get("correct"):
        correction.ask(view, mark)
    else:
        closed = form.why_closed(view)
        form.intro(view, closed)
        if not closed:
            form.report(view)
        receipt.look_up(view)  # also where no more reports are taken: who has sent one may have it erased
