"""Show the floods that are set aside, one line each, and let a moderator look into one."""

from collections.abc import Sequence

import streamlit as st

from mkmap.reports.store.floods import Heap
from mkmap.ui.moderation import desk
from mkmap.view.sentences import plain
from mkmap.words import _, ngettext, number

OPENED = "desk_heap"  # in the session: the heap that is looked into
SHOWN = 5  # the largest; when these are decided about, the next ones come


def opened(heaps: Sequence[Heap]) -> str | None:
    """The heap that is looked into; None once all of it is decided about."""
    chosen: str | None = st.session_state.get(OPENED)
    return chosen if chosen in [heap.name for heap in heaps] else None


def draw(heaps: Sequence[Heap], looked_into: str | None) -> None:
    """Nothing where no flood waits."""
    if not heaps:
        return
    with st.container(key="desk_heaps", border=True, gap="xsmall"):
        st.caption(plain(_how_many(heaps)))
        chosen = [heap for heap in heaps if heap.name == looked_into]
        for heap in chosen or heaps[:SHOWN]:
            _line(heap, is_opened=heap.name == looked_into)
        if not chosen and len(heaps) > SHOWN:
            more = len(heaps) - SHOWN
            st.caption(ngettext("{n} more comes after these.", "{n} more come after these.", more).format(n=number(more)))


def _how_many(heaps: Sequence[Heap]) -> str:
    total = sum(heap.reports for heap in heaps)
    sentence = ngettext(
        "{n} report that came in a flood from one network is set aside; it hides none of the others.",
        "{n} reports that came in floods, each from one network, are set aside; they hide none of the others.",
        total,
    )
    return sentence.format(n=number(total))


def _line(heap: Heap, *, is_opened: bool) -> None:
    first, last = (at.strftime("%Y-%m-%d %H:%M") for at in (heap.first, heap.last))
    sentence = ngettext(
        "Flood {name}: {n} report, received {first} to {last} (UTC)",
        "Flood {name}: {n} reports, received {first} to {last} (UTC)",
        heap.reports,
    )
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.caption(plain(sentence.format(name=heap.name, n=number(heap.reports), first=first, last=last)))
        label, leads_to = (_("Back to the others"), None) if is_opened else (_("Look into it"), heap.name)
        st.button(label, key=f"heap_{heap.name}", width="content", wrap=False, on_click=_turn_to, args=(leads_to,))


def _turn_to(name: str | None) -> None:
    st.session_state[OPENED] = name
    desk.begin_anew()
