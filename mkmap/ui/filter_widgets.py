"""Draw the filters once for all pages, and keep the address saying what is shown."""

from functools import lru_cache

import streamlit as st

from mkmap.crime_types import named
from mkmap.filters import PARAMETERS, Choices, Filters, ReadFilters
from mkmap.month import Month
from mkmap.ui.address import AddressPart
from mkmap.view.pages import Page
from mkmap.view.snapshot import Snapshot
from mkmap.words import _, language

IN_ADDRESS: AddressPart[Filters] = AddressPart(PARAMETERS)
DRAWN = "drawn"  # in the session: the page on which the last run drew the widgets, if it came so far


def read_filters(snapshot: Snapshot, page: Page) -> ReadFilters:
    """The filters of this run of a page: from the address where somebody else changed it, else from the widgets."""
    asked, before = IN_ADDRESS.asked(), IN_ADDRESS.kept
    if asked is not None or before is None:
        read = snapshot.read(asked or {})
        IN_ADDRESS.fill(_values(read.filters), anew=True)
    else:
        read = _still_possible(snapshot, _from_widgets(before), before)
        if st.session_state.pop(DRAWN, None) != page:  # a browser that leaves a page while it is being drawn empties its boxes
            IN_ADDRESS.fill(_values(read.filters), anew=True)
    IN_ADDRESS.keep(read.filters)
    return read


def draw_filters(snapshot: Snapshot, filters: Filters, page: Page) -> Filters:
    """The widgets, in the order of the question: when, where, what; the filters that they leave."""
    choices = snapshot.choices(filters.last)
    IN_ADDRESS.fill(_values(filters), anew=False)
    months = list(reversed(choices.months))
    named_months = _named(choices.months[0], choices.months[-1], snapshot.latest, snapshot.not_whole, language())
    st.selectbox(_("From"), months, key="from", format_func=lambda month: named_months.get(month) or month.name)
    st.selectbox(_("To"), months, key="to", format_func=lambda month: named_months.get(month) or month.name)
    st.multiselect(
        _("Ward"),
        list(choices.wards),
        key="ward",
        format_func=lambda code: choices.wards.get(code, code),
        placeholder=_("All wards"),
    )
    st.multiselect(_("Crime type"), list(choices.types), key="type", format_func=named, placeholder=_("All crime types"))
    chosen = _from_widgets(filters)
    IN_ADDRESS.keep(chosen)
    st.session_state[DRAWN] = page
    return chosen


def write_address(filters: Filters, choices: Choices) -> None:
    IN_ADDRESS.write(filters.pairs(choices.wards))


@lru_cache(maxsize=8)
def _named(first: Month, last: Month, latest: Month, not_whole: frozenset[Month], _language: str) -> dict[Month, str]:
    """Kept: two lists of all months are drawn at every run."""
    not_yet, partial = _("{month} (no data yet)"), _("{month} (not whole)")
    names = {month: month.name if month <= latest else not_yet.format(month=month.name) for month in first.to(last)}
    return names | {month: partial.format(month=month.name) for month in not_whole}


def _from_widgets(kept: Filters) -> Filters:
    state = st.session_state
    first, last = state.get("from", kept.first), state.get("to", kept.last)
    wards, types = state.get("ward", kept.wards), state.get("type", kept.types)
    return Filters(min(first, last), max(first, last), tuple(wards), tuple(types))


def _still_possible(snapshot: Snapshot, filters: Filters, before: Filters) -> ReadFilters:
    """Without wards that another ward set has, and with a note on each: the months may have moved over a change of boundaries."""
    names = snapshot.ward_names(filters.last)
    months = snapshot.months
    first, last = (max(months[0], min(month, months[-1])) for month in (filters.first, filters.last))
    kept = tuple(code for code in filters.wards if code in names)
    gone = [code for code in filters.wards if code not in names]
    old_names = snapshot.ward_names(before.last) if gone else {}
    left_out = _("The ward boundaries changed: “{ward}” is no ward at the end of {month}, and was left out.")
    notes = tuple(left_out.format(ward=old_names.get(code, code), month=filters.last.name) for code in gone)
    return ReadFilters(Filters(first, last, kept, filters.types), notes)


def _values(filters: Filters) -> dict[str, object]:
    """Of the widgets, by their keys."""
    return dict(zip(PARAMETERS, (filters.first, filters.last, list(filters.wards), list(filters.types)), strict=True))
