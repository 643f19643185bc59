"""Show what became of the crimes of a view: the sentence, the bars by month of the crime, and the year before where it can be compared."""

import streamlit as st

from mkmap.evidence.outcomes import figure as outcome_figures
from mkmap.evidence.outcomes import words
from mkmap.evidence.outcomes.became import became_of
from mkmap.ui.figures import draw, ground
from mkmap.ui.frame import View
from mkmap.view import sentences
from mkmap.view.findings import before_words
from mkmap.words import _


def outcomes(view: View) -> None:
    """What became of the crimes that the filters leave."""
    filters = view.selection.filters
    st.header(_("What became of them"), anchor=False)
    if not view.selection.months:
        st.markdown(
            sentences.plain(_("No chosen month is stored, so there is nothing to say about what became of the crimes."))
        )
        return
    found = became_of(view.snapshot.dataset, view.selection.area, filters)
    where = _("in {where}").format(where=sentences.where(view.snapshot, view.selection))
    said = words.sentence(found, filters, where, sentences.in_period(view.selection.months))
    st.markdown(sentences.plain(sentences.of_demonstration(view.snapshot, said)))
    figure = outcome_figures.by_month(found, filters, ground())
    if figure is None:
        return
    draw(view, figure, "chart_outcomes")
    compared = words.cohorts(found.cohorts, filters, sentences.in_period(filters.months), before_words(view))
    st.markdown(sentences.plain(" ".join(filter(None, [compared, words.why(found.cohorts)]))))
    st.caption(sentences.plain(" ".join([*sentences.gaps(view.selection), *words.notes(found)])))
