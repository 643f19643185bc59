"""The meeting page: one slide of eight, the line it rests on, and what moves it."""

import streamlit as st

from mkmap.ui import frame
from mkmap.ui.meeting import (
    advance,
    change,
    hall_map,
    limits,
    number,
    police,
    residents,
    styles,
    wards,
    where_to_report,
)
from mkmap.ui.meeting.controls import controls
from mkmap.view import sentences, slides
from mkmap.view.slides import Slide
from mkmap.view.view import View
from mkmap.words import _

DRAWN = {
    Slide.NUMBER: number.draw,
    Slide.MAP: hall_map.draw,
    Slide.CHANGE: change.draw,
    Slide.WARDS: wards.draw,
    Slide.RESIDENTS: residents.draw,
    Slide.LIMITS: limits.draw,
    Slide.POLICE: police.draw,
    Slide.REPORT: where_to_report.draw,
}


def slide(view: View) -> None:
    """The slide that the address names, with everything that a hall needs and nothing that a hand slips on."""
    st.html(styles.STYLES)
    addressed = slides.read(st.query_params.get("slide", ""))
    slide, pace = addressed.slide, advance.read(st.query_params.get(advance.PARAMETER, ""))
    _notes([*frame.ignored(), *addressed.ignored, *pace.ignored])
    with st.container(key=f"slide_{slide}"):
        DRAWN[slide](view)
    with st.container(key="hall_foot", horizontal=True, gap="medium", wrap=False):
        st.caption(sentences.plain(sentences.badge(view.snapshot)))
        controls(view, slide, pace.seconds)
    advance.by_itself(slide, pace.seconds)


def _notes(notes: list[str]) -> None:
    """What was ignored in the address, or that months are still coming in: above the slide, until the next one."""
    if frame.is_loading():
        notes = [_("Months are still being loaded: some may be missing here."), *notes]
    if notes:
        with st.container(key="hall_notes"):
            frame.notes((" ".join(notes),))
