"""Ask police.uk about neighbourhoods: which one a place is in, which a ward has, and what the police of one say."""

from collections import Counter
from datetime import datetime
from itertools import product
from urllib.parse import quote

import numpy as np
import shapely

from mkmap.errors import BadInput, Code
from mkmap.plans import answers
from mkmap.plans.plan import Neighbourhood, Plan
from mkmap.police.client import PoliceApi
from mkmap.police.refusals import NoAnswer, source

GRID = 3  # three by three places over a ward: with its middle at most ten questions, and a third of a ward is not missed
CLEAR_OF_BORDERS = 0.001  # degrees, about 100 metres: boundaries of police and council that mean the same differ by less


def locate(api: PoliceApi, longitude: float, latitude: float) -> Neighbourhood | None:
    """The neighbourhood of a place in degrees, WGS 84; None where police.uk knows none.

    Raises Unreachable, or BadInput where the answer is not what was asked for.
    """
    try:
        located = api.ask("locate-neighbourhood", answers.LOCATED, q=f"{latitude:.5f},{longitude:.5f}")
    except NoAnswer:
        return None
    return Neighbourhood(located.force, located.neighbourhood)


def places_in(ward: shapely.Geometry) -> list[tuple[float, float]]:
    """Longitude and latitude of a ward's middle and then of the places of a grid that lie well inside; always the same."""
    west, south, east, north = ward.bounds
    steps = (np.arange(GRID) + 0.5) / GRID
    grid = [(west + (east - west) * x, south + (north - south) * y) for y, x in product(steps, steps)]
    inside = shapely.contains_xy(ward.buffer(-CLEAR_OF_BORDERS), np.array(grid))
    middle = shapely.maximum_inscribed_circle(ward, tolerance=0.0001).coords[0]
    return [middle, *(place for place, is_inside in zip(grid, inside, strict=True) if is_inside)]


def neighbourhoods_in(api: PoliceApi, ward: shapely.Geometry) -> tuple[Neighbourhood, ...]:
    """The neighbourhoods of a ward (WGS 84): that of its middle first, then by how much of the ward they have.

    Empty where police.uk knows none. Raises Unreachable, or BadInput where an answer is not what was asked for.
    """
    middle, *others = (locate(api, longitude, latitude) for longitude, latitude in places_in(ward))
    shares = Counter(place for place in others if place and place != middle)
    return (*([middle] if middle else []), *sorted(shares, key=lambda place: (-shares[place], place)))


def plan_of(api: PoliceApi, neighbourhood: Neighbourhood, at: datetime) -> Plan:
    """The plan of a neighbourhood as it is now: all of it, or none.

    Raises Unreachable, or BadInput where an answer is not what was asked for.
    """
    path = f"{neighbourhood.force}/{quote(neighbourhood.id)}"
    details = api.ask(path, answers.DETAILS)
    if details.id not in ("", neighbourhood.id):
        raise BadInput(Code.ANOTHER_NEIGHBOURHOOD, source=source(api.host, path))
    return Plan(
        neighbourhood,
        details.name,
        details.description,
        details.contact,
        answers.people(api.ask(f"{path}/people", answers.PEOPLE)),
        answers.priorities(api.ask(f"{path}/priorities", answers.PRIORITIES)),
        answers.events(api.ask(f"{path}/events", answers.EVENTS)),
        fetched_at=at,
    )
