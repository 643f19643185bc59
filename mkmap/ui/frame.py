"""What frames every page: styles, the banner of the demonstration, notes, and the words for a broken store."""

import logging
from base64 import b64encode
from functools import cache
from io import BytesIO

import streamlit as st
from PIL import Image

from mkmap.errors import MkmapError, Refused
from mkmap.filters import Filters
from mkmap.map import crime_marks
from mkmap.operate.background import UPKEEP
from mkmap.operate.clock import Clock
from mkmap.settings import PROJECT
from mkmap.view import sentences
from mkmap.view.sentences import plain
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View
from mkmap.words import _

TAB = 48  # pixels of the picture of a browser's tab
log = logging.getLogger(__name__)

# In the session: the view and what of the address was ignored, for the one run; a clock where a test has handed one in.
VIEW, IGNORED, CLOCK = "view", "ignored", "clock"


def clock() -> Clock:
    """What tells pages the time: the only one that they read."""
    handed_in: Clock | None = st.session_state.get(CLOCK)
    return handed_in or Clock()


def set_view(snapshot: Snapshot, filters: Filters, ignored: tuple[str, ...] = ()) -> None:
    st.session_state[VIEW], st.session_state[IGNORED] = View(snapshot, filters), ignored


def view() -> View:
    """The view that the shell has set for this run."""
    current: View = st.session_state[VIEW]
    return current


def ignored() -> tuple[str, ...]:
    """Sentences about what was ignored in the address, for a page that draws them itself."""
    notes: tuple[str, ...] = st.session_state[IGNORED]
    return notes


def source(view: View) -> None:
    """Where a page's figures come from, for its foot."""
    st.caption(plain(sentences.badge(view.snapshot)))


@cache
def icon() -> str:
    """The picture of a browser's tab: one mark of the map, in an address that holds it; of a picture Streamlit makes a file at every run."""
    file, mark = BytesIO(), Image.open(BytesIO(crime_marks.icons())).crop((0, 0, crime_marks.ICON, crime_marks.ICON))
    mark.resize((TAB, TAB)).quantize(32).save(file, "PNG", optimize=True)
    return f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"


def file_of(page: str) -> str:
    """What links between pages name: `map`, `report` …"""
    return str(PROJECT / "pages" / f"{page}.py")


def banner(snapshot: Snapshot) -> None:
    """What must be known before anything is read: that the data are invented, or that months are still coming in."""
    if is_loading():
        loading()
    if snapshot.dataset.is_demonstration:
        st.warning(
            _("**Demonstration data: invented, not evidence.** The ward areas are schematic."), icon=":material/science:"
        )


def is_loading() -> bool:
    """Whether months are still coming in."""
    return UPKEEP.progress.running


@st.fragment(run_every=2)
def loading() -> None:
    """Progress of the background, while it works; when it is done, everything is drawn anew."""
    progress = UPKEEP.progress
    if not progress.running:
        st.rerun()
    share = progress.done / progress.total if progress.total else 0.0
    st.progress(
        share, text=plain(_("Loading; until it is done, months may be missing here. {text}").format(text=progress.text))
    )


def notes(ignored: tuple[str, ...]) -> None:
    for note in ignored:
        st.info(plain(note), icon=":material/info:")


def broken(error: MkmapError) -> None:
    """Say why no page can be shown; where the store's files are is for the log, not for visitors."""
    log.error("no page can be shown: %s", error)
    if isinstance(error, Refused):
        st.error(plain(str(error)))
        return
    st.error(
        _("The stored data cannot be read. Nothing was deleted. The operator can find out more with “python -m mkmap verify”.")
    )
