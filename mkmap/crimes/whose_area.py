"""Say by where the crimes are whether a month is of the map's area."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mkmap.month import Month
from mkmap.places.point_table import numbers
from mkmap.places.points import longitude_latitude
from mkmap.places.store import Places

WITHIN_AT_LEAST = 0.95  # of the crimes: all that is fetched lies within a mile, but for points on its edge
MANY = 10  # crimes a ward: with fewer, a ward without one is chance
NAMED = 3  # districts
WARDS_AT_LEAST = 0.5  # of the wards, with a crime in them: a month of a neighbour's reaches a few


def other_districts(file: Path, area_name: str) -> list[str]:
    """The districts with most crimes of a month, by the names of their LSOAs, where none of them is the area; else none."""
    counts = _column(file, "district").cast(pa.string()).drop_null().value_counts().to_pylist()
    by_name = {entry["values"]: entry["counts"] for entry in counts if entry["values"]}
    if any(_short(name) == _short(area_name) for name in by_name):
        return []
    return sorted(by_name, key=lambda name: -by_name[name])[:NAMED]


def _column(file: Path, name: str) -> pa.ChunkedArray:
    with pq.ParquetFile(file) as opened:  # not pq.read_table: it imports pandas
        return opened.read(columns=[name])[name]


def _short(name: str) -> str:
    """`Bristol, City of` and `Bristol` are one district."""
    return name.partition(",")[0].strip().casefold()


def is_of_wards(file: Path, places: Places, month: Month) -> bool:
    """Whether a month's crimes lie in the wards in force then, and within a mile around them; also where there are no wards."""
    import shapely  # and what takes long to load with it, is needed for months of older stores alone

    from mkmap.crimes.polygon import mile_around

    ward_set = places.ward_set(month)
    if ward_set is None:
        return True
    points = numbers(_column(file, "point").drop_null())
    if not len(points):
        return False
    longitude, latitude = longitude_latitude(points)
    within = np.zeros(len(points), bool)
    for around in mile_around(places.outline(ward_set)):
        within |= shapely.contains_xy(around, longitude, latitude)
    wards = places.wards(ward_set)
    reached = [shapely.contains_xy(shape, longitude, latitude).any() for shape in wards.geometry]
    has_few = len(points) < MANY * len(wards)
    return bool(within.mean() >= WITHIN_AT_LEAST and (has_few or np.mean(reached) >= WARDS_AT_LEAST))
