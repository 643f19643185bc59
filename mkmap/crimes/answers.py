"""Read what police.uk's API answers into frozen values, and give them the shape of its archive.

Whether a coordinate or a crime type can be used is not decided here: that is checked, and counted, where a month is stored.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import pandas as pd
from pydantic import BaseModel, BeforeValidator, ConfigDict, TypeAdapter

from mkmap.crimes.layouts import COLUMNS, NO_LOCATION
from mkmap.crimes.transport_police import TRANSPORT_POLICE
from mkmap.month import Month

TRANSPORT_POLICE_TYPE = "BTP"  # as a crime's location_type

# Where the API and the archive call the same outcome by two names.
ARCHIVE_OUTCOMES = {"Offender given a penalty notice": "Offender given penalty notice"}


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)


class Street(_Answer):
    name: str | None = None


class Location(_Answer):
    """Coordinates in degrees, as text, just as they came."""

    latitude: str | None = None
    longitude: str | None = None
    street: Street | None = None


class LastOutcome(_Answer):
    category: str | None = None


class Crime(_Answer):
    """One crime; `id` tells crimes apart within one release of the data and means nothing in the next."""

    id: int
    month: str | None = None
    category: str | None = None
    persistent_id: str | None = None
    context: str | None = None
    location_type: str | None = None
    location: Location | None = None
    outcome_status: LastOutcome | None = None


class Category(_Answer):
    url: str
    name: str


class PublishedMonth(_Answer):
    """A month that police.uk has published."""

    date: Annotated[Month, BeforeValidator(lambda text: Month.parse(str(text)))]


class LastUpdated(_Answer):
    date: date


CRIMES = TypeAdapter(list[Crime])
CATEGORIES = TypeAdapter(list[Category])
PUBLISHED = TypeAdapter(list[PublishedMonth])
LAST_UPDATED = TypeAdapter(LastUpdated)


def as_archive(crimes: Iterable[Crime], names: dict[str, str]) -> pd.DataFrame:
    """One row a crime with the archive's columns, all text, missing where empty.

    `names` gives each category's name by its slug; a category without one keeps its slug.
    """
    return pd.DataFrame([_row(crime, names) for crime in crimes], columns=list(COLUMNS), dtype="str")


def _row(crime: Crime, names: dict[str, str]) -> dict[str, str | None]:
    force = (
        TRANSPORT_POLICE if crime.location_type == TRANSPORT_POLICE_TYPE else None
    )  # the only force that the API names in a crime
    outcome = (crime.outcome_status.category if crime.outcome_status else None) or ""
    category = crime.category or ""
    return {
        "Crime ID": crime.persistent_id or None,
        "Month": crime.month,
        "Reported by": force,
        "Falls within": force,
        **_place(crime.location),
        "Crime type": names.get(category, category) or None,
        "Last outcome category": ARCHIVE_OUTCOMES.get(outcome, outcome) or None,
        "Context": crime.context or None,
    }


def _place(location: Location | None) -> dict[str, str | None]:
    if location is None:
        return {"Location": NO_LOCATION}
    return {
        "Longitude": location.longitude or None,
        "Latitude": location.latitude or None,
        "Location": (location.street.name if location.street else None) or None,
    }
