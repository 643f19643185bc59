"""Say what a neighbourhood's plan is: who, how to reach them, what they promised, when they meet, and what changed in it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

KEPT_CHANGES = 100  # a neighbourhood has a handful of priorities, changed every few months: ten years and more


@dataclass(frozen=True, order=True)
class Neighbourhood:
    """police.uk's name for a piece of a force's ground: the identifiers that its addresses have."""

    force: str
    id: str

    @property
    def key(self) -> str:
        return f"{self.force}/{self.id}"


@dataclass(frozen=True)
class Contact:
    """How to reach a team; each empty where police.uk says nothing. `web`, `facebook`, `twitter` are safe web addresses."""

    telephone: str = ""
    mobile: str = ""
    email: str = ""
    address: str = ""
    web: str = ""
    facebook: str = ""
    twitter: str = ""


@dataclass(frozen=True)
class Person:
    """Somebody of the team, as the police name them."""

    name: str
    rank: str


@dataclass(frozen=True)
class Priority:
    """A promise: the issue and the day it was raised, the action and the day it was told; texts empty, days None where unsaid."""

    issue: str
    issued: date | None
    action: str
    acted: date | None


@dataclass(frozen=True)
class Event:
    """A meeting or a surgery; times are local, as they came."""

    title: str
    kind: str
    description: str
    address: str
    starts: datetime | None
    ends: datetime | None


class ChangeKind(StrEnum):
    """What can happen to a plan between two fetches."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"  # another issue text under the same date
    REDATED = "redated"  # the same issue under another date
    ACTION = "action"  # another action, or another date of it
    PEOPLE = "people"  # more people or fewer: who they are is not kept


@dataclass(frozen=True)
class PlanChange:
    """One change, and the fetch that saw it; `issue` and `issued` of the priority as it is now, or was last."""

    seen_at: datetime
    kind: ChangeKind
    issue: str = ""
    issued: date | None = None
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Plan:
    """What the police say about one neighbourhood, as of a fetch; `history` is newest first."""

    neighbourhood: Neighbourhood
    name: str
    description: str
    contact: Contact
    people: tuple[Person, ...]
    priorities: tuple[Priority, ...]
    events: tuple[Event, ...]
    fetched_at: datetime
    history: tuple[PlanChange, ...] = ()

    @property
    def newest(self) -> date | None:
        """The newest day that a priority names; a day after the fetch is a slip of the pen, and no sign of life."""
        fetched = self.fetched_at.date()
        days = [day for priority in self.priorities for day in (priority.issued, priority.acted)]
        return max((day for day in days if day and day <= fetched), default=None)

    def months_old(self, today: date) -> int | None:
        """Whole months since the newest priority or action; None where no priority has a date."""
        newest = self.newest
        if newest is None:
            return None
        months = (today.year - newest.year) * 12 + today.month - newest.month - (today.day < newest.day)
        return max(months, 0)

    def next_events(self, today: date) -> list[Event]:
        """The events from a day on, soonest first; those without a time come last."""
        coming = [event for event in self.events if event.starts is None or (event.ends or event.starts).date() >= today]
        return sorted(coming, key=lambda event: event.starts or datetime.max)


@dataclass(frozen=True)
class WardPlans:
    """What the police say they do in a ward: its neighbourhoods, that of its middle first, and the plans that are stored.

    No neighbourhood: police.uk names none. `fetched_at`: when it was asked which they are.
    """

    neighbourhoods: tuple[Neighbourhood, ...]
    plans: tuple[Plan, ...]
    fetched_at: datetime
