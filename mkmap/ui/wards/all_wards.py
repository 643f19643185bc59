"""The parts of the wards page: who stands out, the ranked table, the funnel, and the changes among so many."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd
import streamlit as st

from mkmap.crime_types import all_named
from mkmap.evidence.variation.monthly_counts import YEAR
from mkmap.evidence.wards import words
from mkmap.evidence.wards.ranking import Ranking
from mkmap.evidence.wards.rows import ward_rows
from mkmap.month import Month, ranges, span
from mkmap.ui import frame
from mkmap.ui.figures import draw, ground
from mkmap.ui.wards import table as ward_table
from mkmap.view import figures, sentences
from mkmap.view.view import View
from mkmap.words import _, listed, ngettext, number


def title(view: View) -> None:
    """How many wards stand out, in one sentence; then what is missing."""
    st.title(sentences.plain(_title(view)), anchor=False)
    what_this_is(view)


def what_this_is(view: View) -> None:
    """For a newcomer; then what is missing from the numbers, and whose wards they are in."""
    st.caption(sentences.plain(sentences.what_this_is_and_gaps(view.selection)))


def _title(view: View) -> str:
    snapshot, selection = view.snapshot, view.selection
    if not selection.months:
        return sentences.headline(snapshot, selection)
    what = _("{what} in the wards of {area} {period}").format(
        what=all_named(selection.filters.types), area=snapshot.settings.area_name, period=sentences.counted_period(selection)
    )
    return sentences.of_demonstration(snapshot, _standing(what, view.findings.ranking))


def _standing(what: str, ranking: Ranking) -> str:
    if ranking.funnel is None:
        return _("{what}: there are no rates to compare.").format(what=what)
    out, wards = int(ranking.wards["stands_out"].sum()), number(len(ranking.wards))
    if not out:
        return _("{what}: none of {wards} stands out.").format(what=what, wards=wards)
    return ngettext("{what}: {n} of {wards} stands out.", "{what}: {n} of {wards} stand out.", out).format(
        what=what, n=number(out), wards=wards
    )


def standing(view: View) -> None:
    """Which wards stand out and which do not, in words; or why there is no rate."""
    if not view.selection.months:
        return
    findings = view.findings
    if findings.ranking.funnel is None:
        st.markdown(sentences.plain(no_rates(view)))
    else:
        standing = [*words.standing(findings.ranking), findings.together_sentence, findings.few_months_sentence]
        st.markdown(sentences.plain(" ".join(filter(None, standing))))
    if findings.few_months_sentence:
        _twelve_months(view)


def no_rates(view: View) -> str:
    """Why no ward has a rate, or none can be held against the others."""
    if view.households is None:
        return _(
            "No rate is shown and no ward is held against another: no households are loaded for these wards. "
            "Wards of different size cannot be compared by counts."
        )
    if view.findings.ranking.funnel:
        return words.without_households(view.findings.ranking)
    return _("No ward can be held against another: there is no crime to compare, or only one ward with households.")


def _twelve_months(view: View) -> None:
    """A way to a period that wards can be compared over, where more of it is stored."""
    last = min(view.filters.last, view.snapshot.latest)
    year = replace(view.filters, first=max(last + (1 - YEAR), view.snapshot.months[0]), last=last)
    if sum(month in view.selection.area.stored for month in year.months) > len(view.selection.months):
        st.page_link(
            frame.file_of("wards"),
            label=_("Show {months}").format(months=span(year.first, year.last)),
            icon=":material/date_range:",
            query_params=year.pairs(),
        )


def table(view: View) -> None:
    """Every ward with its months, count, rate, change and residents' reports."""
    findings, months = view.findings, view.findings.ward_months
    rows = ward_rows(findings.ranking, findings.changes, months, _reports(view), are_counted=bool(view.selection.months))
    ward_table.draw(rows, view.filters, _caption(view), ground(), view.selection.area.not_whole)
    of_households = [words.without_households(findings.ranking), findings.households_sentence] if view.households else []
    st.caption(sentences.plain(" ".join(filter(None, [_key(view, months), *of_households]))))
    _months_as_table(months, findings.ward_names, view.selection.area.not_whole)


def _caption(view: View) -> str:
    caption = _("{what} {period}. A ward's name opens its own page.").format(
        what=all_named(view.filters.types),
        period=sentences.counted_period(view.selection) or sentences.in_period(view.filters.months),
    )
    return sentences.of_demonstration(view.snapshot, caption)


def _key(view: View, months: pd.DataFrame) -> str:
    bars = _("A bar is a month, all wards on one scale; the coloured ones are the chosen months.")
    dotted = ""
    if partial := [month for month in map(Month.parse, months.index) if month in view.selection.area.not_whole]:
        dotted = _("A dotted line is a month that is missing or not whole ({months}), not zero.").format(
            months=listed(ranges(partial))
        )
    elif months.isna().to_numpy().any():
        dotted = _("A dotted line is a month that is missing, not zero.")
    reports = _("Residents' reports are published ones of the same months; they stand beside the police's count, never in it.")
    return " ".join(filter(None, [bars, dotted, reports]))


def _reports(view: View) -> dict[str, int] | None:
    """Published reports of the chosen months and types by ward; None where their database does not answer."""
    if view.published is None:
        return None
    reports = view.published.select(replace(view.filters, wards=()))
    by_ward: dict[str, int] = reports["ward"].value_counts().to_dict()
    return by_ward


@st.fragment  # opening it draws nothing else anew
def _months_as_table(months: pd.DataFrame, names: Mapping[str, str], not_whole: Collection[Month]) -> None:
    opened = st.expander(_("The months of every ward as a table"), key="ward_months", on_change="rerun")
    if opened.open:  # so many cells take as long as all else that a filter changes
        opened.dataframe(_months_table(months, names, not_whole), hide_index=True, height="content")


def _months_table(months: pd.DataFrame, names: Mapping[str, str], not_whole: Collection[Month]) -> pd.DataFrame:
    """A row a ward, by name; an empty cell is a month that is missing, or not whole, which its head says."""
    heads = {text: _head(Month.parse(text), not_whole) for text in months.index}
    wide = months.rename(index=heads, columns=names).T
    return wide.rename_axis(columns=None).rename_axis(_("Ward")).reset_index().sort_values(_("Ward"), ignore_index=True)


def _head(month: Month, not_whole: Collection[Month]) -> str:
    return _("{month}: not whole").format(month=month.short) if month in not_whole else month.short


def changes(view: View) -> None:
    """What is left of the wards' changes when so many are compared."""
    st.header(_("Which wards have changed"), anchor=False)
    for sentence in words.changes(view.findings.changes, view.findings.ward_names):
        st.markdown(sentences.plain(sentence))


def funnel(view: View) -> None:
    """Every ward between the limits."""
    if view.findings.ranking.funnel is not None:
        st.header(_("Which wards stand out"), anchor=False)
        funnel_chart(view)


def funnel_chart(view: View) -> None:
    st.markdown(
        _(
            "A ward of the usual rate lies between the dashed lines 95 times in 100: about one ward in twenty lies outside them by chance. "
            "The fewer households a ward has, the further chance can throw it."
        )
    )
    if figure := figures.funnel(view.findings, ground()):
        draw(figure, "chart_funnel")
