"""The published reports as the map's filters see them: point, month and type, with the ward they lie in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import pandas as pd

from mkmap.database.connection import Store
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.points import assign, point_id
from mkmap.places.store import Places, WardSet
from mkmap.reports.report import police_type
from mkmap.reports.store import showing

COLUMNS = ["mark", "kind", "crime_type", "month", "longitude", "latitude", "street", "ward"]


@dataclass(frozen=True, eq=False)
class Published:
    """A row a report: mark, kind, crime_type (police.uk's), month (Month's text), longitude, latitude (WGS 84), street, ward (code)."""

    marks: pd.DataFrame
    version: str

    def select(self, filters: Filters) -> pd.DataFrame:
        """The reports of the chosen months, wards and types; an attempted burglary is a burglary there."""
        here = self._of(filters)
        return here[here["month"].between(str(filters.first), str(filters.last))]

    def newer(self, filters: Filters) -> pd.DataFrame:
        """Those of the chosen wards and types whose month is after the chosen ones."""
        here = self._of(filters)
        return here[here["month"] > str(filters.last)]

    def _of(self, filters: Filters) -> pd.DataFrame:
        marks = self.marks
        if filters.wards:
            marks = marks[marks["ward"].isin(filters.wards)]
        if filters.types:
            marks = marks[marks["crime_type"].isin(filters.types)]
        return marks


def published(store: Store, places: Places, ward_set: WardSet) -> Published:
    """What is public now, by a ward set; kept until a decision changes it.

    Raises NotKept where the reports' database does not answer.
    """
    return _read(_Key(store, ward_set, showing.version(store), places.version, places))


@dataclass(frozen=True)
class _Key:
    store: Store
    ward_set: WardSet
    version: str
    places_version: str
    places: Places = field(compare=False)  # another object each time, of the same files


@lru_cache(maxsize=8)
def _read(key: _Key) -> Published:
    found = showing.published(key.store)
    places_of = [(one.place.longitude, one.place.latitude, one.place.street) for one in found]
    marks = pd.DataFrame(
        {
            "mark": _texts(one.mark for one in found),
            "kind": _texts(one.kind for one in found),
            "crime_type": _texts(police_type(one.kind) for one in found),
            "month": _texts(str(one.month) for one in found),
            "longitude": pd.array([place[0] for place in places_of], "float64"),
            "latitude": pd.array([place[1] for place in places_of], "float64"),
            "street": _texts(place[2] for place in places_of),
        }
    )
    marks["ward"] = assign(point_id(marks["longitude"], marks["latitude"]), key.places.wards(key.ward_set))
    return Published(marks.loc[marks["ward"].notna(), COLUMNS], key.version)


def _texts(values: Iterable[str]) -> pd.api.extensions.ExtensionArray:
    """A column of text, also where there is no row."""
    return pd.array(list(values), dtype="str")


def last_month(marks: pd.DataFrame) -> Month:
    return Month.parse(marks["month"].max())
