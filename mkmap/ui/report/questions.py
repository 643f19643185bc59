"""Ask what happened, when, near which street, and what the police did; and show what everybody would see of it."""

import streamlit as st

from mkmap.month import Month
from mkmap.reports.form import Form, reportable_months, responses
from mkmap.reports.masking import masked
from mkmap.reports.privacy import TEXT_CHARACTERS
from mkmap.reports.report import ATTEMPTED_BURGLARY, KINDS, Response, kind_word, public_line, response_words
from mkmap.ui.report import street_picker
from mkmap.view.view import View
from mkmap.words import _


def ask(view: View) -> Form:
    """What stands in the form now."""
    kind, month, place = _kind(), _month(view), street_picker.place(view)
    told = _told()
    form = Form(kind, month, place, told, None if told is None else _response(told), _text())
    _public(form)
    return form


def _kind() -> str | None:
    kind = st.selectbox(
        _("What happened?"), KINDS, index=None, key="report_type", format_func=kind_word, placeholder=_("Please choose")
    )
    if kind == ATTEMPTED_BURGLARY:
        st.caption(_("The police count an attempted burglary as a burglary."))
    return kind


def _month(view: View) -> Month | None:
    return st.selectbox(
        _("In which month?"),
        reportable_months(Month.of(view.snapshot.today)),
        index=None,
        key="report_month",
        format_func=lambda month: month.name,
        placeholder=_("Please choose"),
    )


def _told() -> bool | None:
    return st.radio(
        _("Were the police told?"),
        [True, False],
        index=None,
        key="report_told_police",
        format_func=lambda told: _("Yes") if told else _("No"),
        horizontal=True,
    )


def _response(told: bool) -> Response | None:
    return st.radio(
        _("What did the police do?") if told else _("Why not?"),
        responses(told),
        index=None,
        key="report_response",
        format_func=response_words().__getitem__,
    )


def _text() -> str:
    text = st.text_area(
        _("Anything a moderator should know? (You can leave this empty.)"),
        key="report_text",
        max_chars=TEXT_CHARACTERS,
        help=_("Only moderators read it; it is never published. Leave out names, addresses, phone numbers and number plates."),
    )
    kept = masked(text)
    if kept.kinds:
        st.caption(_("For your safety this is kept without what could identify somebody, like so:"))
        st.text(kept.text)
    return text


def _public(form: Form) -> None:
    """Exactly what everybody would see."""
    if form.kind is None or form.month is None or form.place is None:
        return
    with st.container(border=True):
        st.caption(
            _("If a moderator publishes it, everybody can see this line and its mark on the map, and nothing else of you:")
        )
        st.text(public_line(form.kind, form.month, form.place.street))
        st.caption(_("What the police did is only counted, by ward and year, where several people have reported."))
