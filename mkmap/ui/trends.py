"""The parts of the trends page: the change in a sentence, what stands behind it, and its figures."""

import streamlit as st

from mkmap.evidence.reasons import how_sure as how_sure_it_is
from mkmap.evidence.variation.monthly_counts import YEAR
from mkmap.month import span
from mkmap.ui.figures import draw, ground
from mkmap.view import figures, sentences
from mkmap.view.view import View
from mkmap.words import _


def change(view: View) -> None:
    """The sentence, what is missing from it and what it rests on."""
    st.title(sentences.plain(view.findings.change_sentence), anchor=False)
    st.caption(sentences.plain(sentences.what_this_is_and_gaps(view.selection)))
    for sentence in view.findings.must_know:
        st.markdown(sentences.plain(sentence))
    how_sure(view)


def how_sure(view: View) -> None:
    """What the verdict rests on, for whoever asks."""
    if reasons := how_sure_it_is(view.findings.change):
        with st.expander(_("How sure is this?")):
            st.markdown("\n".join(f"- {sentences.plain(reason)}" for reason in reasons))


def interval(view: View) -> None:
    """The ratio as a picture."""
    figure = figures.interval(view.findings, ground())
    if figure is not None:
        st.header(_("The change, and how sure it is"), anchor=False)
        draw(figure, "chart_interval")


def months(view: View) -> None:
    """Every month, and the sums of twelve."""
    st.header(_("Month by month"), anchor=False)
    draw(figures.months(view.findings, ground()), "chart_months")
    left, right = st.columns(2, gap="large")
    last = view.filters.last
    with left:
        st.header(_("This year and last"), anchor=False, help=span(last + (1 - 2 * YEAR), last))
        draw(figures.years(view.findings, ground()), "chart_years")
    with right:
        st.header(_("Twelve months at a time"), anchor=False)
        draw(figures.rolling(view.findings, ground()), "chart_rolling")
