"""Decide what is shown: the real months, or the demonstration until there are any. The two are never mixed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from mkmap.crimes.store import Crimes
from mkmap.database.connection import Store, invented, opened
from mkmap.month import Month
from mkmap.places.ground.store import Ground
from mkmap.places.store import Households, Places, WardSet
from mkmap.plans.store import Plans
from mkmap.settings import Settings

DEMONSTRATION_FORCE = "demonstration"
DEMONSTRATION_START = date(2014, 5, 22)


@dataclass(frozen=True)
class Dataset:
    """One store of places and of crimes as they stand, and whose it is."""

    name: Literal["police.uk", "demo"]
    crimes: Crimes
    places: Places
    force: str

    @property
    def is_demonstration(self) -> bool:
        return self.name == "demo"

    def reports(self, settings: Settings, today: date) -> Store:
        """Residents' own reports, or beside the demonstration the invented ones, up to the current month.

        Raises NotKept where the database does not answer, Refused where its setting cannot be used.
        """
        if not self.is_demonstration:
            return opened(settings.home, settings.database_url)
        from mkmap.dataset import invented_reports  # real data should not wait for what invents

        return invented_reports.filled(invented(demonstration_folder(settings.home)), Month.of(today))

    def plans(self, settings: Settings, today: date) -> Plans:
        """What the police say they do, or beside the demonstration the invented plans, up to the current month."""
        if not self.is_demonstration:
            return Plans(settings.home)
        from mkmap.dataset import invented_plans

        return invented_plans.filled(Plans(demonstration_folder(settings.home)), Month.of(today))

    @property
    def ground(self) -> Ground:
        """What lies under the marks; beside the demonstration an invented one, made when it is first asked for."""
        if not self.is_demonstration:
            return Ground(self.places.home)
        from mkmap.dataset import invented_ground

        return invented_ground.filled(Ground(self.places.home))


def demonstration_folder(home: Path) -> Path:
    """Where all that is invented is kept: it never meets what is real."""
    return home / "demonstration"


def real(home: Path, force: str, area: str = "") -> Dataset:
    """What is stored; of a force's months those that are of `area`, where one is named."""
    return Dataset("police.uk", *_stores(home, area), force)


def _stores(home: Path, area: str = "") -> tuple[Crimes, Places]:
    """The two as they stand, crimes first: points are committed before the months that need them."""
    return Crimes(home, area), Places(home)


def shown(home: Path, force: str, today: date, area: str = "") -> Dataset:
    """What the app shows: real data as soon as a ward set and a month of the force are committed, else the demonstration.

    Raises Refused where the store is another force's.
    """
    stored = real(home, force, area)
    stored.crimes.check_force(force)
    if stored.places.ward_sets() and stored.crimes.of_force(force):
        return stored
    return demonstration_dataset(home, today)


def demonstration_dataset(home: Path, today: date) -> Dataset:
    """The demonstration, made if it is not there or does not reach the current month. It has a folder of its own."""
    stands = _demonstration(home)
    return stands if _reaches(stands, Month.of(today)) else make_demonstration(home, today)


def demonstration_anew(home: Path, today: date) -> Dataset:
    """The demonstration with its reports, plans and ground, made anew, whatever was decided in it."""
    from mkmap.dataset import invented_ground, invented_plans, invented_reports

    folder, month = demonstration_folder(home), Month.of(today)
    invented_reports.make(invented(folder), month)
    invented_plans.make(Plans(folder), month)
    invented_ground.made(Ground(folder))
    return make_demonstration(home, today)


def _demonstration(home: Path) -> Dataset:
    return Dataset("demo", *_stores(demonstration_folder(home)), DEMONSTRATION_FORCE)


def _reaches(demonstration: Dataset, month: Month) -> bool:
    crimes, force = demonstration.crimes, demonstration.force
    return month in crimes.of_force(force) and month in crimes.outcomes(force) and bool(demonstration.places.ward_sets())


def make_demonstration(home: Path, today: date) -> Dataset:
    """Store the demonstration's months, wards and households as of a day."""
    from mkmap.crimes.ingest import ingest_months
    from mkmap.dataset import invented_crimes
    from mkmap.dataset import invented_town as town

    crimes, places = _stores(demonstration_folder(home))
    source, at = "demonstration", datetime(today.year, today.month, today.day, tzinfo=UTC)
    months, outcomes = invented_crimes.frames(today)
    ingest_months(crimes, places, months, force=DEMONSTRATION_FORCE, source=source, at=at, outcomes=outcomes)
    wards = WardSet("demonstration", DEMONSTRATION_START, None, len(town.WARDS), source)
    places.add_wards(wards, town.wards())
    places.add_households({wards.name: Households(town.households(), town.HOUSEHOLDS_YEAR, source)})
    return _demonstration(home)
