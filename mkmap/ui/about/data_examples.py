"""Say which data anybody can take away, each with a command that works."""

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _


@dataclass(frozen=True)
class Example:
    """What an address answers, in a sentence, and the address."""

    words: str
    address: str


def data_examples(view: View) -> None:
    """Every public route, with the filters of this view."""
    st.header(_("Data for your own work"), anchor=False)
    for rule in _rules():
        st.markdown(f"- {rule}")
    base = sentences.base_address(view.snapshot.settings.public_url, st.context.url)
    for example in _examples(view):
        st.markdown(example.words)
        st.code(f"curl '{base}{example.address}'", language=None, wrap_lines=True)
    st.caption(
        _(
            "Police data: data.police.uk, Open Government Licence v3.0. Boundaries and households: Office for National Statistics, "
            "Open Government Licence v3.0; contains OS data © Crown copyright and database right. "
            "Residents' reports: Creative Commons Attribution 4.0."
        )
    )


def _rules() -> Iterator[str]:
    yield _("Every file says its source, licence and date, and which of the chosen months are missing.")
    yield _(
        "The filters are those of this page's address: `from` and `to` are months such as 2025-01; `ward`, by name or code, and `type` "
        "may be given several times; `type=all` means every type."
    )
    yield _("What is not understood is ignored, and named in the file and in the header `X-Ignored`.")


def _examples(view: View) -> Iterator[Example]:
    filters = view.filters
    query = filters.query()
    ward = next(iter(filters.wards or view.selection.area.ward_names))
    yield Example(_("**Crimes**: a row each, as CSV."), f"/data/crimes.csv?{query}")
    yield Example(_("**Map points** with their counts by type, as GeoJSON."), f"/data/crimes.geojson?{query}")
    yield Example(
        _("**Wards**: their outlines, counts, and households and rates where these are known, as GeoJSON."),
        f"/data/wards.geojson?{query}",
    )
    yield Example(
        _("**Residents' published reports**: point, month and type, as GeoJSON."),
        f"/data/reports.geojson?{query}",
    )
    yield Example(_("**What was received and decided**, year by year, as CSV."), "/data/decisions.csv")
    yield Example(_("**The same** as JSON."), "/data/decisions.json")
    yield Example(
        _(
            "**A ward's feed** (Atom), by the ward's code: an entry for each new month, and for each change of what the police say they do."
        ),
        f"/feeds/wards/{ward}.atom",
    )
    yield Example(_("**A ward's briefing**: two sheets as PDF."), f"/briefing/{ward}.pdf?{query}")
    yield Example(_("**A picture** of the months, for a post or a poster, as PNG."), f"/share/preview.png?{query}")
    yield Example(_("**How this site is**: its data set and latest month, as JSON."), "/healthz")
