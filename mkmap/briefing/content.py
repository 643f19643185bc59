"""Bring the two sheets of a ward together."""

from mkmap.briefing import first_sheet, second_sheet
from mkmap.briefing.questions import Findings
from mkmap.briefing.sheets import Sheets
from mkmap.evidence.outcomes.became import became_of
from mkmap.evidence.wards.ranking import ranked
from mkmap.month import span
from mkmap.view import sentences
from mkmap.view.view import View
from mkmap.words import _, listed, number


def sheets(view: View) -> Sheets:
    """Everything that the sheets say about the one ward of a view.

    Raises Damaged where a stored file cannot be read.
    """
    (code,) = view.selection.filters.wards
    found, snapshot = _findings(view, code), view.snapshot
    name = view.selection.area.ward_names[code]
    subject = f"{_subject(view)}, {span(view.selection.filters.first, view.selection.filters.last)}"
    title = _("Ward briefing: {ward}. {subject}").format(ward=name, subject=subject)
    return Sheets(
        title=sentences.of_demonstration(snapshot, title),
        kind=_("Ward briefing · {area}").format(area=snapshot.settings.area_name),
        name=sentences.of_demonstration(snapshot, name),
        subject=subject,
        warning=_("invented, not evidence") if snapshot.dataset.is_demonstration else "",
        numbers=first_sheet.numbers(view, found.change, found.ranking, code),
        lead=first_sheet.lead(view),
        trend=first_sheet.trend(view, found.change),
        map=first_sheet.where(view),
        place=first_sheet.place(view, found.ranking, code),
        left=(second_sheet.outcomes(found), second_sheet.residents(view, code)),
        right=(second_sheet.police(found), second_sheet.asked(found)),
        cautions=second_sheet.cannot_tell(view),
        link=second_sheet.link(view),
        qr=second_sheet.code(view),
        qr_alt=_("QR code of the link beside it"),
        foot=tuple(_foot(view, name, page) for page in (1, 2)),
    )


def _findings(view: View, code: str) -> Findings:
    filters = view.selection.filters
    return Findings(
        view,
        code,
        view.base.change(filters),
        ranked(view.base, filters, view.households.per_ward if view.households else None),
        became_of(view.snapshot.dataset, view.selection.area, filters) if view.selection.months else None,
        view.snapshot.plans(code),
    )


def _subject(view: View) -> str:
    types = view.selection.filters.types
    return listed([types[0], *(name.lower() for name in types[1:])]) if types else _("Crimes of all types")


def _foot(view: View, name: str, page: int) -> str:
    return f"{name} · {sentences.source(view.snapshot)} · {_('Sheet {page} of 2').format(page=number(page))}"
