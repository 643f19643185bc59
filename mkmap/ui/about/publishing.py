"""What this site owes those whose words it publishes, and those whom they are about: ways to object, and numbers of what was decided."""

import streamlit as st

from mkmap.errors import MkmapError
from mkmap.reports import privacy, yearly
from mkmap.reports.request import ANSWERED_WITHIN, Kind
from mkmap.reports.store import tallies
from mkmap.ui import frame, plain_table
from mkmap.view.view import View
from mkmap.words import NO_NUMBER, _, number

YEARS = 3  # columns that a phone has room for; the file has all
WIDEST = 640  # pixels: so that the eye finds the number of a line


def ways_to_object() -> None:
    """By when each is answered, as the program counts it."""
    st.header(_("If something here is wrong"), anchor="objections")
    for sentence in (
        _("**A mark is wrong:** choose it on the map, or in its table, and press “Ask for a correction”. Answered within {days} days.")
        .format(days=_within(Kind.CORRECTION)),
        _("**A mark is illegal or harmful, or tells who somebody is:** choose it and press “Report this mark”. Answered within {days} days.")
        .format(days=_within(Kind.CONTENT)),
        _("**Your report was rejected:** look it up with its receipt, and ask for another look. Answered within {days} days; another moderator looks, where there is one.")
        .format(days=_within(Kind.APPEAL)),
        _("**This site did something wrong:** complain, below. Somebody reads it within {read} days, and you have an answer within {days} days.")
        .format(read=privacy.COMPLAINT_ACKNOWLEDGED.days, days=_within(Kind.COMPLAINT)),
        _("**No name is asked for.** You get a receipt of 16 digits. With it you read the answer on the Report page, for {days} days.")
        .format(days=privacy.ANSWER_LIVES.days),
    ):  # fmt: skip
        st.markdown(f"- {sentence}")
    st.page_link(
        frame.file_of("report"), label=_("Complain about this site"), icon=":material/feedback:", query_params={"complain": "1"}
    )


def _within(kind: Kind) -> int:
    return ANSWERED_WITHIN[kind].days


def what_was_decided(view: View) -> None:
    """Year by year, as a table and as files."""
    st.header(_("What was decided"), anchor="decided")
    if view.snapshot.dataset.is_demonstration:
        st.caption(_("Demonstration reports: invented, not evidence."))
    try:
        counted = tallies.counted(view.snapshot.reports)
    except MkmapError:
        st.caption(_("Residents' reports cannot be read at the moment."))
        return
    if not counted:
        st.caption(_("Nothing was received yet."))
        return
    with st.container(width=WIDEST):
        _table(counted, view.snapshot.today.year)
    files = {_("All years as CSV"): "decisions.csv", _("All years as JSON"): "decisions.json"}
    links = "".join(f'<li><a href="/data/{name}" download>{text}</a></li>' for text, name in files.items())
    st.html(f'<ul class="links">{links}</ul>')


def _table(counted: yearly.Counted, current: int) -> None:
    years, lines = yearly.years(counted)[:YEARS], yearly.lines(counted)
    heads = [_("{year} so far").format(year=year) if year == current else str(year) for year in years]
    columns = {head: [_value(values[at]) for _label, values in lines] for at, head in enumerate(heads)}
    plain_table.draw({_("In the year"): [label for label, _values in lines], **columns})


def _value(value: float | None) -> str:
    return NO_NUMBER if value is None else number(value)
