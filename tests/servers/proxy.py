"""Stand between a visitor and the app as an operator's reverse proxy does: HTTP and WebSocket, on loopback."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from servers.app import free_port

HEAD = b"\r\n\r\n"


@contextmanager
def proxy(upstream: int, add: dict[str, str] | None = None, *, host: str | None = None) -> Iterator[int]:
    """A proxy's port; it adds headers, and names the upstream's own address as Host unless another is given."""
    port = free_port()
    with closing(socket.create_server(("127.0.0.1", port))) as listening:
        lines = {**(add or {}), "Host": host or f"127.0.0.1:{upstream}"}
        threading.Thread(target=_serve, args=(listening, upstream, lines), daemon=True).start()
        yield port


@contextmanager
def forwarder(upstream: int) -> Iterator[int]:
    """The port of one that reads nothing: bytes go to the app and back as they are."""
    port = free_port()
    with closing(socket.create_server(("127.0.0.1", port))) as listening:
        threading.Thread(target=_serve, args=(listening, upstream, None), daemon=True).start()
        yield port


def _serve(listening: socket.socket, upstream: int, lines: dict[str, str] | None) -> None:
    with suppress(OSError):  # closed: the test is over
        while True:
            visitor, _address = listening.accept()
            threading.Thread(target=_pass_on, args=(visitor, upstream, lines), daemon=True).start()


def _pass_on(visitor: socket.socket, upstream: int, lines: dict[str, str] | None) -> None:
    with suppress(OSError), closing(visitor), closing(socket.create_connection(("127.0.0.1", upstream))) as app:
        if lines is not None:
            app.sendall(_changed(_head(visitor), lines))
        back = threading.Thread(target=_pipe, args=(app, visitor), daemon=True)
        back.start()
        _pipe(visitor, app)
        back.join()


def _head(visitor: socket.socket) -> bytes:
    read = b""
    while HEAD not in read:
        more = visitor.recv(65536)
        if not more:
            raise ConnectionError("the visitor went away")
        read += more
    return read


def _changed(request: bytes, lines: dict[str, str]) -> bytes:
    """The request with these headers; one request a connection, unless it becomes a WebSocket."""
    head, _end, body = request.partition(HEAD)
    first, *headers = head.decode("latin-1").split("\r\n")
    if not any(line.lower().startswith("upgrade:") for line in headers):
        lines = lines | {"Connection": "close"}
    names = {name.lower() for name in lines}
    kept = [line for line in headers if line.partition(":")[0].lower() not in names]
    return "\r\n".join([first, *kept, *(f"{name}: {value}" for name, value in lines.items())]).encode("latin-1") + HEAD + body


def _pipe(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
