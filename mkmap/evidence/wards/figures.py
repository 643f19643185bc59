"""Make the figures of all wards: the funnel of their rates, and their months side by side."""

import pandas as pd

from mkmap.drawing.figure import Figure
from mkmap.drawing.palette import Ground
from mkmap.evidence import charts
from mkmap.evidence.base import Base
from mkmap.evidence.funnel import LIMITS, Funnel
from mkmap.evidence.limits import limit_rows
from mkmap.evidence.series import SHOWN
from mkmap.evidence.wards.ranking import PER, Ranking
from mkmap.filters import Filters
from mkmap.words import _, listed, number

STEPS = 24  # of a limit's curve


def months(base: Base, filters: Filters) -> pd.DataFrame:
    """The crimes of each month up to the last chosen one that is stored or missing, at most three years: a row a month, a column a ward's code.

    NaN in a month that is missing or not whole, which is never a zero.
    """
    if base.area.known is None:
        return pd.DataFrame(columns=list(base.area.ward_names), dtype="float64")
    oldest, latest = base.area.known
    last = max(min(filters.last, latest), oldest)
    every = max(oldest, last + (1 - SHOWN)).to(last)
    return base.by_ward(filters.types).reindex(map(str, every)).astype("float64")


def funnel(ranking: Ranking, chosen: tuple[str, ...], year: int, ground: Ground) -> Figure | None:
    """Every ward by its households and rate; those that stand out and the chosen ones (codes) are named. None where there are no rates.

    `year`: of the households.
    """
    if ranking.funnel is None:
        return None
    sizes = ranking.wards["households"].to_numpy(float)
    rows = pd.concat([_areas(ranking.wards, chosen), limit_rows(ranking.funnel, sizes, STEPS, unit=PER)], ignore_index=True)
    spec = charts.funnel(ground, _("Households ({year})").format(year=year), _("Crimes per 1,000 households"))
    return Figure(spec, rows, _table(ranking.wards, ranking.funnel), _alt(ranking.wards, ranking.funnel))


def _areas(wards: pd.DataFrame, chosen: tuple[str, ...]) -> pd.DataFrame:
    middle, is_chosen = wards["households"].agg(["min", "max"]).mean(), wards["code"].isin(chosen)
    return pd.DataFrame(
        {
            "kind": "area",
            "size": wards["households"],
            "rate": wards["rate"],
            "label": wards["name"].where(wards["stands_out"] | is_chosen, ""),
            "is_right": wards["households"] > middle,
            "is_chosen": is_chosen,
            "stands_word": wards["stands_out"].map(charts.stands_words()),
            "sentence": [
                _("{ward}: {crimes} among {households} households, {rate} per 1,000").format(
                    ward=ward.name, crimes=number(ward.crimes), households=number(ward.households), rate=number(ward.rate, 2)
                )
                for ward in wards.itertuples()
            ],
        }
    )


def _table(wards: pd.DataFrame, funnel: Funnel) -> pd.DataFrame:
    return pd.DataFrame(
        {
            _("Ward"): wards["name"],
            _("Recorded"): wards["crimes"].map(number),
            _("Households"): wards["households"].map(number),
            _("Per 1,000 households"): [number(rate, 2) for rate in wards["rate"]],
            _("95 % interval"): [f"{number(ward.low, 2)} – {number(ward.high, 2)}" for ward in wards.itertuples()],
            _("On the funnel"): _on_the_funnel(funnel),
        }
    )


def _on_the_funnel(funnel: Funnel) -> list[str]:
    outer, inner = (funnel.outside(level) for level in reversed(LIMITS))
    words = {
        (False, True): _("outside the 95 % limits, above"),
        (False, False): _("outside the 95 % limits, below"),
        (True, True): _("outside the 99.8 % limits, above"),
        (True, False): _("outside the 99.8 % limits, below"),
    }
    return [
        words[bool(far), bool(z > 0)] if out else _("inside the limits")
        for far, out, z in zip(outer, inner, funnel.z, strict=True)
    ]


def _alt(wards: pd.DataFrame, funnel: Funnel) -> str:
    """What the picture shows: how many wards, and which lie outside the limits."""
    names = wards["name"].to_numpy()
    picture = _(
        "Funnel of {wards} wards by households and rate, with 95 % and 99.8 % limits around {rate} per 1,000 households."
    ).format(wards=number(len(names)), rate=number(funnel.target, 2))
    outside = funnel.outside(LIMITS[0])
    parts = [
        (_("Above the 95 % limits: {wards}."), outside & (funnel.z > 0)),
        (_("Below them: {wards}."), outside & (funnel.z < 0)),
    ]
    sides = [words.format(wards=listed(names[which].tolist())) for words, which in parts if which.any()]
    return " ".join([picture, *(sides or [_("Every ward lies inside the limits.")])])
