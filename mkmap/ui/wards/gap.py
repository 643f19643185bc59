"""Show police and residents side by side: what senders of reports say the police did."""

import streamlit as st

from mkmap.evidence.gap import words
from mkmap.ui.figures import draw, ground
from mkmap.view import figures, sentences
from mkmap.view.view import View
from mkmap.words import _


def police_and_residents(view: View) -> None:
    """By ward and calendar year, of the chosen wards or of all; the other filters change nothing."""
    st.header(_("Police and residents"), anchor=False)
    answers = view.findings.gap_of_the_chosen
    if answers is None:
        st.caption(_("Residents' reports cannot be read at the moment."))
        return
    figure = figures.gap(view.findings, ground())
    if figure is None:
        st.markdown(sentences.plain(sentences.of_demonstration(view.snapshot, words.nothing(answers))))
    else:
        draw(figure, "chart_gap")
    if not answers.empty:
        st.markdown(sentences.plain(" ".join(filter(None, [words.hidden(answers), *words.meaning()]))))
