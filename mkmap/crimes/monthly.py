"""Count what the wards recorded by month and type, in plain numbers: who only tells them need not wait for pandas."""

from functools import lru_cache

from mkmap.crimes.parquet import add_crimes, add_points, check_points, queried
from mkmap.crimes.store import Crimes
from mkmap.places.store import Places, WardSet

COUNTS = """
    SELECT month, crime_type, count(*) FROM crimes JOIN points USING (point) WHERE ward IS NOT NULL GROUP BY ALL
"""


@lru_cache(maxsize=4)
def monthly_counts(crimes: Crimes, places: Places, ward_set: WardSet, force: str) -> dict[str, dict[str, int]]:
    """Crimes in the wards of a set by month (Month's text) and type, only where there is one; kept for stores as they stand.

    The cells of `query.area_crimes` have the same sums. Raises Damaged where a stored file is missing or cannot be read.
    """
    with queried(crimes) as database:
        months = list(crimes.of_force(force).values())
        add_crimes(database, crimes, months, force)
        add_points(database, places, ward_set)
        check_points(database, months)
        rows = database.sql(COUNTS).fetchall()
    counts: dict[str, dict[str, int]] = {}
    for month, crime_type, crimes_of_type in rows:
        counts.setdefault(month, {})[crime_type] = crimes_of_type
    return counts
