"""The parts of the map page: the sentence, the map, and what stands beside it."""

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from mkmap.crime_types import counted
from mkmap.crimes.query import Selection
from mkmap.crimes.rates import SHADED_FROM, may_be_shaded
from mkmap.drawing import palette
from mkmap.errors import Refused
from mkmap.map import circles, crime_marks, report_marks, shading
from mkmap.places import postcode
from mkmap.places.streets import mile_leaves
from mkmap.places.streets import within_a_mile as near
from mkmap.reports.published import last_month
from mkmap.ui import frame
from mkmap.ui.frame import View
from mkmap.ui.map.layers import deck
from mkmap.view import sentences, tables
from mkmap.words import _, ngettext, number

Place = pd.Series  # label, longitude, latitude


def headline(view: View) -> None:
    """The sentence, and under it where it comes from and what is missing."""
    snapshot, selection = view.snapshot, view.selection
    with st.container(key="headline"):
        st.title(sentences.plain(sentences.headline(snapshot, selection)), anchor=False)
    said = [*sentences.gaps(selection), sentences.ward_set_note(selection)]
    st.caption(
        sentences.plain(" ".join([sentences.badge(snapshot), *(sentence for sentence in said if sentence)])),
    )


def residents(view: View) -> str | None:
    """The second number, in a sentence of its own and never added; the version of the reports to draw, None for none."""
    filters = view.selection.filters
    found = view.published
    if found is None:
        st.caption(_("Residents' reports cannot be read at the moment. The police figures are not affected."))
        return None
    chosen, newer = found.select(filters), found.newer(filters)
    with st.container(key="residents"):
        st.markdown(sentences.plain(sentences.residents(len(chosen), filters)))
        if len(newer):
            last = last_month(newer)
            st.page_link(
                frame.file_of("map"),
                label=ngettext(
                    "{n} more report is of a newer month, up to {month}: show it",
                    "{n} more reports are of newer months, up to {month}: show them",
                    len(newer),
                ).format(n=number(len(newer)), month=last.name),
                icon=":material/update:",
                query_params=replace(filters, last=last).pairs(),
            )
    return found.version if st.session_state.get("reports", True) else None


def find_street(view: View) -> Place | None:
    """Search by street: the browser filters the list, so what is typed goes nowhere."""
    streets = view.selection.area.streets
    label = st.selectbox(
        _("Find my street"),
        streets["label"],
        index=None,
        key="street",
        placeholder=_("Type a street name"),
        help=_(
            "The list has the streets that the police use as map points. It is searched in your browser: what you type is not sent anywhere."
        ),
    )
    if label is not None and (streets["label"] == label).any():
        return streets[streets["label"] == label].iloc[0]
    return _find_postcode(view) if view.snapshot.settings.postcode_url else None


def _find_postcode(view: View) -> Place | None:
    settings = view.snapshot.settings
    text = st.text_input(
        _("Or a postcode"),
        key="postcode",
        max_chars=8,
        help=sentences.plain(
            _("A postcode is sent to {host}, which finds it.").format(host=postcode.host(settings.postcode_url))
        ),
    )
    if not text:
        return None
    try:
        longitude, latitude = postcode.find(settings.postcode_url, text, offline=settings.offline)
    except Refused as error:
        st.info(sentences.plain(str(error)))
        return None
    return pd.Series({"label": text.upper(), "longitude": longitude, "latitude": latitude})


def numbers(view: View) -> None:
    """A few figures: counts only, and the same months a year before where all are stored."""
    selection = view.selection
    if not selection.months:
        return
    before = tables.year_before(selection)
    here, last_year = st.columns(2)
    here.metric(_("Recorded"), number(selection.total), help=sentences.plain(counted(selection.total, selection.filters.types)))
    if before:
        last_year.metric(
            _("A year before"),
            number(before.total),
            help=sentences.plain(
                _(
                    "{crimes} {period}: the same months, one year earlier. Whether that is a change, two numbers alone cannot tell."
                ).format(crimes=counted(before.total, selection.filters.types), period=sentences.in_period(before.months))
            ),
        )
    else:
        last_year.metric(
            _("A year before"), "–", help=_("Not all of these months and the same months a year before are stored.")
        )
    st.metric(
        _("Not placed (whole force)"),
        number(selection.unplaced),
        help=_("Crimes that the police recorded without a location. They belong to no ward and are not on the map."),
    )


def legend(view: View) -> bool:
    """What the marks mean; whether wards are shaded, which is offered where a comparison is allowed."""
    selection = view.selection
    coloured = crime_marks.colours(selection)
    rows = [(palette.TYPES[place], name) for name, place in coloured.items()] or [
        (palette.TYPES[0], _("All chosen crime types"))
    ]
    colours = "".join(
        f'<li><i class="mark" style="background:{palette.css(colour)}"></i>{escape(name)}</li>' for colour, name in rows
    )
    sizes = "".join(
        f'<li><i class="mark" style="width:{diameter:.0f}px;height:{diameter:.0f}px;background:{palette.css(palette.TYPES[0])}"></i>'
        f"{escape(number(count))}</li>"
        for count, diameter in circles.sizes(selection)
    )
    st.html(
        f'<div class="legend"><ul>{colours}</ul><ul class="sizes">{sizes}</ul><p>{escape(circles.size_words(selection))} '
        f"{escape(_('Small grey dots are all places that the police use as map points.'))}</p></div>"
    )
    _residents_legend(view)
    return _shading(view)


def _residents_legend(view: View) -> None:
    """Another shape and another colour than the police's, with a switch of their own."""
    if view.published is None:
        return
    rim, fill = palette.css(palette.RESIDENTS_RIM), palette.css(palette.RESIDENTS)
    st.html(
        f'<div class="legend"><ul><li><i class="diamond" style="background:{fill};border-color:{rim}"></i>'
        f"{escape(_('A report by a resident'))}</li></ul>"
        f"<p>{escape(_('A diamond is one report: looked at by a moderator, not by the police.'))}</p></div>"
    )
    st.toggle(_("Show residents' reports"), value=True, key="reports")
    st.page_link(frame.file_of("report"), label=_("Tell your neighbours what happened"), icon=":material/edit_location_alt:")


def _shading(view: View) -> bool:
    steps = shading.legend(view.selection, view.households, _ground())
    if not steps:
        st.caption(_shading_refused(view))
        return False
    shaded = st.toggle(_("Shade wards by rate"), value=True, key="shade")
    if shaded:
        squares = "".join(f'<li><i style="background:{palette.css(colour)}"></i>{escape(text)}</li>' for text, colour in steps)
        words = _("Crimes per 1,000 households ({year}) in these months.").format(year=view.households.year)
        st.html(f'<div class="legend"><ul>{squares}</ul><p>{escape(words)}</p></div>')
        st.page_link(
            frame.file_of("wards"),
            label=_("Which of these differences are more than chance?"),
            icon=":material/leaderboard:",
            query_params=view.selection.filters.pairs(),
        )
    return shaded


def _shading_refused(view: View) -> str:
    if view.households is None:
        return _("Wards are not shaded and have no rate: no households are loaded for them.")
    if may_be_shaded(view.selection, view.households):
        return _("Wards are not shaded: there are no two chosen wards with different rates.")
    return _(
        "Wards are shaded by rate over {months} stored months or more: in fewer, the differences are mostly chance."
    ).format(months=SHADED_FROM)


def crime_map(view: View, street: Place | None, *, shaded: bool, reports: str | None) -> None:
    """The map, and in words what is at the point that was clicked."""
    selection = view.selection
    point = _clicked(st.session_state.get("crime_map"))
    st.pydeck_chart(
        deck(
            view.snapshot,
            selection,
            _ground(),
            place=None if street is None else (street["longitude"], street["latitude"]),
            clicked=point,
            shaded=shaded,
            reports=reports,
            phone="Mobi" in (st.context.headers.get("User-Agent") or ""),  # as every phone's browser says of itself
        ),
        key="crime_map",
        on_select="rerun",
        height="stretch",
        alt=_("Map. {sentence} The same numbers stand in the tables below.").format(
            sentence=sentences.headline(view.snapshot, selection)
        ),
    )
    if reports and (mark := _clicked_report(st.session_state.get("crime_map"), view)) is not None:
        _one_report(mark, selection)
        return
    words = None if point is None else crime_marks.words_at(selection, point)
    if words:
        street_and_ward, *counts = words.split("\n")
        st.text(f"{street_and_ward}, {sentences.period(selection)}: {', '.join(counts)}" if counts else street_and_ward)
    else:
        st.caption(
            _(
                "Hover over a circle, or tap it, for the street and the counts. "
                "Circles stand at anonymous map points, not at homes."
            )
        )


def _one_report(mark: pd.Series, selection: Selection) -> None:
    st.text(report_marks.words(mark, selection.area.ward_names).replace("\n", ", "))
    st.page_link(
        frame.file_of("report"),
        label=_("Ask for a correction"),
        icon=":material/edit_note:",
        query_params={"correct": mark["mark"]},
    )


def _clicked_report(event: object, view: View) -> pd.Series | None:
    """The published report of a click; a browser may send anything."""
    try:
        (mark, *_more) = event["selection"]["objects"]["reports"]
        chosen = view.published.select(view.selection.filters)
        return report_marks.clicked(chosen, view.selection.area.ward_names, mark)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _ground() -> palette.Ground:
    return palette.DARK if st.context.theme.type == "dark" else palette.LIGHT


def _clicked(event: object) -> int | None:
    """The map point of a click; a browser may send anything."""
    try:
        found = [item["g"] for items in event["selection"]["objects"].values() for item in items]
        return int(found[0]) if found else None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError):
        return None


def within_a_mile(view: View, street: Place | None) -> None:
    """What was recorded within a mile of the street, and where what is stored ends."""
    if street is None or not view.selection.months:
        return
    selection = view.selection
    points = selection.area.points
    there = points.index[near(points, street["longitude"], street["latitude"])]
    crimes = int(selection.near.loc[selection.near["point"].isin(there), "crimes"].sum())
    said = _("Within a mile of {street}, police recorded {crimes} {period}.").format(
        street=street["label"], crimes=counted(crimes, selection.filters.types), period=sentences.in_period(selection.months)
    )
    if selection.filters.wards:
        said += " " + _("That counts every ward; the circles are of {where} alone.").format(
            where=sentences.where(view.snapshot, selection)
        )
    if mile_leaves(selection.area.outline, street["longitude"], street["latitude"]):
        said += " " + _("Part of that mile lies outside {area}; there, only crimes recorded by {police} are counted.").format(
            area=view.snapshot.settings.area_name, police=sentences.police_name(view.snapshot)
        )
    st.info(sentences.plain(said), icon=":material/pin_drop:")
