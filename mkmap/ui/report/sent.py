"""Say what became of a report that was sent: what is kept of it, its receipt, and what comes next."""

import streamlit as st

from mkmap.reports.form import grouped
from mkmap.reports.privacy import APPEAL_ANSWERED
from mkmap.reports.report import Report, State, Submission, public_line, response_words
from mkmap.ui.report import draft
from mkmap.words import _, number


def receipt(digits: str, kept: Report) -> None:
    """In the form's place: who has pressed below a long form sees the end of it, so the receipt comes last."""
    st.session_state[draft.RECEIPT] = digits
    if kept.state is State.WITHDRAWN:
        st.info(_("You have withdrawn this report: nobody sees it any more."))
    else:
        _kept(kept)
        st.markdown(_("**This is its receipt.** Write it down: nobody can find it again for you."))
        with st.container(key="report_receipt"):
            st.code(grouped(digits), language=None)
        st.caption(
            _(
                "It stays when you load this page again. On a computer that others use, press “Write another report” before you "
                "leave: then it is gone."
            )
        )
        st.markdown("\n".join(f"- {line}" for line in _what_comes_next()))
    _another()


def practised(submission: Submission) -> None:
    """Beside the demonstration."""
    st.success(_("Practice: nothing was kept, and there is no receipt. Everybody would see this line, once published:"))
    st.text(public_line(submission.kind, submission.month, submission.place.street))
    for_moderators(submission.text)
    _another()


def for_moderators(text: str) -> None:
    """The masked text, as its sender may see it."""
    if text:
        st.caption(_("For moderators only, with what could identify somebody left out:"))
        st.text(text)


def _kept(kept: Report) -> None:
    st.success(_("Your report is kept."))
    told = _("The police were told") if kept.told_police else _("The police were not told")
    response = response_words()[kept.response]
    st.text(f"{public_line(kept.kind, kept.month, kept.place.street)}\n{told} · {response}")
    for_moderators(kept.text)


def _what_comes_next() -> tuple[str, ...]:
    return (
        _("**What happens next:** a moderator looks at it. Published, it is one mark on the map: street point, month, type."),
        _("**With the receipt** you can see on this page how it stands, withdraw it, or have everything erased."),
        _("**If it is rejected** you read why, and can ask for another look, which is answered within {days} days.").format(
            days=number(APPEAL_ANSWERED.days)
        ),
        _(
            "**Help for victims**, also without the police: [Victim Support](https://www.victimsupport.org.uk), 08 08 16 89 111, "
            "free, day and night. **To tell what you know without giving a name:** "
            "[Crimestoppers](https://crimestoppers-uk.org), 0800 555 111."
        ),
    )


def _another() -> None:
    st.button(_("Write another report"), key="report_another", on_click=draft.begin_anew)
