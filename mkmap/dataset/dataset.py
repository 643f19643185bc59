"""Decide what is shown: the real months, or the demonstration until there are any. The two are never mixed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from mkmap.crimes.ingest import ingest_months
from mkmap.crimes.store import Crimes
from mkmap.dataset import invented_crimes
from mkmap.dataset import invented_town as town
from mkmap.month import Month
from mkmap.places.store import Households, Places, WardSet

DEMONSTRATION_FORCE = "demonstration"
DEMONSTRATION_START = date(2014, 5, 22)


@dataclass(frozen=True)
class Dataset:
    """One store of places and of crimes, and whose it is."""

    name: Literal["police.uk", "demo"]
    crimes: Crimes
    places: Places
    force: str

    @property
    def is_demonstration(self) -> bool:
        return self.name == "demo"


def real(home: Path, force: str) -> Dataset:
    return Dataset("police.uk", Crimes(home), Places(home), force)


def shown(home: Path, force: str, today: date) -> Dataset:
    """What the app shows: real data as soon as a ward set and a month of the force are committed, else the demonstration."""
    stored = real(home, force)
    if stored.places.ward_sets() and stored.crimes.of_force(force):
        return stored
    return demonstration_dataset(home, today)


def demonstration_dataset(home: Path, today: date) -> Dataset:
    """The demonstration, made if it is not there or does not reach the current month. It has a folder of its own."""
    folder = home / "demonstration"
    dataset = Dataset("demo", Crimes(folder), Places(folder), DEMONSTRATION_FORCE)
    this_month = Month.of(today)
    stored = this_month in dataset.crimes.of_force(dataset.force) and this_month in dataset.crimes.outcomes(dataset.force)
    if not stored or not dataset.places.ward_sets():
        make_demonstration(dataset, today)
    return dataset


def make_demonstration(dataset: Dataset, today: date) -> None:
    """Store the demonstration's months, wards and households as of a day."""
    source, at = "demonstration", datetime(today.year, today.month, today.day, tzinfo=UTC)
    crimes, outcomes = invented_crimes.frames(today)
    about = {"force": DEMONSTRATION_FORCE, "source": source, "at": at}
    ingest_months(dataset.crimes, dataset.places, crimes, **about, outcomes=outcomes)
    wards = WardSet("demonstration", DEMONSTRATION_START, None, len(town.WARDS), source)
    dataset.places.add_wards(wards, town.wards())
    dataset.places.add_households({wards.name: Households(town.households(), town.HOUSEHOLDS_YEAR, source)})
