"""Find the reports that are near another in street, month and type: likely of the same event."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.places.streets import EARTH, distance
from mkmap.reports.privacy import NEAR
from mkmap.reports.report import KINDS, Report, State, police_type
from mkmap.reports.store import rows
from mkmap.reports.store.tables import reports

SHOWN = 6  # of those near: what a moderator compares; the rest is a number

Place = tuple[float, float]


@dataclass(frozen=True)
class Near:
    """The first few, the oldest first, and how many there are."""

    reports: Sequence[Report]
    total: int


def near(store: Store, report: Report) -> Near:
    """Those that wait or are published, of the same type, within a month and `NEAR` metres."""
    here = (report.place.longitude, report.place.latitude)
    with store.reading(**store.one_moment) as connection:
        points = {place: count for place, count in _at_points(connection, report).items() if distance(here, place) <= NEAR}
        if not points:
            return Near((), 0)
        there = sa.tuple_(reports.c.longitude, reports.c.latitude).in_(points)
        first = rows.REPORT.where(_alike(report), there).order_by(reports.c.received_at, reports.c.id).limit(SHOWN)
        return Near([rows.report(row) for row in connection.execute(first)], sum(points.values()))


def _at_points(connection: sa.Connection, report: Report) -> dict[Place, int]:
    """How many stand at each street point of a square around it; a flood has many reports, and few points."""
    north = math.degrees(NEAR / EARTH)
    east = north / math.cos(math.radians(report.place.latitude))
    square = (
        reports.c.latitude.between(report.place.latitude - north, report.place.latitude + north),
        reports.c.longitude.between(report.place.longitude - east, report.place.longitude + east),
    )
    place = (reports.c.longitude, reports.c.latitude)
    counted = sa.select(*place, sa.func.count()).where(_alike(report), *square).group_by(*place)
    return {(longitude, latitude): count for longitude, latitude, count in connection.execute(counted)}


def _alike(report: Report) -> sa.ColumnElement[bool]:
    return sa.and_(
        reports.c.month.in_([str(report.month + months) for months in (-1, 0, 1)]),
        reports.c.kind.in_([kind for kind in KINDS if police_type(kind) == report.crime_type]),
        reports.c.state.in_([State.PENDING, State.PUBLISHED]),
        reports.c.id != report.id,
    )
