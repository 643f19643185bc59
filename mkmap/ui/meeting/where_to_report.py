"""Say where to report, with a code that a phone in the hall can open."""

import streamlit as st

from mkmap.drawing import qr
from mkmap.settings import Settings
from mkmap.ui.meeting.lettering import line, title
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _

POLICE = "https://www.police.uk/pu/contact-us/report-a-crime/"


def draw(view: View) -> None:
    ours = report_address(view.snapshot.settings)
    with st.container(key="hall_report", horizontal=True, gap="large", wrap=False):
        with st.container(key="hall_code"):
            st.image(qr.svg(ours or POLICE), alt=_code_words(ours))
        with st.container(key="hall_ways"):
            title(sentences.of_demonstration(view.snapshot, _("Where to report")))
            line(_("To the police: in danger 999, else 101, or"))
            _to_type(POLICE, "police")
            _to_neighbours(view, ours)


def report_address(settings: Settings) -> str:
    """Where a phone opens the report form; empty where nobody has named the address, or the form is closed to phones."""
    if not (settings.public_url and settings.operator and settings.contact):
        return ""
    return f"{sentences.base_address(settings.public_url, None)}/report"


def _to_neighbours(view: View, ours: str) -> None:
    """Our own report page, or why its code is not here."""
    if ours:
        line(_("To your neighbours, on this map: scan the code, or open"))
        _to_type(ours, "ours")
        line(_("That is no report to the police: nobody comes."))
    elif view.snapshot.settings.public_url:
        line(_("The code opens the police's page: this site takes no reports, since nobody is named who runs it."))
    else:
        line(_("The code opens the police's page: no address of this site is named that a phone could open."))


def _to_type(address: str, whose: str) -> None:
    with st.container(key=f"hall_typed_{whose}"):
        line(_written(address))


def _code_words(ours: str) -> str:
    return _("QR code of {address}").format(address=_written(ours or POLICE))


def _written(address: str) -> str:
    """As people type it."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")
