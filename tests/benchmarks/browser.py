"""Open a page in the system's Chromium, and know when its map has drawn."""

from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # WebGL without a graphics card
QUIET = 1500  # milliseconds without a drawing, a request or a run of the script: the map is done
PATIENCE = 60_000  # milliseconds
LAPTOP = {"width": 1366, "height": 768}

NOTE_DRAWINGS = """
window.__drawn = 0; window.__asked = 0; window.__busy = 0;
for (const name of ["clear", "drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) { window.__drawn = performance.now(); return draw.apply(this, given); };
}
const ask = window.fetch;
window.fetch = (...given) => {
    window.__busy += 1; window.__asked = performance.now();
    return ask(...given).finally(() => { window.__busy -= 1; window.__asked = performance.now(); });
};
"""
IS_DRAWN = """quiet => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app || app.dataset.testScriptState !== "notRunning" || !window.__drawn || window.__busy) { window.__since = performance.now(); return false; }
    const since = Math.max(window.__drawn, window.__asked, window.__since ?? 0);
    return performance.now() - since > quiet;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


def open_page(opened: Browser) -> Page:
    """A page of a visitor who has never been here."""
    page = opened.new_context(viewport=LAPTOP).new_page()
    page.add_init_script(NOTE_DRAWINGS)
    return page


def wait_until_drawn(page: Page) -> float:
    """Seconds from the beginning of the page's address to the last drawing."""
    page.wait_for_function(IS_DRAWN, arg=QUIET, timeout=PATIENCE)
    return page.evaluate("window.__drawn") / 1000


def choose(page: Page, label: str, option: str) -> None:
    """Type an option into a filter's box, as a person does."""
    box = page.get_by_test_id("stSidebar").get_by_role("combobox", name=label).first
    box.click()
    box.fill(option)
    page.evaluate("window.__drawn = 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
