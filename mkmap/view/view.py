"""Hold what a page or a sheet shows: the data set, what the filters leave of it, and what comparisons rest on."""

from dataclasses import dataclass
from functools import cached_property

from mkmap.crimes.query import Selection
from mkmap.errors import Refused
from mkmap.evidence.base import Base, base_of
from mkmap.filters import Filters
from mkmap.places.store import Households
from mkmap.reports.published import Published
from mkmap.view.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class View:
    """What a page shows: the data set, and what the filters leave of it."""

    snapshot: Snapshot
    selection: Selection

    @classmethod
    def of(cls, snapshot: Snapshot, filters: Filters) -> "View":
        return cls(snapshot, snapshot.select(filters))

    @cached_property
    def households(self) -> Households | None:
        return self.snapshot.dataset.places.households(self.selection.area.ward_set)

    @cached_property
    def base(self) -> Base:
        """What comparisons rest on."""
        return base_of(self.snapshot.dataset, self.selection.area)

    @cached_property
    def published(self) -> Published | None:
        """The published reports, by the wards of the selection; None where their database does not answer."""
        try:
            return self.snapshot.published(self.selection.filters.last)
        except Refused:
            return None
