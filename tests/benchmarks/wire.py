"""Weigh what a change of the filters and a first visit put on the wire, with a real Chromium."""

import gzip
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response, WebSocket

from tests.benchmarks import browser, servers

SOCKET, STATIC = "the socket", "/static/"

# Each is a change of one filter; the wards and the types come after months with all of them.
CHANGES = [
    ("To", "May 2025"),
    ("From", "March 2024"),
    ("Ward", "Broughton"),
    ("Ward", "Stantonbury"),
    ("Crime type", "Burglary"),
    ("Crime type", "Vehicle crime"),
]


class Pipe:
    """A port that hands everything on to another, and counts the bytes that come back: as sent, headers and frames included."""

    def __init__(self, target: int):
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.received = 0
        self._counting = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                browser_end, _address = self._listening.accept()
            except OSError:  # closed
                return
            server_end = socket.create_connection(("127.0.0.1", self._target))
            threading.Thread(target=self._hand_on, args=(browser_end, server_end, False), daemon=True).start()
            threading.Thread(target=self._hand_on, args=(server_end, browser_end, True), daemon=True).start()

    def _hand_on(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        try:
            while data := source.recv(2**16):
                if counted:
                    with self._counting:
                        self.received += len(data)
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:  # either end is gone
            source.close()
            target.close()


@contextmanager
def _piped(port: int) -> Iterator[Pipe]:
    pipe = Pipe(port)
    try:
        yield pipe
    finally:
        pipe.close()


def kilobytes_of_changes(home: Path, address: str) -> list[float]:
    """What each of some changes of one filter brings to the browser, from the change until its map has drawn."""
    with servers.mkmap(home) as server, _piped(server.port) as pipe, browser.chromium() as opened:
        page = browser.open_page(opened)
        page.goto(f"http://127.0.0.1:{pipe.port}/?{address}")
        browser.wait_until_drawn(page)
        found = []
        for label, value in CHANGES:
            before = pipe.received
            browser.choose(page, label, value)
            browser.wait_until_drawn(page)
            found.append((pipe.received - before) / 1000)
            print(f"    {label}, {value}: {found[-1]:.0f} kB", flush=True)
    return found


def own_kilobytes(opened: Browser, port: int, empty: int) -> float:
    """What a first visit brings besides the files that an empty map needs too."""
    ours, theirs = _brought(opened, port), _brought(opened, empty)
    own = {path: size for path, size in ours.items() if path not in theirs or path == SOCKET}
    for path, size in sorted(own.items(), key=lambda one: -one[1])[:6]:
        print(f"    {path}: {size / 1000:.0f} kB", flush=True)
    return sum(own.values()) / 1000


def _brought(opened: Browser, port: int) -> dict[str, int]:
    """Bytes by path, compressed as they came, and the files of Streamlit's page as a proxy before it would."""
    brought: dict[str, int] = {SOCKET: 0}
    answers: list[Response] = []

    def count(frame: str | bytes) -> None:
        brought[SOCKET] += len(zlib.compress(frame if isinstance(frame, bytes) else frame.encode()))

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", count)

    page = browser.open_page(opened)
    page.on("websocket", listen)
    page.on("response", lambda answer: answers.append(answer))  # a function of Python's own cannot listen
    page.goto(f"http://127.0.0.1:{port}/")
    browser.wait_until_drawn(page)
    for answer in answers:
        brought[urlsplit(answer.url).path] = _size(answer)
    page.context.close()
    return brought


def _size(answer: Response) -> int:
    if urlsplit(answer.url).path.startswith(STATIC):
        return len(gzip.compress(answer.body()))
    return answer.request.sizes()["responseBodySize"]
