"""Show the months one beside the other: the chosen ones among those before, and gaps where they are."""

from mkmap.crime_types import all_named
from mkmap.evidence.series import MonthRole
from mkmap.month import Month
from mkmap.ui.figures import ground
from mkmap.ui.meeting import chart
from mkmap.ui.meeting.lettering import lines, title
from mkmap.view import figures, sentences
from mkmap.view.view import View
from mkmap.words import _, number


def draw(view: View) -> None:
    title(sentences.of_demonstration(view.snapshot, _sentence(view)), beside_more=True)
    lines(sentences.gaps(view.selection))
    chart.draw(figures.stored_months(view.findings, ground()), "hall_months")


def _sentence(view: View) -> str:
    """The highest and the lowest of the chosen months; of one month, what it counted."""
    months = view.findings.months
    chosen = months[months["role"] == MonthRole.CHOSEN]
    low, high = chosen.loc[chosen["crimes"].idxmin()], chosen.loc[chosen["crimes"].idxmax()]
    words = {
        "low": number(int(low["crimes"])), "low_month": Month.parse(low["month"]).name,
        "high": number(int(high["crimes"])), "high_month": Month.parse(high["month"]).name,
        "where": sentences.where(view.snapshot, view.selection), "what": all_named(view.filters.types),
    }  # fmt: skip
    if low["crimes"] == high["crimes"]:
        return _("{what} in {where} month by month: {high} in {high_month}").format(**words)
    return _("{what} in {where} month by month: between {low} in {low_month} and {high} in {high_month}").format(**words)
