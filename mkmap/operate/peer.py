"""Tell from which network a visit comes, for the limits alone: no right follows from an address."""

from ipaddress import ip_address


def visitor_address(peer: str | None, forwarded_for: str | None) -> str | None:
    """The visitor's IP address; behind a proxy on this machine or its network, the one that the proxy saw.

    `peer` is None where Streamlit saw a loopback address, `forwarded_for` the header of that name. None for a visitor on this
    machine.
    """
    nearest = (forwarded_for or "").rpartition(",")[2].strip()  # the last is the nearest proxy's word
    return nearest if nearest and (peer is None or _is_near(peer)) else peer


def _is_near(peer: str) -> bool:
    try:
        return ip_address(peer).is_private
    except ValueError:
        return False
