"""Show few wards, the chosen ones or those that stand out, beside all together."""

import math

import pandas as pd
import streamlit as st

from mkmap.crime_types import all_named
from mkmap.evidence import verdicts
from mkmap.evidence.change import Verdict
from mkmap.evidence.wards import words
from mkmap.evidence.wards.ranking import Ranking
from mkmap.ui import plain_table
from mkmap.ui.figures import ground
from mkmap.ui.meeting import chart
from mkmap.ui.meeting.lettering import lines, title
from mkmap.view import figures, sentences
from mkmap.view.view import View
from mkmap.words import NO_NUMBER, _, ngettext, number

MOST, MANY, FEW = (
    5,
    3,
    2,
)  # lines of the table: more are not read from the back; with many the sentence is smaller, with few there is a picture
LONG, LONG_BESIDE = 32, 18  # characters of a ward's name that takes two of them; beside changes there is less room
NAMED = 4  # wards that stand out, or types: more are counted, not listed


def draw(view: View) -> None:
    ranking = view.findings.ranking
    rows = _rows(view, ranking)
    lines_of = _lines(rows, LONG_BESIDE if _can_compare(view, rows) else LONG)
    fitting = rows[lines_of.cumsum() <= MOST]
    words, beside = sentences.of_demonstration(view.snapshot, _sentence(view, ranking)), _beside(view, len(rows) - len(fitting))
    if fitting.empty:
        _all_alike(view, words, beside)
        return
    title(words, beside_more=bool(lines_of[fitting.index].sum() > MANY))
    with st.container(key="hall_wards"):
        plain_table.draw(_table(view, fitting))
    lines([" ".join(beside)])


def _all_alike(view: View, words: str, beside: list[str]) -> None:
    """There is nobody to name: every ward stands within what chance does."""
    with st.container(key="hall_split", horizontal=True, gap="medium", wrap=False):
        with st.container(key="hall_beside"):
            title(words)
            lines(beside)
        with st.container(key="hall_picture"):
            if funnel := figures.funnel(view.findings, ground()):
                chart.draw(funnel, "hall_funnel")


def _lines(rows: pd.DataFrame, long: int) -> pd.Series:
    """How many lines of the table each ward takes."""
    return rows["name"].str.len() // long + 1


def _can_compare(view: View, rows: pd.DataFrame) -> bool:
    """Whether any of these wards has a change to tell."""
    return any(view.findings.changes[code].verdict is not Verdict.CANNOT_BE_COMPARED for code in rows["code"])


def _sentence(view: View, ranking: Ranking) -> str:
    """Which wards stand out, the many comparisons controlled; or why nobody can say."""
    if view.households is None:
        return _("Which wards stand out cannot be said: no households are loaded for them.")
    if ranking.funnel is None:
        return _("Which wards stand out cannot be said: nothing was recorded.")
    above, below = ranking.standing_out(above=True), ranking.standing_out(above=False)
    if not above and not below and not view.filters.wards:
        return _none_of(len(ranking.wards))
    if one := _one(view, ranking):
        return one
    return " ".join(words.standing(ranking)) if len(above + below) <= NAMED else _counted(above, below, len(ranking.wards))


def _none_of(wards: int) -> str:
    """Without a table: there is nobody to name."""
    sentence = _("No ward stands out from the rate of all {wards} together: which of them is higher is mostly chance.")
    return sentence.format(wards=number(wards))


def _counted(above: list[str], below: list[str], wards: int) -> str:
    sentence = _("Of {wards} wards, {above} stand out above the rate of all together, and {below} below.")
    return sentence.format(wards=number(wards), above=number(len(above)), below=number(len(below)))


def _one(view: View, ranking: Ranking) -> str:
    """Of the one ward that is chosen, where it has a rate; else empty."""
    chosen, names = view.filters.wards, view.selection.area.ward_names
    if len(chosen) != 1 or ranking.rank(chosen[0]) is None:
        return ""
    rate, _place, stands = view.findings.place_sentences
    return f"{names[chosen[0]]}: {rate} {stands}"


def _rows(view: View, ranking: Ranking) -> pd.DataFrame:
    """The chosen wards, else those that stand out most, highest rate first: code, name, crimes, rate, z, stands_out."""
    chosen = view.filters.wards
    unranked = ranking.unranked.assign(rate=float("nan"), z=float("nan"), stands_out=False)
    every = pd.concat([part for part in (ranking.wards, unranked) if len(part)])
    if chosen:
        return every[every["code"].isin(chosen)]
    most = every[every["stands_out"]].sort_values("z", key=abs, ascending=False).head(MOST)
    return most.sort_values("rate", ascending=False)


def _table(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Counts first; no meaning by colour alone. Changes are left out where missing months forbid all of them."""
    columns: dict[str, object] = {_("Ward"): rows["name"], _("Recorded"): rows["crimes"]}
    if view.households:
        columns[_("Per 1,000 households")] = rows["rate"]
        columns[_("Beside all wards")] = list(map(_beside_all, rows["z"], rows["stands_out"]))
    if _can_compare(view, rows):
        verdicts_of = [view.findings.changes[code].verdict for code in rows["code"]]
        columns[_("Beside a year before")] = [f"{verdicts.sign(verdict)} {verdicts.word(verdict)}" for verdict in verdicts_of]
    return pd.DataFrame(columns)


def _beside_all(z: float, stands_out: bool) -> str:
    if math.isnan(z):
        return NO_NUMBER
    return (_("▲ above") if z > 0 else _("▼ below")) if stands_out else _("= not clear")


def _beside(view: View, more: int) -> list[str]:
    """What, where and when; which wards were left out; and what rates are of."""
    beside = [
        _("{what} in {area} {period}.").format(
            what=_what(view), area=view.snapshot.settings.area_name, period=sentences.counted_period(view.selection)
        )
    ]
    if more:
        stands = ngettext("{n} more ward stands on the Wards page.", "{n} more wards stand on the Wards page.", more)
        beside.append(stands.format(n=number(more)))
    if view.households:
        beside.append(sentences.households(view.households))
    return beside


def _what(view: View) -> str:
    types = view.filters.types
    return all_named(types) if len(types) <= NAMED else _("Crimes of {n} types").format(n=number(len(types)))
