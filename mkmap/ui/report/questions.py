"""Ask what happened, when, near which street, and what the police did; and show what everybody would see of it."""

import streamlit as st

from mkmap.month import Month
from mkmap.reports.form import Form, Question, reportable_months, responses
from mkmap.reports.report import ATTEMPTED_BURGLARY, KINDS, Response, kind_word, public_line, response_words
from mkmap.ui.report import street_picker
from mkmap.ui.report.fields import Fields
from mkmap.ui.report.text_box import text_box
from mkmap.view.view import View
from mkmap.words import _


def ask(view: View, fields: Fields) -> Form:
    """What stands in the form now."""
    with fields.field(Question.KIND):
        kind = _kind()
    with fields.field(Question.MONTH):
        month = _month(view)
    with fields.field(Question.PLACE):
        place = street_picker.place(view)
    with fields.field(Question.TOLD):
        told = _told()
    response = None
    if told is not None:
        with fields.field(Question.RESPONSE):
            response = _response(told)
    with fields.field(Question.TEXT):
        text = text_box(_("Anything a moderator should know? (You can leave this empty.)"), Question.TEXT)
    form = Form(kind, month, place, told, response, text)
    _public(form)
    return form


def _kind() -> str | None:
    kind = st.selectbox(
        _("What happened? (required)"),
        KINDS,
        index=None,
        key=Question.KIND,
        format_func=kind_word,
        placeholder=_("Please choose"),
    )
    if kind == ATTEMPTED_BURGLARY:
        st.caption(_("The police count an attempted burglary as a burglary."))
    return kind


def _month(view: View) -> Month | None:
    return st.selectbox(
        _("In which month? (required)"),
        reportable_months(Month.of(view.snapshot.today)),
        index=None,
        key=Question.MONTH,
        format_func=lambda month: month.name,
        placeholder=_("Please choose"),
    )


def _told() -> bool | None:
    return st.radio(
        _("Were the police told? (required)"),
        [True, False],
        index=None,
        key=Question.TOLD,
        format_func=lambda told: _("Yes") if told else _("No"),
        horizontal=True,
    )


def _response(told: bool) -> Response | None:
    return st.radio(
        _("What did the police do? (required)") if told else _("Why not? (required)"),
        responses(told),
        index=None,
        key=Question.RESPONSE,
        format_func=response_words().__getitem__,
    )


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
