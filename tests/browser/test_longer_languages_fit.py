"""In a language whose words are 40 % longer, on a phone and on a laptop: nothing lies over another thing, and nothing is cut off."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from browser_actions import idle
from browser_screen import sideways
from playwright.sync_api import Page
from servers.app import ANSWERS_FOR_IT, PROJECT, Served

INSTALL = f"sys.path.insert(0, {str(PROJECT / 'tests')!r}); import pseudo_locale; pseudo_locale.install()"
LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
PAGES = sorted("" if file.stem == "map" else file.stem for file in (PROJECT / "pages").glob("*.py"))
PAGES.remove("meeting")  # slides are cut to their hall, which is no screen of a phone

# Each text, the lines of it that are seen, and whether a part of it is hidden for good: what a box scrolls can still be read.
# Maps, charts and grids place their own words.
TEXTS = """() => {
    const drawn = '.stDeckGlJsonChart, .stDataFrame, svg, style, script, noscript, textarea', texts = [];
    const shown = one => one.checkVisibility({opacityProperty: true, visibilityProperty: true});
    const seen = (box, one) => {
        let {left, right, top, bottom} = box, cut = false, scrolls = false;
        for (let around = one; around && around.dataset.testid !== 'stMain'; around = around.parentElement) {
            const style = getComputedStyle(around), edge = around.getBoundingClientRect();
            if (style.display === 'inline' || (style.overflowX === 'visible' && style.overflowY === 'visible')) continue;
            scrolls ||= [style.overflowX, style.overflowY].some(how => how === 'auto' || how === 'scroll');
            cut ||= !scrolls && (right > edge.right + 2 || bottom > edge.bottom + (bottom - top) / 4);
            left = Math.max(left, edge.left); right = Math.min(right, edge.right);
            top = Math.max(top, edge.top); bottom = Math.min(bottom, edge.bottom);
        }
        return {left, right, top, bottom, cut, visible: right - left > 2 && bottom - top > 4};
    };
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (walk.nextNode()) {
        const text = walk.currentNode, one = text.parentElement;
        if (!text.data.trim() || one.closest(drawn) || !shown(one)) continue;
        range.selectNodeContents(text);
        const every = [...range.getClientRects()].map(box => seen(box, one)), lines = every.filter(line => line.visible);
        if (lines.length) texts.push({one, lines, words: text.data.trim().slice(0, 60), cut: every.some(line => line.cut)});
    }
    return texts;
}"""

LOOK = f"""() => {{
    const texts = ({TEXTS})(), over = [];
    const inHeader = text => text.one.closest('header, .st-key-desk_bar') !== null;  // under which the page scrolls
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.bottom - a.top, b.bottom - b.top) / 4;
    texts.forEach((first, at) => texts.slice(at + 1).forEach(second => {{
        if (inHeader(first) === inHeader(second) && !first.one.contains(second.one) && !second.one.contains(first.one)
            && first.lines.some(a => second.lines.some(b => meet(a, b)))) over.push([first.words, second.words]);
    }}));
    return {{over, cut: texts.filter(text => text.cut).map(text => text.words)}};
}}"""


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The demonstration: it has something on every page."""
    home = tmp_path_factory.mktemp("home") / "data"
    shutil.copytree(demonstration / "demonstration", home / "demonstration")
    return serve(home, {"MKMAP_LOCAL_MODERATION": "1", **ANSWERS_FOR_IT}, before=INSTALL)


STANDS_STILL = """() => document.getAnimations().every(one =>
    one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)"""


def _open_all(page: Page) -> None:
    """Everything that can be opened, at once."""
    page.locator("h1").first.wait_for()
    idle(page)
    page.evaluate("document.querySelectorAll('details:not([open]) > summary').forEach(one => one.click())")


OFTEN = ("", "moderation", "report", "wards")  # most of what is cut or overlaps; the other pages are among the long proofs


@pytest.mark.parametrize("path", [pytest.param(path, marks=[] if path in OFTEN else pytest.mark.slow) for path in PAGES])
def test_nothing_overlaps_and_nothing_is_cut_off(app: Served, opened: Callable[..., Page], path: str):
    page = opened(f"{app.address}/{path}", viewport=LAPTOP, cookie=app.operator())
    _open_all(page)
    for screen in (LAPTOP, PHONE):
        page.set_viewport_size(screen)
        idle(page)
        page.wait_for_function(STANDS_STILL)
        page.wait_for_function(f"() => ({TEXTS})().length > 20")  # there is something to look at
        look = page.evaluate(LOOK)
        assert (look["over"], look["cut"]) == ([], []), screen
        assert sideways(page) <= 1, screen


def test_what_overlaps_or_is_cut_off_is_seen(app: Served, opened: Callable[..., Page]):
    page = opened(f"{app.address}/about", viewport=LAPTOP)
    page.locator("h1").first.wait_for()
    idle(page)
    page.evaluate("""() => document.querySelector('h1').insertAdjacentHTML('afterend',
        '<p style="margin-top: -2rem">over it</p><p style="width: 3rem; overflow: hidden; white-space: nowrap">longer than it may be</p>')""")
    look = page.evaluate(LOOK)
    assert "over it" in [words for pair in look["over"] for words in pair]
    assert look["cut"] == ["longer than it may be"]
