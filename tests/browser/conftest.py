"""Open the app in a real browser, and watch what it asks of whom."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from browser_actions import carry
from browser_screen import CANVAS
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright
from waiting import PATIENCE

from mkmap.ui.map.canvas import COOKIE

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [  # WebGL, and that alone, by a graphics card that is not there; and a browser that asks nobody for its own sake
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",
    "--disable-background-networking",
    "--disable-component-update",
]

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One process for all tests: the system's Chromium, else Playwright's own, else one that is installed now."""
    found = chromium(playwright) or _installed(playwright)
    if not found:
        pytest.skip("no Chromium was found, and none could be installed")
    started = playwright.chromium.launch(executable_path=found, args=FLAGS)
    yield started
    started.close()


def chromium(playwright: Playwright) -> str | None:
    own = playwright.chromium.executable_path
    return next(filter(None, map(shutil.which, NAMES)), None) or (own if os.path.exists(own) else None)


def _installed(playwright: Playwright) -> str | None:
    """As root by the system's packages, else by Playwright."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-q"], check=False)
        subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"], check=False)
    if not chromium(playwright):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return chromium(playwright)


@dataclass
class Watch:
    """What pages said and asked."""

    console: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    dialogs: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self._asked(request.url))
        context.on("console", self._said)
        context.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._asked(socket.url)))
        context.on("weberror", lambda error: self.console.append(str(error.error)))

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about"):
            self.hosts.add(parts.hostname or "")

    def _said(self, message: ConsoleMessage) -> None:
        probes = "/_stcore/" in message.location["url"]  # Streamlit asks below a page's address first, and then at the root
        if message.type == "error" and not probes:
            self.console.append(message.text)

    def saw_nothing_wrong(self) -> None:
        """That nobody but this machine was asked, no policy was violated, and no page raised an error."""
        assert self.hosts <= {"127.0.0.1"}
        assert not self.violations
        assert not self.dialogs
        assert not self.console

    @property
    def violations(self) -> list[str]:
        return [text for text in self.console if "Content Security Policy" in text or "Content-Security-Policy" in text]


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails a test in which something was wrong that no page shows."""
    watching = Watch()
    yield watching
    watching.saw_nothing_wrong()


@pytest.fixture
def opened(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Open an address in a context of its own; `how` is Playwright's (viewport, color_scheme …).

    With `own_clock` the page's clock can be put forward (`page.clock`); `cookie`: one that the browser has, `name=value`.
    """
    contexts: list[BrowserContext] = []

    def open_at(address: str, *, own_clock: bool = False, cookie: str = "", **how) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1000, "height": 720}} | how)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        context.add_cookies([{"name": COOKIE, "value": "x".join(map(str, CANVAS)), "url": address}])
        carry(context, cookie, address)
        watch.over(context)
        page = context.new_page()
        if own_clock:
            page.clock.install()
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    """One visitor of a file, who reads page after page."""
    watching, context = Watch(), browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE * 1000)
    watching.over(context)
    yield context.new_page(), watching
    context.close()


@pytest.fixture
def read(reader: tuple[Page, Watch]) -> Iterator[Callable[[str], Page]]:
    """Open an address for a test that changes nothing, where others of its file have read: that takes a third of the time."""
    page, watching = reader

    def at(address: str, cookie: str = "") -> Page:
        carry(page.context, cookie, address)
        page.goto(address)
        return page

    yield at
    watching.saw_nothing_wrong()
