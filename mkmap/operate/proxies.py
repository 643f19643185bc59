"""Say who visits: whoever opened the connection, or whom a proxy names that the operator has named; for the limits alone."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]

FORWARDED_FOR = "x-forwarded-for"
# What proxies add and browsers do not: from a peer that nobody has named it means that the operator has forgotten one.
FORWARDING = (FORWARDED_FOR, "forwarded", "x-real-ip", "cf-connecting-ip", "true-client-ip")
MOST_HOPS = 20


def networks(text: str) -> Networks:
    """The proxies of a setting: addresses or networks, separated by commas.

    Raises ValueError for what is neither.
    """
    return tuple(ip_network(one.strip(), strict=False) for one in text.split(",") if one.strip())


def visitor(peer: str, forwarded_for: Sequence[str], named: Networks) -> str:
    """The nearest address that is no named proxy's; `forwarded_for`: the headers of that name, in their order.

    Each proxy adds behind what it was sent the address that it saw, so the last word is the nearest proxy's, and what stands
    before the first address that is no named proxy's is the visitor's own.
    """
    hops = [hop for header in forwarded_for for hop in header.split(",")][-MOST_HOPS:]
    nearest = peer
    while hops and is_named(nearest, named):
        address = parsed(hops.pop())
        if address is None:
            break
        nearest = str(address)
    return nearest


def is_named(peer: str, named: Networks) -> bool:
    address = parsed(peer)
    return address is not None and any(address in network for network in named if network.version == address.version)


def is_forwarded(headers: Iterable[str]) -> bool:
    """Whether a proxy has sent it on, by the names of its headers."""
    return not {name.lower() for name in headers}.isdisjoint(FORWARDING)


def parsed(text: str) -> Address | None:
    """An address with or without a port, and IPv4 in IPv6's clothes as what it is; None for any other word."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
