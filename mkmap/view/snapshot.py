"""Bring together what is shown now: the data set, the wards in force, and what can be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from mkmap.crime_types import BURGLARY, CRIME_TYPES
from mkmap.crimes.query import AreaCrimes, Selection, area_crimes
from mkmap.database.connection import Store
from mkmap.dataset.dataset import Dataset, shown
from mkmap.filters import Choices, Filters, ReadFilters
from mkmap.month import Month
from mkmap.places.ground.store import Ground
from mkmap.places.store import WardSet
from mkmap.plans.plan import WardPlans
from mkmap.reports.published import Published, published
from mkmap.settings import Settings


@dataclass(frozen=True)
class Snapshot:
    """The data set, as one request or one run of a page sees it."""

    dataset: Dataset
    settings: Settings
    today: date

    @classmethod
    def now(cls, settings: Settings, today: date) -> "Snapshot":
        return cls(shown(settings.home, settings.force, today, settings.area), settings, today)

    @property
    def reports(self) -> Store:
        """Where residents' reports are: beside the demonstration, invented ones.

        Raises NotKept where their database does not answer.
        """
        return self.dataset.reports(self.settings, self.today)

    def published(self, last: Month) -> Published:
        """The published reports, by the wards in force at the end of a month.

        Raises NotKept where their database does not answer.
        """
        return published(self.reports, self.dataset.places, self.ward_set(last))

    def plans(self, ward_code: str) -> WardPlans | None:
        """What the police say they do in a ward of any set, by its code; None where police.uk was never asked about it."""
        plans = self.dataset.plans(self.settings, self.today)
        by_set = (plans.of_ward(ward_set.name, ward_code) for ward_set in reversed(self.dataset.places.ward_sets()))
        return next(filter(None, by_set), None)

    @cached_property
    def latest(self) -> Month:
        """The latest month that is stored whole."""
        return max(self.dataset.crimes.of_force(self.dataset.force))

    @cached_property
    def not_whole(self) -> frozenset[Month]:
        """The months of which only a part is stored."""
        return frozenset(self.dataset.crimes.not_whole(self.dataset.force))

    @cached_property
    def months(self) -> list[Month]:
        """What can be chosen: from the first stored month to the current one."""
        stored = self.dataset.crimes.of_force(self.dataset.force).keys() | self.not_whole
        return _months(min(stored), max([*stored, Month.of(self.today)]))

    @property
    def version(self) -> str:
        """A text that changes with everything that is stored."""
        dataset = self.dataset
        return f"{dataset.name}-{dataset.crimes.version}-{dataset.places.version}-{self.ground.version}"

    @cached_property
    def ground(self) -> Ground:
        """What lies under the marks."""
        return self.dataset.ground

    def ward_set(self, last: Month) -> WardSet:
        """The wards in force at the end of a month, else those nearest to it in time."""
        ward_set = self.dataset.places.ward_set(last)
        assert ward_set is not None, "a data set is shown only once it has wards"
        return ward_set

    def last_with_same_wards(self, last: Month) -> Month:
        """The latest month that can be chosen with the wards of a month: what hangs on wards alone is loaded once for all of these."""
        ward_set = self.ward_set(last)
        return next((month for month in reversed(self.months) if self.ward_set(month) == ward_set), last)

    def area(self, last: Month) -> AreaCrimes:
        """The area's crimes, by the wards in force at the end of a month."""
        return area_crimes(self.dataset.crimes, self.dataset.places, self.ward_set(last), self.dataset.force)

    def ward_names(self, last: Month) -> dict[str, str]:
        """Code → name, by name."""
        return self.area(last).ward_names

    def choices(self, last: Month) -> Choices:
        types = sorted({*CRIME_TYPES, *self.area(last).types})
        return Choices(self.months, self.ward_names(last), types, Filters(self.latest, self.latest, (), (BURGLARY,)))

    def read(self, params: Mapping[str, Sequence[str]]) -> ReadFilters:
        """Filters from an address; its wards are those in force at the end of its months."""
        last = (
            replace(self.choices(self.latest), wards={}).read({key: params.get(key, ()) for key in ("from", "to")}).filters.last
        )
        return self.choices(last).read(params)

    def select(self, filters: Filters) -> Selection:
        return self.area(filters.last).select(filters)


@lru_cache(maxsize=4)
def _months(first: Month, last: Month) -> list[Month]:
    return list(first.to(last))
