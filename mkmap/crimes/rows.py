"""Ask the stored months for every chosen crime, a row a crime."""

import pandas as pd

from mkmap.crimes.parquet import add_crimes, add_points, queried
from mkmap.crimes.store import Crimes
from mkmap.filters import Filters
from mkmap.places.store import Places, WardSet

ROW = [
    "month", "crime_type", "street", "longitude", "latitude",
    "ward_code", "lsoa_code", "last_outcome", "crime_id", "falls_within",
]  # fmt: skip
ROWS = """
    SELECT month, crime_type, points.street, longitude, latitude, ward AS ward_code, lsoa_code, outcome AS last_outcome, crime_id,
        falls_within
    FROM crimes JOIN points USING (point)
    WHERE ward IS NOT NULL
        AND (len($wards) = 0 OR list_contains($wards, ward)) AND (len($types) = 0 OR list_contains($types, crime_type))
    ORDER BY month, crime_type, point
"""


def rows_of(crimes: Crimes, places: Places, ward_set: WardSet, force: str, filters: Filters) -> pd.DataFrame:
    """Every chosen crime of the area, a row a crime, as the police published it.

    Columns: month, crime_type, street, longitude, latitude, ward_code, lsoa_code, last_outcome, crime_id, falls_within.
    """
    stored = crimes.of_force(force)
    months = [stored[month] for month in filters.months if month in stored]
    if not months:
        return pd.DataFrame(columns=ROW)
    with queried(crimes) as database:
        add_crimes(database, crimes, months, force)
        add_points(database, places, ward_set)
        rows = (
            database.sql(ROWS, params={"wards": list(filters.wards), "types": list(filters.types)}).to_arrow_table().to_pandas()
        )
    return rows.assign(crime_id=rows["crime_id"].map(bytes.hex, na_action="ignore"))
