"""Show police and residents side by side: what senders of reports say the police did."""

from datetime import date
from functools import lru_cache

import pandas as pd
import streamlit as st

from mkmap.errors import Refused
from mkmap.evidence.gap import figure as gap_figures
from mkmap.evidence.gap import words
from mkmap.evidence.gap.lots import AREA, gap
from mkmap.reports.answers import Answers, answers
from mkmap.ui.figures import draw, ground
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _


def police_and_residents(view: View) -> None:
    """By ward and calendar year, of the chosen wards or of all; the other filters change nothing."""
    st.header(_("Police and residents"), anchor=False)
    try:
        answered = answers(view.snapshot.reports, view.snapshot.dataset.places)
    except Refused:
        st.caption(_("Residents' reports cannot be read at the moment."))
        return
    names = view.selection.area.ward_names
    found = _of_wards(_counted(answered, tuple(names), view.snapshot.today), view.selection.filters.wards)
    figure = gap_figures.answers(found, names, view.snapshot.settings.area_name, ground())
    if figure is None:
        st.markdown(sentences.plain(sentences.of_demonstration(view.snapshot, words.nothing(found))))
    else:
        draw(view, figure, "chart_gap")
    st.markdown(sentences.plain(" ".join(filter(None, [words.hidden(found), *words.meaning()]))))


def _of_wards(found: pd.DataFrame, chosen: tuple[str, ...]) -> pd.DataFrame:
    return found[found["ward"].isin([*chosen, AREA])] if chosen else found


@lru_cache(maxsize=4)
def _counted(answered: Answers, wards: tuple[str, ...], as_of: date) -> pd.DataFrame:
    """Kept until a decision changes the answers."""
    return gap(answered.reports, answered.past, wards, as_of)
