"""Share a view: its link, with a button that copies it, and the link as a QR code for the phone beside."""

from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

import segno
import streamlit as st

from mkmap.drawing import qr
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _

WIDTH = 260  # pixels of the code: read from an arm's length, and still beside its words on a phone
LOCAL = "http://localhost"  # browsers let a page copy only where nobody between could have changed it: there, and on https


def share(view: View, more: Sequence[tuple[str, str]] = ()) -> None:
    """The link to this page as it is, for its foot: every filter, and `more` that the page itself keeps in the address."""
    label = _("Share: link to exactly this view, and its QR code")
    opened = st.expander(label, key="share", icon=":material/share:", on_change="rerun")
    if opened.open:  # a code takes longer to make than all else that a filter changes
        with opened:
            _link(view, more)
            _code(view, more)


def link(base: str, view: View, more: Sequence[tuple[str, str]] = ()) -> str:
    """The address of the page that is open, with every filter written out and wards by their codes."""
    path = urlsplit(st.context.url or "").path or "/"
    return f"{base}{path}?{urlencode([*view.filters.pairs(), *more])}"


def _link(view: View, more: Sequence[tuple[str, str]]) -> None:
    visited = st.context.url
    address = link(sentences.base_address(view.snapshot.settings.public_url, visited), view, more)
    if _may_copy(visited):
        with st.container(key="share_link"):
            st.code(address, language=None, wrap_lines=True)
    else:
        st.text(address)
    st.caption(_("It says every filter: it shows the same months, wards and types to everybody, next year too."))


def _may_copy(visited: str | None) -> bool:
    return (visited or LOCAL).startswith("https:") or not sentences.phone_address("", visited)


def _code(view: View, more: Sequence[tuple[str, str]]) -> None:
    base = sentences.phone_address(view.snapshot.settings.public_url, st.context.url)
    if not base:
        st.caption(
            _(
                "There is no QR code: no phone can open this address, which is of this machine alone. "
                "The operator can name the public one (MKMAP_PUBLIC_URL)."
            )
        )
        return
    try:
        picture = qr.svg(link(base, view, more))
    except segno.DataOverflowError:
        st.caption(_("There is no QR code: the link is too long for one. Choose fewer wards or types, or copy the link."))
        return
    st.image(picture, width=WIDTH, alt=_("QR code of the link above"))
    st.caption(_("Point a phone's camera at it to open this view there."))
