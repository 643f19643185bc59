"""Invent reports for the demonstration, in every state, so that a newcomer sees the layer and the queue at once."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np

from mkmap.crime_types import BURGLARY
from mkmap.month import Month
from mkmap.places import demonstration as town
from mkmap.places.streets import street_name
from mkmap.reports.privacy import REPORTABLE_MONTHS
from mkmap.reports.report import AFTER_TOLD, ATTEMPTED_BURGLARY, NOT_TOLD, Flag, Place, Report, State
from mkmap.reports.store import Store, opened
from mkmap.reports.store.invented import fill, filled_on

SEED = 1967
PUBLISHED, PENDING, REJECTED, WITHDRAWN = 60, 8, 4, 2
KINDS = {  # what is reported, and how often
    BURGLARY: 0.4,
    ATTEMPTED_BURGLARY: 0.2,
    "Vehicle crime": 0.15,
    "Anti-social behaviour": 0.15,
    "Criminal damage and arson": 0.1,
}
TEXTS = (  # of those that wait, with flags to look at
    ("They tried the back door at night. My neighbour at [house number] saw two people.", (Flag.HOUSE_NUMBER,)),
    ("Please ring me on [phone number].", (Flag.PHONE,)),
    ("A van, [number plate], stood there twice that week.", (Flag.PLATE,)),
    ("Same as my mother has sent, I think.", ()),
    ("", (Flag.FAST,)),
    ("Write to [e-mail].", (Flag.EMAIL, Flag.MANY_IN_SESSION)),
    ("", ()),
    ("We are near [postcode].", (Flag.POSTCODE,)),
)


def opened_demonstration(folder: Path, today: date) -> Store:
    """The demonstration's store, filled up to the current month. Never the database of residents' own reports."""
    store = opened(folder)
    _filled(store, Month.of(today))
    return store


@lru_cache(maxsize=2)
def _filled(store: Store, month: Month) -> None:
    if filled_on(store) != str(month):
        fill(store, invented(month), str(month))


def make(folder: Path, today: date) -> None:
    """Fill the demonstration's store anew, whatever was decided in it."""
    fill(opened(folder), invented(Month.of(today)), str(Month.of(today)))


def invented(current: Month) -> list[Report]:
    """The reports as of a month, the same every time."""
    rng = np.random.default_rng([SEED, current.year, current.number])
    points = town.points()
    points = points[points["ward"].notna() & (points["kind"] == town.STREET)].reset_index(drop=True)
    states = (
        [State.PUBLISHED] * PUBLISHED + [State.PENDING] * PENDING + [State.REJECTED] * REJECTED + [State.WITHDRAWN] * WITHDRAWN
    )
    chosen = rng.choice(len(points), len(states), replace=False)
    found = [
        _report(number, state, _place(points.iloc[index]), current, rng)
        for number, (state, index) in enumerate(zip(states, chosen, strict=True), start=1)
    ]
    return found


def _place(point) -> Place:
    return Place(float(point["longitude"]), float(point["latitude"]), street_name(point["street"]))


def _report(number: int, state: State, place: Place, current: Month, rng: np.random.Generator) -> Report:
    waiting = number - PUBLISHED - 1  # which of those that wait
    month = current + -int(rng.integers(1, 3) if state is State.PENDING else REPORTABLE_MONTHS * rng.random() ** 3)
    told = bool(rng.random() < 0.6)
    text, flags = TEXTS[waiting] if state is State.PENDING else ("", ())
    received = datetime.combine(current.first_day, time(), UTC) + timedelta(minutes=number)
    decided = None if state is State.PENDING else received
    return Report(
        id=number,
        mark=rng.bytes(8).hex(),
        state=state,
        received_at=received,
        kind=str(rng.choice(list(KINDS), p=list(KINDS.values()))),
        month=month,
        place=place,
        told_police=told,
        response=(AFTER_TOLD if told else NOT_TOLD)[int(rng.integers(0, 3))],
        text=text,
        flags=flags,
        version=1 if state is State.PENDING else 2,
        decided_at=decided,
        reason="place or month cannot be right" if state is State.REJECTED else "",
        corrections=int(number == 1),
    )
