"""Draw the polygons that police.uk is asked about: the area and one mile around it, and halves of them."""

from math import cos, radians

import geopandas as gpd
import shapely
from shapely import Polygon

from mkmap.places.streets import MILE

METRES = "EPSG:27700"  # the British National Grid
DEGREES = "EPSG:4326"
TOLERANCE = 50.0  # metres: leaves Milton Keynes about 50 of its 480 corners, a question of 1 kB
MARGIN = TOLERANCE + 5.0  # metres: what simplifying, round corners drawn as short lines and rounding may cut off
DECIMALS = 5  # of a degree: one metre
OVERLAP = 0.001  # degrees, about 100 metres: no crime is lost between two halves


def mile_around(outline: shapely.Geometry) -> list[Polygon]:
    """Polygons, in degrees and without holes, that hold the area and everything within a mile of it.

    `outline` is in WGS 84.
    """
    metres = gpd.GeoSeries([outline], crs=DEGREES).to_crs(METRES)
    drawn = metres.buffer(MILE + MARGIN).simplify(TOLERANCE).to_crs(DEGREES).iloc[0]
    return [Polygon(part.exterior) for part in shapely.get_parts(drawn)]


def halves(polygon: Polygon) -> list[Polygon]:
    """The polygon cut across its longer side; the pieces overlap a little, and an odd shape may give more than two."""
    west, south, east, north = polygon.bounds
    if (east - west) * cos(radians((south + north) / 2)) > north - south:
        middle = (west + east) / 2
        boxes = shapely.box(west, south, middle + OVERLAP, north), shapely.box(middle - OVERLAP, south, east, north)
    else:
        middle = (south + north) / 2
        boxes = shapely.box(west, south, east, middle + OVERLAP), shapely.box(west, middle - OVERLAP, east, north)
    pieces = shapely.get_parts([shapely.intersection(polygon, box) for box in boxes])
    return [piece for piece in pieces if isinstance(piece, Polygon)]


def as_text(polygon: Polygon) -> str:
    """police.uk's form, latitude first, the ring left open: `52.04,-0.76:52.05,-0.75:52.04,-0.74`."""
    corners = polygon.exterior.coords[:-1]
    return ":".join(f"{latitude:.{DECIMALS}f},{longitude:.{DECIMALS}f}" for longitude, latitude in corners)
