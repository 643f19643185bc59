"""Choose which reports the desk shows: by flag, ward, type, network and day, each with how many there are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from mkmap.reports.report import flag_words, kind_word
from mkmap.reports.store import queue
from mkmap.reports.store.wanted import UNFLAGGED, Wanted
from mkmap.ui.moderation import desk, wards
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import _, ngettext, number

CHOSEN = "desk_filters"  # in the session: name of a filter → value; widgets that are folded away are forgotten
OPEN = "desk_filter"


def narrowed(view: View, base: Wanted) -> Wanted:
    """What is wanted of a group of reports, by the filters that are set."""
    chosen = dict(_chosen())
    ward = chosen.pop("ward", None)
    places = _points(view, base, ward) if ward is not None else None
    return replace(base, **chosen, places=places)


def draw(view: View, base: Wanted) -> None:
    """The filters, folded away: their numbers are counted only where somebody looks at them."""
    folded = st.popover(_("Filter"), key=OPEN, icon=":material/filter_list:", on_change="rerun")
    if folded.open:
        with folded:
            _widgets(view, base)
    if count := len(_chosen()):
        label = ngettext("Without the filter", "Without the {n} filters", count).format(n=number(count))
        st.button(label, key="desk_show_all", icon=":material/filter_list_off:", on_click=show_all)


def show_all() -> None:
    """Without any filter."""
    for name in st.session_state.pop(CHOSEN, {}):
        st.session_state[f"desk_{name}"] = None
    desk.begin_anew()


def _widgets(view: View, base: Wanted) -> None:
    store = view.snapshot.reports
    words = flag_words()
    ward_names = {"": _("outside the wards"), **wards.names(view.snapshot)}
    _choice("flag", _("Flag"), queue.flags(store, base), lambda flag: _("none") if flag == UNFLAGGED else words[flag])
    _choice("ward", _("Ward"), _by_ward(view, base), lambda code: ward_names.get(code, code))
    _choice("kind", _("Type"), queue.kinds(store, base), kind_word)
    _choice("day", _("Received on (UTC)"), queue.days(store, base), date.isoformat, newest_first=True)
    _choice(
        "network", _("Network, for a day"), queue.network_names(store, base), str,
        help=_("Networks from which several reports came in the last 24 hours. The six letters stand for an address "
               "that is not stored, and are deleted after a day."),
    )  # fmt: skip


def _choice(
    name: str, label: str, counts: Mapping[Any, int], word: Callable[[Any], str], *, newest_first: bool = False, help: str = ""
) -> None:
    """One filter, the most frequent values first; a value that has gone meanwhile stays to be taken back."""
    chosen = _chosen().get(name)
    order = sorted(counts, reverse=True) if newest_first else sorted(counts, key=lambda value: (-counts[value], word(value)))
    options = [*order, *([chosen] if chosen is not None and chosen not in counts else [])]
    st.selectbox(
        label,
        options,
        index=options.index(chosen) if chosen is not None else None,
        format_func=lambda value: _("{name} ({n})").format(name=word(value), n=number(counts.get(value, 0))),
        key=f"desk_{name}",
        placeholder=_("all"),
        on_change=_take,
        args=(name, options),
        help=plain(help) or None,
    )


def _take(name: str, options: Sequence[object]) -> None:
    """A browser may send anything, and what it chose by its number of before, when there is another number by now."""
    value = st.session_state.get(f"desk_{name}")
    if value is not None and value not in options:
        return
    chosen = {key: kept for key, kept in _chosen().items() if key != name}
    st.session_state[CHOSEN] = chosen if value is None else chosen | {name: value}
    desk.begin_anew()


def _chosen() -> dict[str, Any]:
    chosen: dict[str, Any] = st.session_state.get(CHOSEN, {})
    return chosen


def _by_ward(view: View, base: Wanted) -> dict[str, int]:
    """Ward code → how many."""
    counts = queue.places(view.snapshot.reports, base)
    codes = wards.codes(view.snapshot, sorted(counts))
    return {code: sum(count for point, count in counts.items() if codes[point] == code) for code in set(codes.values())}


def _points(view: View, base: Wanted, ward: object) -> tuple[tuple[float, float], ...]:
    points = sorted(queue.places(view.snapshot.reports, base))
    return tuple(point for point, code in wards.codes(view.snapshot, points).items() if code == ward)
