"""The parts of the page that checks a claim: the claim, the choices, the answer, what the data cannot tell, claims ready to open."""

import streamlit as st

from mkmap.evidence.claims import words
from mkmap.evidence.claims.claim import Against, Claim, Who
from mkmap.evidence.claims.ready import ready_claims
from mkmap.evidence.variation.monthly_counts import YEAR
from mkmap.ui import frame
from mkmap.ui.claims import answers
from mkmap.view import sentences
from mkmap.view.cautions import cautions
from mkmap.view.view import View
from mkmap.words import _


def stated(view: View, claim: Claim) -> None:
    """The claim in one sentence, and its five parts by name, before any number that answers it."""
    filters, where = view.filters, sentences.where(view.snapshot, view.selection)
    force, before = sentences.force_name(view.snapshot), view.findings.before
    sentence = words.sentence(claim, filters, where, view.findings.period, before, force)
    st.title(sentences.plain(sentences.of_demonstration(view.snapshot, sentence)), anchor=False)
    st.caption(sentences.plain(sentences.what_this_is()))
    against = words.against_sentence(claim, before, force)
    parts = words.parts(claim, filters, where, against)
    st.markdown(" · ".join(f"**{sentences.plain(head)}:** {sentences.plain(text)}" for head, text in parts))


def answer(view: View, claim: Claim) -> None:
    """Counts, the interval as a picture, the verdict, and what it rests on."""
    if claim.who is Who.RESIDENTS:
        answers.residents(view)
        return
    if claim.number is None:
        answers.rise(view)
        return
    {
        Against.A_WEEK: answers.weekly,
        Against.WARD_MONTH: answers.ward_months,
        Against.DISTRICTS: answers.districts,
    }[claim.against](view, claim.number)


def cannot_tell(view: View, claim: Claim) -> None:
    """What no number here says about the claim; then what holds for all of the police's figures."""
    st.header(_("What the data cannot tell"), anchor=False)
    limits = words.limits(claim, view.filters, view.selection.unplaced, sentences.force_name(view.snapshot))
    st.markdown("\n".join(f"- {sentences.plain(limit)}" for limit in limits))
    if claim.who is Who.RESIDENTS:
        return
    with st.expander(_("What no figure of the police can tell")):
        st.markdown(
            "\n".join(
                f"- **{sentences.plain(caution.head)}** {sentences.plain(caution.text)}" for caution in cautions(view.snapshot)
            )
        )


def ready(view: View) -> None:
    """Four claims, each a link that says every filter."""
    ready = ready_claims(view.findings.base)
    st.header(_("Claims ready to open"), anchor=False)
    with st.container(key="ready_claims"):
        for link in ready:
            label = words.ready(link.claim, link.filters, view.snapshot.settings.area_name)
            st.page_link(frame.file_of("claims"), label=sentences.plain(label), query_params=link.pairs(), width="stretch")
    if any(len(link.filters.months) < YEAR for link in ready):
        st.caption(_("Where a link shows fewer than twelve months, no more months in a row are stored."))
