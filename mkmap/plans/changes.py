"""Tell what changed in a plan since the previous fetch: a promise can be followed only where it is kept."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from mkmap.plans.plan import KEPT_CHANGES, ChangeKind, Plan, PlanChange, Priority

Same = Callable[[Priority], object]  # what two priorities must share to be one; None: this one cannot be told so

# In this order: a priority that is wholly itself is not another one's new wording.
SAME: tuple[Same, ...] = (
    lambda priority: (priority.issue, priority.issued),
    lambda priority: priority.issue or None,
    lambda priority: priority.issued,
)


def following(before: Plan | None, after: Plan) -> Plan:
    """The newly fetched plan with its history: that of the plan before, and what changed since. The first has none."""
    if before is None:
        return after
    changes = (*_of_priorities(before, after), *_of_people(before, after))
    return replace(after, history=(*changes, *before.history)[:KEPT_CHANGES])


def _of_priorities(before: Plan, after: Plan) -> Iterator[PlanChange]:
    pairs, gone, new = _matched(list(before.priorities), list(after.priorities))
    for priority in new:
        yield PlanChange(after.fetched_at, ChangeKind.ADDED, priority.issue, priority.issued, after=priority.action)
    for old, now in pairs:
        yield from _of_pair(old, now, after.fetched_at)
    for priority in gone:
        yield PlanChange(after.fetched_at, ChangeKind.REMOVED, priority.issue, priority.issued, before=priority.action)


def _matched(
    old: list[Priority], new: list[Priority]
) -> tuple[list[tuple[Priority, Priority]], list[Priority], list[Priority]]:
    """The same priorities of two fetches, and what is left of either."""
    pairs = []
    for same in SAME:
        for priority in list(new):
            earlier = next((was for was in old if same(was) is not None and same(was) == same(priority)), None)
            if earlier:
                pairs.append((earlier, priority))
                old.remove(earlier)
                new.remove(priority)
    return pairs, old, new


def _of_pair(old: Priority, now: Priority, seen_at: datetime) -> Iterator[PlanChange]:
    if old.issue != now.issue:
        yield PlanChange(seen_at, ChangeKind.REWORDED, now.issue, now.issued, old.issue, now.issue)
    if old.issued != now.issued:
        yield PlanChange(seen_at, ChangeKind.REDATED, now.issue, now.issued, _day(old.issued), _day(now.issued))
    if (old.action, old.acted) != (now.action, now.acted):
        yield PlanChange(seen_at, ChangeKind.ACTION, now.issue, now.issued, old.action, now.action)


def _of_people(before: Plan, after: Plan) -> Iterator[PlanChange]:
    if len(before.people) != len(after.people):
        yield PlanChange(after.fetched_at, ChangeKind.PEOPLE, before=str(len(before.people)), after=str(len(after.people)))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
