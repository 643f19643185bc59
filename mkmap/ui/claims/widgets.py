"""Draw the choices that make a claim beside the filters, and keep the address saying which claim is checked."""

import streamlit as st

from mkmap.evidence.claims import words
from mkmap.evidence.claims.claim import HIGHEST, NUMBERS, PARAMETERS, Against, Claim, Who, read
from mkmap.ui import frame
from mkmap.words import _

KEPT = "kept_claim"  # in the session: widgets forget their values on a page that does not draw them
WRITTEN = "written_claim"  # in the session: the claim's part of the address as this session last wrote it


def choose() -> Claim:
    """The choices who and against what, and the number where one is claimed; the claim that they make."""
    _fill()
    columns = st.columns([2, 2, 1], vertical_alignment="bottom")
    with columns[0]:
        who = st.selectbox(_("Who says so"), list(Who), key="who", format_func=lambda one: words.who_words()[one])
    with columns[1]:
        against = st.selectbox(
            _("Against what"), list(Against), key="claim", on_change=_usual_number,
            format_func=lambda one: words.against_words()[one],
        )  # fmt: skip
    number = None
    if against in NUMBERS:
        with columns[2]:
            number = st.number_input(words.number_word(against), 1, HIGHEST, step=1, key="number")
    claim = Claim.of(who, against, number)
    st.session_state[KEPT] = claim
    _write(claim)
    return claim


def _fill() -> None:
    """Set the widgets: from the address where somebody else changed it, else where they have forgotten from the session."""
    address = {key: st.query_params.get_all(key) for key in PARAMETERS}
    foreign = any(address.values()) and address != st.session_state.get(WRITTEN)
    claim = st.session_state.get(KEPT, Claim())
    if foreign:
        claim, ignored = read(address)
        frame.notes(ignored)
    wanted = {"who": claim.who, "claim": claim.against, "number": claim.number}
    for key, value in wanted.items():
        if value is not None and (foreign or key not in st.session_state):
            st.session_state[key] = value


def _usual_number() -> None:
    """Another kind of claim has another number."""
    if (usual := NUMBERS.get(st.session_state["claim"])) is not None:
        st.session_state["number"] = usual


def _write(claim: Claim) -> None:
    wanted = {key: [value for name, value in claim.pairs() if name == key] for key in PARAMETERS}
    if st.session_state.get(WRITTEN) != wanted or {key: st.query_params.get_all(key) for key in PARAMETERS} != wanted:
        st.query_params.update({key: values for key, values in wanted.items() if values})
        if not wanted["number"] and "number" in st.query_params:
            del st.query_params["number"]
        st.session_state[WRITTEN] = wanted
