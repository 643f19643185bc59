"""Let many people change filters at once, and say what one of them in twenty waits for at least."""

import asyncio
import random
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median
from subprocess import Popen

from websockets.asyncio.client import ClientConnection, connect

from mkmap.settings import PROJECT
from tests.benchmarks import folders, servers
from tests.benchmarks.changes import HALF_A_YEAR, address
from tests.benchmarks.map_data import addresses
from tests.benchmarks.measured import Measured, told
from tests.benchmarks.visitor import Session, Values

PROCESSES = 4
SEED = 1967


@dataclass(frozen=True)
class Crowd:
    """How many change something, how often, for how long (seconds), and what 19 in 20 changes take at most (milliseconds)."""

    people: int
    every: float
    changes: int  # of each
    at_most: float

    @property
    def name(self) -> str:
        return f"{self.people} people, a change every {self.every:g} s"


FEW, MORE, MANY = Crowd(10, 1, 20, 300), Crowd(50, 5, 6, 500), Crowd(200, 10, 3, 1000)


def measure() -> list[Measured]:
    home = folders.of_the_force()
    with servers.mkmap(home) as server:
        found = [_waits(server.port, crowd, "one process") for crowd in (FEW, MORE)]
    with ExitStack() as stack:
        ports = [stack.enter_context(servers.mkmap(home)).port for _process in range(PROCESSES)]
        port = stack.enter_context(_sticky_proxy(ports))
        return [*found, _waits(port, MANY, f"{PROCESSES} processes")]


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


def _waits(port: int, crowd: Crowd, where: str) -> Measured:
    took = sorted(asyncio.run(_changes_of(port, crowd)))
    print(f"    {len(took)} changes, median {median(took):.0f} ms, longest {took[-1]:.0f} ms")
    return told(f"{crowd.name}, {where}: 19 in 20 changes within", [took[int(0.95 * len(took))]], crowd.at_most, unit=" ms")


async def _changes_of(port: int, crowd: Crowd) -> list[float]:
    """Milliseconds that the changes take, rerun and map data together, after everybody has opened the page."""
    opened = asyncio.Barrier(crowd.people)
    everybody = [_Person(port, number).change(crowd, opened) for number in range(crowd.people)]
    return [1000 * seconds for took in await asyncio.gather(*everybody) for seconds in took]


class _Person(Session):
    """A browser, with an address of its own, by which the proxy knows it."""

    def __init__(self, port: int, number: int) -> None:
        super().__init__(address(HALF_A_YEAR))
        self._port, self._from = port, (f"127.0.1.{number + 1}", 0)
        self._random = random.Random(SEED + number)
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
        while not self.is_last(await socket.recv(decode=False)):
            pass
        if missing := [one for one in addresses(self.deck) if one not in self._has]:
            await self._load(missing)
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
