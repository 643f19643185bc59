"""Ask a server for more than one visitor should, and see what the others notice of it."""

import resource
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from itertools import cycle
from statistics import median
from threading import Event
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.benchmarks import folders, servers
from tests.benchmarks.changes import YEAR, address
from tests.benchmarks.measured import Measured, told
from tests.benchmarks.servers import Server
from tests.benchmarks.visitor import Visitor

LASTS = 20.0  # seconds
OVER = 10.0  # seconds after which all is as it was
HEALTH_AT_MOST, TIMES_AT_MOST, MEMORY_AT_MOST = 1.0, 3.0, 300  # seconds; of a quiet change; MB
EVERYTHING = f"from={folders.LAST + (1 - folders.SOME_MONTHS)}&to={folders.LAST}&type=all"

Flood = Callable[[int, list[str]], "contextmanager"]


def measure() -> list[Measured]:
    home = folders.some_months()
    codes = folders.ward_codes(home)
    _few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 10_000), most))
    found = []
    for name, flood in FLOODS.items():
        with servers.mkmap(home) as server, Visitor(server.port, address(YEAR)) as visitor:
            found += _under(name, flood, server, visitor, codes)
    return found


def _under(name: str, flood: Flood, server: Server, visitor: Visitor, codes: list[str]) -> list[Measured]:
    wards = cycle(visitor.widgets["Ward"].options)
    _warm_up(server, visitor, codes)
    quiet, healthy, before = _seen(server, visitor, wards, LASTS / 4)
    with flood(server.port, codes):
        changes, health, during = _seen(server, visitor, wards, LASTS)
    time.sleep(OVER)
    later, health_later, after = _seen(server, visitor, wards, LASTS / 4)
    print(f"    {name}: a change {1000 * median(quiet):.0f} ms, meanwhile {1000 * median(changes):.0f}, then {1000 * median(later):.0f};"
          f" memory {before:.0f} MB, meanwhile {during:.0f}, then {after:.0f}; health {1000 * max(healthy):.0f} ms before")  # fmt: skip
    return [
        told(f"{name}: healthz", health, HEALTH_AT_MOST, unit=" s", of=max),
        told(f"{name}: another visitor's change beside a quiet one", [one / median(quiet) for one in changes], TIMES_AT_MOST),
        told(f"{name}: memory on top", [during - before], MEMORY_AT_MOST, unit=" MB"),
        told(f"{name}: ten seconds later, a change beside a quiet one", [one / median(quiet) for one in later], 1.5),
        told(f"{name}: ten seconds later, healthz", health_later, HEALTH_AT_MOST, unit=" s", of=max),
    ]


def _warm_up(server: Server, visitor: Visitor, codes: list[str]) -> None:
    """What the first visitor brings into memory, no flood is to be blamed for."""
    for ward in visitor.widgets["Ward"].options:
        visitor.choose(Ward=[ward])
    for path in (f"/data/crimes.csv?{EVERYTHING}", f"/briefing/{codes[0]}.pdf?{EVERYTHING}"):
        answer = urlopen(f"http://127.0.0.1:{server.port}{path}").read()
        print(f"    {path.split('?')[0]}: {len(answer) / 1e6:.1f} MB")


def _seen(server: Server, visitor: Visitor, wards: Iterator[str], seconds: float) -> tuple[list[float], list[float], float]:
    """Seconds of changes and of healthz, and the most memory in MB."""
    changes, health, memory = [], [], 0.0
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        changes.append(visitor.choose(Ward=[next(wards)]))
        began = time.perf_counter()
        urlopen(f"http://127.0.0.1:{server.port}/healthz").read()
        health.append(time.perf_counter() - began)
        memory = max(memory, server.process.memory_info().rss / 1e6)
    return changes, health, memory


@contextmanager
def _asking(port: int, paths: list[str], at_once: int) -> Iterator[None]:
    """Again and again, all of the answer read."""
    over = Event()

    def ask(path: str) -> None:
        while not over.is_set():
            try:
                with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                    while answer.read(1 << 20) and not over.is_set():
                        pass
            except (HTTPError, ConnectionError):
                time.sleep(0.1)

    with ThreadPoolExecutor(at_once) as crowd:
        for _number, path in zip(range(at_once), cycle(paths), strict=False):
            crowd.submit(ask, path)
        try:
            yield
        finally:
            over.set()


@contextmanager
def _open(port: int, begun: bytes, how_many: int) -> Iterator[None]:
    """Connections that say so much and read nothing; what is closed is opened again."""
    over = Event()

    def hold() -> None:
        with ExitStack() as stack:
            while not over.wait(0.5):
                held = [
                    stack.enter_context(closing(socket.create_connection(("127.0.0.1", port)))) for _number in range(how_many)
                ]
                for one in held:
                    one.sendall(begun)
                over.wait(LASTS / 2)

    with ThreadPoolExecutor(1) as crowd:
        crowd.submit(hold)
        try:
            yield
        finally:
            over.set()


def _csv(port: int, _codes: list[str]) -> contextmanager:
    return _asking(port, [f"/data/crimes.csv?{EVERYTHING}"], 30)


def _sheets(port: int, codes: list[str]) -> contextmanager:
    return _asking(port, [f"/briefing/{code}.pdf?{EVERYTHING}" for code in codes], 30)


def _never_read(port: int, _codes: list[str]) -> contextmanager:
    return _open(port, f"GET /data/crimes.csv?{EVERYTHING} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode(), 60)


def _half_open(port: int, _codes: list[str]) -> contextmanager:
    return _open(port, b"GET / HTTP/1.1\r\nHost", 1100)


FLOODS: dict[str, Flood] = {
    "30 connections that ask for all crimes": _csv,
    "60 that never read all crimes": _never_read,
    "30 that ask for sheets": _sheets,
    "1,100 half requests": _half_open,
}
