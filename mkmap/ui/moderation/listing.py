"""List the reports of a page, beside the one that is opened."""

from collections.abc import Callable

import streamlit as st

from mkmap.reports.report import Report, kind_word
from mkmap.ui.moderation import desk
from mkmap.ui.moderation.desk import Desk
from mkmap.view.sentences import plain
from mkmap.words import _, ngettext, number

ALL_OF_PAGE = "pick_page"


def picks(on: Desk) -> list[Report]:
    """The reports of the page that are ticked."""
    return [report for report in on.page.reports if st.session_state.get(_pick(report.id))]


def forget_picks(on: Desk) -> None:
    for key in (ALL_OF_PAGE, *map(_pick, on.numbers)):
        if key in st.session_state:
            st.session_state[key] = False


def draw(on: Desk, opened: Report) -> None:
    page = on.page
    if on.who:
        st.checkbox(_("Tick all on this page"), key=ALL_OF_PAGE, on_change=_tick_all, args=(on,))
    for report in page.reports:
        _row(on, report, is_opened=report.id == opened.id)
    first, last = number(page.before + 1), number(page.before + len(page.reports))
    st.caption(_("{first} to {last} of {total}").format(first=first, last=last, total=number(page.total)))
    if page.before or page.after:
        with st.container(key="desk_pages", horizontal=True):
            _turn(_("Previous page"), "desk_page_back", ":material/chevron_left:", desk.turn_back, on, there=page.before)
            _turn(_("Next page"), "desk_page_on", ":material/chevron_right:", desk.turn_on, on, there=page.after)


def _row(on: Desk, report: Report, *, is_opened: bool) -> None:
    with st.container(key=f"row_{report.id}", horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        if on.who:
            label = _("Tick report {number}").format(number=report.id)
            st.checkbox(label, key=_pick(report.id), label_visibility="collapsed", width="content")
        st.button(
            _label(on, report),
            key=f"open_{report.id}",
            on_click=desk.open_report,
            args=(report.id,),
            type="secondary" if is_opened else "tertiary",
            width="stretch",
            wrap=True,
        )


def _label(on: Desk, report: Report) -> str:
    parts = [f"{report.id}", kind_word(report.kind), report.place.street, report.received_at.strftime("%Y-%m-%d")]
    if report.flags:
        parts.append(ngettext("{n} flag", "{n} flags", len(report.flags)).format(n=number(len(report.flags))))
    if report.second_by:
        parts.append(_("second look"))
    if on.is_elsewhere(report):
        parts.append(_("{who} looks at it").format(who=on.claims[report.id]))
    return plain(" · ".join(parts))


def _turn(label: str, key: str, icon: str, turn: Callable[[Desk], None], on: Desk, *, there: int) -> None:
    st.button(label, key=key, icon=icon, on_click=turn, args=(on,), disabled=not there)


def _tick_all(on: Desk) -> None:
    for report in on.page.reports:
        st.session_state[_pick(report.id)] = st.session_state[ALL_OF_PAGE]


def _pick(number: int) -> str:
    return f"pick_{number}"
