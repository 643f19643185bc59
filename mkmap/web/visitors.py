"""Put the visitor into each request, in the place of the server's own guess: uvicorn believes whoever connects from this machine."""

import logging
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from mkmap.operate import forgotten_proxy, proxies
from mkmap.operate.clock import Clock
from mkmap.operate.proxies import FORWARDED_FOR
from mkmap.settings import Settings

log = logging.getLogger(__name__)


class Visitors:
    """Streamlit and the routes read `client` of a request; what comes by a proxy that is not named is that proxy's."""

    def __init__(self, app: ASGIApp, settings: Callable[[], Settings]):
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            peer = peer_of(receive, scope)
            named = proxies.networks(self._settings().trusted_proxies)
            headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
            forwarded = [value for name, value in headers if name == FORWARDED_FOR]
            scope["client"] = (proxies.visitor(peer, forwarded, named), 0)
            if proxies.is_forwarded(name for name, _value in headers) and not proxies.is_named(peer, named):
                await run_in_threadpool(self._note, peer)
        await self._app(scope, receive, send)

    def _note(self, peer: str) -> None:
        try:
            forgotten_proxy.NOTED.note(self._settings().home, peer, Clock().now())
        except OSError as error:  # a full disk is no reason to turn a visitor away
            log.warning("a proxy that is not named could not be noted: %s", error)


def peer_of(receive: Receive, scope: Scope) -> str:
    """The address of the other end of the connection, as the operating system knows it; in a test without one what the scope says."""
    connection: Any = getattr(getattr(receive, "__self__", None), "transport", None)
    peer = connection.get_extra_info("peername") if connection is not None else scope.get("client")
    return str(peer[0]) if peer else ""
