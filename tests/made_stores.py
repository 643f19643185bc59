"""Make a small town and what the police recorded in it: a data folder that a page can show, of which every number is known.

Three wards side by side, one point in each. January 2025: 3 burglaries and a drug offence in Alder Park,
2 burglaries in Broughton, 1 that could not be placed, 1 outside the wards. February is missing. March: 1 burglary in Cedar.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from made_archive import AT, FORCE, NOWHERE, frame, row
from made_wards import code, middle, wards

from mkmap.crimes.ingest import ingest_months
from mkmap.crimes.store import Crimes
from mkmap.crimes.stored import Vouched
from mkmap.places.store import Households, Places, WardSet

NAMES = ("Alder Park", "Broughton", "Cedar & Elm")
ALDER, BROUGHTON, CEDAR = code(1), code(2), code(3)
START = date(2014, 5, 22)
Row = Mapping[str, str]


def crimes(count: int, month: str, column: int | None, kind: str = "Burglary", street: str = "High Street") -> list[Row]:
    """So many crimes at the point of a ward (column 0, 1, 2; 3 lies outside), or nowhere (None)."""
    placed = NOWHERE if column is None else _at(column, street)
    return [row(number, month, **{"Crime type": kind} | placed) for number in range(count)]


def place(column: int) -> tuple[float, float]:
    """Longitude and latitude of the point of a ward: below its name on the map."""
    longitude, latitude = middle(column)
    return longitude, round(latitude - 0.0025, 6)


def _at(column: int, street: str) -> dict[str, str]:
    longitude, latitude = place(column)
    return {"Longitude": f"{longitude:.6f}", "Latitude": f"{latitude:.6f}", "Location": f"On or near {street}"}


TOWN: tuple[Row, ...] = (
    *crimes(3, "2025-01", 0),
    *crimes(1, "2025-01", 0, "Drugs"),
    *crimes(2, "2025-01", 1, street="Church Lane"),
    *crimes(1, "2025-01", None),
    *crimes(1, "2025-01", 3, street="Abroad Road"),
    *crimes(1, "2025-03", 2, street="Mill Road"),
)


def add_wards(
    home: Path,
    names: Sequence[str] = NAMES,
    *,
    start: date = START,
    end: date | None = None,
    name: str = "made",
    first: int = 1,
) -> WardSet:
    """Wards side by side under these names, with codes from `first` on."""
    added = WardSet(name, start, end, len(names), "made.geojson")
    Places(home).add_wards(added, wards(len(names), first=first).assign(name=list(names)))
    return added


def add_crimes(home: Path, rows: Iterable[Row] = TOWN, *, force: str = FORCE) -> None:
    """Store rows as whole force months, however little they look like it."""
    ingest_months(Crimes(home), Places(home), frame(rows), force=force, source="made.zip", at=AT)
    confirm_all(home, force)


def confirm_all(home: Path, force: str = FORCE) -> None:
    """Say of every month of a force that it is whole."""
    partial = Crimes(home).not_whole(force)
    if partial:
        with Crimes(home).changing() as months:
            for month in partial:
                months.confirm(month, force, Vouched("a test", AT, "made so"))


def add_households(home: Path, per_ward: int = 1000, *, name: str = "made", error: str | None = None) -> None:
    places = Places(home)
    (ward_set,) = (one for one in places.ward_sets() if one.name == name)
    codes = places.wards(ward_set)["code"]
    places.add_households({name: Households(dict.fromkeys(codes, per_ward), 2021, "a made census", error)})


def town(home: Path) -> Path:
    """The small town of this file's first lines."""
    add_wards(home)
    add_crimes(home)
    return home
