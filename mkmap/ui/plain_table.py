"""Draw rows as an HTML table: every browser and screen reader knows one, and it needs no script of its own."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

import pandas as pd
import streamlit as st

from mkmap.words import NO_NUMBER, number

# Streamlit's own table brings more code to a browser than all else on the map's page together.


class Link(NamedTuple):
    """A cell that leads somewhere."""

    text: str
    address: str


def draw(rows: pd.DataFrame | Mapping[str, list]) -> None:
    """All rows, in their order; the first cell of each names it."""
    st.html(table(rows))


def table(rows: pd.DataFrame | Mapping[str, list]) -> str:
    """Whole numbers as they are read, others with two decimals, a dash where one is missing, texts as they are."""
    values = [list(column) for _name, column in rows.items()]
    columns = [_cells(column) for column in values]
    kinds = [' class="n"' if _is_of_numbers(column) else "" for column in values]
    heads = "".join(f'<th scope="col"{kind}>{escape(str(name))}</th>' for name, kind in zip(rows, kinds, strict=True))
    body = "".join(
        "<tr>"
        + f'<th scope="row"{kinds[0]}>{cells[0]}</th>'
        + "".join(f"<td{kind}>{cell}</td>" for kind, cell in zip(kinds[1:], cells[1:], strict=True))
        + "</tr>"
        for cells in zip(*columns, strict=True)
    )
    return f'<div class="rows"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def _cells(values: list) -> list[str]:
    if _is_of_numbers(values):
        decimals = 2 if any(isinstance(value, float) for value in values) else None
        return [NO_NUMBER if _is_missing(value) else number(value, decimals) for value in values]
    return [_link(value) if isinstance(value, Link) else escape(str(value)) for value in values]


def _is_of_numbers(values: list) -> bool:
    return all(isinstance(value, int | float) or _is_missing(value) for value in values)


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value != value


def _link(link: Link) -> str:
    return f'<a href="{escape(link.address)}">{escape(link.text)}</a>'
