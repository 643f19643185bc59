"""Whether a visitor came by TLS: by the connection, a proxy's word, or the address that the operator has named."""

from collections.abc import Iterator

import pytest

from mkmap.settings import settings
from mkmap.web.own_address import came_by_tls


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MKMAP_PUBLIC_URL", "https://Map.example.org/")
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize(
    ("scheme", "headers", "is_tls"),
    [
        ("https", {}, True),
        ("http", {}, False),
        ("http", {"x-forwarded-proto": "https"}, True),
        ("http", {"x-forwarded-proto": " HTTPS, http"}, True),
        ("http", {"x-forwarded-proto": "http, https"}, False),
        ("http", {"host": "map.example.org"}, True),
        ("http", {"host": "MAP.EXAMPLE.ORG"}, True),
        ("http", {"host": "127.0.0.1:8501"}, False),
        ("http", {"host": "map.example.org.evil.example"}, False),
    ],
)
def test_came_by_tls(scheme: str, headers: dict[str, str], is_tls: bool):
    scope = {"scheme": scheme, "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    assert came_by_tls(scope) is is_tls
