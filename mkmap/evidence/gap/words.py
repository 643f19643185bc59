"""Say what residents' answers about the police can and cannot mean."""

import pandas as pd

from mkmap.evidence.gap.lots import AREA
from mkmap.reports.privacy import FEWEST_IN_A_CELL
from mkmap.words import _, labelled, ngettext, number


def meaning() -> list[str]:
    """What the counts are of, before anybody reads them as more."""
    return [
        _(
            "These are reports of people who chose to use this site: it is no survey, and nobody can say how many others had the same or "
            "another experience. The police are not heard here."
        ),
        _("“Did not come” are also those whom the police phoned, or who had no answer yet. “Not told” are reports of which the police knew nothing."),
        _(
            "So that nobody can read off what one neighbour said, numbers stand only where there are at least {n} reports of each answer, "
            "by ward and calendar year whatever the filters say, and a report is counted from the month after a moderator's decision."
        ).format(n=number(FEWEST_IN_A_CELL)),
    ]  # fmt: skip


def hidden(gap: pd.DataFrame) -> str:
    """How many wards have too few reports, of `lots.gap`; empty where none has."""
    wards = gap[gap["ward"] != AREA]
    years = []
    for year, of_year in wards.groupby("year"):
        few = int(of_year["reports"].isna().sum())
        if few:
            of_wards = ngettext("{n} of {wards} ward", "{n} of {wards} wards", len(of_year))
            years.append(labelled(str(year), of_wards.format(n=number(few), wards=number(len(of_year)))))
    return _("Hidden because of too few reports: {wards}.").format(wards=", ".join(years)) if years else ""


def nothing(gap: pd.DataFrame) -> str:
    """Why there is no figure: no report is counted yet, or too few."""
    if gap.empty:
        return _("No published report is counted here yet.")
    return _("Hidden: too few reports of each answer, in every calendar year.")
