"""Draw rows as an HTML table: every browser and screen reader knows one, and it needs no script of its own."""

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


def draw(rows: pd.DataFrame) -> None:
    """All rows, in their order; the first cell of each names it."""
    st.html(table(rows))


def table(rows: pd.DataFrame) -> str:
    """Whole numbers as they are read, others with two decimals, a dash where one is missing, texts as they are."""
    columns = [_cells(rows[name]) for name in rows]
    kinds = [' class="n"' if pd.api.types.is_numeric_dtype(rows[name]) else "" for name in rows]
    heads = "".join(f'<th scope="col"{kind}>{escape(str(name))}</th>' for name, kind in zip(rows, kinds, strict=True))
    body = "".join(
        "<tr>"
        + f'<th scope="row"{kinds[0]}>{cells[0]}</th>'
        + "".join(f"<td{kind}>{cell}</td>" for kind, cell in zip(kinds[1:], cells[1:], strict=True))
        + "</tr>"
        for cells in zip(*columns, strict=True)
    )
    return f'<div class="rows"><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def _cells(values: pd.Series) -> list[str]:
    if pd.api.types.is_numeric_dtype(values):
        decimals = None if pd.api.types.is_integer_dtype(values) else 2
        return [NO_NUMBER if pd.isna(value) else number(value, decimals) for value in values.tolist()]
    return [_link(value) if isinstance(value, Link) else escape(str(value)) for value in values.tolist()]


def _link(link: Link) -> str:
    return f'<a href="{escape(link.address)}">{escape(link.text)}</a>'
