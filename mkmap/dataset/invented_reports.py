"""Invent reports for the demonstration, in every state, so that a newcomer sees the layer and the queue at once."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from mkmap.crime_types import BURGLARY
from mkmap.database.connection import Store
from mkmap.dataset import invented_town as town
from mkmap.month import Month
from mkmap.places.streets import metres, street_name
from mkmap.reports.privacy import NEAR, REPORTABLE_MONTHS
from mkmap.reports.report import (
    AFTER_TOLD,
    ATTEMPTED_BURGLARY,
    NOT_TOLD,
    Decision,
    Flag,
    Place,
    Report,
    State,
)
from mkmap.reports.request import Kind, Request
from mkmap.reports.store.deciding import Act
from mkmap.reports.store.filling import fill, filled_for
from mkmap.reports.store.sending import SENDER

SEED = 1967
PUBLISHED, WITHDRAWN = 60, 2
KINDS = {  # what is reported, and how often
    BURGLARY: 0.45,
    ATTEMPTED_BURGLARY: 0.2,
    "Vehicle crime": 0.13,
    "Anti-social behaviour": 0.12,
    "Criminal damage and arson": 0.1,
}
WAITING = (  # text as it is after masking, and flags: each kind of flag once at least
    ("They tried the back door at night. My neighbour at [house number] saw two people.", (Flag.HOUSE_NUMBER,)),
    ("Same as my mother has sent, I think.", (Flag.MANY_FROM_NETWORK,)),  # near the first one in street and month
    ("Please ring me on [phone number]. I am Mary Rose, born 1 May 1960.", (Flag.PHONE, Flag.NAME, Flag.BIRTH)),
    ("A van, [number plate], stood there twice that week.", (Flag.PLATE,)),
    ("", (Flag.FAST, Flag.HONEYPOT)),
    ("Write to [e-mail].", (Flag.EMAIL, Flag.MANY_IN_SESSION)),
    ("", ()),
    (
        "We are near [postcode]. They took my card, 4111 1111 1111 1111, and a letter with QQ 12 34 56 C on it.",
        (Flag.POSTCODE, Flag.CARD, Flag.INSURANCE),
    ),
)
ACTS = {  # who decided, and what; of a report that waits nobody did
    State.PUBLISHED: ("demonstration", Act.PUBLISH),
    State.REJECTED: ("demonstration", Act.REJECT),
    State.WITHDRAWN: (SENDER, "withdraw"),
}
REASONS = ("not a crime", "identifies somebody", "place or month cannot be right")


def filled(store: Store, month: Month) -> Store:
    """The demonstration's store, filled for the month. Never the database of residents' own reports."""
    _fill_once(store, month)
    return store


@lru_cache(maxsize=2)
def _fill_once(store: Store, month: Month) -> None:
    if filled_for(store) != str(month):
        make(store, month, anew=False)


def make(store: Store, month: Month, *, anew: bool = True) -> None:
    """Fill the demonstration's store anew, whatever was decided in it; not `anew`: unless another process has just done so."""
    reports = invented(month)
    fill(store, reports, str(month), decided=decisions(reports), asked=requests(reports), anew=anew)


def invented(current: Month) -> list[Report]:
    """The reports as of a month, numbered in the order in which they came; the same every time."""
    rng = np.random.default_rng([SEED, current.year, current.number])
    points = town.points()
    points = points[points["ward"].notna() & (points["kind"] == town.STREET)]
    points = points.iloc[rng.permutation(len(points))].reset_index(drop=True)
    first, second = _neighbours(points)
    others = iter(points.drop([first, second]).itertuples())
    published = [_published(_place(next(others)), current, rng) for _each in range(PUBLISHED)]
    published[0] = replace(_decided(_one(published[0].place, current, current, rng), State.PUBLISHED, current), corrections=1)
    original = published[1] = _decided(_one(published[1].place, current + -1, current, rng), State.PUBLISHED, current)
    places = [points.loc[first], points.loc[second], *(next(others) for _each in WAITING[2:])]
    waiting = [_one(_place(place), current + -1, current, rng) for place in places]
    waiting[:2] = [replace(report, kind=BURGLARY) for report in waiting[:2]]
    waiting = [replace(report, text=text, flags=flags) for report, (text, flags) in zip(waiting, WAITING, strict=True)]
    rejected = [_gone(_place(next(others)), State.REJECTED, current, rng) for _each in REASONS]
    rejected = [replace(report, reason=reason) for report, reason in zip(rejected, REASONS, strict=True)]
    copy = replace(rejected[0], mark=rng.bytes(8).hex(), reason="", kind=original.kind, place=original.place)
    withdrawn = [_gone(_place(next(others)), State.WITHDRAWN, current, rng) for _each in range(WITHDRAWN)]
    return _numbered([*published, *waiting, *rejected, *withdrawn], copy, original)


def decisions(reports: list[Report]) -> list[Decision]:
    """What was decided about each that does not wait."""
    return [_decision(report, report.decided_at) for report in reports if report.decided_at]


def _decision(report: Report, at: datetime) -> Decision:
    who, act = ACTS[report.state]
    act = Act.DUPLICATE if report.duplicate_of else act
    return Decision(report.id, at, who, act, State.PENDING, report.state, report.reason)


def requests(reports: list[Report]) -> list[Request]:
    """One of each kind that waits: a correction, something to look at, an appeal, a complaint."""
    at = max(report.received_at for report in reports)
    published = [report for report in reports if report.state is State.PUBLISHED]
    (mistaken,) = (report for report in published if report.corrections)
    rejected = next(report for report in reports if report.state is State.REJECTED and not report.duplicate_of)
    return [
        Request(1, Kind.CORRECTION, mistaken.id, at, "It happened elsewhere", ""),
        Request(2, Kind.CONTENT, published[1].id, at, "It identifies a person", "Everybody in the street knows who that is."),
        Request(3, Kind.APPEAL, rejected.id, at, "", "It was a crime: the lock was broken."),
        Request(4, Kind.COMPLAINT, None, at, "This site does not work for me", "I cannot read the map with my screen reader."),
    ]


def _neighbours(points: pd.DataFrame) -> tuple[int, int]:
    """Two streets so near each other that reports of them may be the same event."""
    for place in points.itertuples():
        off = metres(points, place.longitude, place.latitude).drop(place.Index)
        if off.min() < NEAR:
            return place.Index, off.idxmin()
    raise ValueError("the town has no two streets near each other")


def _published(place: Place, current: Month, rng: np.random.Generator) -> Report:
    back = int(REPORTABLE_MONTHS * rng.random() ** 2)  # more of late, as a new site has them
    return _decided(_one(place, current + -back, current, rng), State.PUBLISHED, current)


def _gone(place: Place, state: State, current: Month, rng: np.random.Generator) -> Report:
    """Of the last month: what was rejected or withdrawn before that is kept no more."""
    return _decided(_one(place, current + -1, current, rng), state, current)


def _decided(report: Report, state: State, current: Month) -> Report:
    at = min(report.received_at + timedelta(days=2), _now(current))
    return replace(report, state=state, decided_at=at, version=2)


def _one(place: Place, month: Month, current: Month, rng: np.random.Generator) -> Report:
    told = bool(rng.random() < 0.6)
    sent_after = timedelta(days=int(rng.integers(15, 28)), minutes=int(rng.integers(0, 24 * 60)))
    return Report(
        id=0,
        mark=rng.bytes(8).hex(),
        state=State.PENDING,
        received_at=min(datetime.combine(month.first_day, time(), UTC) + sent_after, _now(current)),
        kind=str(rng.choice(list(KINDS), p=list(KINDS.values()))),
        month=month,
        place=place,
        told_police=told,
        response=(AFTER_TOLD if told else NOT_TOLD)[int(rng.integers(0, 3))],
        text="",
        flags=(),
        version=1,
    )


def _now(current: Month) -> datetime:
    """The last moment that is past on every day of the month."""
    return datetime.combine(current.first_day, time(), UTC)


def _numbered(reports: list[Report], copy: Report, original: Report) -> list[Report]:
    """The reports with their numbers, and among them a later copy of one."""
    order = sorted(reports, key=lambda report: report.received_at)
    place = order.index(original) + 1
    later = replace(copy, received_at=original.received_at, duplicate_of=place, decided_at=original.decided_at)
    return [replace(report, id=number) for number, report in enumerate([*order[:place], later, *order[place:]], start=1)]


def _place(point: Any) -> Place:
    return Place(float(point.longitude), float(point.latitude), street_name(point.street))
