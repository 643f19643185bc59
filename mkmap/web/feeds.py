"""Answer requests for a ward's feed (Atom): an entry for each month of police figures, and for each change of the police's plan.

Residents' reports are in no feed: what is withdrawn cannot be taken back from a reader's machine.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

from feedgen.feed import FeedGenerator
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mkmap.crime_types import BURGLARY, counted
from mkmap.crimes.query import Selection
from mkmap.errors import MkmapError
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.places.store import WardSet
from mkmap.plans import sentences as plan_sentences
from mkmap.plans.plan import Change, Plan
from mkmap.plans.text import shortened
from mkmap.settings import settings
from mkmap.view.sentences import base_address, force_name, gaps, of_demonstration, police_name, source
from mkmap.view.snapshot import Snapshot
from mkmap.words import _, ngettext, number

MONTHS = 24  # entries: a reader who comes late sees the same month a year before, and the year before that
ALWAYS_ASK = "no-cache"  # with an ETag: a reader that has the feed gets 304


@dataclass(frozen=True)
class Entry:
    """One entry: `key` tells it from all others of the ward, for good."""

    key: str
    title: str
    text: str
    updated: datetime
    path: str  # where a person reads on, from the address of this site on


@dataclass(frozen=True)
class Ward:
    """A ward of any stored set, as one request sees it."""

    snapshot: Snapshot
    code: str
    name: str

    def title(self, text: str) -> str:
        """Titles are quoted alone: the demonstration's say so themselves."""
        return of_demonstration(self.snapshot, text)

    def id(self, key: str) -> str:
        """The same for good, whatever the address of this site; never that of another data set."""
        return uuid5(NAMESPACE_URL, f"mkmap/{self.snapshot.dataset.name}/{self.code}/{key}").urn


def atom(ward: Ward, base: str) -> bytes:
    """The feed of a ward; `base` is the address of this site, without a slash at the end."""
    feed, entries = FeedGenerator(), sorted([*_months(ward), *_changes(ward)], key=lambda entry: entry.updated)
    feed.id(ward.id("feed"))
    feed.title(ward.title(_("{ward}: police figures, and what the police say they do").format(ward=ward.name)))
    feed.subtitle(source(ward.snapshot))
    feed.author(name=police_name(ward.snapshot) if ward.snapshot.dataset.is_demonstration else "data.police.uk")
    feed.rights("" if ward.snapshot.dataset.is_demonstration else _("Open Government Licence v3.0"))
    feed.generator("mkmap")
    feed.link(href=f"{base}/feeds/wards/{ward.code}.atom", rel="self", type="application/atom+xml")
    feed.link(href=f"{base}/wards?ward={ward.code}", rel="alternate", type="text/html")
    feed.updated(max((entry.updated for entry in entries), default=_oldest(ward)))
    for entry in entries:  # each is put before those that stand there: the newest comes first
        _add(feed, ward, entry, base)
    return feed.atom_str()


def _add(feed: FeedGenerator, ward: Ward, entry: Entry, base: str) -> None:
    added = feed.add_entry()
    added.id(ward.id(entry.key))
    added.title(ward.title(entry.title))
    added.content(entry.text)
    added.updated(entry.updated)
    added.link(href=f"{base}{entry.path}", rel="alternate", type="text/html")


def _oldest(ward: Ward) -> datetime:
    """For a feed without an entry."""
    return min(_aware(month.fetched_at) for month in ward.snapshot.dataset.crimes.months())


def _months(ward: Ward) -> Iterator[Entry]:
    """The newest stored months of which the ward was one of the wards in force."""
    dataset = ward.snapshot.dataset
    stored = dataset.crimes.of_force(dataset.force)
    for month in sorted(stored)[-MONTHS:]:
        area = ward.snapshot.area(month)
        if ward.code in area.ward_names:
            selection = area.select(Filters(month, month, (ward.code,), ()))
            yield _month(ward, selection, _aware(stored[month].fetched_at))


def _month(ward: Ward, selection: Selection, updated: datetime) -> Entry:
    month, area = selection.filters.last, selection.area
    burglaries = area.select(Filters(month, month, (ward.code,), (BURGLARY,)))
    said = _("{ward}, {month}: {burglaries} among {crimes}").format(
        ward=ward.name, month=month.name, burglaries=counted(burglaries.total, (BURGLARY,)), crimes=counted(selection.total)
    )
    missing = _missing_before(selection, month)
    title = _("{sentence}. {missing}").format(sentence=said, missing=missing) if missing else said
    return Entry(f"month/{month}", title, _text_of(ward, selection, burglaries), updated, f"/?{burglaries.filters.query()}")


def _missing_before(selection: Selection, month: Month) -> str:
    """A sentence on the months missing between this one and the stored one before it; empty where there is none."""
    earlier = max((one for one in selection.area.stored if one < month), default=month)
    return " ".join(gaps(selection.area.select(Filters(earlier, month))))


def _text_of(ward: Ward, selection: Selection, burglaries: Selection) -> str:
    words = {
        "police": police_name(ward.snapshot),
        "burglaries": counted(burglaries.total, (BURGLARY,)),
        "crimes": counted(selection.total),
        "month": selection.filters.last.name,
        "ward": ward.name,
        "unplaced": number(selection.unplaced),
        "force": force_name(ward.snapshot),
    }
    recorded = _("Recorded by {police} in {ward} in {month}: {burglaries} among {crimes}.")
    unplaced = ngettext(
        "Not among them: {unplaced} crime of that month in {force} that they could not place.",
        "Not among them: {unplaced} crimes of that month in {force} that they could not place.",
        selection.unplaced,
    )
    return f"{recorded} {unplaced}".format(**words)


def _changes(ward: Ward) -> Iterator[Entry]:
    """What changed in the plans of the ward's neighbourhoods."""
    found = ward.snapshot.plans(ward.code)
    for plan in found.plans if found else ():
        for change in dict.fromkeys(plan.history):  # two that cannot be told apart are one entry
            yield _change(ward, plan, change)


def _change(ward: Ward, plan: Plan, change: Change) -> Entry:
    title = _("{ward}: {change}").format(ward=ward.name, change=plan_sentences.changed(change))
    seen = _("What the police of {neighbourhood} say they do, as fetched on {day}.").format(
        neighbourhood=plan.name, day=plan_sentences.day_name(change.seen_at.date())
    )
    text = "\n\n".join([seen, *plan_sentences.texts_of(change)])
    return Entry(_key(plan, change), title, text, _aware(change.seen_at), f"/wards?ward={ward.code}")


def _key(plan: Plan, change: Change) -> str:
    parts = (change.kind, change.seen_at, change.issue, change.issued, change.before, change.after)
    content = hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
    return f"plan/{plan.neighbourhood.key}/{content}"


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def ward_of(snapshot: Snapshot, code: str) -> Ward | None:
    """A ward of any stored set, the newest first; None for a code of none."""
    sets: list[WardSet] = snapshot.dataset.places.ward_sets()
    for one in reversed(sets):
        wards = snapshot.dataset.places.wards(one)
        for name in wards.loc[wards["code"] == code, "name"]:
            return Ward(snapshot, code, shortened("".join(filter(str.isprintable, name))))
    return None


def _answer(code: str, visited: str, known: str) -> Response:
    chosen = settings()
    try:
        ward = ward_of(Snapshot.now(chosen, date.today()), code)
        if ward is None:
            return Response(_("There is no ward with this code on this map."), 404, media_type="text/plain")
        body = atom(ward, base_address(chosen.public_url, visited))
    except MkmapError:
        what = _("The data cannot be read at the moment. Nothing was lost; the operator can find out with “verify”.")
        return Response(what, 503, media_type="text/plain")
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": ALWAYS_ASK}
    if tag in known:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/atom+xml", headers=headers)


async def _feed(request: Request) -> Response:
    known = request.headers.get("if-none-match", "")
    return await run_in_threadpool(_answer, request.path_params["code"], str(request.url), known)


ROUTES = [Route("/feeds/wards/{code}.atom", _feed, methods=["GET"])]
