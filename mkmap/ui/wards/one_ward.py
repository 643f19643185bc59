"""The parts of one ward's page: its change in a sentence, its months, its place among the wards, and what the police say they do."""

from dataclasses import replace

import streamlit as st

from mkmap.evidence import series, verdicts
from mkmap.evidence.change import Change
from mkmap.evidence.trend import figures
from mkmap.evidence.wards import words
from mkmap.evidence.wards.ranking import Ranking
from mkmap.ui import frame
from mkmap.ui.figures import draw, ground
from mkmap.ui.map import page
from mkmap.ui.wards import all_wards
from mkmap.view import sentences
from mkmap.view.findings import change_sentence
from mkmap.view.view import View
from mkmap.words import _, number


def the_ward(view: View) -> str | None:
    """The code of the one ward that is chosen; None where several are, or all."""
    wards = view.selection.filters.wards
    return wards[0] if len(wards) == 1 else None


def headline(view: View) -> None:
    """The ward's change in a sentence, where it comes from, what it rests on; and the way back to all wards."""
    found = view.base.change(view.selection.filters)
    st.title(sentences.plain(change_sentence(view, found)), anchor=False)
    all_wards.source(view)
    st.page_link(
        frame.file_of("wards"),
        label=_("All wards"),
        icon=":material/arrow_back:",
        query_params=replace(view.selection.filters, wards=()).pairs(),
    )
    st.markdown(sentences.plain(" ".join([*verdicts.why(found), *_counted(view, found)])))


def _counted(view: View, found: Change) -> list[str]:
    """What the title does not say: the count, where it has no comparison to tell, and what belongs to no ward."""
    if found.missing:
        return [sentences.headline(view.snapshot, view.selection)] if view.selection.months else []
    if not view.selection.unplaced:
        return []
    said = _("Plus {n} in {force} that the police could not place: some of them may have been here.")
    return [said.format(n=number(view.selection.unplaced), force=sentences.force_name(view.snapshot))]


def months(view: View) -> None:
    """Every month of the ward."""
    st.header(_("Month by month"), anchor=False)
    draw(view, figures.months(series.months(view.base, view.selection.filters), ground()), "chart_months")


def place(view: View, found: Ranking, ward: str) -> None:
    """Where the ward stands by rate, and how little that number may mean."""
    st.header(_("Its place among the wards"), anchor=False)
    if not view.selection.months:
        st.caption(_("No chosen month is stored, so there is no rate."))
        return
    if found.place(ward) is None:
        st.markdown(sentences.plain(all_wards.no_rates(view)))
        return
    few = words.few_months(len(view.selection.months))
    said = [*words.place(found, ward, view.selection.filters.types), few]
    st.markdown(sentences.plain(" ".join(filter(None, said))))
    all_wards.funnel_chart(view, found)


def residents(view: View) -> None:
    """Their number, apart from the police's."""
    st.header(_("What residents report"), anchor=False)
    page.residents(view)
