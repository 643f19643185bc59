"""Choose wards and move the map in a browser on a slow processor, beside an empty map with the same filters."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page

from tests.benchmarks import browser, folders, servers
from tests.benchmarks.changes import YEAR, address
from tests.benchmarks.measured import Measured, alternating, told
from tests.benchmarks.visitor import Visitor

PAIRS = 5
SLOWER = 4  # times: a phone's processor
LONGER_AT_MOST = 200.0  # milliseconds
FRAMES_AT_LEAST = 0.8
STEPS = 30  # of the mouse, over the map

NOTE_BLOCKING = """
window.__blocked = 0;
new PerformanceObserver(list => { for (const task of list.getEntries()) window.__blocked += task.duration; }).observe({type: "longtask"});
"""
COUNT_FRAMES = """
window.__frames = 0; window.__counting = true;
const frame = () => { window.__frames += 1; if (window.__counting) requestAnimationFrame(frame); };
requestAnimationFrame(frame);
"""


def measure() -> list[Measured]:
    home = folders.with_reports()
    with ExitStack() as stack:
        server = stack.enter_context(servers.mkmap(home))
        file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "recorded"
        with Visitor(server.port, address(YEAR)) as visitor:
            wards = visitor.widgets["Ward"].options
            visitor.record(file)
        empty_server = stack.enter_context(servers.beside("map.py", file))
        opened = stack.enter_context(browser.chromium())
        pages = [_opened(opened.new_context(viewport=browser.LAPTOP).new_page(), one.port) for one in (server, empty_server)]
        moved = alternating(lambda: _frames(pages[0]), lambda: _frames(pages[1]), PAIRS)
        for page in pages:
            _slow_down(page)
        here, there = iter(wards), iter(wards)
        blocked = alternating(lambda: _blocked(pages[0], next(here)), lambda: _blocked(pages[1], next(there)), PAIRS)
    return [
        told("a ward is chosen: so much longer than with an empty map the browser is blocked",
             [ours - theirs for ours, theirs in blocked], LONGER_AT_MOST, unit=" ms"),
        told("an empty map has so many times the frames of ours while it is moved",
             [theirs / ours for ours, theirs in moved], 1 / FRAMES_AT_LEAST),
    ]  # fmt: skip


def _opened(page: Page, port: int) -> Page:
    page.add_init_script(browser.NOTE_DRAWINGS + NOTE_BLOCKING)
    page.goto(f"http://127.0.0.1:{port}/?{address(YEAR)}")
    browser.wait_until_drawn(page)
    return page


def _slow_down(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _blocked(page: Page, ward: str) -> float:
    """Milliseconds of long tasks until the map has drawn."""
    page.bring_to_front()
    page.evaluate("window.__blocked = 0")
    browser.choose(page, "Ward", ward)
    browser.wait_until_drawn(page)
    return page.evaluate("window.__blocked")


def _frames(page: Page) -> float:
    """Frames in a second while the map is dragged to and fro."""
    page.bring_to_front()
    box = page.locator(".stDeckGlJsonChart").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    began = page.evaluate(f"() => {{ {COUNT_FRAMES} return performance.now(); }}")
    for step in range(STEPS):
        page.mouse.move(x + (step % 20 - 10) * 8, y)
    frames, ended = page.evaluate("() => { window.__counting = false; return [window.__frames, performance.now()]; }")
    page.mouse.up()
    return 1000 * frames / (ended - began)
