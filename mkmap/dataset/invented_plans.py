"""Invent what the demonstration's police say: three neighbourhoods, one of them asleep, and a previous fetch to compare with."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from mkmap.dataset import invented_town as town
from mkmap.month import Month
from mkmap.plans.changes import following
from mkmap.plans.plan import Contact, Event, Neighbourhood, Person, Plan, Priority
from mkmap.plans.store import Plans, WardPlace

FORCE = "demonstration"
WARD_SET = "demonstration"
NORTH, CENTRE, SOUTH = (Neighbourhood(FORCE, f"invented-{part}") for part in ("north", "centre", "south"))
NORTHERN, SOUTHERN = 52.065, 52.015  # degrees of latitude that divide the wards
OF_BOTH = ("Monkston", "Woughton & Fishermead")  # wards that Centre and South share
STALE_MONTHS = 14  # since Centre said anything: the page then says so

INVENTED = "This is an invented example."


def filled(plans: Plans, month: Month) -> Plans:
    """The demonstration's store, filled for the month."""
    if plans.made_for == str(month):
        return plans
    make(plans, month)
    return plans.now()


def make(plans: Plans, month: Month) -> None:
    """Fill the demonstration's store anew."""
    at = _at(month)
    wards = {town.code(name): WardPlace(_of(name, latitude), at) for name, (_east, latitude, _size) in town.WARDS.items()}
    plans.fill(WARD_SET, wards, invented(month), str(month))


def invented(month: Month) -> list[Plan]:
    """The plans as of a month, each with what changed since the month before; the same every time."""
    return [following(_before(neighbourhood, month), _now(neighbourhood, month)) for neighbourhood in (NORTH, CENTRE, SOUTH)]


def _of(name: str, latitude: float) -> tuple[Neighbourhood, ...]:
    if name in OF_BOTH:
        return CENTRE, SOUTH
    return (NORTH if latitude > NORTHERN else SOUTH if latitude < SOUTHERN else CENTRE,)


def _at(month: Month) -> datetime:
    return datetime.combine(month.first_day, time(3), UTC)


def _now(neighbourhood: Neighbourhood, month: Month) -> Plan:
    part = neighbourhood.id.removeprefix("invented-")
    return Plan(
        neighbourhood,
        f"Demonstration {part.title()}",
        f"The invented neighbourhood team of the {part}.",
        Contact(telephone="101", email=f"{part}@police.invalid", web=f"https://police.invalid/{part}"),
        tuple(Person(f"{name} Example", rank) for name, rank in (("Ada", "Sergeant"), ("Ben", "Constable"), ("Cleo", "PCSO"))),
        _priorities(neighbourhood, month),
        _events(part, month),
        _at(month),
    )


def _before(neighbourhood: Neighbourhood, month: Month) -> Plan:
    """What was said a month earlier: a constable fewer, a promise that is gone, another without its action."""
    now = replace(_now(neighbourhood, month), fetched_at=_at(month + -1))
    if neighbourhood == CENTRE:
        return now
    first, *others = now.priorities
    gone = Priority("Speeding on an invented road.", (month + -8).first_day, f"A camera stood there twice. {INVENTED}", None)
    return replace(
        now,
        people=now.people[:-1],
        priorities=(replace(first, action=f"Patrols in the evening. {INVENTED}", acted=None), *others[:-1], gone),
    )


def _priorities(neighbourhood: Neighbourhood, month: Month) -> tuple[Priority, ...]:
    if neighbourhood == CENTRE:
        day = (month + -STALE_MONTHS).first_day
        return (Priority("Bicycles stolen near invented shops.", day, f"Locks were handed out. {INVENTED}", day),)
    return (
        Priority(
            "Burglaries of garages and sheds.",
            (month + -3).first_day,
            f"Patrols in the evening, and 40 leaflets about locks. {INVENTED}",
            (month + -1).first_day + timedelta(days=9),
        ),
        Priority("Motorbikes on footpaths.", (month + -5).first_day, "", None),
        Priority("Drug dealing near an invented playground.", (month + -1).first_day + timedelta(days=14), "", None),
    )


def _events(part: str, month: Month) -> tuple[Event, ...]:
    day: date = (month + 1).first_day + timedelta(days=8)
    starts = datetime.combine(day, time(18, 30))
    where = f"Invented Hall, Demonstration {part.title()}"
    return (Event("Have your say", "meeting", INVENTED, where, starts, starts + timedelta(hours=1)),)
