"""Show a report with all that a moderator needs: what was sent and where, what may be wrong with it, what was decided."""

from collections.abc import Sequence
from contextlib import suppress

import streamlit as st

from mkmap.database.connection import Store
from mkmap.errors import NotKept
from mkmap.month import Month
from mkmap.reports.form import text_flags
from mkmap.reports.masking import masked
from mkmap.reports.reasons import in_words
from mkmap.reports.report import Report, State, decision_words, flag_words, public_line, response_words, state_words
from mkmap.reports.store import claims, deciding, floods
from mkmap.reports.store.near import Near, near
from mkmap.ui import frame
from mkmap.ui.figures import ground
from mkmap.ui.map import decks
from mkmap.ui.moderation import acts, wards
from mkmap.ui.moderation.desk import Desk
from mkmap.view.sentences import plain
from mkmap.words import _, listed, ngettext, number

HEIGHT = 240  # pixels of the map: the street, and those around it


def one_report(on: Desk, report: Report) -> None:
    _claim(on, report)
    others = near(on.store, report)
    st.text(f"{report.id}: {public_line(report.kind, report.month, report.place.street)}")
    st.caption("  \n".join(map(plain, _about(on, report))))
    if report.text:
        st.text(report.text)
    _flagged(_warnings(report, others))
    _corrections(on.store, report)
    with st.container(key="desk_bar", gap="small"):  # under the thumb, on a phone
        acts.steps(on, report)
        acts.acts(on, report)
    acts.rarer(on, report, others.reports)
    _map(on, report, others.reports)
    if others.total:
        _near(others)
    with st.expander(_("History")):
        _history(on.store, report)


def _claim(on: Desk, report: Report) -> None:
    if on.who is None or report.state is not State.PENDING:
        return
    with suppress(NotKept):  # it can be read and decided about all the same
        claims.claim(on.store, report.id, on.who, at=frame.clock().now())
    if on.is_elsewhere(report):
        st.info(plain(_("{who} is looking at this report.").format(who=on.claims[report.id])), icon=":material/visibility:")


def _about(on: Desk, report: Report) -> list[str]:
    """Lines of what is known of it beside the text."""
    told = _("police told") if report.told_police else _("police not told")
    received = _("received {at} (UTC)").format(at=report.received_at.strftime("%Y-%m-%d %H:%M"))
    ward = wards.ward_of(on.view.snapshot, (report.place.longitude, report.place.latitude)) or _("outside the wards")
    network = floods.network(on.store, report.id) if on.who else ""
    return [
        f"{told}: {response_words()[report.response]} · {received}",
        " · ".join(
            [
                _("Ward: {ward}").format(ward=ward),
                *([_("network {name}").format(name=network)] if network else []),
                *([_("flood {name}").format(name=report.heap)] if report.heap else []),
            ]
        ),
        *_second_look(on, report),
    ]


def _second_look(on: Desk, report: Report) -> list[str]:
    if not report.second_by or report.state is not State.PENDING:
        return []
    if report.second_by == on.who:
        return [_("You want a second pair of eyes: only another moderator can publish it.")]
    return [_("{who} wants a second pair of eyes: publish it only if you agree.").format(who=report.second_by)]


def _flagged(warnings: list[str]) -> None:
    if warnings:
        st.caption("  \n".join(f":material/flag: {plain(line)}" for line in warnings))


def _warnings(report: Report, others: Near) -> list[str]:
    warnings = [flag_words()[flag] for flag in report.flags]
    if others.total:
        warnings.append(_likely_the_same(others))
    if report.state is State.REJECTED:
        warnings.append(_("rejected: {why}").format(why=in_words(report.reason) or _duplicate(report)))
    return warnings


def _duplicate(report: Report) -> str:
    """Of an original that may be erased by now."""
    original = report.duplicate_of
    return _("a duplicate of {number}").format(number=original) if original else _("duplicate")


def _likely_the_same(others: Near) -> str:
    more = others.total - len(others.reports)
    numbers = listed([str(other.id) for other in others.reports])
    if not more:
        return _("likely the same event as {numbers}: near in street and month").format(numbers=numbers)
    sentence = ngettext(
        "likely the same event as {numbers} and {n} more: near in street and month",
        "likely the same event as {numbers} and {n} more: near in street and month",
        more,
    )
    return sentence.format(numbers=numbers, n=number(more))


def _corrections(store: Store, report: Report) -> None:
    if report.corrections:
        for wish in deciding.corrections_of(store, report.id):
            st.text(f"{_('Correction asked for')}: {_(wish.what)}\n{wish.text}".strip())
            _flagged([flag_words()[flag] for flag in text_flags(masked(wish.text))])


def _map(on: Desk, report: Report, others: Sequence[Report]) -> None:
    here, *there = ((one.place.longitude, one.place.latitude) for one in (report, *others))
    st.pydeck_chart(
        decks.one_place(on.view.snapshot, ground(), Month.of(on.view.snapshot.today), here, sorted({*there} - {here})),
        key="desk_map",
        height=HEIGHT,
        alt=_("Map of the street point, and of near reports. The street and the ward are named above."),
    )


def _near(others: Near) -> None:
    label = ngettext("{n} report near in street and month", "{n} reports near in street and month", others.total)
    with st.expander(label.format(n=number(others.total))):
        for other in others.reports:
            st.text(
                f"{other.id}: {public_line(other.kind, other.month, other.place.street)} · {state_words()[other.state]}"
                f"\n{other.text}".strip()
            )
        if others.total > len(others.reports):
            st.caption(_("The first {n} are shown.").format(n=number(len(others.reports))))


def _history(store: Store, report: Report) -> None:
    decisions = deciding.decided(store, report.id)
    if not decisions:
        st.caption(_("Nothing was decided yet."))
    for decision in decisions:
        line = _("{at} · {who} · {act}: {before} → {after} {reason}")
        st.text(line.format(**decision_words(decision)).strip())
