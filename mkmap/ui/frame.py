"""What frames every page: styles, the banner of the demonstration, notes, and the words for a broken store."""

import logging
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
from mkmap.view.sentences import plain
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View
from mkmap.words import _

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


STYLES = """<style>
.stMainBlockContainer { padding: 3.4rem 1.5rem 2rem; max-width: none; }
.st-key-crime_map .stDeckGlJsonChart {
    height: max(22rem, calc(100dvh - 18rem)) !important; border-radius: .3rem;
    border: 1px solid color-mix(in srgb, currentColor 20%, transparent);
}
.stMainBlockContainer h1 { font-size: clamp(1.2rem, 0.9rem + 1vw, 2.2rem); line-height: 1.25; padding: 0; font-weight: 600; }
.stElementContainer:has(h1) + .stElementContainer .stAlert { margin-top: .6rem; }
.stMainBlockContainer h2 { font-size: clamp(1.1rem, 0.9rem + .6vw, 1.7rem); line-height: 1.3; padding: .8rem 0 .2rem; font-weight: 600; }
button[data-selected="true"] { color: inherit !important; } /* its ground and rim say that it is chosen; blue on blue is hard to read */
[data-testid="stPageLink-NavLink"]:focus-visible { outline: 3px solid #1f78bd !important; outline-offset: 1px; }
.stDeckGlJsonChart:focus-visible, .stDeckGlJsonChart :focus-visible { outline: 3px solid #1f78bd !important; outline-offset: -3px; }
.stVegaLiteChart :is(.role-axis, .role-legend) text { fill: currentColor !important; }
[data-testid="stCaptionContainer"] { color: inherit !important; opacity: .75 !important; } /* Streamlit's own grey is a little too faint */
.rows { overflow-x: auto; }
.rows table { border-collapse: collapse; width: 100%; }
.rows th, .rows td { text-align: left; font-weight: 400; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.rows thead th { font-weight: 600; font-size: .9rem; vertical-align: bottom; }
.rows .n { text-align: right; font-variant-numeric: tabular-nums; }
.legend ul { list-style: none; margin: 0 0 .4rem; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem .9rem; align-items: center; }
.legend li { display: flex; align-items: center; gap: .35rem; margin: 0; }
.legend i { display: inline-block; width: 14px; height: 14px; flex: none; }
.legend .mark { border-radius: 50%; opacity: .85; }
.legend .diamond { width: 11px; height: 11px; border: 2px solid; transform: rotate(45deg); margin: 0 3px; }
.st-key-residents p { font-size: clamp(1rem, 0.85rem + .5vw, 1.5rem); }
.st-key-residents { gap: .2rem; }
.st-key-report_hidden, .stElementContainer:has(script) { display: none; }
.st-key-report_receipt code { font-size: 1.6rem; letter-spacing: .08em; }
.stMainBlockContainer .st-key-claim_answer h2 { font-size: clamp(1.15rem, 0.85rem + .9vw, 2rem); line-height: 1.3; padding: .4rem 0; }
/* What a link, a switch or a number's name says is said whole: in some languages it takes two lines. */
:is([data-testid="stPageLink-NavLink"], .stCheckbox label, [data-testid="stMetricLabel"]) :is(div, span, p) { white-space: normal; overflow: visible; }
.legend p { margin: 0; font-size: .85rem; opacity: .8; }
/* The button that copies the link always shows, says what it does, and is large enough for a thumb. */
.st-key-share_link .stCode > pre + div { position: static; width: auto; height: auto; opacity: 1; visibility: visible; pointer-events: auto; }
.st-key-share_link .stCode > pre + div > div { width: fit-content; height: auto; padding: .6rem 0 0; background: none; box-shadow: none; }
.st-key-share_link button {
    width: auto; height: auto; min-height: 2.5rem; padding: .2rem .8rem; font-size: 1rem; color: inherit;
    border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: .3rem;
}
.st-key-share_link button::after { content: "COPY"; margin-left: .4rem; }
[data-testid="stExpandSidebarButton"]::after { content: "FILTERS"; font-size: 1rem; margin-left: .3rem; }
/* A projector: the server cannot know the window, so what was fitted to a laptop's map is drawn larger, names and circles too. */
@media (min-width: 1600px) and (min-height: 850px) {
    .st-key-crime_map .stDeckGlJsonChart { zoom: 1.5; height: calc((100dvh - 18rem) / 1.5) !important; }
    .legend .sizes { zoom: 1.5; }
}
@media (max-width: 640px) {
    .stMainBlockContainer { padding: 4rem .8rem 1rem; }
    .st-key-crime_map .stDeckGlJsonChart { height: 62dvh !important; }
    /* What a tap says stands along the map's edge: beside a finger it would be cut off. */
    .st-key-crime_map .deck-tooltip {
        transform: none !important; inset: auto 0 0 0 !important; max-width: none !important;
    }
}
</style>"""


@cache
def icon() -> bytes:
    """The picture of a browser's tab: one mark of the map, as a PNG that no run has to make again."""
    file = BytesIO()
    Image.open(BytesIO(crime_marks.icons())).crop((0, 0, crime_marks.ICON, crime_marks.ICON)).save(file, "PNG")
    return file.getvalue()


def styles(*, has_filters: bool) -> None:
    """The styles, with the words beside two of Streamlit's buttons: that opens the menu on a phone, and that copies a link."""
    st.html(STYLES.replace("FILTERS", _("Filters, menu") if has_filters else _("Menu")).replace("COPY", _("Copy")))


def own_script() -> None:
    """What Streamlit has no way for in a browser; as a module it is read once, however often a page is drawn."""
    st.html('<script type="module" src="/own.js"></script>', unsafe_allow_javascript=True)


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
