"""Keep where a meeting stands, so that a phone moves the hall's screen, whichever processes the two have reached.

Nothing here opens anything by itself: the hall's screen, the code of the picture and the phone each hold a secret of their own,
of which only the SHA-256 is stored.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from mkmap.database import secret
from mkmap.database.connection import Store
from mkmap.database.tables import Utc, metadata
from mkmap.errors import Code, Refused

CODE_LIVES = timedelta(minutes=15)  # the picture is scanned while the hall fills: afterwards a photograph of it opens nothing
LAPSES = timedelta(minutes=30)  # a screen that was not there for a break and a cup of tea does not come back
LONGEST = timedelta(hours=6)  # no meeting takes longer
MOST_OPEN = 200  # at once: what strangers open fills no disk

meetings = sa.Table(
    "meetings",
    metadata,
    sa.Column("hall", sa.String(64), primary_key=True),  # of the secret of the hall's screen
    sa.Column("code", sa.String(64), nullable=False, unique=True),  # of the one that the picture shows
    sa.Column("code_ends_at", Utc, nullable=False),
    sa.Column("phone", sa.String(64), unique=True),  # of the one that the phone got for the code; NULL before
    sa.Column("filters", sa.Text, nullable=False),
    sa.Column("slide", sa.String(16), nullable=False),
    sa.Column("screen", sa.String(16), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("opened_at", Utc, nullable=False),
    sa.Column("begun_at", Utc),  # when the first slide was left
    sa.Column("ends_at", Utc, nullable=False),
)


@dataclass(frozen=True)
class Position:
    """What the hall sees: the filters as an address says them, the slide, and what lies over it, empty where nothing does."""

    filters: str
    slide: str
    screen: str = ""


@dataclass(frozen=True)
class Meeting:
    """One that is open; `version` counts the moves."""

    position: Position
    version: int
    has_phone: bool
    begun_at: datetime | None


@dataclass(frozen=True)
class Secrets:
    """What the hall's screen keeps, and what its picture shows."""

    hall: str
    code: str


def open_meeting(store: Store, position: Position, *, at: datetime) -> Secrets:
    """Raises Refused where too many are open, NotKept where it is not certain that it was kept."""
    made = Secrets(secret.new(), secret.new())
    with store.writing() as connection:
        connection.execute(sa.delete(meetings).where(meetings.c.ends_at <= at))
        if connection.execute(sa.select(sa.func.count()).select_from(meetings)).scalar_one() >= MOST_OPEN:
            raise Refused(Code.MEETINGS_TOO_MANY)
        row = {"hall": secret.digest(made.hall), "version": 1, "opened_at": at, "ends_at": at + LAPSES, **_columns(position)}
        connection.execute(sa.insert(meetings).values(**row, **_code(made.code, at)))
    return made


def renew_code(store: Store, hall: str, *, at: datetime) -> str:
    """Another code; whatever phone moved the slides does so no more. Raises Refused where the meeting is over."""
    code = secret.new()
    with store.writing() as connection:
        if not connection.execute(_of_hall(sa.update(meetings), hall, at).values(phone=None, **_code(code, at))).rowcount:
            raise Refused(Code.MEETING_OVER)
    return code


def take(store: Store, code: str, *, at: datetime) -> str:
    """The secret of the phone that came first with a code.

    Raises Refused where another was first, where the code's time is over, and where there never was such a one.
    """
    phone = secret.new()
    with store.writing() as connection:
        row = connection.execute(sa.select(meetings).where(meetings.c.code == secret.digest(code))).first()
        if row is None or not secret.matches(row.code, code) or min(row.code_ends_at, row.ends_at) <= at:
            raise Refused(Code.MEETING_CODE_UNKNOWN)
        free = sa.update(meetings).where(meetings.c.hall == row.hall, meetings.c.phone.is_(None))
        if not connection.execute(free.values(phone=secret.digest(phone))).rowcount:
            raise Refused(Code.MEETING_HAS_A_PHONE)
    return phone


def of_hall(store: Store, hall: str, *, at: datetime) -> Meeting | None:
    """The meeting of a hall's screen; None where it is over, or never was."""
    return _meeting(store, meetings.c.hall, hall, at)


def of_phone(store: Store, phone: str, *, at: datetime) -> Meeting | None:
    """The meeting that a phone moves; None where it is over, another phone has taken its place, or it never was."""
    return _meeting(store, meetings.c.phone, phone, at)


def move_by_hall(store: Store, hall: str, position: Position, *, at: datetime) -> None:
    """What the keys have done: they are always right."""
    with store.writing() as connection:
        connection.execute(_of_hall(sa.update(meetings), hall, at).values(**_moved(position, at)))


def move_by_phone(store: Store, phone: str, seen: Meeting, slide: str, screen: str, *, at: datetime) -> bool:
    """Move the hall's screen from where the phone has seen it; False where it stood elsewhere meanwhile, and then nothing moves."""
    position = replace(seen.position, slide=slide, screen=screen)
    moved = sa.update(meetings).where(
        meetings.c.phone == secret.digest(phone), meetings.c.version == seen.version, meetings.c.ends_at > at
    )
    with store.writing() as connection:
        return bool(connection.execute(moved.values(**_moved(position, at))).rowcount)


def keep_open(store: Store, hall: str, *, at: datetime) -> None:
    """Say that the hall's screen is there; no meeting is longer than the longest."""
    with store.writing() as connection:
        young = _of_hall(sa.update(meetings), hall, at).where(meetings.c.opened_at > at + LAPSES - LONGEST)
        connection.execute(young.values(ends_at=at + LAPSES))


def end(store: Store, hall: str) -> None:
    """Nothing is left of it."""
    with store.writing() as connection:
        connection.execute(sa.delete(meetings).where(meetings.c.hall == secret.digest(hall)))


def _meeting(store: Store, column: sa.Column, held: str, at: datetime) -> Meeting | None:
    with store.reading() as connection:
        row = connection.execute(sa.select(meetings).where(column == secret.digest(held), meetings.c.ends_at > at)).first()
    if row is None or not secret.matches(row._mapping[column], held):
        return None
    return Meeting(Position(row.filters, row.slide, row.screen), row.version, row.phone is not None, row.begun_at)


def _of_hall(change: sa.Update, hall: str, at: datetime) -> sa.Update:
    return change.where(meetings.c.hall == secret.digest(hall), meetings.c.ends_at > at)


def _columns(position: Position) -> dict[str, object]:
    return {"filters": position.filters, "slide": position.slide, "screen": position.screen}


def _code(code: str, at: datetime) -> dict[str, object]:
    return {"code": secret.digest(code), "code_ends_at": at + CODE_LIVES}


def _moved(position: Position, at: datetime) -> dict[str, object]:
    """The time runs from the first move."""
    begun = sa.func.coalesce(meetings.c.begun_at, sa.literal(at, Utc))
    return {**_columns(position), "version": meetings.c.version + 1, "begun_at": begun}
