"""What lies on a moderator's desk in one run of the page: which reports are wanted, a page of them, and who else looks at which."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from mkmap.database.connection import Store
from mkmap.reports.report import Report
from mkmap.reports.store import queue
from mkmap.reports.store.queue import Page
from mkmap.reports.store.wanted import Wanted
from mkmap.view.sentences import plain
from mkmap.view.view import View

SIZE = 20  # reports on a page: what a laptop shows beside the opened one, and a thumb scrolls through
# In the session: where the page begins (a Key), which report is opened (a number, or LAST), how the last press went.
START, OPENED, NOTICE = "desk_start", "desk_opened", "moderation_notice"
LAST = -1  # of the page that is turned back to


@dataclass(frozen=True)
class Desk:
    view: View
    who: str | None  # the moderator; None: the demonstration's queue, to be looked at
    wanted: Wanted
    page: Page
    claims: Mapping[int, str]  # by whom a report of the page is being looked at

    @property
    def store(self) -> Store:
        return self.view.snapshot.reports

    @property
    def numbers(self) -> list[int]:
        return [report.id for report in self.page.reports]

    def is_elsewhere(self, report: Report) -> bool:
        """Whether another moderator looks at it."""
        return self.claims.get(report.id, self.who) != self.who

    def opened(self) -> Report | None:
        """The report that was chosen, else the first at which nobody else looks."""
        chosen: int | None = st.session_state.get(OPENED)
        reports = {report.id: report for report in self.page.reports}
        if not reports:
            return None
        if chosen == LAST:
            return self.page.reports[-1]
        if chosen in reports:
            return reports[chosen]
        return next((report for report in self.page.reports if not self.is_elsewhere(report)), self.page.reports[0])


def open_report(number: int) -> None:
    st.session_state[OPENED] = number


def open_next_of(desk: Desk, number: int) -> None:
    """After a decision: the one below, else the one above."""
    at = desk.numbers.index(number)
    others = [*desk.numbers[at + 1 :], *reversed(desk.numbers[:at])]
    st.session_state[OPENED] = others[0] if others else None


def step(desk: Desk, number: int, by: int) -> None:
    """One on or back; over the end of a page to the next one."""
    at = desk.numbers.index(number) + by
    if 0 <= at < len(desk.numbers):
        st.session_state[OPENED] = desk.numbers[at]
    elif by > 0 and desk.page.after:
        turn_on(desk)
    elif by < 0 and desk.page.before:
        turn_back(desk)
        st.session_state[OPENED] = LAST


def turn_on(desk: Desk) -> None:
    st.session_state[START], st.session_state[OPENED] = queue.next_page(desk.page, desk.store, desk.wanted), None


def turn_back(desk: Desk) -> None:
    st.session_state[START] = queue.previous_page(desk.page, desk.store, desk.wanted, SIZE)
    st.session_state[OPENED] = None


def begin_anew() -> None:
    """Other reports are wanted: from the first one on."""
    for name in (START, OPENED):
        st.session_state.pop(name, None)


def notice() -> None:
    """How the last press went, once."""
    if text := st.session_state.pop(NOTICE, None):
        st.info(plain(text))


def say(notice: str) -> None:
    """How a press went, to be said when the page is drawn."""
    st.session_state[NOTICE] = notice
