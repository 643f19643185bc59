"""Ask what this visit may do; every question is to be asked anew at every act."""

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from mkmap.database import moderators, operators
from mkmap.errors import MkmapError
from mkmap.operate import rights
from mkmap.operate.noted import NOTED
from mkmap.operate.rights import Visit
from mkmap.settings import settings
from mkmap.ui import frame, sign_in

LOOPBACK = "127.0.0.1"


def is_operator() -> bool:
    """Whether this visit may change what is stored."""
    try:
        return rights.may_operate(settings(), _visit(), frame.clock().now())
    except MkmapError:  # the database does not answer: whoever cannot be asked about has no right
        return False


def moderator() -> str | None:
    """The name under which this visit decides about reports; None for everybody else."""
    try:
        return _moderator()
    except MkmapError:
        return None


def asked_again() -> Callable[[], bool]:
    """Whether this visit may still moderate, for what is done later and outside the run of a page."""
    visit, clock = _visit(), frame.clock()

    def moderates() -> bool:
        try:
            return bool(rights.moderator(settings(), visit, clock.now()))
        except MkmapError:
            return False

    return moderates


def sees_moderation() -> bool:
    """Whether the menu leads this visit to the moderators' page; others find it by its address, and on About.

    The operator's session is enough: who has just begun sees what there is to be seen, and how somebody gets to decide.
    """
    return _visit().holds_something and (has_session() or moderator() is not None)


def why_no_moderator() -> str:
    """Why somebody who has signed in, or had the right, cannot decide; empty for everybody else."""
    if has_ended():
        return ""
    try:
        _moderator()
    except MkmapError as error:
        return str(error) if _visit().person else ""
    return ""


def has_session() -> bool:
    """Whether this browser holds an operator's session that stands now."""
    try:
        return rights.has_session(settings(), _visit(), frame.clock().now())
    except MkmapError:
        return False


def has_ended() -> bool:
    """Whether this browser holds an operator's session that is over, and gives no other right."""
    return bool(_visit().secret) and not has_session()


def end_session() -> None:
    """End the operator's session of this browser. Raises NotKept as the database does."""
    operators.end(rights.store(settings()), _visit().secret)


def sign_out() -> None:
    """Let no sign-in of this person count any more that was made before now. Raises NotKept as the database does."""
    if person := _visit().person:
        moderators.sign_out(rights.store(settings()), person, at=frame.clock().now())


def note() -> None:
    """Remember what this session of Streamlit holds, for requests that name nothing else: uploads."""
    context = get_script_run_ctx()
    if context is not None:
        visit = _visit()
        NOTED.note(context.session_id, visit if visit.holds_something and is_operator() else None)


def visitor_address() -> str:
    """The visitor's IP address, for the limits alone, as `web/visitors.py` has put it into the request; never written down as it is.

    Streamlit says None for a loopback address: that can be everybody, where a proxy on this machine is not named.
    """
    return st.context.ip_address or LOOPBACK


def _moderator() -> str:
    return rights.moderator(settings(), _visit(), frame.clock().now())


def _visit() -> Visit:
    held = st.context.cookies.get(rights.COOKIE)
    return Visit(held if isinstance(held, str) else "", sign_in.person())
