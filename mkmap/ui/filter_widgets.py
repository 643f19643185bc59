"""Draw the filters once for all pages, and keep the address saying what is shown."""

import streamlit as st

from mkmap.filters import PARAMETERS, Choices, Filters, Read
from mkmap.month import Month
from mkmap.view.snapshot import Snapshot
from mkmap.words import _

KEPT = "filters"  # in the session: widgets forget their values on a page that does not draw them
WRITTEN = "written"  # in the session: the address as this session last wrote it
DRAWN = "drawn"  # in the session: the page on which the last run drew the widgets, if it came so far


def read_filters(snapshot: Snapshot, page: str) -> Read:
    """The filters of this run of a page: from the address where somebody else changed it, else from the widgets."""
    address = {key: st.query_params.get_all(key) for key in PARAMETERS}
    foreign = any(address.values()) and address != st.session_state.get(WRITTEN)
    if foreign or KEPT not in st.session_state:
        read = snapshot.read(address)
        _fill_widgets(read.filters)
    else:
        read = _still_possible(snapshot, _from_widgets(st.session_state[KEPT]), st.session_state[KEPT])
        if st.session_state.pop(DRAWN, None) != page:  # a browser that leaves a page while it is being drawn empties its boxes
            _fill_widgets(read.filters)
    st.session_state[KEPT] = read.filters
    return read


def draw_filters(snapshot: Snapshot, filters: Filters, page: str) -> Filters:
    """The widgets, in the order of the question: when, where, what; the filters that they leave."""
    choices = snapshot.choices(filters.last)
    _fill_missing(filters)
    names = list(reversed(choices.months))
    latest = snapshot.latest
    st.selectbox(_("From"), names, key="from", format_func=lambda month: _month(month, latest))
    st.selectbox(_("To"), names, key="to", format_func=lambda month: _month(month, latest))
    st.multiselect(
        _("Ward"),
        list(choices.wards),
        key="ward",
        format_func=lambda code: choices.wards.get(code, code),
        placeholder=_("All wards"),
    )
    st.multiselect(_("Crime type"), list(choices.types), key="type", placeholder=_("All crime types"))
    chosen = _from_widgets(filters)
    st.session_state[KEPT], st.session_state[DRAWN] = chosen, page
    return chosen


def write_address(filters: Filters, choices: Choices) -> None:
    """Put every filter into the address, so that it can be copied, and means the same next month."""
    wanted: dict[str, list[str]] = {key: [] for key in PARAMETERS}
    for key, value in filters.pairs(choices.wards):
        wanted[key].append(value)
    if st.session_state.get(WRITTEN) != wanted or {key: st.query_params.get_all(key) for key in PARAMETERS} != wanted:
        st.query_params.update({key: values for key, values in wanted.items() if values})
        if not wanted["ward"] and "ward" in st.query_params:
            del st.query_params["ward"]
        st.session_state[WRITTEN] = wanted


def _month(month: Month, latest: Month) -> str:
    return month.name if month <= latest else _("{month} (no data yet)").format(month=month.name)


def _from_widgets(kept: Filters) -> Filters:
    state = st.session_state
    first, last = state.get("from", kept.first), state.get("to", kept.last)
    wards, types = state.get("ward", kept.wards), state.get("type", kept.types)
    return Filters(min(first, last), max(first, last), tuple(wards), tuple(types))


def _still_possible(snapshot: Snapshot, filters: Filters, before: Filters) -> Read:
    """Without wards that another ward set has, and with a note on each: the months may have moved over a change of boundaries."""
    names = snapshot.ward_names(filters.last)
    months = snapshot.months
    first, last = (max(months[0], min(month, months[-1])) for month in (filters.first, filters.last))
    kept = tuple(code for code in filters.wards if code in names)
    gone = [code for code in filters.wards if code not in names]
    old_names = snapshot.ward_names(before.last) if gone else {}
    said = _("The ward boundaries changed: “{ward}” is no ward at the end of {month}, and was left out.")
    notes = tuple(said.format(ward=old_names.get(code, code), month=filters.last.name) for code in gone)
    return Read(Filters(first, last, kept, filters.types), notes)


def _fill_widgets(filters: Filters) -> None:
    st.session_state["from"], st.session_state["to"] = filters.first, filters.last
    st.session_state["ward"], st.session_state["type"] = list(filters.wards), list(filters.types)


def _fill_missing(filters: Filters) -> None:
    for key, value in zip(PARAMETERS, (filters.first, filters.last, list(filters.wards), list(filters.types)), strict=True):
        if key not in st.session_state:
            st.session_state[key] = value
