"""The day that pages show is London's, wherever the server stands."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from mkmap.operate import clock


@pytest.fixture(params=["America/Los_Angeles", "UTC", "Pacific/Kiritimati"])
def _zone(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    """A server's own."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_zone")
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)),  # summer time: July has begun there
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_day_is_londons_whatever_the_servers_zone(monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date):
    monkeypatch.setattr(clock, "_now", lambda: moment)
    assert clock.Clock().today() == day
