"""Who visits is whoever opened the connection, or whom a proxy names that the operator has named; nobody else's word counts."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from command_line import run

from mkmap.errors import Code, Refused
from mkmap.operate import forgotten_proxy, proxies
from mkmap.operate.forgotten_proxy import ForgottenProxy
from mkmap.settings import Settings, settings
from mkmap.web.visitors import Visitors

NOW = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
NAMED = "127.0.0.1, 10.0.0.0/8,2001:db8::/32"


@pytest.mark.parametrize(
    ("peer", "headers", "who"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["10.9.9.9, 198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["10.1.2.3"], "10.1.2.3"),
        ("::ffff:127.0.0.1", ["198.51.100.1:4711"], "198.51.100.1"),
        ("2001:db8::1", ['"[2001:db9::7]:443"'], "2001:db9::7"),
        ("127.0.0.1", ["198.51.100.1, unknown"], "127.0.0.1"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.2", ["198.51.100.1"], "127.0.0.2"),
        ("", ["198.51.100.1"], ""),
        ("127.0.0.1", [",".join(["10.0.0.1"] * 5000)], "10.0.0.1"),
    ],
)
def test_the_visitor_is_the_nearest_that_is_no_named_proxy(peer: str, headers: list[str], who: str):
    assert proxies.visitor(peer, headers, proxies.networks(NAMED)) == who


def asked(chosen: Settings, peer: str, said: str, **headers: str) -> str:
    """Whom a route sees: `peer` is the connection's, `said` what the server has made of it."""
    seen: list[str] = []

    async def route(scope, _receive, _send) -> None:
        seen.append(scope["client"][0])

    class Connection:
        transport = SimpleNamespace(get_extra_info=lambda _name: (peer, 4711))

        async def receive(self) -> None: ...

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "websocket", "client": (said, 0), "headers": given}
    asyncio.run(Visitors(route, lambda: chosen)(scope, Connection().receive, lambda _message: None))
    return seen[0]


def test_what_the_server_has_believed_already_is_put_right(home: Path):
    chosen = Settings(home=home, trusted_proxies="10.0.0.1")
    assert asked(chosen, "127.0.0.1", "198.51.100.1", x_forwarded_for="198.51.100.1") == "127.0.0.1"
    assert asked(chosen, "10.0.0.1", "10.0.0.1", x_forwarded_for="198.51.100.1") == "198.51.100.1"


def test_a_proxy_that_nobody_named_is_said_until_it_is(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forgotten_proxy, "NOTED", ForgottenProxy())
    assert "proxy" not in run(home, "status").stdout
    asked(Settings(home=home, trusted_proxies="10.0.0.1"), "10.0.0.1", "", x_forwarded_for="198.51.100.1")
    asked(Settings(home=home), "203.0.113.7", "")
    assert "proxy" not in run(home, "status").stdout
    asked(Settings(home=home), "127.0.0.1", "", x_forwarded_for="198.51.100.1")
    assert "through a proxy at 127.0.0.1 that MKMAP_TRUSTED_PROXIES does not name" in run(home, "status").stdout
    assert "proxy at" not in run(home, "status", TRUSTED_PROXIES="127.0.0.0/8").stdout


def test_it_is_noted_once_an_hour_and_without_a_visitors_address(home: Path):
    proxy = ForgottenProxy()
    proxy.note(home, "8.8.8.8", NOW)
    assert forgotten_proxy.noted(home) == {"at": "2026-11-27T09:30:00+00:00", "peer": ""}
    proxy.note(home, "127.0.0.1", NOW + timedelta(minutes=59))
    assert forgotten_proxy.noted(home)["peer"] == ""
    proxy.note(home, "127.0.0.1", NOW + timedelta(hours=1))
    assert forgotten_proxy.noted(home)["peer"] == "127.0.0.1"


@pytest.mark.parametrize("text", ["nginx", "10.0.0.0/33", "10.0.0.1 10.0.0.2", "*"])
def test_what_is_no_address_refuses_to_start(monkeypatch: pytest.MonkeyPatch, text: str):
    monkeypatch.setenv("MKMAP_TRUSTED_PROXIES", text)
    settings.cache_clear()
    with pytest.raises(Refused) as caught:
        settings()
    assert caught.value.code is Code.SETTING_UNUSABLE
