"""Say who this visit is: a moderator who has signed in, the operator, or somebody whose address counts for the limits alone."""

import streamlit as st

from mkmap.operate import peer
from mkmap.operate.rights import may_operate
from mkmap.settings import settings

LOCAL = "local"  # the name of whoever sits at the server


def is_operator() -> bool:
    """Whether this session may load data; to be asked anew at every act."""
    return may_operate(moderator(), can_sign_in=can_sign_in(), is_at_the_server=is_at_the_server())


def is_at_the_server() -> bool:
    """Whether this visit comes from the machine that the app runs on."""
    return peer.is_local(st.context.ip_address, st.context.headers.to_dict())


def visitor_address() -> str | None:
    """The visitor's IP address; None on this machine. It is never written down as it is."""
    return peer.visitor_address(st.context.ip_address, st.context.headers.get("X-Forwarded-For"))


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
