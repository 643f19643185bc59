"""Give one file on loopback by HTTP ranges, as data.police.uk's archive is given, count its bytes, and misbehave as told."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep

PATH = "/data/archive/2025-06.zip"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class Answer:
    """What goes over the wire; `length` is what is promised where it is not the body's, `silence` seconds before the body."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    silence: float = 0.0
    hang_up: bool = False


Misbehaviour = Callable[[Answer], Answer]


def status(code: int, **headers: str) -> Misbehaviour:
    return lambda _good: Answer(code, b"<html><h1>Sorry</h1></html>", {"Content-Type": "text/html", **headers})


def html(_good: Answer) -> Answer:
    return Answer(200, b"<!doctype html><h1>Please log in</h1>" * 50, {"Content-Type": "text/html"})


def html_as_a_range(good: Answer) -> Answer:
    return replace(good, body=(b"<!doctype html><h1>Please log in</h1>" * len(good.body))[: len(good.body)])


def cut(good: Answer) -> Answer:
    """Half of what was promised, then nothing."""
    return replace(good, body=good.body[: len(good.body) // 2], length=len(good.body))


def shortened(good: Answer) -> Answer:
    """Half of what was asked for, as if it were all."""
    return replace(good, body=good.body[: len(good.body) // 2])


def longer(good: Answer) -> Answer:
    return replace(good, body=good.body + b"more" * 10_000)


def zeros(good: Answer) -> Answer:
    return replace(good, body=bytes(len(good.body)))


def ranged_as(text: str) -> Misbehaviour:
    return lambda good: replace(good, headers={**good.headers, "Content-Range": text})


def silent(seconds: float) -> Misbehaviour:
    return lambda good: replace(good, silence=seconds)


def hung_up(good: Answer) -> Answer:
    return replace(good, hang_up=True)


class Ranged:
    """A server of `content` at `url`; `sent` are the ranges that went out, first byte and the one after the last.

    `ranges=False` gives the whole file always. A rule misbehaves at the answers that it is told: `of` counts them from 0.
    """

    def __init__(self, content: bytes, *, ranges: bool = True):
        self.content, self.ranges = content, ranges
        self.sent: list[tuple[int, int]] = []
        self.requests: list[tuple[str, str, str | None]] = []
        self._rules: list[tuple[Misbehaviour, range]] = []

    def misbehave(self, how: Misbehaviour, of: range = range(1_000_000)) -> None:
        self._rules.append((how, of))

    def __enter__(self) -> "Ranged":
        self._server = _Quiet(("127.0.0.1", 0), _handler(self))
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.host = f"http://127.0.0.1:{self._server.server_port}"
        self.url = self.host + PATH
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, asked: str | None) -> Answer:
        place = len(self.requests)
        self.requests.append((method, path, asked))
        answer = self._good(path, asked)
        for how, of in self._rules:
            if place in of:
                answer = how(answer)
        return answer

    def _good(self, path: str, asked: str | None) -> Answer:
        if path != PATH:
            return status(404)(Answer(404, b""))
        found = _RANGE.fullmatch(asked or "") if self.ranges else None
        if not found:
            return Answer(200, self.content, {"Content-Type": "application/zip"})
        first, last = self._bounds(*found.groups())
        self.sent.append((first, last + 1))
        headers = {"Content-Type": "application/zip", "Content-Range": f"bytes {first}-{last}/{len(self.content)}"}
        return Answer(206, self.content[first : last + 1], headers)

    def _bounds(self, first: str, last: str) -> tuple[int, int]:
        end = len(self.content) - 1
        if not first:
            return max(0, len(self.content) - int(last)), end
        return int(first), min(int(last or end), end)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_anything: object) -> None:
        """A client that hangs up is what some tests are about."""


def _handler(server: Ranged) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = server.answer(self.command, self.path, self.headers["Range"])
            sleep(answer.silence)
            with suppress(OSError):
                if not answer.hang_up:
                    self._send(answer)
            self.close_connection = self.close_connection or answer.hang_up or answer.length is not None

        def _send(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_anything: object) -> None:
            pass

    return Handler
