"""The parts of one ward's page: its change in a sentence, its months, its place among the wards, and what the police say they do."""

from dataclasses import replace

import streamlit as st

from mkmap.ui import frame, share, trends
from mkmap.ui.figures import draw, ground
from mkmap.ui.map import page
from mkmap.ui.map.canvas import Canvas
from mkmap.ui.map.decks import Sight, deck
from mkmap.ui.wards import all_wards
from mkmap.view import figures, sentences
from mkmap.view.view import View
from mkmap.words import _, number

CANVAS = Canvas(340, 320)  # so narrow, and higher, is the map on a phone; in a wider window the ward has room around it


def headline(view: View) -> None:
    """The ward's change in a sentence, what is missing from it, what it rests on; and the way back to all wards."""
    st.title(sentences.plain(view.findings.change_sentence), anchor=False)
    all_wards.what_this_is(view)
    st.page_link(
        frame.file_of("wards"),
        label=_("All wards"),
        icon=":material/arrow_back:",
        query_params=replace(view.filters, wards=()).pairs(),
    )
    for sentence in [*_counted(view), *view.findings.must_know]:
        st.markdown(sentences.plain(sentence))
    trends.how_sure(view)


def _counted(view: View) -> list[str]:
    """What the title does not say: the count, where it has no comparison to tell, and what belongs to no ward."""
    change = view.findings.change
    if change.now != view.selection.total:
        return [sentences.headline(view.snapshot, view.selection)] if view.selection.months else []
    if not view.selection.unplaced:
        return []
    unplaced = _("Plus {n} in {force} that the police could not place: some of them may have been here.")
    return [unplaced.format(n=number(view.selection.unplaced), force=sentences.force_name(view.snapshot))]


def opening(view: View, ward: str) -> None:
    """What a councillor comes for, in one screen: the number, the map, the sheets and the link."""
    beside, picture = st.columns([2, 3], gap="medium")
    with beside:
        page.numbers(view)
        _briefing(view, ward)
        share.share(view)
    with picture:
        st.pydeck_chart(
            deck(view.snapshot, view.selection, ground(), Sight(CANVAS), reports=page.drawn_reports(view)),
            key="ward_map",
            height=CANVAS.height,
            alt=_("Map. {sentence}").format(sentence=sentences.headline(view.snapshot, view.selection)),
        )


def _briefing(view: View, ward: str) -> None:
    """One click to the two sheets about the ward, with the filters of the view."""
    query = replace(view.filters, wards=()).query()
    label = _("Ward briefing: two sheets to print, as PDF")
    st.link_button(label, f"/briefing/{ward}.pdf?{query}", icon=":material/print:")


def months(view: View) -> None:
    """Every month of the ward."""
    st.header(_("Month by month"), anchor=False)
    draw(figures.months(view.findings, ground()), "chart_months")


def place(view: View) -> None:
    """Where the ward stands by rate, and how little that number may mean."""
    st.header(_("Its place among the wards"), anchor=False)
    if no_rate := view.findings.no_rate_sentence:
        st.caption(no_rate)
        return
    if not view.findings.place_sentences:
        st.markdown(sentences.plain(all_wards.no_rates(view)))
        return
    place = [*view.findings.place_sentences, view.findings.few_months_sentence]
    st.markdown(sentences.plain(" ".join(filter(None, place))))
    all_wards.funnel_chart(view)


def residents(view: View) -> None:
    """Their number, apart from the police's."""
    st.header(_("What residents report"), anchor=False)
    page.residents(view)
