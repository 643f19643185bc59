"""Keep the store up to date: get what is missing from the boundary service and from police.uk."""

from collections.abc import Callable
from datetime import datetime

import requests

from mkmap.crimes.api import PoliceApi
from mkmap.crimes.fetch import Outcome, fetch
from mkmap.crimes.store import Crimes
from mkmap.errors import Refused
from mkmap.month import Month
from mkmap.places.load import load_wards
from mkmap.places.store import Places
from mkmap.settings import Settings
from mkmap.words import _

Progress = Callable[[int, int, str], None]


def fetch_months(
    settings: Settings, *, first: Month | None = None, last: Month | None = None, at: datetime, progress: Progress
) -> list[Outcome]:
    """Fetch the area's months.

    Raises Refused where no ward set says what the area is, and where nothing could be fetched at all.
    """
    crimes, places = Crimes(settings.home), Places(settings.home)
    ward_set = places.ward_set(last or Month.of(at.date()))
    if ward_set is None:
        raise Refused(
            _(
                "No ward set is loaded, so it is not known what the area is. Nothing was fetched. First: python -m mkmap wards PATH_OR_URL --from YYYY-MM-DD"
            )
        )
    with requests.Session() as session:
        return fetch(
            crimes,
            places,
            PoliceApi(session, settings.police_url),
            outline=places.outline(ward_set),
            force=settings.force,
            first=first,
            last=last,
            at=at,
            progress=progress,
        )


def get_latest(settings: Settings, *, at: datetime, progress: Progress) -> list[Outcome]:
    """What a running app does once a day: the wards, where there are none yet, and the newest months."""
    if settings.offline:
        raise Refused(_("MKMAP_OFFLINE is set: no request leaves this machine."))
    if not Places(settings.home).ward_sets():
        progress(0, 0, _("Asking the boundary service for the wards"))
        with requests.Session() as session:
            load_wards(
                Places(settings.home),
                settings.wards_url,
                start=settings.wards_from,
                end=settings.wards_to,
                area=settings.area,
                session=session,
            )
    return fetch_months(settings, at=at, progress=progress)
