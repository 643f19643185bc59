"""Say in which ward of today a street point lies; points are few, however many reports there are."""

from collections.abc import Iterable
from functools import lru_cache

from mkmap.month import Month
from mkmap.places.points import assign, point_id
from mkmap.places.store import Places, WardSet
from mkmap.view.snapshot import Snapshot

Point = tuple[float, float]  # longitude, latitude


def ward_of(snapshot: Snapshot, point: Point) -> str:
    """The name of its ward; empty outside them all."""
    return names(snapshot).get(codes(snapshot, [point])[point], "")


def codes(snapshot: Snapshot, points: Iterable[Point]) -> dict[Point, str]:
    """The code of the ward of each point; empty outside them all."""
    return _codes(snapshot.dataset.places, _today(snapshot), tuple(points))


def names(snapshot: Snapshot) -> dict[str, str]:
    """Code → name."""
    return _names(snapshot.dataset.places, _today(snapshot))


def _today(snapshot: Snapshot) -> WardSet:
    return snapshot.ward_set(Month.of(snapshot.today))


@lru_cache(maxsize=64)
def _codes(places: Places, ward_set: WardSet, points: tuple[Point, ...]) -> dict[Point, str]:
    if not points:
        return {}
    longitudes, latitudes = zip(*points, strict=True)
    found = assign(point_id(longitudes, latitudes), places.wards(ward_set))
    return {point: code or "" for point, code in zip(points, found, strict=True)}


@lru_cache(maxsize=8)
def _names(places: Places, ward_set: WardSet) -> dict[str, str]:
    wards = places.wards(ward_set)
    return dict(zip(wards["code"], wards["name"], strict=True))
