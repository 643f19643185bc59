"""Tell where a visit comes from: from this machine itself, from beside it through a proxy, or from a network."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via", "cf-connecting-ip")


def is_local(peer: str | None, headers: Mapping[str, str | list[str]]) -> bool:
    """Loopback peer, loopback Host and Origin, and no forwarding header: behind a proxy every peer is loopback.

    `peer` is None where Streamlit saw a loopback address.
    """
    lower = {name.lower(): value for name, value in headers.items()}
    if any(name in lower for name in FORWARDING):
        return False
    origin = str(lower.get("origin", "http://localhost")).partition("://")[2]
    named = _is_loopback(_host(str(lower.get("host", "")))) and _is_loopback(_host(origin))
    return named and (peer is None or _is_loopback(peer))


def visitor_address(peer: str | None, forwarded_for: str | None) -> str | None:
    """The visitor's IP address; behind a proxy on this machine or its network, the one that the proxy saw.

    `peer` as above, `forwarded_for` as the header of that name. None for a visitor on this machine.
    """
    nearest = (forwarded_for or "").rpartition(",")[2].strip()  # the last is the nearest proxy's word
    return nearest if nearest and (peer is None or _is_near(peer)) else peer


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_near(peer: str) -> bool:
    try:
        return ip_address(peer).is_private
    except ValueError:
        return False
