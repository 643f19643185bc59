"""Hold what a page or a sheet shows: the data set, what the filters leave of it, and what is found in that."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from mkmap.crimes.query import Selection
from mkmap.errors import Refused
from mkmap.filters import Filters
from mkmap.places.store import Households
from mkmap.reports.published import Published
from mkmap.view.findings import Findings
from mkmap.view.snapshot import Snapshot


@dataclass(frozen=True)
class View:
    """What a page shows: the data set, and filters. Two of the same filters on the same stored data and day are equal."""

    snapshot: Snapshot
    filters: Filters

    @cached_property
    def selection(self) -> Selection:
        """What the filters leave.

        Raises Damaged where a stored file cannot be read.
        """
        return self.snapshot.select(self.filters)

    @cached_property
    def households(self) -> Households | None:
        return self.snapshot.dataset.places.households(self.selection.area.ward_set)

    @cached_property
    def findings(self) -> Findings:
        """What the police's figures say of it, and what residents say of the police."""
        return Findings(self.snapshot, self.selection, self.households)

    @cached_property
    def published(self) -> Published | None:
        """The published reports, by the wards of the selection; None where their database does not answer."""
        try:
            return self.snapshot.published(self.filters.last)
        except Refused:
            return None

    @cached_property
    def reports(self) -> pd.DataFrame | None:
        """Those of them that the filters leave."""
        return None if self.published is None else self.published.select(self.filters)
