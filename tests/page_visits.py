"""Visit a page in this process, and read what it says."""

import json
import re
from collections.abc import Mapping
from datetime import date

import pandas as pd
from lxml import html
from made_clock import TODAY, clock
from streamlit.testing.v1 import AppTest

from mkmap.settings import PROJECT
from mkmap.ui import frame
from mkmap.view.sentences import NOTHING

SHELL = PROJECT / "mkmap" / "ui" / "shell.py"
PATIENCE = 60  # seconds: the first run counts the area


def visited(address: Mapping[str, object] | None = None, *, page: str = "map", today: date = TODAY) -> AppTest:
    """A page as it opens at an address, on a day."""
    at = AppTest.from_file(str(SHELL), default_timeout=PATIENCE)
    at.session_state[frame.CLOCK] = clock(today)
    for name, value in (address or {}).items():
        at.query_params[name] = value
    at.run()
    return at if page == "map" else at.switch_page(f"../../pages/{page}.py").run()


def as_read(markdown: str) -> str:
    """What a person reads of an escaped text."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", markdown.replace(NOTHING, ""))


def headline(at: AppTest) -> str:
    return as_read(at.title[0].value)


def said(at: AppTest) -> str:
    """All sentences of a page, its notes included, as a person reads them."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "text", "info", "warning", "error", "success")
    return "\n".join(as_read(str(element.value)) for kind in kinds for element in at.get(kind))


def notes(at: AppTest) -> str:
    return "\n".join(as_read(note.value) for note in at.info)


def deck(at: AppTest) -> dict:
    """The map as the browser gets it."""
    (chart,) = at.get("deck_gl_json_chart")
    return json.loads(chart.proto.json)


def layers(at: AppTest) -> dict[str, dict]:
    return {layer["id"]: layer for layer in deck(at)["layers"]}


def table(at: AppTest, rows: str = "Wards") -> pd.DataFrame:
    """The table whose rows are these."""
    (choice,) = (group for group in at.get("button_group") if group.key == "table")
    choice.set_value(rows).run()
    assert not at.exception
    if rows == "Ward, type and month":
        return at.dataframe[0].value
    return tables(at)[0].map(_cell)


def tables(at: AppTest) -> list[pd.DataFrame]:
    """The plain tables of a page, each cell as a person reads it."""
    found = [html.fromstring(one.proto.body) for one in at.get("html") if 'class="rows"' in one.proto.body]
    return [
        pd.DataFrame(
            [[cell.text_content() for cell in row] for row in table.xpath("//tbody/tr")],
            columns=[head.text_content() for head in table.xpath("//thead//th")],
        )
        for table in found
    ]


def figures(at: AppTest) -> list[str]:
    """The numbers beside the map, in their order."""
    (body,) = (one.proto.body for one in at.get("html") if 'class="figures"' in one.proto.body)
    return [number.text_content() for number in html.fromstring(body).xpath("//dd")]


def _cell(value: str) -> object:
    """A cell of a plain table as a value: a dash stands where a number is missing."""
    text = value
    if re.fullmatch(r"[\d,]+(\.\d+)?", text):
        return float(text) if "." in text else int(text.replace(",", ""))
    return None if text == "–" else text


def address(at: AppTest) -> dict[str, list[str]]:
    """The filters that the address says."""
    found = {name: at.query_params.get(name, []) for name in ("from", "to", "ward", "type")}
    return {name: [value] if isinstance(value, str) else value for name, value in found.items()}
