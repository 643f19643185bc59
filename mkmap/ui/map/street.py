"""Find a street or a postcode, and say what was recorded within a mile of it."""

from dataclasses import dataclass
from html import escape
from urllib.parse import quote

import streamlit as st

from mkmap.crime_types import counted
from mkmap.errors import Refused
from mkmap.map.findable import place_of
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
    label = st.session_state.get("street")
    if label and (place := place_of(view.selection.area, view.snapshot.ground, label)):
        return FoundPlace(label, *place)
    return _postcode(view) if view.snapshot.settings.postcode_url else None


def find_street(view: View) -> None:
    """A question whose names the browser asks for once and searches itself; the name that was chosen comes in a field of its own."""
    st.html(_question(view))
    st.text_input(_("The chosen place"), key="street")
    if view.snapshot.settings.postcode_url:
        _find_postcode(view)


def _question(view: View) -> str:
    """What find.js works with."""
    words = {name: escape(text) for name, text in _words(view).items()}
    names = escape(f"/map/findable.json?to={view.filters.last}&v={quote(view.snapshot.version)}")
    return (
        f'<div class="find" data-names="{names}" data-nothing="{words["nothing"]}" data-postcode="{words["postcode"]}">'
        f'<label for="find-field">{words["question"]}</label>'
        f'<input id="find-field" type="search" role="combobox" aria-expanded="false" aria-controls="find-list" aria-autocomplete="list"'
        f' aria-describedby="find-about" autocomplete="off" spellcheck="false" placeholder="{words["example"]}">'
        f'<ul id="find-list" role="listbox" aria-label="{words["names"]}" hidden></ul>'
        f'<p role="status"></p><p id="find-about">{words["about"]}</p></div>'
    )


def _words(view: View) -> dict[str, str]:
    """What the question and its answers say."""
    if view.snapshot.settings.postcode_url:
        postcode_words = _("Postcodes have a field of their own, below.")
    else:
        postcode_words = _("That postcode is not known here. Type the name of its street.")
    return {
        "question": _("Find your street, estate or place"),
        "example": _("Type a name"),
        "names": _("Names that fit"),
        "nothing": _("No place here has such a name. Try a street nearby or the estate, or choose your ward."),
        "postcode": postcode_words,
        "about": _("What you type stays in your browser."),
    }


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
        street=place.label, crimes=counted(crimes, selection.filters.types), period=sentences.counted_period(selection)
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
