"""Let a phone move this screen: say where the screen stands, and look where the phone has moved it.

Where the database does not answer, the phone is off and the keys still work.
"""

import time
from contextlib import suppress
from urllib.parse import urlencode

import streamlit as st

from mkmap.database import meetings
from mkmap.database.meetings import Meeting, Position
from mkmap.errors import Refused
from mkmap.ui import frame
from mkmap.ui.meeting import position
from mkmap.view.screens import Screen
from mkmap.view.slides import Slide
from mkmap.view.view import View

COOKIE = "mkmap_hall"  # the secret of this screen: it finds its meeting again after a reload, or in another process
SECRET, SHOWN, KEPT = "hall_secret", "hall_shown", "hall_kept"  # in the session: it; the position; when it was said to be there
LOOK_EVERY = 0.5  # seconds: a press on the phone is seen at once, and each look is one row
WAIT_EVERY = 5  # seconds, while the slides run and no phone has come yet
SAY_EVERY = 60  # seconds: well below the time after which a meeting lapses


def secret() -> str:
    """Of this screen; empty where no phone was asked for."""
    kept = st.session_state.get(SECRET, st.context.cookies.get(COOKIE))
    return kept if isinstance(kept, str) else ""


def remember(of_hall: str) -> None:
    st.session_state[SECRET] = of_hall


def forget() -> None:
    st.session_state[SECRET] = ""


def current(view: View) -> Meeting | None:
    """The meeting of this screen, if a phone was asked for and it is not over.

    Raises NotKept where the database does not answer.
    """
    mine = secret()
    return meetings.of_hall(view.snapshot.reports, mine, at=frame.clock().now()) if mine else None


def here(view: View, slide: Slide | None, screen: Screen) -> Position:
    """`slide` None: before the first one."""
    return Position(urlencode(view.filters.pairs()), slide or "", screen)


def follow(view: View, slide: Slide | None, screen: Screen) -> None:
    """Whoever moved last is right: the keys where this screen has moved since it was drawn, else the phone."""
    standing = here(view, slide, screen)
    has_moved = st.session_state.get(SHOWN) != standing
    st.session_state[SHOWN] = standing
    with suppress(Refused):
        meeting = current(view)
        if meeting is None:
            return
        if meeting.position != standing and has_moved:
            meetings.move_by_hall(view.snapshot.reports, secret(), standing, at=frame.clock().now())
        every = LOOK_EVERY if meeting.has_phone or slide is None else WAIT_EVERY
        st.fragment(_look, run_every=every)(view, standing, meeting.has_phone)


def _look(view: View, standing: Position, has_phone: bool) -> None:
    with suppress(Refused):
        meeting = current(view)
        if meeting is None:
            return
        if meeting.position != standing:
            st.session_state[SHOWN] = meeting.position
            position.go(meeting.position.slide, meeting.position.screen)
            st.rerun()
        if meeting.has_phone != has_phone:
            st.rerun()
        _keep_open(view)


def _keep_open(view: View) -> None:
    now = time.monotonic()
    if now - st.session_state.get(KEPT, now - SAY_EVERY) >= SAY_EVERY:
        st.session_state[KEPT] = now
        meetings.keep_open(view.snapshot.reports, secret(), at=frame.clock().now())
