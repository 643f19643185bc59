"""Choose the months for the claims that are ready to open: twelve in a row where they are stored, else the longest row there is."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from mkmap.crime_types import BURGLARY
from mkmap.evidence.base import Base
from mkmap.evidence.claims.claim import Against, Claim, Who
from mkmap.evidence.districts.districts import district_presence
from mkmap.evidence.variation.monthly_counts import YEAR
from mkmap.filters import Filters
from mkmap.month import Month


@dataclass(frozen=True)
class Ready:
    """A claim with the filters under which it can be checked best."""

    claim: Claim
    filters: Filters

    def pairs(self) -> list[tuple[str, str]]:
        """As address parameters, every filter written out."""
        return [*self.filters.pairs(), *self.claim.pairs()]


def ready_claims(base: Base) -> list[Ready]:
    """The petition's three claims and the commander's; none where nothing is stored."""
    stored = list(base.area.stored)
    if not stored:
        return []
    compared = [month for month in stored if month + -YEAR in base.area.stored]
    presence = district_presence(base.force)
    of_force = {Month.parse(text): tuple(row) for text, row in zip(presence.index, presence.to_numpy(), strict=True)}
    return [
        _ready(Against.YEAR_BEFORE, compared or stored),
        _ready(Against.A_WEEK, stored),
        _ready(Against.WARD_MONTH, stored, types=()),
        _ready(Against.DISTRICTS, list(of_force) or stored, of_force),
    ]


def _ready(
    against: Against,
    months: Iterable[Month],
    same: Mapping[Month, Hashable] | None = None,
    types: tuple[str, ...] = (BURGLARY,),
) -> Ready:
    first, last = longest_row(months, same)
    return Ready(Claim.of(Who.POLICE, against), Filters(first, last, (), types))


def longest_row(months: Iterable[Month], same: Mapping[Month, Hashable] | None = None) -> tuple[Month, Month]:
    """First and last of the longest row of at most twelve months, one after the other; of two as long, the later.

    `same`: what must not change within a row, by month.
    """
    best: tuple[int, Month] | None = None
    length, before = 0, None
    for month in sorted(months):
        goes_on = before is not None and month - before == 1 and (same is None or same.get(month) == same.get(before))
        length, before = (min(length + 1, YEAR) if goes_on else 1), month
        best = max(best or (0, month), (length, month))
    if best is None:
        raise ValueError("there is no row of no months")
    return best[1] + (1 - best[0]), best[1]
