"""Close connections that hold the server up: whose request never ends, or who never take their answer.

uvicorn waits for both as long as they like, and Streamlit hands it no limits. Its configuration can be reached while it starts,
before it takes the first connection: there its own protocols are replaced by these, which are the same with timers.
"""

import asyncio
import resource
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

WHOLE_REQUEST = 15.0  # seconds until the headers of a request are there
NEXT_PART = 30.0  # seconds between two parts of its body
MOST_WAITING = 300  # connections without a whole request: then the oldest is closed for the newest
LOOKS = 30.0  # seconds after which it is looked how much of an answer was taken
LEAST_TAKEN = 20_000  # bytes a second


class _Timed(asyncio.Protocol):
    """What both kinds of connection have: an answer that is not taken ends them."""

    transport: asyncio.Transport
    _unsent = 0
    _not_taken: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        super().pause_writing()
        self._look_again()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_looking()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_looking()
        super().connection_lost(exc)

    def _look_again(self) -> None:
        self._stop_looking()
        self._unsent = self.transport.get_write_buffer_size()
        self._not_taken = asyncio.get_running_loop().call_later(LOOKS, self._look)

    def _look(self) -> None:
        if self._unsent - self.transport.get_write_buffer_size() < LEAST_TAKEN * LOOKS:
            self.transport.abort()
        else:
            self._look_again()

    def _stop_looking(self) -> None:
        if self._not_taken:
            self._not_taken.cancel()
            self._not_taken = None


class _Requests(_Timed):
    """A connection of requests: each must come whole in time, and of those that have not, only so many wait."""

    cycle: Any  # uvicorn's: a request and its answer
    _too_slow: asyncio.TimerHandle | None = None
    _waiting: dict["_Requests", None] = {}  # noqa: RUF012  # of all connections, the oldest first

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._wait(WHOLE_REQUEST)
        if len(self._waiting) > MOST_WAITING:
            next(iter(self._waiting)).transport.abort()

    def data_received(self, data: bytes) -> None:
        begun = self._is_in_body()
        super().data_received(data)
        if self.transport.get_protocol() is not self or self._is_whole():  # the first: it is a WebSocket now
            self._stop_waiting()
        elif begun or self._is_in_body():
            self._wait(NEXT_PART)
        elif not self._too_slow:
            self._wait(WHOLE_REQUEST)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _is_whole(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete and not self.cycle.more_body

    def _is_in_body(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete and self.cycle.more_body

    def _wait(self, seconds: float) -> None:
        if self._too_slow:
            self._too_slow.cancel()
        self._too_slow = asyncio.get_running_loop().call_later(seconds, self.transport.abort)
        self._waiting[self] = None

    def _stop_waiting(self) -> None:
        if self._too_slow:
            self._too_slow.cancel()
            self._too_slow = None
        self._waiting.pop(self, None)


class WithTimers:
    """Middleware that changes nothing of an answer: when the server starts, its connections get timers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            guard(getattr(getattr(send, "__self__", None), "config", None))
        await self._app(scope, receive, send)


def guard(config: Any) -> None:
    """Give the protocols of uvicorn's loaded configuration their timers; None: it is another server's."""
    if config is None:
        return
    config.http_protocol_class = type("Requests", (_Requests, config.http_protocol_class), {})
    config.ws_protocol_class = type("Socket", (_Timed, config.ws_protocol_class), {})


def many_files() -> None:
    """Let this process have as many connections as the system lets it, not the few that it starts with."""
    _few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
