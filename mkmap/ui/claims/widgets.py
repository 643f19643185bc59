"""Draw the choices that make a claim beside the filters, and keep the address saying which claim is checked."""

import streamlit as st

from mkmap.evidence.claims import words
from mkmap.evidence.claims.claim import HIGHEST, NUMBERS, PARAMETERS, Against, Claim, Who, read
from mkmap.ui import frame
from mkmap.ui.address import AddressPart
from mkmap.words import _

IN_ADDRESS: AddressPart[Claim] = AddressPart(PARAMETERS)
WHO, AGAINST = tuple(Who), tuple(Against)


def choose() -> Claim:
    """The choices who and against what, and the number where one is claimed; the claim that they make."""
    _fill()
    columns = st.columns([2, 2, 1], vertical_alignment="bottom")
    with columns[0]:
        who = st.selectbox(_("Who says so"), WHO, key="who", format_func=words.who_words().__getitem__)
    with columns[1]:
        against = st.selectbox(
            _("Against what"), AGAINST, key="claim", on_change=_usual_number,
            format_func=words.against_words().__getitem__,
        )  # fmt: skip
    number = None
    if against in NUMBERS:
        with columns[2]:
            number = st.number_input(words.number_word(against), 1, HIGHEST, step=1, key="number")
    claim = Claim.of(who, against, number)
    IN_ADDRESS.keep(claim)
    IN_ADDRESS.write(claim.pairs())
    return claim


def _fill() -> None:
    """Set the widgets: from the address where somebody else changed it, else where they have forgotten from the session."""
    asked = IN_ADDRESS.asked()
    if asked is None:
        IN_ADDRESS.fill(_values(IN_ADDRESS.kept or Claim()), anew=False)
        return
    claim, ignored = read(asked)
    frame.notes(ignored)
    IN_ADDRESS.fill(_values(claim), anew=True)


def _values(claim: Claim) -> dict[str, object]:
    """Of the widgets, by their keys; the one for a number is drawn only where one is claimed."""
    values = {"who": claim.who, "claim": claim.against, "number": claim.number}
    return {name: value for name, value in values.items() if value is not None}


def _usual_number() -> None:
    """Another kind of claim has another number."""
    if (usual := NUMBERS.get(st.session_state["claim"])) is not None:
        st.session_state["number"] = usual
