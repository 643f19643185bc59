"""Let many people change filters at once, and say what one of them in twenty waits for at least."""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median
from subprocess import Popen

from websockets.asyncio.client import ClientConnection, connect

from mkmap.settings import PROJECT
from tests.benchmarks import folders, servers
from tests.benchmarks.changes import HALF_A_YEAR, address
from tests.benchmarks.map_data import addresses
from tests.benchmarks.measured import Measured, told
from tests.benchmarks.servers import Server
from tests.benchmarks.visitor import Session, Values, Visitor, is_last

PROCESSES = 4
CONNECTIONS = 6  # over which a browser loads from one server at once
SEED = 1967


@dataclass(frozen=True)
class Crowd:
    """How many people change something, and how often."""

    people: int
    every: float  # seconds
    changes: int  # of each
    at_most: float  # milliseconds that 19 in 20 changes may take


FEW, MORE, MANY = Crowd(10, 1, 20, 300), Crowd(50, 5, 6, 500), Crowd(200, 10, 3, 1000)


def measure() -> list[Measured]:
    home = folders.of_the_force()
    with ExitStack() as stack:
        server = stack.enter_context(servers.mkmap(home))
        file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "recorded"
        with Visitor(server.port, address(HALF_A_YEAR)) as visitor:
            visitor.record(file)
        constant = stack.enter_context(servers.beside("constant.py", file))
        found = [_wait([server], server.port, crowd, constant.port) for crowd in (FEW, MORE)]
    with ExitStack() as stack:
        processes = [stack.enter_context(servers.mkmap(home)) for _process in range(PROCESSES)]
        return [*found, _wait(processes, stack.enter_context(_sticky_proxy([one.port for one in processes])), MANY)]


def _wait(processes: list[Server], port: int, crowd: Crowd, constant: int | None = None) -> Measured:
    """At `port`; before that, where there is one, at a page that counts nothing: it says how fast this machine is now."""
    if constant:
        _say("constant content", took(constant, crowd, SEED))
    before, begun = sum(one.cpu() for one in processes), time.process_time()
    seconds = took(port, crowd, SEED)
    cpu, own = sum(one.cpu() for one in processes) - before, time.process_time() - begun
    runs = len(seconds) + crowd.people
    _say(f"mkmap, {1000 * cpu / runs:.0f} ms CPU each, and {1000 * own / runs:.0f} ms of the browsers", seconds)
    name = f"{crowd.people} people, a change every {crowd.every:g} s, {len(processes)} process(es): 19 in 20 within"
    return told(name, [1000 * most(seconds)], crowd.at_most, unit=" ms")


def _say(what: str, seconds: list[float]) -> None:
    print(
        f"    {what}: {len(seconds)} changes, median {1000 * median(seconds):.0f}, 19 in 20 {1000 * most(seconds):.0f}, all {1000 * max(seconds):.0f} ms"
    )


def most(seconds: list[float]) -> float:
    """What 19 in 20 take at most."""
    return sorted(seconds)[int(0.95 * len(seconds))]


@contextmanager
def _sticky_proxy(ports: list[int]) -> Iterator[int]:
    port = servers.free_port()
    command = [sys.executable, "-m", "tests.benchmarks.sticky_proxy", *map(str, (port, *ports))]
    process = Popen(command, cwd=PROJECT)
    try:
        servers.wait(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield port
    finally:
        process.terminate()
        process.wait()


def took(port: int, crowd: Crowd, seed: int) -> list[float]:
    """Seconds that the changes take, rerun and map data together; they begin when everybody has opened the page."""
    return asyncio.run(changing(port, crowd, seed))


async def changing(port: int, crowd: Crowd, seed: int) -> list[float]:
    opened = asyncio.Barrier(crowd.people)
    everybody = [_Person(port, number, seed + number).change(crowd, opened) for number in range(crowd.people)]
    return list(chain.from_iterable(await asyncio.gather(*everybody)))


class _Person(Session):
    """A browser, with an address of its own, by which the proxy knows it."""

    def __init__(self, port: int, number: int, seed: int) -> None:
        super().__init__(address(HALF_A_YEAR))
        self._port, self._from = port, (f"127.0.1.{number + 1}", 0)
        self._random = random.Random(seed)
        self._values: Values = {}
        self._has: set[str] = set()

    async def change(self, crowd: Crowd, opened: asyncio.Barrier) -> list[float]:
        took = []
        url, origin = f"ws://127.0.0.1:{self._port}/_stcore/stream", f"http://127.0.0.1:{self._port}"
        async with connect(
            url, subprotocols=["streamlit"], origin=origin, max_size=None, open_timeout=None, local_addr=self._from
        ) as socket:
            await self._run(socket)
            await opened.wait()
            await asyncio.sleep(self._random.random() * crowd.every)
            for _change in range(crowd.changes):
                began = time.perf_counter()
                self._choose()
                await self._run(socket)
                took.append(time.perf_counter() - began)
                await asyncio.sleep(max(0, crowd.every * self._random.uniform(0.7, 1.3) - took[-1]))
        return took

    def _choose(self) -> None:
        """Other wards, other types, or other months."""
        pick, widgets = self._random, self.widgets
        match pick.randrange(3):
            case 0:
                self._values["Ward"] = pick.sample(widgets["Ward"].options, pick.randrange(3))
            case 1:
                self._values["Crime type"] = pick.sample(widgets["Crime type"].options, pick.randrange(4))
            case _:
                months = [month for month in reversed(widgets["From"].options) if "(" not in month]
                first, last = sorted(pick.sample(range(len(months)), 2))
                self._values |= {"From": months[first], "To": months[last]}

    async def _run(self, socket: ClientConnection) -> None:
        await socket.send(self.asking(self._values))
        while not is_last(self.take_in(await socket.recv(decode=False))):
            pass
        if missing := [one for one in addresses(self.deck) if one not in self._has]:
            await asyncio.gather(*(self._load(missing[first::CONNECTIONS]) for first in range(min(CONNECTIONS, len(missing)))))
            self._has.update(missing)

    async def _load(self, paths: list[str]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, local_addr=self._from)
        for path in paths:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
            if " 200 " not in status:
                raise SystemExit(f"{path}: {status}")
            (length,) = (line.partition(":")[2] for line in lines if line.startswith("content-length:"))
            await reader.readexactly(int(length))
        writer.close()
