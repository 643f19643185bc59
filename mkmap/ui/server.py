"""Start and guard the server: security headers for every answer, and the daily look for a new month."""

import base64
import hashlib
import re
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mkmap.settings import settings
from mkmap.ui.rights import is_local
from mkmap.ui.shown import Shown
from mkmap.ui.upkeep import UPKEEP
from mkmap.words import _


def _inline_scripts() -> str:
    """The hashes of the scripts that Streamlit's own page has inside."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text()
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(f"'sha256-{found}'" for found in hashes)


def _policy(basemap: str) -> str:
    """The Content-Security-Policy: everything from this server, but for the operator's map tiles."""
    tiles = "" if basemap == "none" else "{0.scheme}://{0.netloc}".format(urlsplit(basemap))
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


class SecurityHeaders:
    """Add the headers to every HTTP answer; HSTS only where the visitor came by TLS."""

    def __init__(self, app: ASGIApp, basemap: str):
        self._app = app
        self._headers = [
            (b"content-security-policy", _policy(basemap).encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"strict-origin-when-cross-origin"),
            (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        proto = dict(scope["headers"]).get(b"x-forwarded-proto", scope["scheme"].encode())
        headers = [*self._headers, (b"strict-transport-security", b"max-age=31536000")] if proto == b"https" else self._headers

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _value in headers}
                message["headers"] = [pair for pair in message["headers"] if pair[0].lower() not in ours] + headers
            await send(message)

        await self._app(scope, receive, sending)


MIDDLEWARE = [Middleware(SecurityHeaders, basemap=settings().basemap), Middleware(UploadsForTheOperator)]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Count the area before the first visitor comes, and look once a day for a new month."""
    threading.Thread(target=_warm_up, daemon=True).start()
    UPKEEP.start()
    try:
        yield
    finally:
        UPKEEP.stop()


def _warm_up() -> None:
    shown = Shown.now(settings())
    shown.area(shown.latest)
