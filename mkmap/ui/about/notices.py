"""The notices of the About page: privacy, and accessibility."""

from datetime import timedelta

import streamlit as st

from mkmap.database.meetings import LONGEST
from mkmap.database.operators import SESSION_LIVES
from mkmap.reports import privacy
from mkmap.view.sentences import plain
from mkmap.view.view import View
from mkmap.words import _, number


def reports() -> None:
    st.header(_("What residents' reports are"), anchor=False)
    for sentence in (
        _("**They are no count of crime.** Who reports, and who does not, is chance and trust. They stand beside the police figures and are never added."),
        _("**A person has looked at each of them**, a moderator of this site, who can tell neither whether it happened nor whether the police know of it."),
        _("**A diamond stands at a street point of the police's own map**, chosen by the sender: never at an address."),
    ):  # fmt: skip
        st.markdown(f"- {sentence}")


def privacy_notice(view: View) -> None:
    """Who, why, what, how long, and how to have it erased; every number is the one that the program keeps to."""
    settings = view.snapshot.settings
    st.header(_("Privacy"), anchor="privacy")
    if settings.operator and settings.contact:
        who = _("{operator} runs this site and answers for what is kept here: {contact}.").format(
            operator=settings.operator, contact=settings.contact
        )
    else:
        who = _("Nobody is named who runs this site, so no report is taken.")
    st.markdown(plain(who))
    for sentence in (
        _("**Why:** so that neighbours, and the police, can see what residents say, beside what was recorded. Sending a report is your choice."),
        _("**What is kept of a report:** crime type, month, street point, whether the police were told and what they did, and up to {characters} characters "
          "that only moderators read.")
        .format(characters=privacy.TEXT_CHARACTERS),
        _("**What is masked in that text:** house numbers, postcodes, telephone numbers, e-mail addresses and number plates, before anything is written. "
          "No program knows all of them."),
        _("**What is not masked:** a name, a date of birth, the number of a payment card or of National Insurance. What looks like one is shown to you before you send it, "
          "and flagged for the moderator."),
        _("**What is not asked for:** name, contact, address, photo. Your network address is not kept: a scrambled form of it lives {hours} hours, to notice floods of reports.")
        .format(hours=_hours(privacy.NETWORK_HASH_LIVES)),
        _("**If more than {most} reports come from one network in an hour,** they are put together for the moderators under a name made of chance, which says nothing about the network. "
          "That they came together is forgotten {text} days after the decision.").format(most=privacy.FLOODS[0][0], text=_days(privacy.TEXT_LIVES)),
        _("**What everybody sees,** once a moderator has published it: one mark with street point, month and type, under the licence Creative Commons Attribution 4.0. Never the text."),
        _("**What the police did** is told only by ward and calendar year, where at least {fewest} reports give each answer, and not before the month after a moderator's decision.").format(fewest=privacy.FEWEST_IN_A_CELL),
        _("**How long:** a published report {published} days, then only counts; a rejected or withdrawn one {rejected} days; the text {text} days after a moderator's decision.")
        .format(published=number(_days(privacy.PUBLISHED_LIVES)), rejected=_days(privacy.REJECTED_LIVES), text=_days(privacy.TEXT_LIVES)),
        _("**What you ask of this site** (a correction, a mark reported, an appeal, a complaint) is kept with its masked text, which only moderators read, and with their answer. "
          "The answer goes after {days} days, the text {text} days after it, and what nobody has answered after {year} days. An appeal keeps its report for up to {holds} days.")
        .format(days=_days(privacy.ANSWER_LIVES), text=_days(privacy.TEXT_LIVES), year=_days(privacy.UNANSWERED_LIVES), holds=_days(privacy.APPEAL_HOLDS)),
        _("**What stays for good** are counts by year of what was received and decided. They say nothing of anybody."),
        _("**Your right:** with the receipt you can withdraw a report, or have all of a report or request erased, at once, on the Report page. Without it, ask the operator. "
          "What was erased is not brought back by a backup. You can complain to the [Information Commissioner](https://ico.org.uk/make-a-complaint/)."),
        _("**On your own device,** the tab in which you sent something remembers the number of its form for an hour, so that the receipt stays when the page is loaded again. "
          "It is forgotten when you close the tab or press “Write another report”."),
        _("**Looking at the map** leaves nothing here: no trackers, no other site is asked, and no cookies but one against forged requests, that of signing in, "
          "and one that says how large your map is, until you close the browser."),
        _("**Whoever runs this site** has a cookie in the browser in which the operator's link was opened; it gives the right to load data, and ends after {hours} hours. "
          "Of moderators who sign in, the address, the account at their provider, and when they last signed out are kept; and their decisions name them.")
        .format(hours=_hours(SESSION_LIVES)),
        _("**In a meeting** the hall's screen and the phone that moves it keep a cookie each, which opens nothing {hours} hours later. It says nothing about anybody.")
        .format(hours=_hours(LONGEST)),
    ):  # fmt: skip
        st.markdown(f"- {sentence}")


def _days(time: timedelta) -> int:
    return time.days


def _hours(time: timedelta) -> int:
    return int(time.total_seconds() // 3600)


def accessibility(view: View) -> None:
    st.header(_("Accessibility"), anchor="accessibility")
    for sentence in (
        _("Everything on the map stands in a sentence and a table too, which a keyboard and a screen reader can reach; a street can be chosen by its name alone."),
        _("Colours can be told apart by colour-blind people; residents' reports differ from the police's in shape, too. Light and dark follow your device."),
        _("Every page can be worked by keyboard alone, and read at twice its size. A program (axe-core) looks for mistakes on each, in light and dark, at every change of this site."),
        _("**Known limits:** the map itself cannot be read by a screen reader or worked without a pointer; some parts are from Streamlit, the toolkit, with limits of its own."),
    ):  # fmt: skip
        st.markdown(f"- {sentence}")
    if view.snapshot.settings.contact:
        st.markdown(plain(_("Something does not work for you? {contact}").format(contact=view.snapshot.settings.contact)))
