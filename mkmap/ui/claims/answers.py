"""Answer a claim on the screen: counts first, then a picture, then what the verdict rests on."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from mkmap.drawing.figure import Figure
from mkmap.evidence.claims import figures, level_words, words
from mkmap.evidence.districts import figure as district_figure
from mkmap.evidence.districts import words as district_words
from mkmap.evidence.matching import year_before
from mkmap.ui.figures import draw, ground, table
from mkmap.ui.frame import file_of
from mkmap.view import figures as view_figures
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _


def rise(view: View) -> None:
    """The same months of two years."""
    figure = view_figures.interval(view.findings, ground())
    _answered(view, view.findings.change_sentence, view.findings.why, figure)
    st.page_link(
        file_of("trends"),
        label=_("See it month by month"),
        icon=":material/timeline:",
        query_params=view.filters.pairs(),
    )


def weekly(view: View, claimed: int) -> None:
    """The weekly level beside a number."""
    filters, where = view.filters, sentences.where(view.snapshot, view.selection)
    level = view.findings.weekly(claimed)
    sentence = level_words.weekly(level, filters, where, view.findings.period)
    figure = figures.level(level, where, ground())
    _answered(view, sentences.of_demonstration(view.snapshot, sentence), level_words.weekly_notes(level), figure)
    st.header(_("How usual it is"), anchor=False)
    draw(figures.weekly(level, filters, ground()), "chart_weekly")


def ward_months(view: View, claimed: int) -> None:
    """A number in one ward in one month, among all wards and months."""
    filters = view.filters
    ward_months = view.findings.reached(claimed)
    sentence = level_words.ward_months(ward_months, filters, view.findings.period)
    figure = figures.ward_months(ward_months, ground())
    _answered(view, sentences.of_demonstration(view.snapshot, sentence), level_words.ward_month_notes(ward_months), figure)
    if figure is not None and not ward_months.reached.empty:
        with st.expander(_("Wards and months that reached it")):
            table(replace(figure, table=figures.reached(ward_months)))


def districts(view: View, claimed: int) -> None:
    """The area's district among the force's."""
    filters, force = view.filters, sentences.force_name(view.snapshot)
    st.info(sentences.plain(district_words.first(force)), icon=":material/info:")
    districts = view.findings.districts
    sentence = district_words.sentence(districts, filters, force)
    figure = district_figure.funnel(districts, ground())
    _answered(
        view,
        sentences.of_demonstration(view.snapshot, sentence),
        district_words.notes(districts, filters, force, claimed),
        figure,
    )


def residents(view: View) -> None:
    """Counts of published reports, and no verdict."""
    filters, published = view.filters, view.published
    st.header(_("What the numbers say"), anchor=False)
    if published is None:
        st.markdown(_("Residents' reports cannot be read at the moment."))
        return
    now, before = (len(published.select(period)) for period in (filters, year_before(filters)))
    sentence = words.residents(now, before, view.findings.period, view.findings.before)
    st.markdown(sentences.plain(sentences.of_demonstration(view.snapshot, sentence)))


def _answered(view: View, answer: str, notes: Sequence[str], figure: Figure | None) -> None:
    """The answer, large; its picture; what it rests on and what is missing."""
    with st.container(key="claim_answer"):
        st.header(sentences.plain(answer), anchor=False)
    if figure is not None:
        draw(figure, "chart_claim")
    for note in notes:
        st.markdown(sentences.plain(note))
    if missing := " ".join(filter(None, [*sentences.gaps(view.selection), sentences.ward_set_note(view.selection)])):
        st.caption(sentences.plain(missing))
