"""Read rows as reports."""

import json

import sqlalchemy as sa

from mkmap.month import Month
from mkmap.reports.report import Flag, Place, Report, Response, State
from mkmap.reports.request import Kind, Outcome, Request
from mkmap.reports.store.tables import facts, reports, requests

_open = (
    sa.select(sa.func.count())
    .where(requests.c.report == reports.c.id, requests.c.kind == Kind.CORRECTION, requests.c.answered_at.is_(None))
    .scalar_subquery()
)
REPORT = sa.select(reports, _open.label("corrections"))


HIGHEST = 2**31 - 1  # a larger number fits into no database's


def is_number(column: sa.Column[int], number: int | None) -> sa.ColumnElement[bool]:
    """Whether it is the one that somebody typed, who can type anything."""
    return column == number if number is not None and 0 < number <= HIGHEST else sa.false()


def report(row: sa.Row) -> Report:
    return Report(
        id=row.id,
        mark=row.mark,
        state=State(row.state),
        received_at=row.received_at,
        kind=row.kind,
        month=Month.parse(row.month),
        place=Place(row.longitude, row.latitude, row.street),
        told_police=row.told_police,
        response=Response(row.response),
        text=row.text,
        flags=tuple(map(Flag, json.loads(row.flags))),
        version=row.version,
        decided_at=row.decided_at,
        reason=row.reason,
        duplicate_of=row.duplicate_of,
        corrections=row.corrections,
        heap=row.heap,
        second_by=row.second_by,
    )


def request(row: sa.Row) -> Request:
    return Request(
        id=row.id,
        kind=Kind(row.kind),
        report=row.report,
        sent_at=row.sent_at,
        what=row.what,
        text=row.text,
        flags=tuple(map(Flag, json.loads(row.flags))),
        is_set_aside=row.is_set_aside,
        acknowledged_at=row.acknowledged_at,
        answered_at=row.answered_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        note=row.note,
        who=row.who,
    )


def fact(connection: sa.Connection, name: str) -> sa.Row | None:
    return connection.execute(sa.select(facts.c.value, facts.c.at).where(facts.c.name == name)).first()


def receipt_key(connection: sa.Connection) -> bytes:
    """What receipts are made with; the first migration has made it."""
    return bytes.fromhex(connection.execute(sa.select(facts.c.value).where(facts.c.name == "receipt_key")).scalar_one())


def alone(connection: sa.Connection) -> None:
    """Wait until nobody else changes the facts, to the end of the transaction: PostgreSQL lets many write at once."""
    connection.execute(sa.select(facts.c.name).where(facts.c.name == "receipt_key").with_for_update())


def set_fact(connection: sa.Connection, name: str, value: str, at: object) -> None:
    if not connection.execute(sa.update(facts).where(facts.c.name == name).values(value=value, at=at)).rowcount:
        connection.execute(sa.insert(facts).values(name=name, value=value, at=at))


def changed(connection: sa.Connection, at: object) -> None:
    """Note that what the public sees has changed: maps are drawn anew."""
    alone(connection)
    stands = fact(connection, "public_version")
    set_fact(connection, "public_version", str(int(stands.value) + 1 if stands else 1), at)
