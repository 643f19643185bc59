"""Connections that hold a server up are closed, and those who work with it notice nothing: uvicorn's own are really replaced."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from servers.app import Served, served
from servers.visitor import visiting
from waiting import until

from mkmap.web import connections

SHORT = """
import mkmap.web.connections as limits
limits.WHOLE_REQUEST, limits.NEXT_PART, limits.LOOKS, limits.MOST_WAITING = 1.5, 1.5, 0.5, 20
"""
HEADERS = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("limits")
    with served(folder / "data", folder / "log", before=SHORT) as running:
        yield running


def connection(app: Served) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", app.port))
    opened.settimeout(20)
    return opened


def received(opened: socket.socket) -> int:
    """How many bytes come until the server hangs up; that it does is part of every test that asks."""
    count = 0
    try:
        while part := opened.recv(1_000_000):
            count += len(part)
    except ConnectionError:
        pass
    return count


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET /hea", HEADERS, b"POST /present HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\na=b"],
    ids=["nothing", "half a line", "half of the headers", "half of the body"],
)
def test_a_request_that_does_not_end_is_hung_up_on(app: Served, begun: bytes):
    with closing(connection(app)) as opened:
        opened.sendall(begun)
        received(opened)


def test_the_second_request_of_a_connection_must_end_too(app: Served):
    with closing(connection(app)) as opened:
        opened.sendall(HEADERS + b"\r\n")
        assert b"200" in opened.recv(10_000)
        opened.sendall(HEADERS)
        received(opened)
    assert app.get("/healthz").status_code == 200


def test_of_many_that_say_nothing_the_oldest_makes_room_for_who_does(app: Served):
    with ExitStack() as stack:
        idle = [stack.enter_context(closing(connection(app))) for _number in range(40)]
        assert app.get("/healthz").status_code == 200
        idle[0].settimeout(1.2)  # seconds: less than it could wait alone
        assert received(idle[0]) == 0


def test_who_works_with_a_page_stays(app: Served):
    with visiting(app.port) as visitor:
        with closing(connection(app)) as opened:
            received(opened)  # by now every timer has run out
        assert visitor.run().elements


def test_who_never_takes_an_answer_is_hung_up_on_and_who_takes_it_slowly_is_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connections, "LOOKS", 0.3)
    body, ended = bytes(50_000_000), []

    async def app(scope: dict, _receive: Callable, send: Callable) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})
        ended.append(scope["path"])

    config = uvicorn.Config(app, lifespan="off", log_level="critical")
    config.load()
    connections.guard(config)
    server = uvicorn.Server(config)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        thread = Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        port = listening.getsockname()[1]
        with closing(asking(port, "/never")) as never, closing(asking(port, "/slowly")) as slowly:
            read = 0
            while read < len(body):
                part = slowly.recv(1_000_000)
                assert part, "it was hung up on"
                read += len(part)
                time.sleep(0.02)
            until(lambda: "/never" in ended, "it is hung up on")
            assert received(never) < len(body)
        server.should_exit = True
        thread.join()


def asking(port: int, path: str) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port))
    opened.settimeout(20)
    opened.sendall(f"GET {path} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
    return opened
