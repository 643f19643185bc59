"""Make the figure of the force's districts: their shares with a suspect charged, on a funnel."""

import pandas as pd

from mkmap.drawing.figure import Figure
from mkmap.drawing.palette import Ground
from mkmap.evidence import charts
from mkmap.evidence.districts.districts import Districts
from mkmap.evidence.funnel import LIMITS
from mkmap.evidence.limits import limit_rows
from mkmap.evidence.outcomes import words as outcome_words
from mkmap.evidence.shares import Share
from mkmap.words import NO_NUMBER, _, listed, number

STEPS = 40  # of a limit's curve


def funnel(districts: Districts, ground: Ground) -> Figure | None:
    """The districts by their crimes and the share with a suspect charged, between the limits; None where they cannot be ranked."""
    if not districts.can_rank:
        return None
    limits = limit_rows(districts.funnel, districts.rows["crimes"].to_numpy(float), STEPS, times=100)
    rows = pd.concat([_areas(districts), limits], ignore_index=True)
    spec = charts.funnel(ground, _("Crimes of the chosen months"), _("With a suspect charged, of 100 crimes"))
    return Figure(spec, rows, _table(districts), _alt(districts))


def _areas(districts: Districts) -> pd.DataFrame:
    rows, stands_out = districts.rows, pd.Series(districts.funnel.stands_out)
    is_own = rows["name"] == districts.own
    return pd.DataFrame(
        {
            "kind": "area",
            "size": rows["crimes"],
            "rate": 100 * rows["share"],
            "label": rows["name"].where(stands_out | is_own, ""),
            "is_right": rows["crimes"] > (rows["crimes"].min() + rows["crimes"].max()) / 2,
            "is_chosen": is_own,
            "stands_word": stands_out.map(charts.stands_words()),
            "sentence": [
                _("{district}: {charged} of {crimes} ({share})").format(
                    district=name, charged=number(charged), crimes=number(crimes), share=_percent(charged, crimes)
                )
                for name, charged, crimes in zip(rows["name"], rows["charged"], rows["crimes"], strict=True)
            ],
        }
    )


def _table(districts: Districts) -> pd.DataFrame:
    rows = districts.rows
    table = {
        _("Place"): [number(districts.place(name)) for name in rows["name"]],
        _("District"): rows["name"],
        _("Crimes"): rows["crimes"].map(number),
        _("Suspect charged"): rows["charged"].map(number),
        _("Of 100"): [number(100 * share, 1) for share in rows["share"]],
        _("Still open"): rows["open"].map(number),
    }
    if districts.own is not None:
        table[_("Told from {own}?").format(own=districts.own)] = _told_from(districts, districts.own)
    return pd.DataFrame(table)


def _told_from(districts: Districts, own: str) -> list[str]:
    """Of each district whether it can be told from the area's own."""
    words = {True: _("yes"), False: _("no")}
    apart = districts.apart.loc[own]
    return [NO_NUMBER if name == own else words[bool(apart[name])] for name in districts.rows["name"]]


def _alt(districts: Districts) -> str:
    names = districts.rows["name"]
    outside = names[districts.funnel.outside(LIMITS[0])].tolist()
    picture = _("Funnel of {n} districts by crimes and share with a suspect charged, around {share} of all together.").format(
        n=number(len(names)), share=_percent(districts.rows["charged"].sum(), districts.rows["crimes"].sum())
    )
    if outside:
        who = _("Outside the 95 % limits: {districts}.").format(districts=listed(outside))
    else:
        who = _("All lie inside the limits.")
    return f"{picture} {who}"


def _percent(charged: int, crimes: int) -> str:
    return outcome_words.percent(Share(int(charged), int(crimes)))
