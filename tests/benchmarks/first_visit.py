"""Visit a server that has just started, beside an empty map with the same filters; and weigh what the visit brings."""

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from mkmap.view.pages import Page
from tests.benchmarks import browser, folders, servers, wire
from tests.benchmarks.changes import HALF_A_YEAR, address
from tests.benchmarks.measured import Measured, alternating, ratio, told
from tests.benchmarks.servers import Server
from tests.benchmarks.visitor import Visitor

PAIRS, PAIRS_OF_A_PAGE = 7, 3
AT_MOST = 2.0
KILOBYTES_AT_MOST = 600

Start = Callable[[], AbstractContextManager[Server]]


def measure() -> list[Measured]:
    home = folders.of_the_force()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "recorded"
        with servers.mkmap(home) as server, Visitor(server.port, address(HALF_A_YEAR)) as visitor:
            visitor.record(file)
        ours, theirs = partial(servers.mkmap, home), partial(servers.beside, "map.py", file)
        return [*_scripts(ours, theirs), *_in_chromium(ours, theirs)]


def _scripts(ours: Start, theirs: Start) -> list[Measured]:
    return [_script(ours, theirs, page.path, PAIRS if page is Page.MAP else PAIRS_OF_A_PAGE) for page in Page]


def _script(ours: Start, theirs: Start, path: str, pairs: int) -> Measured:
    cpus = alternating(lambda: _cpu(ours, path), lambda: _cpu(theirs), pairs)
    return ratio(f"the first visit after a start, to {path}, CPU of its run", cpus, AT_MOST)


def _cpu(start: Start, path: str = "/") -> float:
    """Seconds of the server, from the connection to the end of the script."""
    with start() as server:
        before = server.cpu()
        with Visitor(server.port, page=path.strip("/")):
            return server.cpu() - before


def _in_chromium(ours: Start, theirs: Start) -> list[Measured]:
    with browser.chromium() as opened:
        maps = alternating(lambda: _map(opened, ours), lambda: _map(opened, theirs), PAIRS)
        with ours() as server, theirs() as other:
            own = wire.own_kilobytes(opened, server.port, other.port)
    return [
        ratio("the first visit after a start, from the address to the drawn map", maps, AT_MOST, unit="s"),
        told("what it brings besides what an empty map does", [own], KILOBYTES_AT_MOST, unit=" kB"),
    ]


def _map(opened: Browser, start: Start) -> float:
    with start() as server:
        page = browser.open_page(opened)
        page.goto(f"http://127.0.0.1:{server.port}/")
        try:
            return browser.wait_until_drawn(page)
        finally:
            page.context.close()
