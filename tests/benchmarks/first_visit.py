"""Visit a server that has just started, beside an empty page with an empty map."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from playwright.sync_api import Browser

from tests.benchmarks import browser, folders, servers
from tests.benchmarks.measured import Measured, alternating, ratio
from tests.benchmarks.visitor import Visitor

PAIRS = 7
AT_MOST = 2.0

Start = Callable[[], AbstractContextManager[Server]]


def measure() -> list[Measured]:
    ours, theirs = partial(servers.mkmap, folders.some_months()), partial(servers.beside, "map.py")
    scripts = alternating(lambda: _script(ours), lambda: _script(theirs), PAIRS)
    with browser.chromium() as opened:
        maps = alternating(lambda: _map(opened, ours), lambda: _map(opened, theirs), PAIRS)
    return [
        ratio("first visit, from the connection to the end of the script", scripts, AT_MOST),
        ratio("first visit, from the address to the drawn map, in Chromium", maps, AT_MOST, unit="s"),
    ]


def _script(start: Start) -> float:
    with start() as server, Visitor(server.port) as visitor:
        return visitor.first_run


def _map(opened: Browser, start: Start) -> float:
    with start() as server:
        page = browser.open_page(opened)
        page.goto(f"http://127.0.0.1:{server.port}/")
        try:
            return browser.wait_until_drawn(page)
        finally:
            page.context.close()
