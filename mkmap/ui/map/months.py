"""Draw the months under the map: how many crimes in each, and a slider that chooses from which to which."""

from dataclasses import replace
from html import escape

import streamlit as st

from mkmap.evidence import absent
from mkmap.month import Month
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _, labelled, number

LONGEST = 36  # months, unless more are chosen
KEY = "months"


def strip(view: View) -> None:
    """Of the chosen wards and types; what is not stored or not whole is hatched, and is no zero."""
    months = _shown(view)
    with st.container(key="months_strip"):
        st.html(bars(view, months))
        st.session_state[KEY] = (view.filters.first, view.filters.last)
        st.select_slider(
            _("Months"),
            months,
            (months[0], months[-1]),
            key=KEY,
            format_func=lambda month: month.name,
            on_change=_choose,
            label_visibility="collapsed",
        )


def _shown(view: View) -> list[Month]:
    """The last ones that can be chosen, and all that are."""
    months, filters = view.snapshot.months, view.filters
    known = view.selection.area.known
    last = max(filters.last, min(months[-1], known[1] + 1 if known else months[-1]))
    first = min(filters.first, max(months[0], last + (1 - LONGEST)))
    return list(first.to(last))


def _choose() -> None:
    st.session_state["from"], st.session_state["to"] = st.session_state[KEY]


def bars(view: View, months: list[Month]) -> str:
    """As HTML, for those who see them and for those who hear them."""
    area, filters = view.selection.area, view.filters
    counts = area.select(replace(filters, first=months[0], last=months[-1])).counted_by("month")
    values = [float(counts.get(str(month), 0)) if month in area.stored else float("nan") for month in months]
    highest = max([value for value in values if value == value], default=0) or 1
    drawn = "".join(
        _bar(month, value, highest, absent.cell(month, area.not_whole), is_chosen=filters.first <= month <= filters.last)
        for month, value in zip(months, values, strict=True)
    )
    words = _("Crimes by month. {months}").format(
        months=sentences.by_month([str(month) for month in months], values, area.not_whole)
    )
    beside = f"<style>.st-key-{KEY} {{ padding: 0 {round(50 / len(months), 3)}%; }}</style>"  # each month stands under its bar
    return f'{beside}<div class="strip" role="img" aria-label="{escape(words)}">{drawn}</div>'


def _bar(month: Month, value: float, highest: float, without: str, *, is_chosen: bool) -> str:
    is_missing = value != value
    kind = f"{'missing ' * is_missing}{'chosen' * is_chosen}".rstrip()
    title = escape(labelled(month.name, without if is_missing else number(int(value))))
    height = 100.0 if is_missing else 100 * value / highest
    return f'<i class="{kind}" style="height:{height:.0f}%" title="{title}"></i>'
