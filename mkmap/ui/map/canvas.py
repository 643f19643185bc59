"""Know how large the map is on a visitor's screen, so that a view can be fitted to it."""

import re
from typing import NamedTuple

import streamlit as st

from mkmap.map.mercator import HEIGHT, PHONE_WIDTH, WIDTH

COOKIE = "mkmap_map"  # written by own.js: width and height, in pixels
SMALLEST, LARGEST = 100, 4000  # pixels: a browser may send anything


class Canvas(NamedTuple):
    """Pixels."""

    width: int = WIDTH
    height: int = HEIGHT


PHONE = Canvas(PHONE_WIDTH, HEIGHT)


def canvas() -> Canvas:
    """As the browser has measured it; else what fits a phone, or a laptop."""
    size = re.fullmatch(r"(\d{1,5})x(\d{1,5})", str(st.context.cookies.get(COOKIE)), re.ASCII)
    if size:
        return Canvas(*(min(max(int(pixels), SMALLEST), LARGEST) for pixels in size.groups()))
    is_phone = "Mobi" in (st.context.headers.get("User-Agent") or "")  # as every phone's browser says of itself
    return PHONE if is_phone else Canvas()
