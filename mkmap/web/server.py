"""Start and guard the server: security headers for every answer, and the daily look for a new month."""

import base64
import gc
import hashlib
import re
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import lru_cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mkmap.operate.background import UPKEEP
from mkmap.operate.peer import is_local
from mkmap.web.basemap import OwnBasemap
from mkmap.web.connections import WithTimers, many_files
from mkmap.web.tiles import BASEMAP
from mkmap.web.turns import CostlyInTurn
from mkmap.words import _

HTML = (Path(streamlit.__file__).parent / "static" / "index.html").read_text()  # Streamlit's own page


def _inline_scripts() -> str:
    """The hashes of the scripts that Streamlit's own page has inside."""
    scripts = re.findall(r"<script>(.*?)</script>", HTML, re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in hashes)


@lru_cache(maxsize=2)
def _policy(hosts: tuple[str, ...]) -> str:
    """The Content-Security-Policy: everything from this server, but for the tiles of the operator's own basemap."""
    tiles = " ".join(hosts)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {_inline_scripts()}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit's own styles
            f"img-src 'self' data: blob: {tiles}".strip(),
            "font-src 'self' data:",
            f"connect-src 'self' data: blob: {tiles}".strip(),
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


# Seconds that a thread computes before others have a turn. A run of a page is some forty messages: with Python's own 0.005 each of
# them waits so long for every other visitor's run, and ten visitors wait for each other, not for the processor.
TURN = 0.0005
UPLOADS = "/_stcore/upload_file"


class UploadsForTheOperator:
    """Let nobody else use Streamlit's upload address: it takes files into memory, whatever a page shows."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and UPLOADS in scope["path"]:
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
            client = scope.get("client")
            if not is_local(client[0] if client else "", headers):
                await PlainTextResponse(_("Only the operator can load files, on the server itself."), 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class WithoutDelay:
    """Send each part of an answer at once: Streamlit opens its socket so that asyncio leaves Nagle's algorithm on.

    With it the last part of a run waits for the browser's acknowledgement, which takes its time: 40 milliseconds.
    """

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transport = getattr(getattr(send, "__self__", None), "transport", None)  # as uvicorn has it; no server must
        connection = transport.get_extra_info("socket") if transport else None
        if connection is not None and connection.family in (socket.AF_INET, socket.AF_INET6):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self._app(scope, receive, send)


class SecurityHeaders:
    """Add the headers to every HTTP answer; HSTS only where the visitor came by TLS."""

    def __init__(self, app: ASGIApp, basemap: OwnBasemap):
        self._app, self._basemap = app, basemap
        self._headers = [
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
            (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        proto = dict(scope["headers"]).get(b"x-forwarded-proto", scope["scheme"].encode())
        headers = [*self._headers, (b"content-security-policy", _policy(self._basemap.hosts).encode())]
        headers += [(b"strict-transport-security", b"max-age=31536000")] if proto == b"https" else []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _value in headers}
                message["headers"] = [pair for pair in message["headers"] if pair[0].lower() not in ours] + headers
            await send(message)

        await self._app(scope, receive, sending)


MIDDLEWARE = [
    Middleware(WithTimers),
    Middleware(WithoutDelay),
    Middleware(SecurityHeaders, basemap=BASEMAP),
    Middleware(UploadsForTheOperator),
    Middleware(CostlyInTurn),
]


def lifespan(warm_up: Callable[[], None]) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Do what the first visitor would wait for before anybody is let in, and look once a day for a new month."""

    @asynccontextmanager
    async def running(_app: object) -> AsyncIterator[None]:
        await run_in_threadpool(BASEMAP.get)  # before the first page: its policy names the hosts of the tiles
        await run_in_threadpool(warm_up)
        many_files()
        sys.setswitchinterval(TURN)
        gc.freeze()  # what was made so far stays: the garbage collector need not look at it again
        UPKEEP.start()
        try:
            yield
        finally:
            UPKEEP.stop()

    return running
