"""Show what became of the crimes of a view: the sentence, the bars by month of the crime, and the year before where it can be compared."""

import streamlit as st

from mkmap.evidence.outcomes import words
from mkmap.ui.figures import draw, ground
from mkmap.view import figures, sentences
from mkmap.view.view import View
from mkmap.words import _


def outcomes(view: View) -> None:
    """What became of the crimes that the filters leave."""
    findings = view.findings
    st.header(_("What became of them"), anchor=False)
    if findings.outcomes is None:
        st.markdown(sentences.plain(findings.outcomes_sentence))
        return
    st.markdown(sentences.plain(sentences.of_demonstration(view.snapshot, findings.outcomes_sentence)))
    figure = figures.outcomes(findings, ground())
    if figure is None:
        return
    draw(figure, "chart_outcomes")
    compared = [findings.cohorts_sentence, words.why(findings.outcomes.cohorts)]
    st.markdown(sentences.plain(" ".join(filter(None, compared))))
    st.caption(sentences.plain(" ".join(words.notes(findings.outcomes))))
