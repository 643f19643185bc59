"""Open the moderators' page with many reports waiting, go to the next one, and decide about one and about all."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import requests

from mkmap.database import operators
from mkmap.database.connection import connected
from mkmap.month import Month
from mkmap.places.streets import street_name
from mkmap.reports.report import KINDS, Flag, Place, Report, Response, State
from mkmap.reports.store.filling import fill
from tests.benchmarks import folders, servers
from tests.benchmarks.measured import Measured, told
from tests.servers.visitor import Seen, Visitor, visiting

WAITING = (2_000, 20_000)
AT_MOST = 1.0  # seconds until a page is there
ALL_AT_MOST = 10.0  # seconds until all of them are decided about, each with its entry
TIMES = 9


def measure() -> list[Measured]:
    measured = []
    for count in WAITING:
        for name, is_alike in (("all over the town", False), ("all alike", True)):
            with tempfile.TemporaryDirectory() as folder:
                home = folders.copied(folders.some_months(), Path(folder))
                _fill(home, count, is_alike=is_alike)
                measured += _desk(home, f"{count:,} waiting, {name}")
    return measured


def _desk(home: Path, name: str) -> list[Measured]:
    with servers.mkmap(home, {"MKMAP_LOCAL_MODERATION": "1", "MKMAP_OFFLINE": "1"}) as server:
        cookie = _operator(home, server.port)
        opened = [_opened(server.port, cookie) for _time in range(TIMES)]
        with _moderator(server.port, cookie) as moderator:
            steps = [moderator.press("Next") for _time in range(TIMES)]
            decided = [moderator.press("Publish") for _time in range(TIMES)]
            everything = moderator.press("Publish all")
    return [
        told(f"{name}: the page", opened[1:], AT_MOST, unit=" s"),
        told(f"{name}: the next report", steps, AT_MOST, unit=" s"),
        told(f"{name}: a decision", decided, AT_MOST, unit=" s"),
        told(f"{name}: a decision about all", [everything], ALL_AT_MOST, unit=" s"),
    ]


class _Moderator:
    """One session with the desk."""

    def __init__(self, visitor: Visitor):
        self._visitor = visitor
        self._seen = visitor.run(page="moderation")
        if not _has_desk(self._seen):
            raise SystemExit("the desk was not shown")

    def press(self, label: str) -> float:
        """Seconds until the run was over."""
        (button,) = {one.id for one in self._seen.of("Button") if one.label == label}
        start = time.perf_counter()
        self._seen = self._visitor.run(page="moderation", widgets={button: True})
        return time.perf_counter() - start


@contextmanager
def _moderator(port: int, cookie: str) -> Iterator[_Moderator]:
    with visiting(port, headers={"Cookie": cookie}) as visitor:
        yield _Moderator(visitor)


def _opened(port: int, cookie: str) -> float:
    start = time.perf_counter()
    with _moderator(port, cookie):
        return time.perf_counter() - start


def _has_desk(seen: Seen) -> bool:
    return any(one.label == "Next" for one in seen.of("Button"))


def _operator(home: Path, port: int) -> str:
    """The cookie of an operator's session."""
    token = operators.make_link(connected(home), at=datetime.now(UTC))
    answer = requests.get(f"http://127.0.0.1:{port}/operate?token={token}", allow_redirects=False, timeout=60)
    return answer.headers["set-cookie"].partition(";")[0]


def _fill(home: Path, count: int, *, is_alike: bool) -> None:
    points = folders.points_of(home)
    rng = np.random.default_rng(1967)
    now = datetime.now(UTC)
    first = points.iloc[0]
    one = Report(
        id=0, mark="", state=State.PENDING, received_at=now, kind=KINDS[0], month=Month.of(now.date()),
        place=Place(float(first.longitude), float(first.latitude), street_name(first.street)), told_police=True,
        response=Response.CAME, text="They came over the fence. " * 8, flags=(), version=1,
    )  # fmt: skip
    numbered = [
        replace(one, id=number, mark=f"{number:016x}", received_at=now - timedelta(seconds=count - number))
        for number in range(1, count + 1)
    ]
    fill(connected(home), numbered if is_alike else [_varied(report, points, rng) for report in numbered], "made", anew=True)


def _varied(report: Report, points: object, rng: np.random.Generator) -> Report:
    point = points.iloc[int(rng.integers(0, len(points)))]
    return replace(
        report,
        kind=str(rng.choice(KINDS)),
        month=report.month + -int(rng.integers(0, 6)),
        place=Place(float(point.longitude), float(point.latitude), street_name(point.street)),
        flags=(Flag.MANY_FROM_NETWORK,) if rng.random() < 0.5 else (),
    )
