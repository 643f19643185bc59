"""Print the sheets: the screen's charts become pictures, Typst sets the page. Texts reach Typst as data, never as its language."""

import json
import unicodedata
from dataclasses import dataclass, fields
from datetime import datetime, time
from pathlib import Path
from typing import Literal

import fontpkg_source_sans_3
import typst
import vl_convert

from mkmap.briefing.behind import behind
from mkmap.briefing.content import sheets
from mkmap.briefing.sheets import Item, Number, Part, Picture, Sheets
from mkmap.drawing.palette import LIGHT, css
from mkmap.view.view import View
from mkmap.words import language

TEMPLATE = Path(__file__).with_name("sheets.typ")
FONT = fontpkg_source_sans_3.FAMILY  # the screen's
FONTS = str(fontpkg_source_sans_3.ROOT / "files")
STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA: tagged for screen readers, and refused where it is not
INK = css(LIGHT.name)
MEASURED = "sans-serif"  # what vl-convert can measure; any other name it only guesses
REGULAR = "normal"  # of a variable font Typst draws this weight in a picture as the thinnest, unless the axis is named too
LOOK = {
    "font": MEASURED,
    "aria": False,  # what a picture shows stands in its alternative text
    "background": "transparent",
    "padding": 0,
    "axis": {
        "labelLimit": 0,  # months and numbers are never cut; with a limit each is measured twice, and that is most of drawing
        "labelFontSize": 10,
        "titleFontSize": 10,
        "labelFontWeight": REGULAR,
        "titleFontWeight": REGULAR,
        "labelColor": INK,
        "titleColor": INK,
        "gridColor": "#e4e7ea",
    },
    "legend": {
        "labelFontSize": 10,
        "labelFontWeight": REGULAR,
        "labelColor": INK,
        "offset": 6,
        "rowPadding": 1,
        "columnPadding": 8,
        "layout": {"top": {"direction": "vertical", "margin": 2}},
    },
    "text": {"fontWeight": REGULAR},
    "view": {"stroke": None},
}


@dataclass(frozen=True)
class Drawn:
    """A picture, and what it shows."""

    svg: str
    alt: str


def pdf(view: View) -> bytes:
    """The two sheets about the one ward of a view, as PDF.

    Raises Damaged where a stored file cannot be read.
    """
    written = json.dumps(_data(view), ensure_ascii=False)
    try:
        return behind(_compiled, written, view, STANDARD)
    except typst.TypstError:  # a letter that no font here has: a box in its place, and all else still tagged
        return behind(_compiled, written, view, None)


def _compiled(written: str, view: View, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"sheets": written},
        font_paths=[Path(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=[standard] if standard else [],
        timestamp=int(datetime.combine(view.snapshot.today, time()).timestamp()),
    )


def _data(view: View) -> dict[str, object]:
    """What the template reads."""
    spoken, region = language().split("_")
    return {**_fields(sheets(view)), "language": spoken, "region": region, "font": FONT}


def _written(value: object) -> object:
    """A value of the sheets as JSON has it; a figure becomes a picture."""
    if isinstance(value, Picture):
        return _written(_picture(value))
    if isinstance(value, str):
        return _visible(value)
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    return _fields(value) if isinstance(value, Part | Number | Item | Drawn) else value


def _fields(value: Sheets | Part | Number | Item | Drawn) -> dict[str, object]:
    return {field.name: _written(getattr(value, field.name)) for field in fields(value)}


def _visible(text: str) -> str:
    """Without characters that cannot be seen, or that turn the direction of all that follows."""
    if text.isprintable():  # a drawing is long, and has none of them
        return text
    return "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")


def _picture(picture: Picture) -> Drawn:
    """The chart as SVG in exactly its size."""
    size = {"width": picture.width, "height": picture.height, "autosize": {"type": "fit", "contains": "padding"}}
    svg = behind(vl_convert.vegalite_to_svg, {**picture.figure.whole(), **size}, config=LOOK, allowed_base_urls=[])
    return Drawn(_in_our_font(svg), picture.figure.alt)


def _in_our_font(svg: str) -> str:
    regular = f'font-weight="{REGULAR}"'
    named = svg.replace(f'font-family="{MEASURED}"', f'font-family="{FONT}"')
    return named.replace(regular, f"{regular} font-variation-settings=\"'wght' 400\"")
