"""Let moderators decide about several reports at once: those that are ticked, or all of a list, with one reason."""

from collections.abc import Callable, Mapping

import streamlit as st

from mkmap.errors import Code, Refused
from mkmap.reports.report import State, state_words
from mkmap.reports.store import many, queue
from mkmap.reports.store.deciding import AFTER, Act
from mkmap.reports.store.many import Done
from mkmap.ui import frame, rights
from mkmap.ui.moderation import desk, listing, reasons
from mkmap.ui.moderation.desk import Desk
from mkmap.view.sentences import plain
from mkmap.words import _, ngettext, number

REASON = "reason_several"
Decide = Callable[[Desk, Act, int, str, str], Done]  # desk, act, the highest number that was there, who, reason


def several(on: Desk) -> None:
    """For reports that wait, or are published; two presses away, since much is done with the second."""
    if on.who is None or on.wanted.state not in (State.PENDING, State.PUBLISHED):
        return
    picked, total = len(listing.picks(on)), on.page.total
    these, everything = (
        {Act.PUBLISH: _("Publish these"), Act.REJECT: _("Reject these")},
        {Act.PUBLISH: _("Publish all"), Act.REJECT: _("Reject all")},
    )
    ticked = ngettext("The ticked one", "The {n} ticked ones", picked).format(n=number(picked))
    whole = ngettext("The one report of this list", "All {n} reports of this list, on every page", total)
    with st.popover(_("Decide about several"), key="desk_several", icon=":material/checklist:"):
        reasons.reason(REASON)
        _choices(on, "ticked", ticked if picked else _("None is ticked."), these, _ticked, picked)
        _choices(on, "all", whole.format(n=number(total)), everything, _all, total)


def _choices(on: Desk, name: str, what: str, labels: Mapping[Act, str], decide: Decide, count: int) -> None:
    st.caption(plain(what))
    up_to = queue.newest(on.store)
    with st.container(horizontal=True):
        for act, label in labels.items():
            if (on.wanted.state, act) in AFTER:
                key = f"{name}_{act.value}"
                st.button(label, key=key, on_click=_press, args=(on, act, up_to, decide), disabled=not count)


def _press(on: Desk, act: Act, up_to: int, decide: Decide) -> None:
    """Carry out a press on what the moderator saw, if the right still stands."""
    who = rights.moderator()
    if who is None:
        desk.say(str(Refused(Code.MODERATORS_ONLY)))
        return
    try:
        done = decide(on, act, up_to, who, reasons.chosen(REASON) if act is Act.REJECT else "")
    except Refused as error:
        desk.say(str(error))
        return
    desk.say(_how_it_went(done, State.PUBLISHED if act is Act.PUBLISH else State.REJECTED))
    listing.forget_picks(on)
    desk.begin_anew()


def _ticked(on: Desk, act: Act, _up_to: int, who: str, reason: str) -> Done:
    return many.decide_about(on.store, listing.picks(on), act, who=who, at=frame.clock().now(), reason=reason)


def _all(on: Desk, act: Act, up_to: int, who: str, reason: str) -> Done:
    at, total = frame.clock().now(), on.page.total
    return many.decide_all(on.store, on.wanted, act, up_to=up_to, total=total, who=who, at=at, reason=reason)


def _how_it_went(done: Done, state: State) -> str:
    decided = ngettext("{n} report is {state} now.", "{n} reports are {state} now.", done.decided)
    sentences = [decided.format(n=number(done.decided), state=state_words()[state])]
    if done.left > 0:
        left = ngettext(
            "{n} was left: somebody else was faster, or has to look at it, too.",
            "{n} were left: somebody else was faster, or has to look at them, too.",
            done.left,
        )
        sentences.append(left.format(n=number(done.left)))
    return " ".join(sentences)
