"""Count the crimes of a district that lie in no ward of a set: another council's wards, or wards of another time, show here."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from mkmap.crimes.parquet import add_crimes, add_points, queried
from mkmap.crimes.store import Crimes
from mkmap.places.store import Places, WardSet

# A crime without an LSOA's name is nobody's: it is in none of these.
OF_DISTRICT = (
    "lower(split_part(district, ',', 1)) = lower(split_part($name, ',', 1))"  # `Bristol, City of` and `Bristol` are one
)
COUNTS = f"""
    SELECT lsoa_code, count(*) FILTER (ward IS NULL), count(*) FROM crimes JOIN points USING (point)
    WHERE {OF_DISTRICT} GROUP BY ALL
"""

LSOAS = f"SELECT count(DISTINCT lsoa_code), count(*) FROM crimes WHERE {OF_DISTRICT} AND coalesce(lsoa_code, '') <> ''"
FEWEST_LSOAS = 20  # with fewer, a few streets of one village would say how many households a district has
FEWEST_CRIMES = 5  # an LSOA: with fewer many have none, and it is not known how many there are
INSIDE = "SELECT count(*), count(ward), count(nullif(district, '')) FROM crimes JOIN points USING (point)"


@dataclass(frozen=True)
class Outside:
    """Of the `of` placed crimes of a district `crimes` lie in no ward; `lsoas`: the codes of theirs, most crimes first.

    `placed`: of all districts; `inside`: those of them that lie in a ward; `named`: those that name a district at all.
    """

    crimes: int
    of: int
    lsoas: tuple[str, ...]
    placed: int
    inside: int
    named: int


@lru_cache(maxsize=8)
def outside(crimes: Crimes, places: Places, ward_set: WardSet, force: str, area_name: str) -> Outside:
    """Of the months in which a set is the one in force; kept for stores as they stand.

    Raises Damaged where a stored file is missing or cannot be read.
    """
    months = [stored for month, stored in crimes.of_force(force).items() if places.ward_set(month) == ward_set]
    with queried(crimes) as database:
        add_crimes(database, crimes, months, force)
        add_points(database, places, ward_set)
        rows = database.execute(COUNTS, {"name": area_name}).fetchall()
        placed, inside, named = database.execute(INSIDE).fetchone() or (0, 0, 0)
    lost = Counter({lsoa or "": count for lsoa, count, _all in rows if count})
    of = sum(every for _lsoa, _count, every in rows)
    return Outside(lost.total(), of, tuple(lsoa for lsoa, _count in lost.most_common() if lsoa), placed, inside, named)


def lsoas_of(crimes: Crimes, force: str, area_name: str) -> int | None:
    """In how many LSOAs of a district the latest month has crimes; nearly in all. None where it has hardly any.

    One month: in several the codes of two censuses would both be counted.
    """
    months = crimes.of_force(force)
    if not months:
        return None
    with queried(crimes) as database:
        add_crimes(database, crimes, [months[max(months)]], force)
        lsoas, recorded = database.execute(LSOAS, {"name": area_name}).fetchone() or (0, 0)
    return int(lsoas) if lsoas >= FEWEST_LSOAS and recorded >= FEWEST_CRIMES * lsoas else None
