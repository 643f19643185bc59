"""Ask police.uk about crimes: which months there are, what a polygon's crimes are, which of a force's have no location."""

from datetime import date

from shapely import Polygon

from mkmap.crimes.answers import CATEGORIES, CRIMES, LAST_UPDATED, PUBLISHED, Crime
from mkmap.crimes.polygon import as_text
from mkmap.errors import BadInput, Code, TooManyCrimes
from mkmap.month import Month
from mkmap.police.client import PoliceApi
from mkmap.police.refusals import Overloaded, shown, source

# Every function raises Unreachable when no usable answer came, and BadInput when the answer is not what was asked for.


def months(api: PoliceApi) -> list[Month]:
    """Every month that can be had, newest first."""
    return sorted({published.date for published in api.ask("crimes-street-dates", PUBLISHED)}, reverse=True)


def last_updated(api: PoliceApi) -> date:
    """The release that is being served; it changes once a month."""
    return api.ask("crime-last-updated", LAST_UPDATED).date


def categories(api: PoliceApi, month: Month) -> dict[str, str]:
    """The names of the crime categories of a month, by their slugs."""
    names = {category.url: category.name for category in api.ask("crime-categories", CATEGORIES, date=str(month))}
    if not names:
        raise BadInput(
            Code.NO_CRIME_CATEGORIES,
            source=source(api.host, "crime-categories"),
        )
    return names


def street_crimes(api: PoliceApi, polygon: Polygon, month: Month) -> list[Crime]:
    """The month's crimes of every force whose map points lie in the polygon (WGS 84, no holes).

    Raises TooManyCrimes where they are more than police.uk gives at once.
    """
    path = "crimes-street/all-crime"
    try:
        crimes = api.ask(path, CRIMES, "POST", poly=as_text(polygon), date=str(month))
    except Overloaded:
        raise TooManyCrimes(Code.TOO_MANY_CRIMES, host=api.host) from None
    return _of(month, crimes, api.host, path)


def unplaced_crimes(api: PoliceApi, force: str, month: Month) -> list[Crime]:
    """The month's crimes of a force that have no map point."""
    path = "crimes-no-location"
    crimes = api.ask(path, CRIMES, category="all-crime", force=force, date=str(month))
    return _of(month, crimes, api.host, path)


def _of(month: Month, crimes: list[Crime], host: str, path: str) -> list[Crime]:
    """All the crimes, if each is of the month: police.uk answers a month that it doesn't know with another, silently."""
    for row, crime in enumerate(crimes, 1):
        if crime.month == str(month):
            continue
        if other := shown(crime.month or ""):
            raise BadInput(Code.ANOTHER_MONTH, source=source(host, path), row=row, other=other, month=month)
        raise BadInput(Code.NO_MONTH_AT_ALL, source=source(host, path), row=row, month=month)
    return crimes
