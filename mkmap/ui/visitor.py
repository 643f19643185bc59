"""Where a visitor comes from, for the limits alone."""

from ipaddress import ip_address

import streamlit as st


def address() -> str | None:
    """The visitor's IP address; behind a proxy on this machine or its network, the one that the proxy saw.

    None for a visitor on this machine. It is never written down as it is.
    """
    peer = st.context.ip_address
    seen = (st.context.headers.get("X-Forwarded-For") or "").rpartition(",")[2].strip()  # the last is the nearest proxy's word
    return seen if seen and (peer is None or _is_near(peer)) else peer


def _is_near(peer: str) -> bool:
    try:
        return ip_address(peer).is_private
    except ValueError:
        return False
