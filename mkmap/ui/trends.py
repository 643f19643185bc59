"""The parts of the trends page: the change in a sentence, what stands behind it, and its figures."""

import streamlit as st

from mkmap.evidence import series, verdicts
from mkmap.evidence.base import YEAR
from mkmap.evidence.change import Change
from mkmap.evidence.trend import figures
from mkmap.month import span
from mkmap.ui.figures import draw, ground
from mkmap.ui.frame import View
from mkmap.view import sentences
from mkmap.view.findings import change_sentence
from mkmap.words import _


def change(view: View) -> Change:
    """The sentence, where it comes from and what it rests on; and the change itself."""
    found = view.base.change(view.selection.filters)
    st.title(sentences.plain(change_sentence(view, found)), anchor=False)
    said = [sentences.badge(view.snapshot), *sentences.gaps(view.selection), sentences.ward_set_note(view.selection)]
    st.caption(sentences.plain(" ".join(filter(None, said))))
    for reason in verdicts.why(found):
        st.markdown(sentences.plain(reason))
    return found


def interval(view: View, found: Change) -> None:
    """The ratio as a picture."""
    figure = figures.interval(found, sentences.where(view.snapshot, view.selection), ground())
    if figure is not None:
        st.header(_("The change, and how sure it is"), anchor=False)
        draw(view, figure, "chart_interval")


def months(view: View) -> None:
    """Every month, and the sums of twelve."""
    found = series.months(view.base, view.selection.filters)
    st.header(_("Month by month"), anchor=False)
    draw(view, figures.months(found, ground()), "chart_months")
    left, right = st.columns(2, gap="large")
    last = view.selection.filters.last
    with left:
        st.header(_("This year and last"), anchor=False, help=span(last + (1 - 2 * YEAR), last))
        draw(view, figures.years(view.base, view.selection.filters, ground()), "chart_years")
    with right:
        st.header(_("Twelve months at a time"), anchor=False)
        draw(view, figures.rolling(found, ground()), "chart_rolling")
