"""Find streets by name, and what lies within a mile of one, as police.uk's own search does."""

import numpy as np
import pandas as pd
import shapely

MILE = 1609.344  # metres: police.uk's own radius around a place
APART = 800.0  # metres: between the map points of one street there are rarely more
DEGREE = 111_195.0  # metres: of latitude, on the sphere below
EARTH = 6_371_008.8  # metres: mean radius (IUGG)


def street_name(location: str | float | None) -> str:
    """police.uk's `On or near High Street`, without the first words; empty where a place has no name."""
    return location.removeprefix("On or near ").strip() if isinstance(location, str) else ""  # NaN where pandas misses it


def streets(points: pd.DataFrame, ward_names: dict[str, str]) -> pd.DataFrame:
    """A row a street of a ward, by name: label (`High Street, Olney`), longitude, latitude, ward (code).

    `points`: longitude, latitude, street, ward (code or None). A street with several map points stands at the one in their
    middle, so that the place is always one that the police use.
    """
    rows = _named(points)
    by_ward: dict[tuple[str, str], list[int]] = {}
    for row, (name, ward) in rows.items():
        by_ward.setdefault((name, ward), []).append(row)
    return _at_their_middles(points, [(name, rows_of) for (name, _ward), rows_of in by_ward.items()], rows, ward_names)


def whole_streets(points: pd.DataFrame, ward_names: dict[str, str]) -> pd.DataFrame:
    """The same, with a street that runs through several wards as one row, named with the ward in its middle.

    What bears one name in parts that lie further than `APART` from each other are streets of their own.
    """
    rows = _named(points)
    by_name: dict[str, list[int]] = {}
    for row, (name, _ward) in rows.items():
        by_name.setdefault(name, []).append(row)
    places = points[["longitude", "latitude"]].to_numpy()
    parts = [(name, part) for name, of_name in by_name.items() for part in _parts(places, of_name)]
    return _at_their_middles(points, parts, rows, ward_names).drop_duplicates("label", ignore_index=True)


def _named(points: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Of the points of wards that have a name: row → name, ward.

    Plain Python: to group texts in several threads at once has crashed pyarrow.
    """
    named = zip(map(street_name, points["street"].tolist()), points["ward"].tolist(), strict=True)
    return {row: (name, ward) for row, (name, ward) in enumerate(named) if name and isinstance(ward, str)}


def _at_their_middles(
    points: pd.DataFrame, parts: list[tuple[str, list[int]]], named: dict[int, tuple[str, str]], ward_names: dict[str, str]
) -> pd.DataFrame:
    """A row a street: each stands at the point nearest to the middle of its points."""
    places = points[["longitude", "latitude"]].to_numpy()
    found = []
    for name, part in parts:
        off = ((places[part] - places[part].mean(axis=0)) ** 2).sum(axis=1)
        row = part[int(off.argmin())]
        ward = named[row][1]
        found.append((f"{name}, {ward_names[ward]}", *places[row].tolist(), ward))
    return pd.DataFrame(sorted(found), columns=["label", "longitude", "latitude", "ward"])


def _parts(places: np.ndarray, rows: list[int]) -> list[list[int]]:
    """Of places with one name, which lie together: each as near as `APART` to another of its part."""
    if len(rows) == 1:
        return [rows]
    flat = places[rows] * DEGREE * [np.cos(np.radians(places[rows[0], 1])), 1]
    near = np.hypot(*(flat[:, None] - flat[None]).transpose(2, 0, 1)) <= APART
    part = np.arange(len(rows))
    while ((lowest := np.where(near, part, len(rows)).min(axis=1)) != part).any():
        part = lowest
    return [[rows[place] for place in np.flatnonzero(part == number)] for number in np.unique(part)]


def within_a_mile(points: pd.DataFrame, longitude: float, latitude: float) -> pd.Series:
    """Which points lie within a mile: a boolean for each row."""
    return metres(points, longitude, latitude) <= MILE


def metres(points: pd.DataFrame, longitude: float, latitude: float) -> pd.Series:
    """How far points lie from a place, on the sphere (haversine).

    pyproj.Geod says the same to a millionth of a metre, in fifteen times the time, and importing it takes a tenth of a second.
    """
    east, north = np.radians(points["longitude"] - longitude), np.radians(points["latitude"] - latitude)
    latitudes, here = np.radians(points["latitude"]), np.radians(latitude)
    half_chord = np.sin(north / 2) ** 2 + np.cos(here) * np.cos(latitudes) * np.sin(east / 2) ** 2
    return 2 * EARTH * np.arcsin(np.sqrt(half_chord))


def distance(place: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two places (longitude, latitude)."""
    return float(metres(pd.DataFrame([place], columns=["longitude", "latitude"]), *other).iloc[0])


def mile_leaves(outline: shapely.Geometry, longitude: float, latitude: float) -> bool:
    """Whether a circle of a mile leaves an area (WGS 84)."""
    angles = np.linspace(0, 2 * np.pi, 73)
    north = np.degrees(MILE / EARTH) * np.sin(angles)
    east = np.degrees(MILE / EARTH) * np.cos(angles) / np.cos(np.radians(latitude))
    return not bool(shapely.contains_xy(outline, longitude + east, latitude + north).all())
