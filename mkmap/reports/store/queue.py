"""Read the reports that a moderator wants page by page, and count them; never more of them than a page shows."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from mkmap.database.connection import Store
from mkmap.reports.report import Flag, Report
from mkmap.reports.store import rows
from mkmap.reports.store.settling import TO_CORRECT
from mkmap.reports.store.tables import networks, reports, requests
from mkmap.reports.store.wanted import UNFLAGGED, Wanted, condition

ORDER = (reports.c.flagged, reports.c.received_at, reports.c.id)  # unflagged first, each by age


@dataclass(frozen=True)
class Key:
    """The place of a report in the order, whatever comes or goes before it."""

    flagged: bool
    received_at: datetime
    number: int

    @classmethod
    def of(cls, report: Report) -> "Key":
        return cls(bool(report.flags), report.received_at, report.id)


@dataclass(frozen=True)
class Page:
    """The reports of a page, how many come before it, and how many there are in all."""

    reports: Sequence[Report]
    before: int
    total: int

    @property
    def after(self) -> int:
        return self.total - self.before - len(self.reports)


def page(store: Store, wanted: Wanted, size: int, start: Key | None = None) -> Page:
    """As many as `size`, from a place in the order on; none there: the last ones before it."""
    which = condition(wanted)
    with store.reading(**store.one_moment) as connection:
        total = _count(connection, which)
        if start and not _count(connection, which, _from(start)):
            start = _back(connection, which, size, start)
        before = _count(connection, which, ~_from(start)) if start else 0
        chosen = sa.select(reports.c.id).where(which, *([_from(start)] if start else [])).order_by(*ORDER).limit(size)
        found = connection.execute(rows.REPORT.where(reports.c.id.in_(chosen.scalar_subquery())).order_by(*ORDER)).all()
    return Page([rows.report(row) for row in found], before, total)


def next_page(shown: Page, store: Store, wanted: Wanted) -> Key | None:
    """Where the page after this one begins."""
    if not shown.reports:
        return None
    after = sa.and_(condition(wanted), _from(last := Key.of(shown.reports[-1])), reports.c.id != last.number)
    with store.reading() as connection:
        row = connection.execute(sa.select(*ORDER).where(after).order_by(*ORDER).limit(1)).first()
    return Key(*row) if row else None


def previous_page(shown: Page, store: Store, wanted: Wanted, size: int) -> Key | None:
    """Where the page before this one begins."""
    if not shown.reports:
        return None
    with store.reading() as connection:
        return _back(connection, condition(wanted), size, Key.of(shown.reports[0]))


def newest(store: Store) -> int:
    """The highest number that a report has: what comes later, nobody has seen."""
    with store.reading() as connection:
        return connection.execute(sa.select(sa.func.max(reports.c.id))).scalar() or 0


def asked_to_correct(store: Store) -> int:
    """How many reports somebody asked to correct."""
    with store.reading() as connection:
        return connection.execute(sa.select(sa.func.count(sa.distinct(requests.c.report))).where(TO_CORRECT)).scalar_one()


def flags(store: Store, wanted: Wanted) -> dict[Flag | str, int]:
    """How many have each flag, or none; one report may have several."""
    counted: Counter[Flag | str] = Counter()
    for text, count in _grouped(store, wanted, reports.c.flags):
        for flag in json.loads(text) or [UNFLAGGED]:
            counted[flag if flag == UNFLAGGED else Flag(flag)] += count
    return dict(counted)


def kinds(store: Store, wanted: Wanted) -> dict[str, int]:
    return dict(_grouped(store, wanted, reports.c.kind))


def days(store: Store, wanted: Wanted) -> dict[date, int]:
    """How many were received on each day (UTC)."""
    return {date.fromisoformat(str(day)): count for day, count in _grouped(store, wanted, sa.func.date(reports.c.received_at))}


def places(store: Store, wanted: Wanted) -> dict[tuple[float, float], int]:
    """How many stand at each street point: longitude, latitude."""
    columns = (reports.c.longitude, reports.c.latitude)
    return {(longitude, latitude): count for longitude, latitude, count in _grouped(store, wanted, *columns)}


def network_names(store: Store, wanted: Wanted) -> dict[str, int]:
    """How many came from each network of the last day from which several came."""
    count = sa.func.count().label("reports")
    several = (
        sa.select(networks.c.name, count)
        .join(reports, reports.c.id == networks.c.report)
        .where(condition(wanted))
        .group_by(networks.c.name)
        .having(count > 1)
    )
    with store.reading() as connection:
        return {row.name: row.reports for row in connection.execute(several)}


def _grouped(store: Store, wanted: Wanted, *columns: sa.ColumnElement) -> Sequence[sa.Row]:
    with store.reading() as connection:
        return connection.execute(
            sa.select(*columns, sa.func.count()).where(condition(wanted)).group_by(*columns).order_by(*columns)
        ).all()


def _count(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(reports).where(*which)).scalar_one()


def _from(key: Key) -> sa.ColumnElement[bool]:
    """This one and those after it. The database walks along its index to the place, however many come before."""
    values = zip((key.flagged, key.received_at, key.number), ORDER, strict=True)
    return sa.tuple_(*ORDER) >= sa.tuple_(*(sa.literal(value, column.type) for value, column in values))


def _back(connection: sa.Connection, which: sa.ColumnElement[bool], size: int, key: Key) -> Key | None:
    """The place so many before another."""
    back = sa.select(*ORDER).where(which, ~_from(key)).order_by(*(column.desc() for column in ORDER)).limit(size)
    found = connection.execute(back).all()
    return Key(*found[-1]) if found else None
