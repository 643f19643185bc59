"""Serve mkmap: the Streamlit pages, the data routes and the headers, as one ASGI app."""

import sys

import streamlit as st

from mkmap.errors import Refused

try:
    from mkmap.operate.clock import Clock
    from mkmap.ui import sign_in
    from mkmap.ui.map.warm_up import warm_up
    from mkmap.web.routes import routes
    from mkmap.web.server import HTML, MIDDLEWARE, lifespan

    sign_in.check()
except Refused as error:  # a setting that cannot be used
    sys.exit(str(error))

clock = Clock()
app = st.App(
    "mkmap/ui/shell.py",
    routes=routes(HTML, clock),
    middleware=MIDDLEWARE,
    lifespan=lifespan(lambda: warm_up(clock.today())),
)
