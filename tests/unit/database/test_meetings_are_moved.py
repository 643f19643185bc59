"""Who may move a meeting, and who may not: one phone, for a time, and nobody without a secret. The same on SQLite and PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from refusing import refused
from sent_reports import NOW

from mkmap.database import connection, meetings
from mkmap.database.connection import Store
from mkmap.database.meetings import CODE_LIVES, LAPSES, LONGEST, MOST_OPEN, Position, Secrets
from mkmap.database.secret import digest
from mkmap.errors import Code, Refused

START = Position("from=2025-01&to=2025-06&type=Burglary", "cover")
SECOND = timedelta(seconds=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, home: Path) -> Iterator[Store]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    opened = connection.connected(home, url)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def made(store: Store) -> Secrets:
    return meetings.open_meeting(store, START, at=NOW)


def where(store: Store, made: Secrets) -> str:
    meeting = meetings.of_hall(store, made.hall, at=NOW)
    assert meeting
    return meeting.position.slide


def test_a_phone_moves_the_hall_and_the_hall_the_phone(store, made):
    phone = meetings.take(store, made.code, at=NOW)
    seen = meetings.of_phone(store, phone, at=NOW)
    assert (seen.position, seen.begun_at) == (START, None)
    assert meetings.move_by_phone(store, phone, seen, "number", "", at=NOW)
    assert where(store, made) == "number"
    meetings.move_by_hall(store, made.hall, replace(START, slide="map", screen="blank"), at=NOW + SECOND)
    moved = meetings.of_phone(store, phone, at=NOW)
    assert moved.position == replace(START, slide="map", screen="blank")
    assert moved.begun_at == NOW, "the time runs from the first move"


def test_a_press_on_what_has_moved_meanwhile_and_the_same_press_again_move_nothing(store, made):
    phone = meetings.take(store, made.code, at=NOW)
    seen = meetings.of_phone(store, phone, at=NOW)
    assert meetings.move_by_phone(store, phone, seen, "number", "", at=NOW)
    assert not meetings.move_by_phone(store, phone, seen, "report", "", at=NOW)
    assert where(store, made) == "number"


def test_only_the_first_phone_has_the_right_until_the_code_is_renewed(store, made):
    first = meetings.take(store, made.code, at=NOW)
    with refused(Refused, Code.MEETING_HAS_A_PHONE):
        meetings.take(store, made.code, at=NOW)
    again = meetings.renew_code(store, made.hall, at=NOW)
    assert meetings.of_phone(store, first, at=NOW) is None
    with refused(Refused, Code.MEETING_CODE_UNKNOWN):
        meetings.take(store, made.code, at=NOW)
    assert meetings.of_phone(store, meetings.take(store, again, at=NOW), at=NOW)


@pytest.mark.parametrize("forged", ["", "x", "0" * 64])
def test_what_is_forged_opens_and_moves_nothing(store, made, forged):
    with refused(Refused, Code.MEETING_CODE_UNKNOWN):
        meetings.take(store, forged, at=NOW)
    seen = meetings.of_hall(store, made.hall, at=NOW)
    assert meetings.of_phone(store, forged, at=NOW) is None
    assert not meetings.move_by_phone(store, forged, seen, "report", "", at=NOW)
    for known in (made.code, digest(made.hall)):  # the code moves nothing, nor does what the table holds
        meetings.move_by_hall(store, known, replace(START, slide="report"), at=NOW)
    assert where(store, made) == "cover"


def test_a_code_and_a_meeting_end_by_themselves(store, made):
    with refused(Refused, Code.MEETING_CODE_UNKNOWN):
        meetings.take(store, made.code, at=NOW + CODE_LIVES)
    phone = meetings.take(store, made.code, at=NOW)
    meetings.keep_open(store, made.hall, at=NOW + LAPSES - SECOND)
    assert meetings.of_phone(store, phone, at=NOW + LAPSES)
    assert meetings.of_phone(store, phone, at=NOW + 2 * LAPSES) is None
    for at in range(int(LONGEST / LAPSES) * 2):
        meetings.keep_open(store, made.hall, at=NOW + at * LAPSES / 2)
    assert meetings.of_hall(store, made.hall, at=NOW + LONGEST) is None
    meetings.open_meeting(store, START, at=NOW + LONGEST)
    with store.reading() as reading:
        assert reading.execute(sa.select(sa.func.count()).select_from(meetings.meetings)).scalar() == 1, "the other is gone"


def test_the_table_holds_no_secret(store, made):
    phone = meetings.take(store, made.code, at=NOW)
    with store.reading() as reading:
        row = str(reading.execute(sa.select(meetings.meetings)).one())
    assert not [secret for secret in (made.hall, made.code, phone) if secret in row]


def test_strangers_fill_no_disk(store, monkeypatch):
    monkeypatch.setattr(meetings, "MOST_OPEN", 2)
    assert MOST_OPEN > 50, "a town has many halls"
    for _ in range(2):
        meetings.open_meeting(store, START, at=NOW)
    with refused(Refused, Code.MEETINGS_TOO_MANY):
        meetings.open_meeting(store, START, at=NOW)
