"""Hand a moderator who decided what, as a file."""

import streamlit as st

from mkmap.errors import Code, Refused
from mkmap.reports.store.audit import entries
from mkmap.ui import rights
from mkmap.ui.moderation.desk import Desk
from mkmap.view.decisions import decisions_csv
from mkmap.words import _


def audit(on: Desk) -> None:
    """Written when it is asked for, and only for somebody who may moderate then."""
    if on.who is None:
        return
    moderates = rights.asked_again()

    def file() -> str:
        """In the place of the decisions, somebody whose right is over reads why there are none."""
        return decisions_csv(entries(on.store)) if moderates() else str(Refused(Code.MODERATORS_ONLY))

    label = _("Who decided what (CSV)")
    st.download_button(
        label, file, "decisions.csv", "text/csv", key="desk_decisions", icon=":material/download:", on_click="ignore"
    )
