"""Keep of postcodes their beginnings alone, and where the places that share one lie: a whole one names a handful of homes."""

import re

import numpy as np
import shapely

# `MK6`, `MK6 2`, `MK6 2AB` of the United Kingdom (BS 7666): district, sector, whole.
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(?: ?(\d)(?:[A-Z]{2})?)?")


def beginnings(text: str) -> tuple[str, ...]:
    """District and sector: `MK6 2AB` -> `MK6`, `MK6 2`; nothing of what is no postcode."""
    parts = POSTCODE.fullmatch(text.strip().upper())
    if not parts:
        return ()
    district, sector = parts.groups()
    return (district, f"{district} {sector}") if sector else (district,)


def middle(shapes: list[shapely.Geometry]) -> shapely.Point:
    """Of the places that share a beginning; few that lie far away do not move it."""
    places = shapely.get_coordinates(shapely.centroid(np.array(shapes, dtype=object)))
    return shapely.Point(np.median(places, axis=0))
