"""Say what a ward's feed tells: an entry for each month of police figures, and for each change of the police's plan.

Residents' reports are in no feed: what is withdrawn cannot be taken back from a reader's machine.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from mkmap.crime_types import BURGLARY, counted
from mkmap.crimes.query import Selection
from mkmap.crimes.stored import StoredMonth
from mkmap.filters import Filters
from mkmap.month import Month
from mkmap.plans import sentences as plan_sentences
from mkmap.plans.plan import Plan, PlanChange
from mkmap.plans.text import shortened
from mkmap.view.sentences import force_name, gaps, of_demonstration, police_name
from mkmap.view.snapshot import Snapshot
from mkmap.words import _, ngettext, number

MONTHS = 24  # entries: a reader who comes late sees the same month a year before, and the year before that


@dataclass(frozen=True)
class FeedEntry:
    """One entry: `key` tells it from all others of the ward, for good."""

    key: str
    title: str
    text: str
    updated: datetime
    path: str  # where a person reads on, from the address of this site on


@dataclass(frozen=True)
class FeedWard:
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


def ward_of(snapshot: Snapshot, code: str) -> FeedWard | None:
    """A ward of any stored set, the newest first; None for a code of none."""
    for ward_set in reversed(snapshot.dataset.places.ward_sets()):
        wards = snapshot.dataset.places.wards(ward_set)
        for name in wards.loc[wards["code"] == code, "name"]:
            return FeedWard(snapshot, code, shortened("".join(filter(str.isprintable, name))))
    return None


def entries(ward: FeedWard) -> list[FeedEntry]:
    """The oldest first."""
    return sorted([*_months(ward), *_changes(ward)], key=lambda entry: entry.updated)


def oldest_fetch(ward: FeedWard) -> datetime:
    """For a feed without an entry."""
    return min(_aware(month.fetched_at) for month in ward.snapshot.dataset.crimes.months())


def _months(ward: FeedWard) -> Iterator[FeedEntry]:
    """The newest stored months of which the ward was one of the wards in force; of those that are not whole, that they are that."""
    dataset = ward.snapshot.dataset
    stored, partial = dataset.crimes.of_force(dataset.force), dataset.crimes.not_whole(dataset.force)
    for month in sorted(stored | partial)[-MONTHS:]:
        area = ward.snapshot.area(month)
        if ward.code in area.ward_names:
            selection = area.select(Filters(month, month, (ward.code,), ()))
            if month in stored:
                yield _month(ward, selection, _since(stored[month]))
            else:
                yield _partial(ward, selection, _since(partial[month]))


def _month(ward: FeedWard, selection: Selection, updated: datetime) -> FeedEntry:
    month, area = selection.filters.last, selection.area
    burglaries = area.select(Filters(month, month, (ward.code,), (BURGLARY,)))
    sentence = _("{ward}, {month}: {burglaries} among {crimes}").format(
        ward=ward.name, month=month.name, burglaries=counted(burglaries.total, (BURGLARY,)), crimes=counted(selection.total)
    )
    missing = _missing_before(selection, month)
    title = _("{sentence}. {missing}").format(sentence=sentence, missing=missing) if missing else sentence
    return FeedEntry(f"month/{month}", title, _text_of(ward, selection, burglaries), updated, f"/?{burglaries.filters.query()}")


def _since(stored: StoredMonth) -> datetime:
    """Since when it is known as it is."""
    return _aware(stored.confirmed.at if stored.confirmed else stored.fetched_at)


def _partial(ward: FeedWard, selection: Selection, updated: datetime) -> FeedEntry:
    """The entry of a month that is not whole: it is the same that tells the numbers once there are any."""
    month = selection.filters.last
    title = _("{ward}, {month}: not whole").format(ward=ward.name, month=month.name)
    burglaries = Filters(month, month, (ward.code,), (BURGLARY,))
    return FeedEntry(f"month/{month}", title, " ".join(gaps(selection)), updated, f"/?{burglaries.query()}")


def _missing_before(selection: Selection, month: Month) -> str:
    """A sentence on the months missing between this one and the stored one before it; empty where there is none."""
    earlier = max((other for other in selection.area.stored if other < month), default=month)
    return " ".join(gaps(selection.area.select(Filters(earlier, month))))


def _text_of(ward: FeedWard, selection: Selection, burglaries: Selection) -> str:
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


def _changes(ward: FeedWard) -> Iterator[FeedEntry]:
    """What changed in the plans of the ward's neighbourhoods."""
    ward_plans = ward.snapshot.plans(ward.code)
    for plan in ward_plans.plans if ward_plans else ():
        for change in dict.fromkeys(plan.history):  # two that cannot be told apart are one entry
            yield _change(ward, plan, change)


def _change(ward: FeedWard, plan: Plan, change: PlanChange) -> FeedEntry:
    title = _("{ward}: {change}").format(ward=ward.name, change=plan_sentences.changed(change))
    seen = _("What the police of {neighbourhood} say they do, as fetched on {day}.").format(
        neighbourhood=plan.name, day=plan_sentences.day_name(change.seen_at.date())
    )
    text = "\n\n".join([seen, *plan_sentences.texts_of(change)])
    return FeedEntry(_key(plan, change), title, text, _aware(change.seen_at), f"/wards?ward={ward.code}")


def _key(plan: Plan, change: PlanChange) -> str:
    parts = (change.kind, change.seen_at, change.issue, change.issued, change.before, change.after)
    content = hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
    return f"plan/{plan.neighbourhood.key}/{content}"


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
