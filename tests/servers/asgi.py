"""Ask an ASGI app in this process, without a server."""

import asyncio
import json
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self):
        return json.loads(self.content)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """To its end, in an event loop and a thread of its own: in the tests' thread a browser's loop may be running."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()


@dataclass(frozen=True)
class Client:
    """Requests from this machine; each runs in an event loop of its own."""

    app: ASGIApp

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.request("GET", path, headers)

    def post(self, path: str, headers: Mapping[str, str] | None = None, **form: str) -> Answer:
        return self.request("POST", path, headers, urlencode(form).encode())

    def request(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answer:
        return run(self._request(method, path, headers or {}, body))

    async def _request(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        given = [(name.lower().encode(), value.encode("latin-1")) for name, value in {"host": "127.0.0.1", **headers}.items()]
        parts, sent = urlsplit(path), []
        scope = {
            "type": "http", "method": method, "path": parts.path, "raw_path": parts.path.encode(), "root_path": "",
            "query_string": quote(parts.query, safe="=&%+").encode(), "headers": given,
            "scheme": "http", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "http_version": "1.1",
        }  # fmt: skip

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent[1:]))
