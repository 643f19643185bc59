"""List what can be looked for on the map by its name: streets, and what the ground names beside them."""

from functools import lru_cache

from mkmap.crimes.query import AreaCrimes
from mkmap.places.ground.kinds import Name
from mkmap.places.ground.store import Ground
from mkmap.words import Message, _, language

Place = tuple[float, float]  # longitude, latitude
KINDS = {
    "town": Message("town"),
    "suburb": Message("estate or suburb"),
    "village": Message("village"),
    "station": Message("station"),
    "main road": Message("main road"),
    "park": Message("park"),
    "lake": Message("lake"),
    "postcode": Message("postcode"),
}


def findable(area: AreaCrimes, ground: Ground) -> dict[str, Place]:
    """Label → where it is; streets as the police's points have them, and all else where there is a ground."""
    return _findable(area, ground, language())


def place_of(area: AreaCrimes, ground: Ground, label: str) -> Place | None:
    """Of what can be looked for, or of a street in one of its wards, as tables name it."""
    return findable(area, ground).get(label) or _in_wards(area).get(label)


@lru_cache(maxsize=4)
def _in_wards(area: AreaCrimes) -> dict[str, Place]:
    rows = area.streets
    return dict(zip(rows["label"], zip(rows["longitude"], rows["latitude"], strict=True), strict=True))


@lru_cache(maxsize=8)
def _findable(area: AreaCrimes, ground: Ground, _language: str) -> dict[str, Place]:
    places = {_label(name): (name.longitude, name.latitude) for name in reversed(ground.drawn.names) if name.kind in KINDS}
    return dict(sorted({**places, **area.whole_streets}.items()))


def _label(name: Name) -> str:
    return _("{name} ({kind})").format(name=name.text, kind=_(KINDS[name.kind]))
