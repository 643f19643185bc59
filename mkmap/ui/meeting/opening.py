"""Prepare the meeting, before the hall sees anything: who invites, a phone that moves the slides, and the keys."""

from contextlib import suppress
from urllib.parse import urlencode

import streamlit as st

from mkmap.database import meetings
from mkmap.drawing import qr
from mkmap.errors import Refused
from mkmap.ui import frame
from mkmap.ui.meeting import cover, following
from mkmap.ui.meeting.lettering import line, title
from mkmap.view import sentences
from mkmap.view.screens import Screen
from mkmap.view.view import View
from mkmap.words import _

CODE = "hall_code_secret"  # in the session: what the picture shows, to nobody but whoever opened the meeting
TYPED = "hall_invites_typed"
LONGEST_NAME = 80  # characters: a line of the cover
WHY_NOT = "hall_phone_refused"  # why no phone was added, for one run


def draw(view: View) -> None:
    with st.container(key="hall_report", horizontal=True, gap="large", wrap=False):
        with st.container(key="hall_ways"):
            title(_("Before the meeting"))
            st.text_input(
                _("Who invites? It stands on the cover."),
                value=cover.who_invites(view),
                max_chars=LONGEST_NAME,
                key=TYPED,
                on_change=_keep_name,
            )
            for keys in _keys():
                line(keys)
        with st.container(key="hall_phone"):
            _phone(view)


def _keep_name() -> None:
    st.session_state[cover.INVITES] = st.session_state[TYPED].strip()


def _keys() -> list[str]:
    return [
        _("Next: → or Page Down. Back: ← or Page Up."),
        _("Blank the screen: B or a full stop."),
        _("All slides: O or Esc."),
    ]


def _phone(view: View) -> None:
    """A phone that moves the slides; or why there can be none, and that the keys still work."""
    base = sentences.phone_address(view.snapshot.settings.public_url, st.context.url)
    if not base:
        line(
            _(
                "A phone cannot move the slides: no phone can open this address, which is of this machine alone. The keys still work."
            )
        )
        return
    try:
        meeting = following.current(view)
    except Refused:
        line(_("A phone cannot move the slides at the moment: the database does not answer. The keys still work."))
        return
    if meeting and meeting.has_phone:
        line(_("A phone moves the slides. Go on with Next, here or on the phone."))
        st.button(_("Another phone instead"), key="hall_phone_renew", on_click=_renew, args=(view,))
        st.button(_("No phone any more"), key="hall_phone_end", on_click=_end, args=(view,))
    elif meeting and CODE in st.session_state:
        _picture(view, f"{base}/presenter?{urlencode({'code': st.session_state[CODE]})}")
    else:
        line(_("Your phone can move the slides, and shows you what comes next, notes and the time."))
        st.button(_("Use my phone"), key="hall_phone_open", on_click=_open, args=(view,))
        if why_not := st.session_state.pop(WHY_NOT, ""):
            line(why_not)


def _picture(view: View, address: str) -> None:
    with st.container(key="hall_code"):
        st.image(qr.svg(address), alt=_("QR code for the phone that moves the slides"))
    line(_("Scan this before the hall fills: it works once, for one phone."))


def _open(view: View) -> None:
    try:
        made = meetings.open_meeting(view.snapshot.reports, following.here(view, None, Screen.SLIDE), at=frame.clock().now())
    except Refused as error:
        st.session_state[WHY_NOT] = str(error)
        return
    following.remember(made.hall)
    st.session_state[CODE] = made.code


def _renew(view: View) -> None:
    try:
        st.session_state[CODE] = meetings.renew_code(view.snapshot.reports, following.secret(), at=frame.clock().now())
    except Refused:
        following.forget()


def _end(view: View) -> None:
    """The right of the phone is gone at once; else it goes with the meeting."""
    with suppress(Refused):
        meetings.end(view.snapshot.reports, following.secret())
    following.forget()
