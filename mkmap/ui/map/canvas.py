"""Know how large the map is on a visitor's screen, so that a view can be fitted to it."""

import re
from typing import NamedTuple

import pydeck as pdk
import streamlit as st

from mkmap.map.mercator import HEIGHT, PHONE_WIDTH, WIDTH
from mkmap.words import _

COOKIE = "mkmap_map"  # written by own.js: width and height, in pixels
KEY = "map_size"  # the same once the map's room has changed: a cookie is read when a page is loaded alone
SMALLEST, LARGEST = 100, 4000  # pixels: a browser may send anything


class Canvas(NamedTuple):
    """Pixels."""

    width: int = WIDTH
    height: int = HEIGHT


PHONE = Canvas(PHONE_WIDTH, HEIGHT)


def canvas() -> Canvas:
    """As the browser has measured it; else what fits a phone, or a laptop."""
    for told in (st.session_state.get(KEY), st.context.cookies.get(COOKIE)):
        if size := re.fullmatch(r"(\d{1,5})x(\d{1,5})", str(told), re.ASCII):
            return Canvas(*(min(max(int(pixels), SMALLEST), LARGEST) for pixels in size.groups()))
    is_phone = "Mobi" in (st.context.headers.get("User-Agent") or "")  # as every phone's browser says of itself
    return PHONE if is_phone else Canvas()


def ask(view: pdk.ViewState) -> None:
    """Let own.js say when the room for the map has become another, and know which view it was given last."""
    st.text_input(_("Size of the map"), key=KEY, placeholder=f"{view.longitude} {view.latitude} {view.zoom}")
