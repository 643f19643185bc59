"""Serve mkmap: the Streamlit pages, the data routes and the headers, as one ASGI app."""

import streamlit as st

from mkmap.ui.routes import ROUTES
from mkmap.ui.server import MIDDLEWARE, lifespan

app = st.App("mkmap/ui/shell.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
