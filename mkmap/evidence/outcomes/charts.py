"""Draw what became of the crimes of each month; the chart is made once for a ground and a language."""

from functools import cache

import altair as alt

from mkmap.crimes.outcome_status import OutcomeStatus
from mkmap.drawing.chart_parts import by_month, finished, key, said
from mkmap.drawing.figure import DATA
from mkmap.drawing.palette import TYPES, Colour, Ground, css
from mkmap.words import _

HEIGHT = 360  # pixels
DARK_INK, LIGHT_INK = "#1b1f24", "#ffffff"
# From the foot up; the letter stands in the bar too, so that nobody needs the colour.
STACK = {
    OutcomeStatus.CHARGED: "A",
    OutcomeStatus.OTHER: "B",
    OutcomeStatus.UNABLE: "C",
    OutcomeStatus.NO_SUSPECT: "D",
    OutcomeStatus.OPEN: "E",
    OutcomeStatus.NONE: "F",
}
COLOURS: dict[OutcomeStatus, tuple[Colour, str]] = {  # with the ink that reads on it
    OutcomeStatus.CHARGED: (TYPES[0], LIGHT_INK),
    OutcomeStatus.OTHER: (TYPES[2], LIGHT_INK),
    OutcomeStatus.UNABLE: (TYPES[1], LIGHT_INK),
    OutcomeStatus.NO_SUSPECT: ((150, 159, 169), DARK_INK),
    OutcomeStatus.OPEN: ((222, 227, 232), DARK_INK),
    OutcomeStatus.NONE: ((86, 94, 103), LIGHT_INK),
}


def words() -> dict[OutcomeStatus, str]:
    """What became of a crime, in the words of a table's head."""
    return {
        OutcomeStatus.CHARGED: _("suspect charged"),
        OutcomeStatus.OTHER: _("ended another way"),
        OutcomeStatus.UNABLE: _("unable to prosecute"),
        OutcomeStatus.NO_SUSPECT: _("no suspect found"),
        OutcomeStatus.OPEN: _("still open"),
        OutcomeStatus.NONE: _("not said"),
    }


def lettered(status: OutcomeStatus) -> str:
    """As the key above the bars says it."""
    return f"{STACK[status]} {words()[status]}"


@cache
def stack(ground: Ground) -> dict:
    """Bars by month of the crime; rows: month, crimes, status_word, place (from the foot up), letter (empty where there is no room), ink, said.

    A month that is missing has one row without crimes: a cross at its foot and no bar.
    """
    domain = [lettered(status) for status in STACK]
    colour = alt.Color(
        "status_word:N",
        title=None,
        sort=None,
        scale=alt.Scale(domain=domain, range=[css(COLOURS[status][0]) for status in STACK]),
        legend=key(columns=2, columnPadding=8, labelFontSize=12, values=domain[:-1]),
    )
    rows = alt.Chart(alt.NamedData(DATA))
    told = rows.transform_filter("datum.crimes !== null").encode(x=by_month(), order="place:Q")
    height = alt.Y("crimes:Q", stack="zero", title=_("Crimes of the month"), axis=alt.Axis(tickMinStep=1))
    bars = told.mark_bar(stroke=css(ground.halo), strokeWidth=1).encode(y=height, color=colour, tooltip=said())
    middle = alt.Y("crimes:Q", stack="zero", bandPosition=0.5)
    letters = told.mark_text(fontSize=12, fontWeight=600).encode(
        y=middle, text="letter:N", color=alt.Color("ink:N", scale=None), detail="status_word:N"
    )
    crosses = (
        rows.transform_filter("datum.crimes === null")
        .mark_point(shape="cross", angle=45, filled=True, size=70, yOffset=-6, color=css(TYPES[1]), opacity=1)
        .encode(x=by_month(), y=alt.datum(0), tooltip=said())
    )
    return finished(bars + letters + crosses, HEIGHT)
