"""Hold what a page or a sheet shows: the data set, what the filters leave of it, and what comparisons rest on."""

from dataclasses import dataclass
from functools import cached_property

from mkmap.crimes.query import Selection
from mkmap.errors import Refused
from mkmap.evidence.base import Base, base_of
from mkmap.filters import Filters
from mkmap.places.store import Households
from mkmap.reports.published import Published
from mkmap.view.snapshot import Shown


@dataclass(frozen=True, eq=False)
class View:
    """What a page shows: the data set, and what the filters leave of it."""

    shown: Shown
    selection: Selection

    @classmethod
    def of(cls, shown: Shown, filters: Filters) -> "View":
        return cls(shown, shown.select(filters))

    @cached_property
    def households(self) -> Households | None:
        return self.shown.dataset.places.households(self.selection.area.ward_set)

    @cached_property
    def base(self) -> Base:
        """What comparisons rest on."""
        return base_of(self.shown.dataset, self.selection.area)

    @cached_property
    def published(self) -> Published | None:
        """The published reports, by the wards of the selection; None where their database does not answer."""
        try:
            return self.shown.published(self.selection.filters.last)
        except Refused:
            return None
