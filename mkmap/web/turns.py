"""Let few costly answers be made at once, and whoever asks for many of them wait for the others."""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Coroutine
from contextlib import suppress
from ipaddress import ip_address, ip_network
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mkmap.web.answers import busy
from mkmap.words import _

COSTLY = ("/data/", "/briefing/", "/feeds/", "/preview/")  # how the addresses begin whose answers take long or are large
WIDTH = 2  # answers that are made at once: while they are, everybody else shares the processor with them
WAITING = 24  # requests of one network that may wait: a councillor's browser asks for the sheets of every ward at once
PATIENCE = 180.0  # seconds that a request may wait
MOST_UNSENT, MOST_UNSENT_TO_ONE = 90_000_000, 30_000_000  # bytes in memory, to all and to one network, until no more is made


class TooManyWaiting(Exception):
    """One network asks for more than can wait."""


class Turns:
    """One turn at a time for each network, and the networks one after the other, however many requests of each wait."""

    def __init__(self, width: int = WIDTH, waiting: int = WAITING) -> None:
        self._width, self._waiting = width, waiting
        self._running: set[str] = set()
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._unsent: Counter[str] = Counter()

    async def take(self, network: str) -> None:
        """Raises TooManyWaiting at once, TimeoutError where the turn does not come."""
        queue = self._queues.setdefault(network, deque())
        if len(queue) >= self._waiting:
            raise TooManyWaiting
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        self._pass_on()
        try:
            async with asyncio.timeout(PATIENCE):
                await turn
        except (TimeoutError, asyncio.CancelledError):
            if turn.done() and not turn.cancelled():  # it came in the same moment
                self.give_back(network)
            with suppress(ValueError):
                queue.remove(turn)
            raise

    def give_back(self, network: str) -> None:
        self._running.discard(network)
        self._pass_on()

    def sending(self, network: str, size: int) -> None:
        """So many bytes more wait to be sent, or less."""
        self._unsent[network] += size
        self._unsent += Counter()  # without those to whom nothing waits
        self._pass_on()

    def _pass_on(self) -> None:
        for network in list(self._queues):
            queue = self._queues[network]
            while queue and queue[0].done():
                queue.popleft()
            if queue and self._has_room(network):
                self._running.add(network)
                queue.popleft().set_result(None)
                self._queues.move_to_end(network)
            if not queue:
                del self._queues[network]

    def _has_room(self, network: str) -> bool:
        return (
            network not in self._running
            and len(self._running) < self._width
            and self._unsent[network] < MOST_UNSENT_TO_ONE
            and self._unsent.total() < MOST_UNSENT
        )


class CostlyInTurn:
    """Middleware: a turn lasts until an answer is made; how much of it is not sent yet is counted."""

    def __init__(self, app: ASGIApp) -> None:
        self._app, self._turns = app, Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(COSTLY):
            await self._app(scope, receive, send)
            return
        try:
            await _unless_gone(self._answer(scope, receive, send), receive)
        except (TooManyWaiting, TimeoutError):
            await busy(_("Many ask for files at the moment. Please try again in a minute."))(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        network, is_made = network_of(scope), False
        await self._turns.take(network)

        async def sending(message: Message) -> None:
            nonlocal is_made
            size = len(message.get("body", b""))
            self._turns.sending(network, size)
            if not is_made and not message.get("more_body", True):
                is_made = True
                self._turns.give_back(network)
            try:
                await send(message)
            finally:
                self._turns.sending(network, -size)

        try:
            await self._app(scope, receive, sending)
        finally:
            if not is_made:
                self._turns.give_back(network)


async def _unless_gone(answer: Coroutine[Any, Any, None], receive: Receive) -> None:
    """Do the work, but not for a browser that has gone away while it waited."""
    working, leaving = asyncio.create_task(answer), asyncio.create_task(_gone(receive))
    await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
    leaving.cancel()
    if working.done():
        await working
    else:
        working.cancel()
        await asyncio.wait({working})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def network_of(scope: Scope) -> str:
    """Of an IPv4 address itself, of an IPv6 address the part that a household shares."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(address if address.version == 4 else ip_network(f"{address}/64", strict=False))
