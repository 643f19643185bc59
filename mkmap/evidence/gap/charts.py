"""Draw what residents say the police did; the chart is made once for a ground and a language."""

from functools import cache

import altair as alt

from mkmap.drawing.chart_parts import key, said
from mkmap.drawing.figure import DATA
from mkmap.drawing.palette import TYPES, Colour, Ground, css
from mkmap.words import _

DARK_INK, LIGHT_INK = "#1b1f24", "#ffffff"
BAR = 34  # pixels of each
# The letter stands in the bar too, so that nobody needs the colour; the ink reads on it.
LETTERS = {"came": "A", "did_not_come": "B", "not_told": "C"}
COLOURS: dict[str, tuple[Colour, str]] = {
    "came": (TYPES[0], LIGHT_INK),
    "did_not_come": ((222, 227, 232), DARK_INK),
    "not_told": ((86, 94, 103), LIGHT_INK),
}


def words() -> dict[str, str]:
    """What a sender says of the police."""
    return {"came": _("told, and they came"), "did_not_come": _("told, and did not come"), "not_told": _("not told")}


def lettered(answer: str) -> str:
    """As the key above the bars says it."""
    return f"{LETTERS[answer]} {words()[answer]}"


@cache
def answers(ground: Ground) -> dict:
    """A bar a place and year; rows: group, reports, answer_word, place (from the left), text, ink, said."""
    domain = [lettered(answer) for answer in LETTERS]
    colour = alt.Color(
        "answer_word:N",
        title=None,
        sort=None,
        scale=alt.Scale(domain=domain, range=[css(COLOURS[answer][0]) for answer in LETTERS]),
        legend=key(columns=1, labelFontSize=12),
    )
    group = alt.Y("group:N", sort=None, title=None, axis=alt.Axis(labelLimit=170, ticks=False))
    rows = alt.Chart(alt.NamedData(DATA)).encode(y=group, order="place:Q")
    across = alt.X("reports:Q", stack="zero", title=_("Residents' reports"), axis=alt.Axis(tickMinStep=1))
    bars = rows.mark_bar(stroke=css(ground.halo), strokeWidth=1).encode(x=across, color=colour, tooltip=said())
    middle = alt.X("reports:Q", stack="zero", bandPosition=0.5)
    texts = rows.mark_text(fontSize=13, fontWeight=600).encode(
        x=middle, text="text:N", color=alt.Color("ink:N", scale=None), detail="answer_word:N"
    )
    return (bars + texts).properties(width="container", height=alt.Step(BAR)).configure_mark(aria=False).to_dict()
