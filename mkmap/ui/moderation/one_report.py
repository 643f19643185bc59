"""Show a report with all that a moderator needs: what was sent, what may be wrong with it, what was decided."""

import streamlit as st

from mkmap.database.connection import Store
from mkmap.places.streets import distance
from mkmap.reports.form import text_flags
from mkmap.reports.masking import masked
from mkmap.reports.privacy import NEAR
from mkmap.reports.reasons import in_words
from mkmap.reports.report import Report, State, decision_words, flag_words, public_line, response_words
from mkmap.reports.store import deciding
from mkmap.ui.moderation import acts
from mkmap.view.sentences import plain
from mkmap.words import _, listed, number


def one_report(store: Store, report: Report, reports: list[Report]) -> None:
    """`reports`: all of them, among which others may be of the same event."""
    with st.container(border=True):
        st.text(f"{report.id}: {public_line(report.kind, report.month, report.place.street)}")
        told = _("police told") if report.told_police else _("police not told")
        received = _("received {at} (UTC)").format(at=report.received_at.strftime("%Y-%m-%d %H:%M"))
        st.caption(plain(f"{told}: {response_words()[report.response]} · {received}"))
        if report.text:
            st.text(report.text)
        others = deciding.likely_duplicates(report, _open(reports), _metres, NEAR)
        _flagged(_warnings(report, others))
        if report.corrections:
            for wish in deciding.corrections_of(store, report.id):
                st.text(f"{_('Correction asked for')}: {_(wish.what)}\n{wish.text}".strip())
                _flagged([flag_words()[flag] for flag in text_flags(masked(wish.text))])
        acts.acts(report, _open(reports), others)
        with st.popover(_("History")):
            _history(store, report)


def _flagged(warnings: list[str]) -> None:
    if warnings:
        st.caption("  \n".join(f":material/flag: {plain(line)}" for line in warnings))


def _open(reports: list[Report]) -> list[Report]:
    return [report for report in reports if report.state in (State.PENDING, State.PUBLISHED)]


def _metres(report: Report, other: Report) -> float:
    return distance((report.place.longitude, report.place.latitude), (other.place.longitude, other.place.latitude))


def _warnings(report: Report, others: list[Report]) -> list[str]:
    warnings = [flag_words()[flag] for flag in report.flags]
    if others:
        numbers = listed([number(other.id) for other in others])
        warnings.append(_("likely the same event as {numbers}: near in street and month").format(numbers=numbers))
    if report.state is State.REJECTED:
        why = in_words(report.reason) or _("a duplicate of {number}").format(number=report.duplicate_of)
        warnings.append(_("rejected: {why}").format(why=why))
    return warnings


def _history(store: Store, report: Report) -> None:
    decisions = deciding.decided(store, report.id)
    if not decisions:
        st.caption(_("Nothing was decided yet."))
    for decision in decisions:
        line = _("{at} · {who} · {act}: {before} → {after} {reason}")
        st.text(line.format(**decision_words(decision)).strip())
