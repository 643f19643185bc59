"""Keep which neighbourhoods a ward has, and the plan of each: one file a neighbourhood, named in a manifest."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from pydantic import TypeAdapter, ValidationError

from mkmap.errors import Code, Damaged
from mkmap.lake.manifest import FolderChange, Manifest
from mkmap.plans.changes import following
from mkmap.plans.plan import Neighbourhood, Plan, WardPlans
from mkmap.police.fetching import FetchedStore

PLAN = TypeAdapter(Plan)


@dataclass(frozen=True)
class WardPlace:
    """Which neighbourhoods a ward has, that of its middle first, and when that was asked."""

    neighbourhoods: tuple[Neighbourhood, ...]
    fetched_at: datetime


WARDS = TypeAdapter(dict[str, dict[str, WardPlace]])  # by the ward set's name, by the ward's code
Wards = Mapping[str, WardPlace]


class Plans(FetchedStore):
    """What stands in `home/plans`."""

    FOLDER = "plans"
    EMPTY: ClassVar[Manifest] = {"wards": {}, "plans": {}, "last_failed_fetch": None, "made_for": None}

    def wards(self, ward_set: str) -> dict[str, WardPlace]:
        """The neighbourhoods of each ward of a set, by its code, as far as they were asked for."""
        return dict(self._wards.get(ward_set, {}))

    @cached_property
    def _wards(self) -> dict[str, dict[str, WardPlace]]:
        try:
            return WARDS.validate_python(self.manifest["wards"])
        except ValidationError:
            raise Damaged(Code.MANIFEST_UNREADABLE, folder=self.folder.path) from None

    def plan(self, neighbourhood: Neighbourhood) -> Plan | None:
        """The plan of a neighbourhood with its history; None where it was never fetched."""
        name = self.manifest["plans"].get(neighbourhood.key)
        if name is None:
            return None
        file = self.file(name)
        try:
            return PLAN.validate_json(file.read_bytes())
        except ValidationError:
            raise Damaged(Code.FILE_UNREADABLE, file=file) from None

    def age(self, neighbourhood: Neighbourhood) -> datetime | None:
        """When a plan was fetched; None where there is none that can be read."""
        plan = self._sound(neighbourhood)
        return plan.fetched_at if plan else None

    def of_ward(self, ward_set: str, code: str) -> WardPlans | None:
        """What is stored of a ward; None where it was never asked for."""
        place = self.wards(ward_set).get(code)
        if place is None:
            return None
        plans = (self.plan(neighbourhood) for neighbourhood in place.neighbourhoods)
        return WardPlans(place.neighbourhoods, tuple(plan for plan in plans if plan), place.fetched_at)

    def neighbourhoods(self) -> list[Neighbourhood]:
        """Those of any ward, in order."""
        places = [place for of_set in self._wards.values() for place in of_set.values()]
        return sorted({neighbourhood for place in places for neighbourhood in place.neighbourhoods})

    @property
    def fetched_at(self) -> datetime | None:
        """The age of the oldest plan that belongs to a ward: no other is older. None of none."""
        plans = map(self.plan, self.neighbourhoods())
        return min((plan.fetched_at for plan in plans if plan), default=None)

    def put_wards(self, ward_set: str, wards: Wards) -> None:
        """Store the neighbourhoods of wards of a set; those of its other wards stay."""
        with self.folder.change() as change:
            _put_wards(change, ward_set, wards)

    def put_plan(self, plan: Plan) -> Plan:
        """Store a plan in place of the one before, with what changed since."""
        with self.folder.change() as change:
            plan = following(self.now()._sound(plan.neighbourhood), plan)
            _put_plan(change, plan)
        return plan

    def _sound(self, neighbourhood: Neighbourhood) -> Plan | None:
        """The stored plan, unless its file is damaged: then a new one takes its place, without what came before."""
        with suppress(Damaged):
            return self.plan(neighbourhood)
        return None

    @property
    def made_for(self) -> str | None:
        """The month for which the demonstration was made."""
        month: str | None = self.manifest["made_for"]
        return month

    def fill(self, ward_set: str, wards: Wards, plans: list[Plan], made_for: str) -> None:
        """Store the demonstration, all at once, in place of all else."""
        with self.folder.change() as change:
            change.manifest["wards"] = {}
            for entry in change.manifest["plans"].values():
                change.drop(entry)
            change.manifest["plans"] = {}
            _put_wards(change, ward_set, wards)
            for plan in plans:
                _put_plan(change, plan)
            change.manifest["made_for"] = made_for


def _put_wards(change: FolderChange, ward_set: str, wards: Wards) -> None:
    known = change.manifest["wards"].get(ward_set, {})
    change.manifest["wards"][ward_set] = known | WARDS.dump_python({ward_set: dict(wards)}, mode="json")[ward_set]


def _put_plan(change: FolderChange, plan: Plan) -> None:
    file = change.temporary(".json")
    file.write_bytes(PLAN.dump_json(plan))
    old = change.manifest["plans"].get(plan.neighbourhood.key)
    name = change.put(file, plan.neighbourhood.key.replace("/", "-"))
    if old != name:
        change.drop(old)
    change.manifest["plans"][plan.neighbourhood.key] = name
