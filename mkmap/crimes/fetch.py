"""Fetch the months that are missing or still changing from police.uk's API into the store, newest first."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

import shapely
from shapely import Polygon

from mkmap.crime_types import SLUGS
from mkmap.crimes import questions
from mkmap.crimes.answers import TRANSPORT_POLICE_TYPE, Crime, as_archive
from mkmap.crimes.ingest import ingest_frame
from mkmap.crimes.polygon import halves, mile_around
from mkmap.crimes.store import Crimes, StoredMonth
from mkmap.crimes.wholeness import month_words
from mkmap.errors import BadInput, Busy, Code, Refused, TooManyCrimes, Unreachable
from mkmap.force_names import FORCES
from mkmap.month import Month
from mkmap.places.store import Places
from mkmap.police.client import PoliceApi
from mkmap.police.fetching import GIVE_UP_AFTER, FetchResult, Progress
from mkmap.words import _, ngettext, number

FIRST_PUBLISHED = Month(2010, 12)  # police.uk has nothing older
REFETCHED = 3  # months: the newest are those whose results the police still change most
DEEPEST_SPLIT = 6  # 64 pieces of up to 10,000 crimes: six times the largest force's month


@dataclass(frozen=True)
class _Question:
    """What is the same for every month of a fetch."""

    crimes: Crimes
    places: Places
    api: PoliceApi
    polygons: list[Polygon]
    force: str
    area: str
    release: date | None
    at: datetime


def fetch(
    crimes: Crimes,
    places: Places,
    api: PoliceApi,
    *,
    outline: shapely.Geometry,
    force: str,
    area: str = "",
    first: Month | None = None,
    last: Month | None = None,
    at: datetime,
    progress: Progress,
) -> list[FetchResult]:
    """Store months of the area and one mile around it, with the force's unplaced crimes.

    `outline` is the area in WGS 84, `area` its ONS code; `first` and `last` are months, all that police.uk offers where None. A
    month that is stored is passed over, but for the last three, if they were fetched before and not imported. A month that fails
    is reported, and what was stored of it is kept.

    Raises Refused when nothing can be fetched at all; what went wrong is noted in the store then too.
    """
    try:
        offered = _offered(api, Month.of(at.date()))
        wanted, remarks = _plan(crimes.every(force), offered, first, last)
        results = list(remarks)
        if wanted:
            question = _Question(crimes, places, api, mile_around(outline), force, area, _release(api), at)
            results += _fetch_months(question, wanted, progress)
        progress(len(wanted), len(wanted), _("Done"))
    except Busy:
        raise
    except Refused as error:
        _note(crimes, str(error), at)
        raise
    _note(crimes, next((result.text for result in results if result.failed), None), at)
    return results


def _offered(api: PoliceApi, this_month: Month) -> list[Month]:
    """The months that police.uk has published, newest first."""
    offered = [month for month in questions.months(api) if FIRST_PUBLISHED <= month <= this_month]
    if not offered:
        raise BadInput(Code.NO_MONTH_OFFERED, source=api.base_url)
    return offered


def _plan(
    stored: list[StoredMonth], offered: list[Month], first: Month | None, last: Month | None
) -> tuple[list[Month], list[FetchResult]]:
    """The months to fetch, newest first, and what a person should know about the others; one that is not whole is asked for again."""
    first, last = first or offered[-1], last or offered[0]
    in_range = [month for month in offered if first <= month <= last]
    if not in_range:
        raise Refused(Code.MONTHS_NOT_OFFERED, oldest=offered[-1], newest=offered[0])
    whole_force = {known.month for known in stored if known.scope == "force" and known.is_whole}
    fetched = {known.month for known in stored if known.scope == "area" and known.is_whole}
    passed_over = whole_force | (fetched - set(offered[:REFETCHED]))
    wanted = [month for month in in_range if month not in passed_over]
    return wanted, _remarks(offered, first, last, max(fetched, default=None), len(in_range) - len(wanted))


def _remarks(
    offered: list[Month], first: Month, last: Month, newest_fetched: Month | None, passed_over: int
) -> list[FetchResult]:
    oldest, newest = offered[-1], offered[0]
    remarks = []
    if newest_fetched and newest_fetched > newest:
        remarks.append(
            _(
                "police.uk now offers months up to {newest} only, though {fetched} was fetched before. Nothing was deleted."
            ).format(newest=newest.name, fetched=newest_fetched.name)
        )
    if first < oldest:
        remarks.append(
            _("police.uk's API goes back to {oldest}; older months come from its archive: python -m mkmap import.").format(
                oldest=oldest.name
            )
        )
    if last > newest:
        remarks.append(_("police.uk has published nothing after {newest} yet.").format(newest=newest.name))
    if passed_over:
        stored = ngettext("{count} month is stored already.", "{count} months are stored already.", passed_over)
        remarks.append(stored.format(count=number(passed_over)))
    return [FetchResult(text) for text in remarks]


def _release(api: PoliceApi) -> date | None:
    """The release that police.uk serves now; None where it doesn't say."""
    with suppress(Refused):
        return questions.last_updated(api)
    return None


def _fetch_months(question: _Question, wanted: list[Month], progress: Progress) -> list[FetchResult]:
    results: list[FetchResult] = []
    silent = 0
    for done, month in enumerate(wanted):
        progress(done, len(wanted), _("Asking police.uk for {month}").format(month=month.name))
        try:
            results.append(_stored(_fetch_month(question, month), question))
            silent = 0
        except Busy:
            raise
        except Refused as error:
            results.append(
                FetchResult(_("{month} was not fetched. {why}").format(month=month.name, why=error), month, failed=True)
            )
            silent = silent + 1 if isinstance(error, Unreachable) else 0
        if silent == GIVE_UP_AFTER and done + 1 < len(wanted):
            results.append(
                FetchResult(_("police.uk is not answering: the other months were not asked for. Try again later."), failed=True)
            )
            break
    return results


def _stored(month: StoredMonth, question: _Question) -> FetchResult:
    if not month.is_whole:
        stands = month.month in question.crimes.now().of_scope(question.force, month.scope)
        words = month_words.refused(month) if stands else month_words.not_whole(month)
        return FetchResult(words, month.month, stored=not stands)
    words = ngettext("{month}: {rows} crime stored.", "{month}: {rows} crimes stored.", month.rows)
    return FetchResult(words.format(month=month.month.name, rows=number(month.rows)), month.month, stored=True)


def _fetch_month(question: _Question, month: Month) -> StoredMonth:
    api = question.api
    placed = _street_crimes(api, question.polygons, month)
    if not placed:
        raise BadInput(Code.MONTH_WITHOUT_CRIMES, source=api.base_url, month=month)
    if question.force != "btp" and all(crime.location_type == TRANSPORT_POLICE_TYPE for crime in placed):
        raise BadInput(
            Code.ONLY_TRANSPORT_POLICE, source=api.base_url, month=month, force=FORCES.get(question.force, question.force)
        )
    unplaced = questions.unplaced_crimes(api, question.force, month)
    if question.release and questions.last_updated(api) != question.release:
        raise BadInput(Code.NEW_RELEASE_MEANWHILE, source=api.base_url, month=month)
    crimes = _each_once([*placed, *unplaced])
    return ingest_frame(
        question.crimes,
        question.places,
        as_archive(crimes, _names(api, month, crimes)),
        month=month,
        force=question.force,
        scope="area",
        source=api.base_url,
        at=question.at,
        release=Month.of(question.release) if question.release else None,
        area=question.area,
    )


def _each_once(crimes: list[Crime]) -> list[Crime]:
    """Within one release an id is one crime, however often the answers have it."""
    return list({crime.id: crime for crime in crimes}.values())


def _names(api: PoliceApi, month: Month, crimes: list[Crime]) -> dict[str, str]:
    """The crime types' names by slug; police.uk is asked only for those that are new, which keep their slug if it says nothing."""
    known = {slug: name for name, slug in SLUGS.items()}
    if all(crime.category in known for crime in crimes if crime.category):
        return known
    with suppress(Refused):
        return questions.categories(api, month) | known
    return known


def _street_crimes(api: PoliceApi, polygons: list[Polygon], month: Month, splits: int = 0) -> list[Crime]:
    """The crimes of all polygons; one that holds too many is halved, and what lies in both halves is counted once."""
    parts = [_of_polygon(api, polygon, month, splits) for polygon in polygons]
    if len(parts) == 1:
        return parts[0]
    return _each_once([crime for part in parts for crime in part])


def _of_polygon(api: PoliceApi, polygon: Polygon, month: Month, splits: int) -> list[Crime]:
    try:
        return questions.street_crimes(api, polygon, month)
    except TooManyCrimes:
        if splits == DEEPEST_SPLIT:
            raise Unreachable(Code.POLICE_OVERLOADED) from None
    return _street_crimes(api, halves(polygon), month, splits + 1)


def _note(crimes: Crimes, why: str | None, at: datetime) -> None:
    """Keep why the last fetch failed, or that it did not."""
    crimes.note_fetch({"at": at.isoformat(timespec="seconds"), "why": why} if why else None)
