"""Draw the picture that goes with a shared link: the sentence, the months, where they come from; of the police's figures alone."""

import json
import textwrap
from functools import lru_cache
from io import BytesIO

import vl_convert
from PIL import Image

from mkmap.drawing.palette import LIGHT, css
from mkmap.view import figures, sentences
from mkmap.view.view import View

WIDTH, HEIGHT = 1200, 630  # pixels: what social networks show whole
LINES = 4  # of a text: the rest of the picture is for the bars
TITLE, LONG_TITLE, SOURCE = (40, 50), (33, 60), (23, 94)  # pixels of a letter's size, and how many letters fit on a line
COLOURS = 128  # of the file: a tenth of its size, and no eye sees it
KEPT = 64  # pictures, of about 30 kB


def picture(view: View) -> bytes:
    """A PNG; what was drawn before is not drawn again while the stored months say the same."""
    return _drawn(json.dumps(_chart(view)))


@lru_cache(maxsize=KEPT)
def _drawn(chart: str) -> bytes:
    file = BytesIO()
    drawn = Image.open(BytesIO(vl_convert.vegalite_to_png(chart, allowed_base_urls=[])))
    drawn.convert("RGB").quantize(COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _chart(view: View) -> dict:
    """The bars of the Trends page under the sentence of the map, as Vega-Lite with its data."""
    figure = figures.months(view.findings, LIGHT)
    return figure.whole() | {
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 48, "right": 48, "top": 44, "bottom": 28},
        "background": css(LIGHT.halo),
        "title": _title(view),
        "config": _CONFIG,
    }


def _title(view: View) -> dict:
    headline = sentences.headline(view.snapshot, view.selection)
    source = " ".join([sentences.badge(view.snapshot), *sentences.gaps(view.selection)])
    size, letters = TITLE if len(headline) <= TITLE[1] * (LINES - 1) else LONG_TITLE
    small_size, small_letters = SOURCE
    return {
        "text": _lines(headline, letters),
        "subtitle": _lines(source, small_letters),
        "anchor": "start",
        "color": css(LIGHT.name),
        "subtitleColor": css(LIGHT.name),
        "fontSize": size,
        "lineHeight": size + 10,
        "subtitleFontSize": small_size,
        "subtitleLineHeight": small_size + 8,
        "subtitlePadding": 14,
        "offset": 20,
    }


def _lines(text: str, letters: int) -> list[str]:
    """Without what is no sign at all: a picture has no place for it."""
    written = "".join(sign if sign.isprintable() else " " for sign in text)
    return textwrap.wrap(written, letters, max_lines=LINES, placeholder=" …") or [""]


_CONFIG = {
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {"labelFontSize": 20, "titleFontSize": 20, "titleFontWeight": "normal", "titlePadding": 12},
    "axisX": {"labelSeparation": 16},
    "legend": {"labelFontSize": 21, "symbolSize": 300, "symbolOpacity": 1},
}
