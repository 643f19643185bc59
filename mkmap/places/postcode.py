"""Ask the operator's service where a postcode is; used only where the operator has set one."""

import re
from urllib.parse import quote, urlsplit

import requests

from mkmap.errors import BadInput, Code, Refused, Unreachable

# The form of a United Kingdom postcode (BS 7666), with or without the space.
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})")
TIMEOUT = 5  # seconds: a person waits


def host(service: str) -> str:
    """To whom a postcode is sent."""
    return urlsplit(service).netloc


def find(service: str, text: str, session: requests.Session, *, offline: bool = False) -> tuple[float, float]:
    """Longitude and latitude of a postcode (WGS 84), from a service whose address has `{postcode}` in it.

    The answer is JSON with `longitude` and `latitude`, alone or under `result`, as postcodes.io gives it.

    Raises BadInput for what is no postcode or is not known, Unreachable where the service gives no answer.
    """
    parts = POSTCODE.fullmatch(text.strip().upper())
    if not parts:
        raise BadInput(Code.NOT_A_POSTCODE, source=text[:10])
    if offline:
        raise Refused(Code.POSTCODES_NOT_ASKED)
    postcode = f"{parts[1]} {parts[2]}"
    try:
        answer = session.get(service.replace("{postcode}", quote(postcode)), timeout=TIMEOUT, allow_redirects=False)
        if answer.status_code == 404:
            raise BadInput(Code.POSTCODE_UNKNOWN, source=postcode)
        if answer.status_code != 200:
            raise ValueError(answer.status_code)
        place = answer.json()
        place = place.get("result") or place
        longitude, latitude = float(place["longitude"]), float(place["latitude"])
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            raise ValueError("not on the globe")
        return longitude, latitude
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError):
        raise Unreachable(Code.POSTCODE_SERVICE_SILENT) from None
