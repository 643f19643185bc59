"""The meeting page: one slide, the line it rests on, what can lie over it, and what moves it."""

import streamlit as st

from mkmap.ui import frame
from mkmap.ui.meeting import (
    advance,
    change,
    cover,
    following,
    hall_map,
    limits,
    months,
    number,
    opening,
    overview,
    police,
    position,
    residents,
    styles,
    wards,
    where_to_report,
)
from mkmap.ui.meeting.controls import controls, opening_controls
from mkmap.view import screens, sentences, slides
from mkmap.view.deck import Deck, deck_of
from mkmap.view.screens import Screen
from mkmap.view.slides import Slide
from mkmap.view.view import View
from mkmap.words import _

DRAWN = {
    Slide.COVER: cover.draw,
    Slide.NUMBER: number.draw,
    Slide.MONTHS: months.draw,
    Slide.MAP: hall_map.draw,
    Slide.CHANGE: change.draw,
    Slide.WARDS: wards.draw,
    Slide.RESIDENTS: residents.draw,
    Slide.POLICE: police.draw,
    Slide.REPORT: where_to_report.draw,
}


def meeting(view: View) -> None:
    """The slide that the address names; without one, what whoever opens the meeting sees before the hall does."""
    st.html(styles.STYLES)
    addressed, pace = slides.read(position.slide_text()), advance.read(st.query_params.get(advance.PARAMETER, ""))
    deck = deck_of(view)
    notes = [*frame.ignored(), *addressed.ignored, *pace.ignored]
    if addressed.slide is None and not pace.seconds:
        _opening(view, deck, notes)
        return
    wanted = addressed.slide or deck.first
    slide = deck.nearest(wanted)
    _notes([*notes, *([] if slide is wanted else [deck.note(wanted)])])
    _slide(view, deck, slide, pace.seconds)


def _opening(view: View, deck: Deck, notes: list[str]) -> None:
    _notes(notes)
    with st.container(key="slide_opening"):
        opening.draw(view)
    with st.container(key="hall_foot", horizontal=True, gap="medium", wrap=False):
        st.caption(sentences.plain(sentences.short_badge(view.snapshot)))
        opening_controls(view, deck)
    following.follow(view, None, Screen.SLIDE)


def _slide(view: View, deck: Deck, slide: Slide, seconds: int) -> None:
    screen = screens.read(position.screen_text())
    with st.container(key=f"slide_{screen or slide}"):
        _drawn(view, deck, slide, screen)
    with st.container(key="hall_foot", horizontal=True, gap="medium", wrap=False):
        foot = _("{place} · {source}").format(place=deck.place(slide), source=sentences.short_badge(view.snapshot))
        st.caption(sentences.plain(foot))
        controls(view, deck, slide, screen, seconds)
    following.follow(view, slide, screen)
    advance.by_itself(deck, slide, seconds)


def _drawn(view: View, deck: Deck, slide: Slide, screen: Screen) -> None:
    if screen is Screen.BLANK:
        st.html('<div class="hall-blank"></div>')
    elif screen is Screen.OVERVIEW:
        overview.draw(deck, slide)
    elif slide is Slide.LIMITS:
        limits.draw(view, deck)
    else:
        DRAWN[slide](view)


def _notes(notes: list[str]) -> None:
    """What was ignored in the address, or that months are still coming in: above the slide, until the next one."""
    if frame.is_loading():
        notes = [_("Months are still being loaded: some may be missing here."), *notes]
    if notes:
        with st.container(key="hall_notes"):
            frame.notes((" ".join(notes),))
