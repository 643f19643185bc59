"""Serve a page with nothing on it but what EMPTY_PAGE names, as mkmap serves its own."""

import os
from pathlib import Path

import streamlit as st
from starlette.responses import JSONResponse
from starlette.routing import Route


async def _style(_request: object) -> JSONResponse:
    return JSONResponse({"version": 8, "name": "empty", "sources": {}, "layers": []})


app = st.App(Path(__file__).parent / os.environ["EMPTY_PAGE"], routes=[Route("/map/style.json", _style)])
