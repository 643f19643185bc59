"""Only somebody at the server itself may change what is stored: not behind a proxy, not under another name."""

from collections.abc import Callable

import made_stores
import pytest
import requests
from made_archive import stored_files
from servers.app import Served
from servers.proxy import proxy
from servers.visitor import Seen, visiting

from mkmap.operate.peer import FORWARDING, is_local

HERE = {"host": "localhost:8501", "origin": "http://localhost:8501"}


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        ("203.0.113.7", HERE),
        ("192.168.1.20", HERE),
        ("::ffff:203.0.113.7", HERE),
        ("", HERE),
        ("nonsense", HERE),
        (None, {}),
        (None, {"host": ""}),
        (None, {"host": "map.example.org"}),
        (None, {"host": "localhost.example.org"}),
        (None, {"host": "127.0.0.1.example.org"}),
        (None, {"host": "127.0.0.1@example.org"}),
        (None, {"host": "example.org#localhost"}),
        (None, {"host": "[::1"}),
        (None, {"host": "0.0.0.0:8501"}),
        (None, HERE | {"origin": "https://evil.example"}),
        (None, HERE | {"origin": "null"}),
        (None, HERE | {"origin": ""}),
        (None, HERE | {"origin": "file://"}),
        (None, HERE | {"Origin": "http://localhost.evil.example"}),
        *((None, HERE | {name: "203.0.113.7"}) for name in FORWARDING),
        *((None, HERE | {name.title(): "127.0.0.1"}) for name in FORWARDING),
        (None, HERE | {"X-Forwarded-For": ""}),
    ],
)
def test_these_are_not_the_operator(peer: str | None, headers: dict):
    assert not is_local(peer, headers)


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        (None, HERE),
        ("127.0.0.1", {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501"}),
        ("::1", {"Host": "[::1]:8501", "Origin": "http://[::1]:8501"}),
        ("127.0.0.1", {"Host": "localhost"}),
        ("127.8.9.10", {"host": "LOCALHOST:80"}),
    ],
)
def test_these_are(peer: str | None, headers: dict):
    assert is_local(peer, headers)


@pytest.fixture(scope="module")
def app(serve: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    return serve(made_stores.town(tmp_path_factory.mktemp("town")))


def about(port: int, **how) -> Seen:
    with visiting(port, **how) as visitor:
        return visitor.run(page="about")


def has_acts(seen: Seen) -> bool:
    return seen.has("For the operator") or bool(seen.of("FileUploader")) or seen.has("Get the latest months")


PROXIES = {
    "adds the visitor's address": ({"X-Forwarded-For": "203.0.113.7"}, None),
    "adds a loopback address": ({"X-Forwarded-For": "127.0.0.1"}, None),
    "adds the standard header": ({"Forwarded": "for=203.0.113.7"}, None),
    "adds its own name": ({"Via": "1.1 proxy"}, None),
    "adds X-Real-IP": ({"X-Real-IP": "127.0.0.1"}, None),
    "keeps the public name": ({}, "map.example.org"),
}


@pytest.mark.parametrize("kind", PROXIES)
def test_through_a_proxy_nobody_is_the_operator(app: Served, kind: str):
    add, host = PROXIES[kind]
    with proxy(app.port, add, host=host) as port:
        origin = f"http://{host}" if host else f"http://127.0.0.1:{app.port}"
        seen = about(port, origin=origin)
        answer = requests.post(f"http://127.0.0.1:{port}/_stcore/upload_file/session/file", timeout=30)
    assert seen.has("About this map")
    assert not has_acts(seen)
    assert answer.status_code == 403
    assert "operator" in answer.text


def test_at_the_server_the_acts_are_there(app: Served):
    assert has_acts(about(app.port))


def test_what_is_stored_and_missing_is_for_everyone(app: Served):
    with proxy(app.port, {"X-Forwarded-For": "203.0.113.7"}) as port:
        assert about(port, origin=f"http://127.0.0.1:{app.port}").has("What is stored")


@pytest.mark.parametrize(
    "path", ["/_stcore/upload_file", "/_stcore/upload_file/a/b", "//_stcore/upload_file/a/b", "/about/_stcore/upload_file/a/b"]
)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_the_upload_address_is_refused_to_others(app: Served, method: str, path: str):
    for headers in ({"X-Forwarded-For": "203.0.113.7"}, {"Host": "map.example.org"}, {"Origin": "https://evil.example"}):
        answer = requests.request(method, app.address + path, headers=headers, data=b"x" * 1000, timeout=30)
        assert answer.status_code in (403, 404, 405), "refused, or there is no such address"
        assert answer.status_code == 403 or path.startswith(("//", "/about"))


def test_pressing_a_button_that_was_not_shown_changes_nothing(app: Served):
    """A forged client knows the buttons' names from a page of its own."""
    with visiting(app.port) as visitor:
        shown = visitor.run(page="about")
    buttons = {one.id: True for one in shown.of("Button")}
    assert len(buttons) >= 4
    before = stored_files(app.home)
    with (
        proxy(app.port, {"X-Forwarded-For": "203.0.113.7"}) as port,
        visiting(port, origin=f"http://127.0.0.1:{app.port}") as visitor,
    ):
        visitor.run(page="about")
        seen = visitor.run(page="about", widgets=buttons)
    assert not has_acts(seen)
    assert stored_files(app.home) == before
    assert "Traceback" not in app.log
