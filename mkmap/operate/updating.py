"""Keep the store up to date: get what is missing from the services, and delete reports whose time is over."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime

import requests
from shapely import Geometry

from mkmap.crimes.fetch import fetch
from mkmap.crimes.outside import lsoas_of
from mkmap.crimes.store import Crimes
from mkmap.database.connection import opened
from mkmap.errors import Busy, Code, MkmapError, Refused
from mkmap.lake.manifest import locked
from mkmap.month import Month
from mkmap.operate.leaps import KEEPER, doubt
from mkmap.places import download
from mkmap.places.households.load import load_households
from mkmap.places.load import load_wards
from mkmap.places.points import assign, point_id
from mkmap.places.store import Places
from mkmap.plans import fetch as plans_fetch
from mkmap.plans.store import Plans
from mkmap.police.client import PoliceApi
from mkmap.police.fetching import FetchResult, Progress
from mkmap.police.pace import SharedPace
from mkmap.reports.store import retention
from mkmap.reports.store.retention import Purged, WardOf
from mkmap.settings import Settings
from mkmap.words import _


def judge_stored(settings: Settings) -> None:
    """Have a store that was written before months were judged be judged for good; without that each process does so for itself."""
    crimes = Crimes(settings.home, settings.area)
    with suppress(MkmapError):  # a folder that cannot be written, or is damaged: whoever reads it is told
        if not all(month.judged for month in crimes.months() if month.force == settings.force):
            with crimes.changing() as months:
                months.judge_force(settings.force)


def fetch_months(
    settings: Settings, *, first: Month | None = None, last: Month | None = None, at: datetime, progress: Progress
) -> list[FetchResult]:
    """Fetch the area's months from police.uk, after its wards where there are none: they say what the area is.

    Raises Refused where nothing could be fetched at all.
    """
    if settings.offline:
        raise Refused(Code.OFFLINE)
    Crimes(settings.home).check_force(settings.force)
    with _one_fetch(settings):
        return _fetch_months(settings, first, last, at, progress)


def _fetch_months(
    settings: Settings, first: Month | None, last: Month | None, at: datetime, progress: Progress
) -> list[FetchResult]:
    try:
        with download.session() as session:
            _add_wards(settings, session, progress)
    except Refused as error:
        Crimes(settings.home).note_fetch({"at": at.isoformat(timespec="seconds"), "why": str(error)})
        raise
    crimes, places = Crimes(settings.home, settings.area), Places(settings.home)
    with _police(settings) as api:
        return fetch(
            crimes,
            places,
            api,
            outline=_outline(places, last or Month.of(at.date())),
            force=settings.force,
            area=settings.area,
            first=first,
            last=last,
            at=at,
            progress=progress,
        )


@contextmanager
def _one_fetch(settings: Settings) -> Iterator[None]:
    """Hold the one right to fetch, between processes. Raises Busy, naming who holds it."""
    folder = settings.home / "fetching"
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder / "lock"))
        except Busy as busy:
            raise Busy(Code.FETCH_RUNNING, process=busy.values["process"], since=busy.values["since"]) from None
        except OSError as error:
            raise Refused(Code.FOLDER_UNWRITABLE, folder=folder, why=os.strerror(error.errno or 0)) from error
        yield


@contextmanager
def _police(settings: Settings) -> Iterator[PoliceApi]:
    """police.uk's API, on a session that does not try again: the API's client does, at its own pace."""
    with requests.Session() as session:
        yield PoliceApi(session, settings.police_url, hear=KEEPER.heard, pace=SharedPace(settings.police_url))


def _outline(places: Places, month: Month) -> Geometry:
    """What the area is: the wards in force at the end of a month. `_add_wards` has left no store without."""
    ward_set = places.ward_set(month)
    assert ward_set is not None
    return places.outline(ward_set)


def _add_wards(settings: Settings, session: requests.Session, progress: Progress) -> None:
    """Load wards, and households where an address of them is set, unless there are some."""
    places = Places(settings.home)
    if not places.ward_sets():
        progress(0, 0, _("Asking the boundary service for the wards"))
        load_wards(
            places, settings.wards_url, start=settings.wards_from, end=settings.wards_to, area=settings.area,
            area_name=settings.area_name, session=session,
        )  # fmt: skip
        places = Places(settings.home)
    if settings.households_url and not any(map(places.households, places.ward_sets())):
        lsoas = lsoas_of(Crimes(settings.home, settings.area), settings.force, settings.area_name)
        load_households(places, settings.households_url, lsoas=lsoas, session=session)


def fetch_plans(settings: Settings, at: datetime, progress: Progress, *, only_due: bool = False) -> list[FetchResult]:
    """Fetch what the police say they do in the wards that are stored; `only_due`: what is younger than a week is left.

    Without wards there is nothing to ask. A failure is an outcome, so that what was fetched before it is still told.
    Raises Refused where no request may leave the machine.
    """
    if settings.offline:
        raise Refused(Code.OFFLINE)
    plans, places = Plans(settings.home), Places(settings.home)
    try:
        with _one_fetch(settings), _police(settings) as api:
            return plans_fetch.fetch(plans, places, api, at=at, progress=progress, only_due=only_due)
    except Refused as error:
        return [FetchResult(str(error), failed=True)]


def purge_reports(settings: Settings, at: datetime) -> Purged:
    """Delete the residents' reports that have been kept for their time, and note outside what the database says of itself.

    Raises NotKept where their database does not answer, Refused where the date is doubtful.
    """
    store = opened(settings.home, settings.database_url)
    store.check()
    if refusal := doubt(store, at):
        raise refusal
    purged = retention.purge(store, ward_finder(Places(settings.home)), at=at)
    store.note()  # what was erased by another machine, too
    return purged


def ward_finder(places: Places) -> WardOf:
    """Say in which ward a place lies, by the wards in force in a month; empty outside all, and where no wards are loaded."""

    def ward_of(longitude: float, latitude: float, month: Month) -> str:
        ward_set = places.ward_set(month)
        if ward_set is None:
            return ""
        (code,) = assign(point_id([longitude], [latitude]), places.wards(ward_set))
        return code or ""

    return ward_of
