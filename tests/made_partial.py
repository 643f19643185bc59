"""Make a town of which a stub stands in the place of one month: everything else has a number there."""

from collections.abc import Iterable
from pathlib import Path

import made_stores
from made_archive import AT, FORCE, frame

from mkmap.crimes.ingest import ingest_months
from mkmap.crimes.store import Crimes
from mkmap.month import Month
from mkmap.places.store import Places

FIRST, STUB, LAST = Month(2023, 1), Month(2025, 5), Month(2025, 8)
COUNT = 30  # crimes in the stub: no other number on a page is this one


def town(home: Path, *, stub: Month = STUB, last: Month = LAST) -> Path:
    """Thirty-two months, the stub among them; every month but the stub has 41 burglaries in each ward, and 37 other crimes."""
    made_stores.add_wards(home)
    made_stores.add_households(home, 1000)
    whole = [str(month) for month in FIRST.to(last) if month != stub]
    every = [row for month in whole for row in _of(month)]
    ingest_months(Crimes(home), Places(home), frame(every), force=FORCE, source="made.zip", at=AT)
    rows = _each_of_its_own(made_stores.crimes(COUNT, str(stub), 0))
    ingest_months(Crimes(home), Places(home), frame(rows), force=FORCE, source="stub.zip", at=AT)
    assert set(Crimes(home).not_whole(FORCE)) == {stub}
    return home


def _of(month: str) -> list[made_stores.Row]:
    kinds = {"Burglary": 41, "Drugs": 20, "Robbery": 17}
    return _each_of_its_own(
        row for column in (0, 1, 2) for kind, count in kinds.items() for row in made_stores.crimes(count, month, column, kind)
    )


def _each_of_its_own(rows: Iterable[made_stores.Row]) -> list[made_stores.Row]:
    """With Crime IDs of which none is another's."""
    return [{**row, "Crime ID": f"{number:064x}"} for number, row in enumerate(rows)]
