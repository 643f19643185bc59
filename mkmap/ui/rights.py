"""Who may change what is stored: a moderator who has signed in, or somebody who sits at the server itself."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from mkmap.settings import settings

LOCAL = "local"  # the name of whoever sits at the server
FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via", "cf-connecting-ip")


def is_operator() -> bool:
    """Whether this session may load data; to be asked anew at every act.

    Where moderators sign in, one of them; elsewhere whoever sits at the server.
    """
    return moderator() is not None if can_sign_in() else is_at_the_server()


def is_at_the_server() -> bool:
    """Whether this visit comes from the machine that the app runs on."""
    return is_local(st.context.ip_address, st.context.headers.to_dict())


def moderator() -> str | None:
    """The name under which this session decides about reports; to be asked anew at every act.

    A verified e-mail address on the list, or `local` where the operator allows it; None for everybody else.
    """
    if can_sign_in() and st.user.is_logged_in:
        email = str(st.user.get("email") or "").casefold()
        listed = {address.strip().casefold() for address in settings().moderators.split(",")} - {""}
        return email if st.user.get("email_verified") is True and email in listed else None
    return LOCAL if settings().local_moderation and is_at_the_server() else None


def can_sign_in() -> bool:
    """Whether the operator has set up OpenID Connect in Streamlit's secrets."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


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
