"""Take the names of streets and stations from the police's own points, where nothing else says them."""

from collections import defaultdict

import pandas as pd

from mkmap.places.ground.kinds import Name
from mkmap.places.streets import street_name

MAIN = 6  # map points of one name in one ward: a street of so many is one that people know
# police.uk's words for a kind of place: no name of one.
KINDS_OF_PLACE = frozenset({
    "Airport/Airfield", "Bus/Coach Station", "Conference/Exhibition Centre", "Ferry Terminal", "Further/Higher Educational Building",
    "Hospital", "Motorway Service Area", "Nightclub", "Park/Open Space", "Parking Area", "Pedestrian Subway", "Petrol Station",
    "Police Station", "Prison", "Race Track", "Shopping Area", "Sports/Recreation Area", "Supermarket", "Theatre/Concert Hall",
})  # fmt: skip
STATION = "(station)"


def of_points(points: pd.DataFrame) -> list[Name]:
    """A name a street of a ward, at the map point nearest to its middle; the longest streets first.

    `points`: longitude, latitude, street, ward (code or None).
    """
    inside = points[points["ward"].notna()]
    streets: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    columns = (inside[name].tolist() for name in ("street", "ward", "longitude", "latitude"))
    for street, ward, longitude, latitude in zip(*columns, strict=True):
        name = street_name(street)
        if name and name not in KINDS_OF_PLACE:
            streets[name, ward].append((longitude, latitude))
    longest_first = sorted(streets.items(), key=lambda street: (-len(street[1]), street[0]))
    return [_name(name, places) for (name, _ward), places in longest_first]


def _name(name: str, places: list[tuple[float, float]]) -> Name:
    east, north = (sum(along) / len(places) for along in zip(*places, strict=True))
    longitude, latitude = min(places, key=lambda place: (place[0] - east) ** 2 + (place[1] - north) ** 2)
    return Name(*_called(name, len(places)), round(longitude, 5), round(latitude, 5))


def _called(name: str, count: int) -> tuple[str, str]:
    """What is written of it, and its kind."""
    if name.lower().endswith(STATION):
        return name[: -len(STATION)].strip(), "station"
    return name, "main road" if count >= MAIN else "street"
