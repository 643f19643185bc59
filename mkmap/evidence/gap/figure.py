"""Make the figure of what residents say the police did, by ward and calendar year; what is too few to show is said to be."""

from collections.abc import Mapping
from typing import NamedTuple

import altair as alt
import pandas as pd

from mkmap.drawing.chart_parts import finished, key, made_once, rows, tooltip
from mkmap.drawing.figure import Figure, Spec
from mkmap.drawing.palette import DARK_INK, LIGHT_INK, TYPES, Colour, Ground, css
from mkmap.evidence.gap.lots import ANSWERS, AREA
from mkmap.words import _, labelled, number

BAR = 34  # pixels of each
# The letter stands in the bar too, so that nobody needs the colour; the ink reads on it.
LETTERS = {"came": "A", "did_not_come": "B", "not_told": "C"}
COLOURS: dict[str, tuple[Colour, str]] = {
    "came": (TYPES[0], LIGHT_INK),
    "did_not_come": ((222, 227, 232), DARK_INK),
    "not_told": ((86, 94, 103), LIGHT_INK),
}


class Bar(NamedTuple):
    """The reports of a place in a year, by answer."""

    place: str
    counts: dict[str, int]


def answers(gap: pd.DataFrame, names: Mapping[str, str], area: str, ground: Ground) -> Figure | None:
    """Of `lots.gap`: bars of the area in each year, and of the wards in the latest year of which one is shown; None where none is.

    `names`: of the wards, by code.
    """
    if gap["reports"].isna().all():
        return None
    names = {**names, AREA: area}
    bars = _bars(gap, names)
    told = gap[(gap["ward"] == AREA) | gap["reports"].notna()]  # a sentence counts the wards that are hidden
    return Figure(_chart(ground), pd.DataFrame(_rows(bars)), table(told, names), _alt(bars))


def table(gap: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Every year and ward, latest year first, the area before its wards."""
    lines = gap.assign(is_ward=gap["ward"] != AREA, name=gap["ward"].map(names))
    lines = lines.sort_values(["year", "is_ward", "name"], ascending=[False, True, True])
    words = answer_words()
    return pd.DataFrame(
        {
            _("Year"): lines["year"].astype(str),
            _("Where"): lines["name"],
            _("Reports"): _counts(lines["reports"]),
            **{words[answer]: _counts(lines[answer]) for answer in ANSWERS},
        }
    )


def _counts(counts: pd.Series) -> list[str]:
    return [_("hidden: too few") if pd.isna(count) else number(int(count)) for count in counts]


def _bars(gap: pd.DataFrame, names: Mapping[str, str]) -> list[Bar]:
    shown = gap[gap["reports"].notna()]
    is_area = shown["ward"] == AREA
    latest = shown.loc[~is_area, "year"].max()
    drawn = pd.concat([shown[is_area], shown[~is_area & (shown["year"] == latest)]])
    places = [
        _("{place}, {year}").format(place=names[ward], year=year)
        for ward, year in zip(drawn["ward"], drawn["year"], strict=True)
    ]
    counts = drawn[ANSWERS].astype("int64").to_dict("records")
    return [Bar(place, of_place) for place, of_place in zip(places, counts, strict=True)]


def _rows(bars: list[Bar]) -> list[dict[str, object]]:
    return [
        {
            "group": bar.place,
            "reports": bar.counts[answer],
            "answer_word": lettered(answer),
            "place": place,
            "text": f"{LETTERS[answer]} {number(bar.counts[answer])}",
            "ink": COLOURS[answer][1],
            "sentence": labelled(bar.place, _answers(bar, answer)),
        }
        for bar in bars
        for place, answer in enumerate(ANSWERS)
    ]


def _alt(bars: list[Bar]) -> str:
    parts = [labelled(bar.place, ", ".join(_answers(bar, answer) for answer in ANSWERS)) for bar in bars]
    return _("Bars of residents' reports by what the police did. {parts}.").format(parts="; ".join(parts))


def _answers(bar: Bar, answer: str) -> str:
    return _("{n} {answer}").format(n=number(bar.counts[answer]), answer=answer_words()[answer])


def answer_words() -> dict[str, str]:
    """What a sender says of the police."""
    return {"came": _("told, and they came"), "did_not_come": _("told, and did not come"), "not_told": _("not told")}


def lettered(answer: str) -> str:
    """As the key above the bars says it."""
    return f"{LETTERS[answer]} {answer_words()[answer]}"


@made_once
def _chart(ground: Ground) -> Spec:
    """A bar a place and year; rows: group, reports, answer_word, place (from the left), text, ink, sentence."""
    domain = [lettered(answer) for answer in LETTERS]
    colour = alt.Color(
        "answer_word:N",
        title=None,
        sort=None,
        scale=alt.Scale(domain=domain, range=[css(COLOURS[answer][0]) for answer in LETTERS]),
        legend=key(columns=1, labelFontSize=12),
    )
    group = alt.Y("group:N", sort=None, title=None, axis=alt.Axis(labelLimit=170, ticks=False))
    parts = rows().encode(y=group, order=alt.Order("place:Q"))
    across = alt.X("reports:Q", stack="zero", title=_("Residents' reports"), axis=alt.Axis(tickMinStep=1))
    bars = parts.mark_bar(stroke=css(ground.halo), strokeWidth=1).encode(x=across, color=colour, tooltip=tooltip())
    middle = alt.X("reports:Q", stack="zero", bandPosition=0.5)
    texts = parts.mark_text(fontSize=13, fontWeight=600).encode(
        x=middle, text=alt.Text("text:N"), color=alt.Color("ink:N", scale=None), detail=alt.Detail("answer_word:N")
    )
    return finished(bars + texts, alt.Step(BAR))
