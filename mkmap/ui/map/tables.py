"""The same numbers as tables and as files."""

import json
from contextlib import nullcontext
from html import escape
from urllib.parse import quote

import streamlit as st

from mkmap.ui import plain_table
from mkmap.ui.plain_table import Link
from mkmap.view import sentences
from mkmap.view import tables as made
from mkmap.view.view import View
from mkmap.words import _

TALLEST = 560  # pixels: a longer table scrolls in itself
ROWS_AT_ONCE = 20


def tables(view: View) -> None:
    """One table at a time, chosen by what its rows are."""
    st.header(_("The same numbers as a table"), anchor=False)
    kinds = list(made.Rows)
    kind = st.segmented_control(
        _("Rows"), kinds, format_func=made.rows_words().__getitem__, default=kinds[0], key="table", label_visibility="collapsed"
    )
    if kind is None:
        kind = kinds[0]
    if kind == made.Rows.REPORT:
        _reports(view)
        return
    if kind == made.Rows.STREET and not view.filters.wards:
        _every_street(view)
        return
    if kind == made.Rows.ALL:
        st.dataframe(made.by_all(view.selection), hide_index=True, height=TALLEST)
    else:
        _plain_table(made.table(kind, view.selection, view.households))
    if kind == made.Rows.WARD:
        st.caption(sentences.plain(view.findings.households_sentence))
    if kind == made.Rows.STREET:
        st.caption(_no_ranking())


def _no_ranking() -> str:
    return _(
        "A circle stands at the nearest of the police's map points, about 100 metres from the true place: this is no ranking of streets."
    )


def _every_street(view: View) -> None:
    """Of the whole area so many that the browser asks for them, once, when somebody wants to read them."""
    words = {
        "rows": f"/map/every-street.json?{view.filters.query()}&v={quote(view.snapshot.version)}",
        "heads": json.dumps([_("Street"), _("Ward"), _("Crimes")]),
        "unnamed": _("Unnamed place"),
        "failed": _("The streets cannot be read at the moment. Choose another table, then this one again."),
    }
    data = " ".join(f'data-{name}="{escape(text)}"' for name, text in words.items())
    st.html(f'<div class="rows long" {data}><p role="status">{escape(_("Loading…"))}</p></div>')
    st.caption(" ".join([_("A street's name shows it on the map."), _no_ranking()]))


def _reports(view: View) -> None:
    """Each report as the map shows it, with a way to ask for its correction, and to report it."""
    if view.reports is None:
        st.caption(_("Residents' reports cannot be read at the moment."))
        return
    if view.reports.empty:
        st.caption(_("No report is published for this choice."))
        return
    rows = made.reports(view.reports, view.selection.area.ward_names)
    correct = [Link(_("ask for it"), f"/report?correct={mark}") for mark in view.reports["mark"]]
    flag = [Link(_("report this"), f"/report?flag={mark}") for mark in view.reports["mark"]]
    _plain_table({**rows, _("Correction"): correct, _("Illegal or harmful"): flag})
    st.caption(_("Each row is one report: looked at by a moderator, not by the police."))


def _plain_table(rows: made.Columns) -> None:
    """One that nobody can sort by its counts."""
    with st.container(height=TALLEST) if len(next(iter(rows.values()))) > ROWS_AT_ONCE else nullcontext():
        plain_table.draw(rows)


def downloads(view: View) -> None:
    """The same numbers as files."""
    query = view.filters.query()
    files = {
        _("Crimes as CSV"): "crimes.csv",
        _("Map points as GeoJSON"): "crimes.geojson",
        _("Wards as GeoJSON"): "wards.geojson",
        _("Residents' reports as GeoJSON"): "reports.geojson",
    }
    links = "".join(
        f'<li><a href="{escape(f"/data/{name}?{query}")}" download>{escape(text)}</a></li>' for text, name in files.items()
    )
    st.html(f'<ul class="links">{links}</ul>')
