"""Make briefings of the small town, with two years of burglaries that it can be compared over."""

from datetime import date
from pathlib import Path

import made_stores
from made_stores import ALDER, BROUGHTON, CEDAR

from mkmap.briefing.ward import chosen, view_of
from mkmap.month import Month
from mkmap.settings import Settings
from mkmap.view.snapshot import Snapshot
from mkmap.view.view import View

TODAY = date(2026, 11, 15)
FIRST, LAST = Month(2023, 1), Month(2025, 6)
A_MONTH = {ALDER: 12, BROUGHTON: 4, CEDAR: 1}  # burglaries, at one point each; half as many again in Alder Park from 2025 on


def years(home: Path, *, without: tuple[Month, ...] = ()) -> Path:
    """Thirty months of three wards, all in the force's whole months; those of `without` are missing."""
    made_stores.add_wards(home)
    months = [month for month in FIRST.to(LAST) if month not in without]
    made_stores.add_crimes(home, [row for month in months for row in _of(month)])
    return home


def _of(month: Month) -> list[made_stores.Row]:
    more = 6 if month >= Month(2025, 1) else 0
    counts = (A_MONTH[ALDER] + more, A_MONTH[BROUGHTON], A_MONTH[CEDAR], 1)
    places = (0, 1, 2, None)
    return [row for count, column in zip(counts, places, strict=True) for row in made_stores.crimes(count, str(month), column)]


def view(home: Path, code: str = ALDER, *, first: str = "2025-01", last: str = "2025-06", types=(), **changed) -> View:
    snapshot = Snapshot.now(Settings(home=home, **changed), TODAY)
    return view_of(snapshot, chosen(snapshot, Month.parse(first), Month.parse(last), types), code)
