"""Bring the two sheets of a ward together."""

from mkmap.briefing import first_sheet, second_sheet
from mkmap.briefing.sheets import Sheets
from mkmap.crime_types import all_named
from mkmap.month import span
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _, number


def sheets(view: View) -> Sheets:
    """Everything that the sheets say about the one ward of a view.

    Raises Damaged where a stored file cannot be read.
    """
    (code,) = view.filters.wards
    snapshot, name = view.snapshot, view.findings.ward_names[code]
    subject = _("{crimes}, {months}").format(
        crimes=all_named(view.filters.types), months=span(view.filters.first, view.filters.last)
    )
    title = _("Ward briefing: {ward}. {subject}").format(ward=name, subject=subject)
    return Sheets(
        title=sentences.of_demonstration(snapshot, title),
        kind=_("Ward briefing · {area}").format(area=snapshot.settings.area_name),
        name=sentences.of_demonstration(snapshot, name),
        subject=subject,
        warning=_("invented, not evidence") if snapshot.dataset.is_demonstration else "",
        numbers=first_sheet.numbers(view),
        lead=first_sheet.lead(view),
        trend=first_sheet.trend(view),
        map=first_sheet.where(view),
        place=first_sheet.place(view),
        left=(second_sheet.outcomes(view), second_sheet.residents(view)),
        right=(second_sheet.police(view), second_sheet.to_ask(view)),
        cautions=second_sheet.cannot_tell(view),
        notes=_("For your notes"),
        link=second_sheet.link(view),
        qr=second_sheet.code(view),
        qr_alt=_("QR code of the link beside it"),
        foot=(_foot(view, name, 1), _foot(view, name, 2)),
    )


def _foot(view: View, name: str, page: int) -> str:
    return " · ".join([name, sentences.source(view.snapshot), _("Sheet {page} of 2").format(page=number(page))])
