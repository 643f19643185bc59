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
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mkmap.errors import MkmapError
from mkmap.operate import operator_link
from mkmap.operate.background import UPKEEP
from mkmap.operate.clock import Clock
from mkmap.operate.updating import judge_stored
from mkmap.settings import settings
from mkmap.web.basemap import OwnBasemap
from mkmap.web.connections import WithTimers, many_files
from mkmap.web.long_addresses import LongAddresses
from mkmap.web.own_address import came_by_tls, own_address
from mkmap.web.tiles import BASEMAP
from mkmap.web.turns import CostlyInTurn
from mkmap.web.uploads import UploadsForTheOperator
from mkmap.web.visitors import Visitors
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


REFERRER, SECURE = b"referrer-policy", re.compile(rb";\s*secure\b", re.IGNORECASE)
Headers = list[tuple[bytes, bytes]]


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
    """Add the headers to every HTTP answer; where the visitor came by TLS, HSTS, and `Secure` to every cookie."""

    def __init__(self, app: ASGIApp, basemap: OwnBasemap):
        self._app, self._basemap = app, basemap
        self._headers = [
            (b"x-content-type-options", b"nosniff"),
            (REFERRER, b"strict-origin-when-cross-origin"),
            (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = [*self._headers, (b"content-security-policy", _policy(self._basemap.hosts).encode())]
        is_tls = came_by_tls(scope)
        headers += [(b"strict-transport-security", b"max-age=31536000")] if is_tls else []

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with(headers, message["headers"], is_tls)
            await send(message)

        await self._app(scope, receive, sending)


def _with(ours: Headers, given: Headers, is_tls: bool) -> Headers:
    """Ours in the place of those given; but an answer that lets no referrer out at all keeps that."""
    kept = [pair for pair in ours if pair[0] != REFERRER or (REFERRER, b"no-referrer") not in given]
    names = {name for name, _value in kept}
    return [_secured(*pair) if is_tls else pair for pair in given if pair[0].lower() not in names] + kept


def _secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    is_open = name == b"set-cookie" and not SECURE.search(value)
    return name, value + b"; Secure" if is_open else value


MIDDLEWARE = [
    Middleware(WithTimers),
    Middleware(WithoutDelay),
    Middleware(Visitors, settings=settings),
    Middleware(LongAddresses),
    Middleware(SecurityHeaders, basemap=BASEMAP),
    Middleware(UploadsForTheOperator),
    Middleware(CostlyInTurn),
]


def _say_operators_link() -> None:
    """Beside the app's own address, which Streamlit has just printed."""
    operator_link.note_address(settings(), own_address())
    try:
        lines = operator_link.lines(settings(), Clock().now())
    except MkmapError as error:
        lines = [_("There is no operator's link now. {why}").format(why=error)]
    print(*(f"  {line}" for line in lines), "", sep="\n", flush=True)


def lifespan(warm_up: Callable[[], None]) -> Callable[[object], AbstractAsyncContextManager[None]]:
    """Do what the first visitor would wait for before anybody is let in, and look once a day for a new month."""

    @asynccontextmanager
    async def running(_app: object) -> AsyncIterator[None]:
        await run_in_threadpool(BASEMAP.get)  # before the first page: its policy names the hosts of the tiles
        await run_in_threadpool(judge_stored, settings())
        await run_in_threadpool(warm_up)
        many_files()
        sys.setswitchinterval(TURN)
        gc.freeze()  # what was made so far stays: the garbage collector need not look at it again
        await run_in_threadpool(_say_operators_link)
        UPKEEP.start()
        try:
            yield
        finally:
            UPKEEP.stop()

    return running
