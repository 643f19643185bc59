"""Make the tables of what people ask of the site, corrections among it, and of the counts of what was decided, year by year."""

import json
from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

REASONS = ("not a crime", "identifies somebody", "place or month cannot be right", "not believable", "advertising")


def upgrade() -> None:
    requests = op.create_table(
        "requests",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("request", sa.String(64), nullable=False, unique=True),
        sa.Column("receipt", sa.String(64), unique=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.id", ondelete="SET NULL"), index=True),
        sa.Column("sent_at", sa.DateTime, nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("is_set_aside", sa.Boolean, nullable=False),
        sa.Column("acknowledged_at", sa.DateTime),
        sa.Column("answered_at", sa.DateTime),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("requests_open", "requests", ["answered_at", "kind"])
    tallies = op.create_table(
        "tallies",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("what", sa.String(16), primary_key=True),
        sa.Column("detail", sa.String(48), primary_key=True),
        sa.Column("days", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("total", sa.Integer, nullable=False),
    )
    counts = _decided()
    _move_corrections(requests, counts)
    op.drop_table("corrections")
    columns = ("year", "what", "detail", "days")
    op.bulk_insert(tallies, [{**dict(zip(columns, key, strict=True)), "total": count} for key, count in counts.items()])


def _move_corrections(requests: sa.Table, counts: Counter) -> None:
    corrections = sa.table("corrections", *map(sa.column, ("request", "report", "what", "text")), sa.column("at", sa.DateTime))
    rows = op.get_bind().execute(sa.select(corrections).order_by(corrections.c.at)).all()
    empty = {"flags": json.dumps([]), "is_set_aside": False, "outcome": "", "note": "", "who": ""}
    moved = [
        {
            "request": row.request,
            "kind": "correction",
            "report": row.report,
            "sent_at": row.at,
            "what": row.what,
            "text": row.text,
        }
        for row in rows
    ]
    op.bulk_insert(requests, [row | empty for row in moved])
    counts.update((row.at.year, "correction", "received", 0) for row in rows)


def _decided() -> Counter:
    """What of the reports that are still there was received and decided, as it would have been counted."""
    counts: Counter = Counter()
    reports = sa.table("reports", sa.column("id"), sa.column("received_at", sa.DateTime))
    decisions = sa.table(
        "decisions", *map(sa.column, ("id", "report", "act", "before", "reason")), sa.column("at", sa.DateTime)
    )
    bind = op.get_bind()
    received = {row.id: row.received_at for row in bind.execute(sa.select(reports))}
    counts.update((at.year, "received", "", 0) for at in received.values())
    counted: dict[int, list[tuple[int, str, str, int]]] = {}
    for row in bind.execute(sa.select(decisions).order_by(decisions.c.id)):
        made = counted.setdefault(row.report, [])
        if row.act == "undo":
            counts.subtract(made)
            made.clear()
        if row.act in ("publish", "reject", "duplicate", "withdraw"):
            key = _key(row, received[row.report])
            counts[key] += 1
            if row.act != "withdraw":
                made.append(key)
    gone = sa.table("gone", sa.column("act"), sa.column("at", sa.DateTime))
    counts.update((row.at.year, "erased", "", 0) for row in bind.execute(sa.select(gone)) if row.act == "erased")
    return +counts


def _key(row: sa.Row, received_at: sa.DateTime) -> tuple[int, str, str, int]:
    reason = "duplicate" if row.act == "duplicate" else row.reason if row.reason in REASONS else "another reason"
    days = (row.at - received_at).days
    match row.act, row.before:
        case "publish", _before:
            return row.at.year, "published", "", days
        case "withdraw", _before:
            return row.at.year, "withdrawn", "", 0
        case _act, "published":
            return row.at.year, "taken down", reason, 0
    return row.at.year, "rejected", reason, days
