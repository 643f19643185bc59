"""Fetch what the police say they do from police.uk's API into the store: each ward's neighbourhoods, then their plans."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mkmap.errors import BadInput, Busy, Code, Refused, Unreachable
from mkmap.places.store import Places, WardSet
from mkmap.plans.plan import Neighbourhood, Plan
from mkmap.plans.questions import neighbourhoods_in, plan_of
from mkmap.plans.store import Plans, WardPlace
from mkmap.police.client import PoliceApi
from mkmap.police.fetching import GIVE_UP_AFTER, FetchResult, Progress
from mkmap.words import _, ngettext, number

if TYPE_CHECKING:
    import shapely

REFETCH_AFTER = timedelta(days=7)  # priorities change every few months; a week is soon enough, and spares police.uk

T = TypeVar("T")


def fetch(
    plans: Plans, places: Places, api: PoliceApi, *, at: datetime, progress: Progress, only_due: bool = False
) -> list[FetchResult]:
    """Store the neighbourhoods of every ward of every set, and the plan of each neighbourhood.

    `only_due`: leave what is younger than a week. What fails is reported, and what was stored of it is kept. Where nothing was
    due, there is nothing to report.

    Raises Busy where another process is changing the store.
    """
    work = _Work(plans, api, at, progress, at - REFETCH_AFTER if only_due else None)
    try:
        for ward_set in reversed(places.ward_sets()):
            _locate(work, places, ward_set)
        _fetch_plans(work)
    except _GivenUp:
        work.given_up = True
    results = list(work.results())
    why = next((result.text for result in results if result.failed), None)
    plans.note_fetch({"at": at.isoformat(timespec="seconds"), "why": why} if why else None)
    return results


class _GivenUp(Exception):
    """Nobody answers: asking on is only a burden."""


@dataclass
class _Work:
    """One fetch, and how it goes."""

    plans: Plans
    api: PoliceApi
    at: datetime
    progress: Progress
    due_before: datetime | None
    stored: list[Plan] = field(default_factory=list)
    wards_failed: list[str] = field(default_factory=list)  # why
    plans_failed: list[str] = field(default_factory=list)
    silent: int = 0  # questions in a row without an answer
    given_up: bool = False

    def is_due(self, fetched_at: datetime | None) -> bool:
        return fetched_at is None or self.due_before is None or fetched_at <= self.due_before

    def attempt(self, act: Callable[[], T], failed: list[str]) -> T | None:
        """The result of one piece; None where it failed, which is noted. After a few without an answer nothing more is asked."""
        try:
            result, self.silent = act(), 0
            return result
        except Busy:
            raise
        except Refused as error:
            failed.append(str(error))
            self.silent = self.silent + 1 if isinstance(error, Unreachable) else 0
        if self.silent == GIVE_UP_AFTER:
            raise _GivenUp
        return None

    def results(self) -> Iterator[FetchResult]:
        """In sentences: what was stored, then what was not, and why."""
        if self.stored:
            yield FetchResult(_sentence(self.stored, self.at), stored=True)
        if why := self.wards_failed:
            text = ngettext(
                "Of {n} ward the police neighbourhood could not be learnt. {why}",
                "Of {n} wards the police neighbourhoods could not be learnt. {why}",
                len(why),
            )
            yield FetchResult(text.format(n=number(len(why)), why=why[0]), failed=True)
        if why := self.plans_failed:
            text = ngettext(
                "The plan of {n} police neighbourhood was not fetched. {why}",
                "The plans of {n} police neighbourhoods were not fetched. {why}",
                len(why),
            )
            yield FetchResult(text.format(n=number(len(why)), why=why[0]), failed=True)
        if self.given_up:
            yield FetchResult(
                _("police.uk is not answering: the other plans were not asked for. Try again later."), failed=True
            )


def _sentence(stored: list[Plan], at: datetime) -> str:
    plans = ngettext(
        "The plan of {n} police neighbourhood is stored", "The plans of {n} police neighbourhoods are stored", len(stored)
    )
    changes = sum(change.seen_at == at for plan in stored for change in plan.history)
    if not changes:
        return _("{plans}.").format(plans=plans.format(n=number(len(stored))))
    since = ngettext("{n} change since the previous fetch", "{n} changes since the previous fetch", changes)
    return _("{plans}; {changes}.").format(plans=plans.format(n=number(len(stored))), changes=since.format(n=number(changes)))


def _locate(work: _Work, places: Places, ward_set: WardSet) -> None:
    """Learn the neighbourhoods of a set's wards; what was learnt is stored even if then nobody answers any more."""
    known, wards = work.plans.wards(ward_set.name), places.wards(ward_set)
    learnt: dict[str, WardPlace] = {}
    due = wards[[code not in known or work.is_due(known[code].fetched_at) for code in wards["code"]]]
    try:
        for done, (code, name, shape) in enumerate(zip(due["code"], due["name"], due.geometry, strict=True)):
            work.progress(done, len(due), _("Asking police.uk who polices {ward}").format(ward=name))
            if place := work.attempt(partial(_place, work, shape, known.get(code)), work.wards_failed):
                learnt[code] = place
    finally:
        _store(work, ward_set, learnt, known)


def _place(work: _Work, shape: "shapely.Geometry", known: WardPlace | None) -> WardPlace:
    """Where a ward belongs. That it belongs nowhere any more is not believed: an address that moved answers so, too."""
    neighbourhoods = neighbourhoods_in(work.api, shape)
    if not neighbourhoods and known and known.neighbourhoods:
        raise BadInput(Code.NEIGHBOURHOOD_GONE, source=work.api.base_url)
    return WardPlace(neighbourhoods, work.at)


def _store(work: _Work, ward_set: WardSet, learnt: dict[str, WardPlace], known: dict[str, WardPlace]) -> None:
    """Keep what was learnt; but not that a whole area has no police, which is no answer to believe either."""
    if any(place.neighbourhoods for place in (known | learnt).values()):
        work.plans.put_wards(ward_set.name, learnt)
    elif learnt:
        work.wards_failed += [_("police.uk knows no neighbourhood in the whole area. What is stored was kept.")] * len(learnt)


def _fetch_plans(work: _Work) -> None:
    plans = work.plans.now()  # with what was learnt of the wards
    due = [neighbourhood for neighbourhood in plans.neighbourhoods() if work.is_due(plans.age(neighbourhood))]
    for done, neighbourhood in enumerate(due):
        work.progress(
            done, len(due), _("Asking police.uk for the plan of {neighbourhood}").format(neighbourhood=neighbourhood.id)
        )
        if plan := work.attempt(partial(_fetch_plan, work, neighbourhood), work.plans_failed):
            work.stored.append(plan)
    work.progress(len(due), len(due), _("Done"))


def _fetch_plan(work: _Work, neighbourhood: Neighbourhood) -> Plan:
    return work.plans.put_plan(plan_of(work.api, neighbourhood, work.at))
