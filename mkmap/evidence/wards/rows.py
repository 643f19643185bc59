"""Lay side by side what is known of each ward, by rate: the police's count beside residents' reports, never added."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from mkmap.evidence.change import Change
from mkmap.evidence.interval import Interval
from mkmap.evidence.wards.ranking import Ranking


@dataclass(frozen=True, eq=False)
class WardRow:
    """One ward. `place` (1: the highest rate), `rate` and `interval` (per 1,000 households) are None where it has no rate.

    `crimes` is None where no chosen month is stored whole. `months`: crimes by month, NaN where one is missing. `reports`: residents' published ones; None where they cannot be read.
    """

    code: str
    name: str
    place: int | None
    crimes: int | None
    rate: float | None
    interval: Interval | None
    stands_out: bool
    is_above: bool  # the rate of all together
    change: Change
    months: pd.Series
    reports: int | None


def ward_rows(
    ranking: Ranking,
    changes: Mapping[str, Change],
    months: pd.DataFrame,
    reports: Mapping[str, int] | None,
    *,
    are_counted: bool = True,
) -> list[WardRow]:
    """Highest rate first, then the wards without one by name.

    `months`: as `figures.months` gives them. `are_counted`: whether a chosen month is stored whole.
    """
    has_rates = ranking.funnel is not None
    ranked = ranking.wards.assign(place=ranking.wards["rate"].rank(method="min", ascending=False))
    every = pd.concat([ranked if has_rates else ranked.sort_values("name"), ranking.unranked], ignore_index=True)
    rated = set(ranked["code"]) if has_rates else set()
    return [
        WardRow(
            row.code,
            row.name,
            int(row.place) if has_rate else None,
            int(row.crimes) if are_counted else None,
            float(row.rate) if has_rate else None,
            Interval(row.low, row.high) if has_rate else None,
            has_rate and bool(row.stands_out),
            has_rate and row.z > 0,
            changes[row.code],
            months[row.code],
            None if reports is None else reports.get(row.code, 0),
        )
        for row in every.itertuples(index=False)
        for has_rate in [row.code in rated]
    ]
