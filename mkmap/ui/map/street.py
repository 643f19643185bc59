"""Find a street or a postcode, and say what was recorded within a mile of it."""

from dataclasses import dataclass

import streamlit as st

from mkmap.crime_types import counted
from mkmap.errors import Refused
from mkmap.map.findable import Place, findable
from mkmap.places import download, postcode
from mkmap.places.streets import mile_leaves
from mkmap.places.streets import within_a_mile as near
from mkmap.settings import Settings
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _

ANSWERED = "postcode answered"  # in the session: the last postcode, and what was answered


@dataclass(frozen=True)
class FoundPlace:
    """A street or a postcode that somebody looked for, and where it is (WGS 84)."""

    label: str
    longitude: float
    latitude: float


def chosen(view: View) -> FoundPlace | None:
    """What was looked for, which the map shows before the question is drawn."""
    label, places = st.session_state.get("street"), _places(view)
    if label in places:
        return FoundPlace(label, *places[label])
    return _postcode(view) if view.snapshot.settings.postcode_url else None


def _places(view: View) -> dict[str, Place]:
    return findable(view.selection.area, view.snapshot.ground)


def find_street(view: View) -> None:
    """Search by street: the browser filters the list, so what is typed goes nowhere."""
    st.selectbox(
        _("Find your street, estate or place"),
        _places(view),
        index=None,
        key="street",
        placeholder=_("Type a name"),
        help=_(
            "The list has the streets that the police use as map points, and what the map names. "
            "If yours is not among them, choose one beside it. "
            "It is searched in your browser: what you type is not sent anywhere."
        ),
    )
    if view.snapshot.settings.postcode_url:
        _find_postcode(view)


def _find_postcode(view: View) -> None:
    st.text_input(
        _("Or a postcode"),
        key="postcode",
        max_chars=8,
        help=sentences.plain(
            _("A postcode is sent to {host}, which finds it.").format(host=postcode.host(view.snapshot.settings.postcode_url))
        ),
    )
    answer = _answer(view)
    if isinstance(answer, Refused):
        st.info(sentences.plain(str(answer)))


def _postcode(view: View) -> FoundPlace | None:
    answer = _answer(view)
    return answer if isinstance(answer, FoundPlace) else None


def _answer(view: View) -> FoundPlace | Refused | None:
    """Where the postcode is, or why that is not known; asked once, however often the page is drawn."""
    text = st.session_state.get("postcode")
    if not text:
        return None
    asked, answer = st.session_state.get(ANSWERED, (None, None))
    if asked != text:
        answer = _asked(view.snapshot.settings, text)
        st.session_state[ANSWERED] = text, answer
    kept: FoundPlace | Refused = answer
    return kept


def _asked(settings: Settings, text: str) -> FoundPlace | Refused:
    try:
        with download.session(again=1) as session:  # a person waits
            longitude, latitude = postcode.find(settings.postcode_url, text, session, offline=settings.offline)
    except Refused as error:
        return error
    return FoundPlace(text.upper(), longitude, latitude)


def within_a_mile(view: View) -> None:
    """What was recorded within a mile of the chosen place, and where what is stored ends."""
    place = chosen(view)
    if place is None or not view.selection.months:
        return
    selection = view.selection
    points = selection.area.points
    close = points.index[near(points, place.longitude, place.latitude)]
    crimes = selection.near(close)
    sentence = _("Within a mile of {street}, police recorded {crimes} {period}.").format(
        street=place.label, crimes=counted(crimes, selection.filters.types), period=sentences.in_period(selection.months)
    )
    if selection.filters.wards:
        sentence += " " + _("That counts every ward; the circles are of {where} alone.").format(
            where=sentences.where(view.snapshot, selection)
        )
    if mile_leaves(selection.area.outline, place.longitude, place.latitude):
        sentence += " " + _(
            "Part of that mile lies outside {area}; there, only crimes recorded by {police} are counted."
        ).format(area=view.snapshot.settings.area_name, police=sentences.police_name(view.snapshot))
    st.info(sentences.plain(sentence), icon=":material/pin_drop:")
