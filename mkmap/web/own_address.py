"""Know under which address this server is reached, and whether a visitor came by TLS."""

from collections.abc import Mapping
from functools import cache
from urllib.parse import urlsplit

import streamlit as st
from starlette.types import Scope

from mkmap.settings import settings

EVERYWHERE = ("0.0.0.0", "::")  # listening there says nothing about an address


def own_address() -> str:
    """As Streamlit prints it at the start."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    listening, named = st.get_option("server.address"), st.get_option("browser.serverAddress")
    host = listening if listening and listening not in EVERYWHERE and named == "localhost" else named
    path = st.get_option("server.baseUrlPath").strip("/")
    return f"{scheme}://{_bracketed(host)}:{st.get_option('browser.serverPort')}/{path}".rstrip("/")


def came_by_tls(scope: Scope) -> bool:
    """By the connection, by what a proxy says, or by the address that the operator has named as one of TLS.

    The visitor can lie about the last two: then only that visitor's own cookies and headers are of the stricter kind.
    """
    headers: Mapping[bytes, bytes] = dict(scope["headers"])
    said = headers.get(b"x-forwarded-proto", scope["scheme"].encode()).split(b",")[0].strip().lower()
    return said == b"https" or headers.get(b"host", b"").decode("latin-1").lower() in _hosts_of_tls(settings().public_url)


@cache
def _hosts_of_tls(public_url: str) -> frozenset[str]:
    """Of the site's address, and of the one to which a sign-in leads back."""
    addresses = (urlsplit(address) for address in (public_url, _redirect_uri()))
    return frozenset({address.netloc.lower() for address in addresses if address.scheme == "https"})


def _redirect_uri() -> str:
    try:
        return str(st.secrets["auth"]["redirect_uri"])
    except (FileNotFoundError, KeyError):
        return ""


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
