"""Read who has signed in with OpenID Connect, and refuse to start where that could be forged."""

from datetime import UTC, datetime

import streamlit as st

from mkmap.database.moderators import Person
from mkmap.errors import Code, Refused

SHORTEST_SECRET = 32  # characters: what signs the sign-ins must not be guessed


def is_set_up() -> bool:
    """Whether the operator has set up OpenID Connect in Streamlit's secrets."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def check() -> None:
    """Raises Refused where somebody could sign in as somebody else."""
    if st.get_option("server.trustedUserHeaders"):
        raise Refused(Code.USERS_FROM_HEADERS)
    if is_set_up() and len(str(st.secrets["auth"].get("cookie_secret", ""))) < SHORTEST_SECRET:
        raise Refused(Code.COOKIE_SECRET_SHORT, least=SHORTEST_SECRET)


def person() -> Person | None:
    """Who has signed in in this browser, as its sign-in says; None where nobody has, or the provider does not say who."""
    if not (is_set_up() and st.user.is_logged_in):
        return None
    issuer, subject, address = (str(st.user.get(claim) or "") for claim in ("iss", "sub", "email"))
    issued_at = _moment(st.user.get("iat"))
    if not (issuer and subject and issued_at):
        return None
    return Person(issuer, subject, address, st.user.get("email_verified") is True, issued_at)


def _moment(claim: object) -> datetime | None:
    """Seconds since 1970, as a provider writes them."""
    if isinstance(claim, bool) or not isinstance(claim, int | float):
        return None
    try:
        return datetime.fromtimestamp(claim, UTC)
    except (OverflowError, OSError, ValueError):
        return None
