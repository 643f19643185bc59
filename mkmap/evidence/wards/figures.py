"""Make the figures of all wards: the funnel of their rates, and their months side by side."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from mkmap.drawing.figure import Figure
from mkmap.drawing.palette import Ground
from mkmap.evidence import charts
from mkmap.evidence.base import Base
from mkmap.evidence.funnel import LIMITS
from mkmap.evidence.series import SHOWN
from mkmap.evidence.wards.ranking import PER, Ranking
from mkmap.filters import Filters
from mkmap.words import _, listed, number

STEPS = 24  # of a limit's curve
BESIDE = 0.06  # of the widths of all wards: so far the limits reach beyond the smallest and the largest


def months(base: Base, filters: Filters) -> pd.DataFrame:
    """The crimes of each month up to the last chosen one that is stored or missing, at most three years: a row a month, a column a ward's code.

    NaN in a month that is missing, which is never a zero.
    """
    if not base.area.stored:
        return pd.DataFrame(columns=list(base.area.ward_names), dtype="float64")
    last = max(min(filters.last, base.area.latest), min(base.area.stored))
    every = max(min(base.area.stored), last + (1 - SHOWN)).to(last)
    return base.by_ward(filters.types).reindex(map(str, every)).astype("float64")


def funnel(ranking: Ranking, chosen: tuple[str, ...], year: int, ground: Ground) -> Figure | None:
    """Every ward by its households and rate; those that stand out and the chosen ones (codes) are named. None where there are no rates.

    `year`: of the households.
    """
    if ranking.funnel is None:
        return None
    rows = pd.DataFrame([*_areas(ranking, chosen), *_limits(ranking)])
    spec = charts.funnel(ground, _("Households ({year})").format(year=year), _("Crimes per 1,000 households"))
    return Figure(spec, rows, _table(ranking), _alt(ranking))


def _areas(ranking: Ranking, chosen: tuple[str, ...]) -> Iterator[dict[str, object]]:
    middle, words = ranking.wards["households"].agg(["min", "max"]).mean(), charts.stands_words()
    for row in ranking.wards.itertuples():
        yield {
            "kind": "area",
            "size": row.households,
            "rate": row.rate,
            "label": row.name if row.stands_out or row.code in chosen else "",
            "is_right": row.households > middle,
            "is_chosen": row.code in chosen,
            "stands_word": words[row.stands_out],
            "said": _said(row),
        }


def _said(row: object) -> str:
    return _("{ward}: {crimes} among {households} households, {rate} per 1,000").format(
        ward=row.name, crimes=number(row.crimes), households=number(row.households), rate=f"{row.rate:.2f}"
    )


def _limits(ranking: Ranking) -> Iterator[dict[str, object]]:
    sizes = ranking.wards["households"].to_numpy(float)
    beyond = BESIDE * np.ptp(sizes)
    steps = np.linspace(max(sizes.min() - beyond, 1), sizes.max() + beyond, STEPS)
    for level in LIMITS:
        ends, word = ranking.funnel.limits(steps / PER, level), level_word(level)
        for size, low, high in zip(steps.tolist(), *(end.tolist() for end in ends), strict=True):
            yield {"kind": "limit", "size": size, "low": low, "high": high, "target": ranking.funnel.target, "level_word": word}


def level_word(level: float) -> str:
    return _("{percent} % limits").format(percent=number(100 * level))


def _table(ranking: Ranking) -> pd.DataFrame:
    wards = ranking.wards
    return pd.DataFrame(
        {
            _("Ward"): wards["name"],
            _("Recorded"): wards["crimes"].map(number),
            _("Households"): wards["households"].map(number),
            _("Per 1,000 households"): wards["rate"].map("{:.2f}".format),
            _("95 % interval"): [f"{row.low:.2f} – {row.high:.2f}" for row in wards.itertuples()],
            _("On the funnel"): _on_the_funnel(ranking),
        }
    )


def _on_the_funnel(ranking: Ranking) -> list[str]:
    outer, inner = (ranking.funnel.outside(level) for level in reversed(LIMITS))
    words = {
        (False, True): _("outside the 95 % limits, above"),
        (False, False): _("outside the 95 % limits, below"),
        (True, True): _("outside the 99.8 % limits, above"),
        (True, False): _("outside the 99.8 % limits, below"),
    }
    z = ranking.funnel.z
    return [
        words[bool(far), bool(at > 0)] if out else _("inside the limits") for far, out, at in zip(outer, inner, z, strict=True)
    ]


def _alt(ranking: Ranking) -> str:
    """What the picture shows: how many wards, and which lie outside the limits."""
    names = ranking.wards["name"].to_numpy()
    said = _(
        "Funnel of {wards} wards by households and rate, with 95 % and 99.8 % limits around {rate} per 1,000 households."
    ).format(wards=number(len(names)), rate=f"{ranking.funnel.target:.2f}")
    outside = ranking.funnel.outside(LIMITS[0])
    parts = [
        (_("Above the 95 % limits: {wards}."), outside & (ranking.funnel.z > 0)),
        (_("Below them: {wards}."), outside & (ranking.funnel.z < 0)),
    ]
    found = [words.format(wards=listed(names[which].tolist())) for words, which in parts if which.any()]
    return " ".join([said, *(found or [_("Every ward lies inside the limits.")])])
