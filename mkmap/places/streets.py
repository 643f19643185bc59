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
    named = points.assign(name=points["street"].map(street_name, na_action="ignore"))
    named = named[named["ward"].notna() & (named["name"].fillna("") != "")]
    middle = named.groupby(["name", "ward"])[["longitude", "latitude"]].transform("mean")
    off = (named["longitude"] - middle["longitude"]) ** 2 + (named["latitude"] - middle["latitude"]) ** 2
    nearest = named.loc[off.groupby([named["name"], named["ward"]]).idxmin()]
    labels = nearest["name"] + ", " + nearest["ward"].map(ward_names).astype("str")
    return nearest.assign(label=labels)[["label", "longitude", "latitude", "ward"]].sort_values("label", ignore_index=True)


def whole_streets(points: pd.DataFrame, ward_names: dict[str, str]) -> pd.DataFrame:
    """The same, with a street that runs through several wards as one row, named with the ward in its middle.

    What bears one name in parts that lie further than `APART` from each other are streets of their own.
    """
    named = points.assign(name=points["street"].map(street_name, na_action="ignore"))
    named = named[named["ward"].notna() & (named["name"].fillna("") != "")]
    part = np.zeros(len(named), int)
    places = named[["longitude", "latitude"]].to_numpy()
    for rows in named.groupby("name").indices.values():
        if len(rows) > 1:
            part[rows] = _parts(places[rows])
    keys = [named["name"], part]
    middle = named.groupby(keys)[["longitude", "latitude"]].transform("mean")
    off = (named["longitude"] - middle["longitude"]) ** 2 + (named["latitude"] - middle["latitude"]) ** 2
    nearest = named.loc[off.groupby(keys).idxmin()]
    labels = nearest["name"] + ", " + nearest["ward"].map(ward_names).astype("str")
    rows = nearest.assign(label=labels)[["label", "longitude", "latitude", "ward"]].drop_duplicates("label")
    return rows.sort_values("label", ignore_index=True)


def _parts(places: np.ndarray) -> np.ndarray:
    """Of places with one name, which lie together: each as near as `APART` to another of the same number."""
    flat = places * DEGREE * [np.cos(np.radians(places[0, 1])), 1]
    near = np.hypot(*(flat[:, None] - flat[None]).transpose(2, 0, 1)) <= APART
    number = np.arange(len(places))
    while ((lowest := np.where(near, number, len(places)).min(axis=1)) != number).any():
        number = lowest
    return number


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
