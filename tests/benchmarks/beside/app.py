"""Serve the page of this folder that BESIDE_PAGE names as mkmap serves its own: with its middleware, and what was made so far kept."""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.responses import JSONResponse
from starlette.routing import Route

from mkmap.web.server import MIDDLEWARE


@asynccontextmanager
async def _frozen(_app: object) -> AsyncIterator[None]:
    gc.freeze()
    yield


async def _style(_request: object) -> JSONResponse:
    return JSONResponse({"version": 8, "name": "empty", "sources": {}, "layers": []})


async def _nothing(_request: object) -> JSONResponse:
    return JSONResponse({"type": "FeatureCollection", "features": []})


app = st.App(
    Path(__file__).parent / os.environ["BESIDE_PAGE"],
    routes=[Route("/map/style.json", _style), Route("/map/{rest:path}", _nothing)],
    middleware=MIDDLEWARE,
    lifespan=_frozen,
)
