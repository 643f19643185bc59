"""Serve mkmap: the Streamlit pages, the data routes and the headers, as one ASGI app."""

import sys

import streamlit as st

from mkmap.errors import Refused

try:
    from mkmap.web.data import ROUTES
    from mkmap.web.server import MIDDLEWARE, lifespan
except Refused as error:  # a setting that cannot be used
    sys.exit(str(error))

app = st.App("mkmap/ui/shell.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
