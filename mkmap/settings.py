"""Every setting; the only reader of the environment (`MKMAP_…`)."""

import os
from collections.abc import Iterable
from datetime import date
from functools import cache
from ipaddress import ip_network
from pathlib import Path

from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from mkmap.errors import Code, Refused
from mkmap.force_names import FORCES, nearest

PREFIX = "MKMAP_"
PROJECT = Path(__file__).parent.parent


class Settings(BaseModel, frozen=True, extra="forbid"):
    """What an operator can choose. Every name is `MKMAP_` and the field in capitals; an empty value is the default."""

    home: Path = Field(PROJECT / "data", description="folder of everything that is stored")
    area: str = Field("E06000042", pattern=r"^[A-Z]\d{8}$", description="ONS code of the local authority district")
    area_name: str = Field("Milton Keynes", description="what people call the area")
    force: str = Field("thames-valley", pattern=r"^[a-z-]+$", description="police.uk's identifier of the police force")
    police_url: str = Field(
        "https://data.police.uk", pattern=r"^https?://", description="API under /api, archive under /data/archive"
    )
    wards_url: str = Field(
        "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services/Wards_December_2024_Boundaries_UK_BGC/FeatureServer/0",
        pattern=r"^https?://",
        description="a feature layer of the ONS Open Geography Portal",
    )
    wards_from: date = Field(date(2014, 5, 22), description="first day on which the wards of wards_url are in force")
    wards_to: date | None = Field(date(2026, 5, 6), description="the last such day")
    households_url: str = Field("", description="a CSV of households per ward or LSOA; off when empty")
    public_url: str = Field("", description="the address under which people reach the app")
    postcode_url: str = Field("", description="a service that finds a postcode, with {postcode} in it; off when empty")
    database_url: str = Field("", description="postgresql://… for residents' reports; SQLite in the data folder when empty")
    operator: str = Field("", description="who runs this site; without it reports are closed")
    contact: str = Field("", description="how the operator can be reached")
    moderators: str = Field("", description="e-mail addresses that may moderate after signing in, separated by commas")
    local_moderation: bool = Field(
        False, description="1: the operator may moderate, in a session that the operator's link has opened"
    )
    trusted_proxies: str = Field(
        "", description="addresses or networks of proxies whose X-Forwarded-For is believed, by commas"
    )
    basemap: str = Field("none", description="address of a map style, or none: nothing is asked of anybody")
    offline: bool = Field(False, description="1: no request leaves this machine")

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        for one in filter(None, map(str.strip, text.split(","))):
            ip_network(one, strict=False)  # raises ValueError, which refuses the setting
        return text


@cache
def settings() -> Settings:
    """Read the environment once.

    Raises Refused with the name of the setting that cannot be used.
    """
    given = {name.upper(): value for name, value in os.environ.items() if value and name.upper().startswith(PREFIX)}
    names = {PREFIX + field.upper(): field for field in Settings.model_fields}
    for name in given:
        if name not in names:
            raise _unknown(name, names)
    try:
        chosen = Settings.model_validate({names[name]: value for name, value in given.items()})
    except ValidationError as error:
        raise _refused(error.errors()[0]) from None
    if chosen.force not in FORCES:
        raise _unknown_force(chosen.force)
    return chosen


def _unknown(name: str, names: Iterable[str]) -> Refused:
    """A setting that is none would be passed over in silence, and what was meant would not be done."""
    meant = nearest(name, names)
    return Refused(Code.SETTING_MISSPELT, name=name, meant=meant) if meant else Refused(Code.SETTING_UNKNOWN, name=name)


def _unknown_force(force: str) -> Refused:
    meant = nearest(force, FORCES)
    return Refused(Code.FORCE_MISSPELT, force=force, meant=meant) if meant else Refused(Code.FORCE_UNKNOWN, force=force)


def _refused(fault: ErrorDetails) -> Refused:
    """What is wrong with a setting, in our words: pydantic has its own in English alone."""
    name = "MKMAP_" + str(fault["loc"][0]).upper()
    match fault:
        case {"type": "string_pattern_mismatch", "ctx": {"pattern": pattern}}:
            return Refused(Code.SETTING_MISSHAPEN, name=name, pattern=pattern)
        case {"type": str(kind)} if kind.startswith("date_"):
            return Refused(Code.SETTING_NOT_A_DATE, name=name)
        case {"type": "bool_parsing"}:
            return Refused(Code.SETTING_NOT_A_SWITCH, name=name)
    return Refused(Code.SETTING_UNUSABLE, name=name)
