"""Remember what was erased and withdrawn: no backup may bring it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mkmap.database.tables import Utc, metadata

ERASED = "erased"

gone = sa.Table(  # what a restored backup must not bring back
    "gone",
    metadata,
    sa.Column("submission", sa.String(64), primary_key=True),
    sa.Column("act", sa.String(16), nullable=False),  # erased, withdrawn
    sa.Column("at", Utc, nullable=False),
)


@dataclass(frozen=True)
class Tombstone:
    """What was done with a report, and when (UTC)."""

    act: str
    at: datetime


Tombstones = Mapping[str, Tombstone]  # by the hash of a submission, as it stands in the tables


def note(connection: sa.Connection, submission: str, act: str, at: datetime) -> None:
    """`submission`: its hash, as it stands in the tables. Erasing outlasts withdrawing."""
    values = {"act": act, "at": at}
    known = sa.update(gone).where(gone.c.submission == submission, gone.c.act != ERASED).values(**values)
    if connection.execute(known).rowcount:
        return
    if not connection.execute(sa.select(gone.c.act).where(gone.c.submission == submission)).first():
        connection.execute(sa.insert(gone).values(submission=submission, **values))


def noted(connection: sa.Connection) -> Tombstones:
    return {row.submission: Tombstone(row.act, row.at) for row in connection.execute(sa.select(gone))}


def lacks(stands: Tombstones, known: Tombstones) -> bool:
    """Whether something is known to be erased or withdrawn of which `stands` says nothing, or less."""
    return any(
        submission not in stands or (tombstone.act == ERASED and stands[submission].act != ERASED)
        for submission, tombstone in known.items()
    )


def together(one: Tombstones, other: Tombstones) -> Tombstones:
    """Of both; erasing outlasts withdrawing."""
    erased = {submission: stone for submission, stone in one.items() if stone.act == ERASED}
    return {**one, **other, **erased}
