"""Report: what happened to a resident; what a receipt can do; and what can be asked of this site."""

import streamlit as st

from mkmap.ui import frame
from mkmap.ui.report import asking, form, receipt

view = frame.view()

_left, middle, _right = st.columns([1, 3, 1])
with middle:
    if wanted := asking.wanted(st.query_params.to_dict()):
        asking.ask(view, *wanted)
    else:
        closed = form.why_closed(view)
        form.intro(view, closed)
        if not closed:
            form.report(view)
        receipt.look_up(view)  # also where no more reports are taken: who has sent one may have it erased
