"""Tell the question that stands for everybody from views that somebody chose: who looks often enough finds a rise."""

from dataclasses import replace

from mkmap.evidence.change import Change
from mkmap.evidence.variation.monthly_counts import YEAR
from mkmap.filters import Filters
from mkmap.view.snapshot import Snapshot
from mkmap.words import _


def is_standing(snapshot: Snapshot, filters: Filters) -> bool:
    """Whether it is what the site opens with, or the latest twelve months of that: nobody chose it after seeing the numbers."""
    default = snapshot.choices(filters.last).default
    return filters in (default, replace(default, first=default.last + (1 - YEAR)))


def sentences(snapshot: Snapshot, filters: Filters, change: Change) -> list[str]:
    """What a chosen view says by chance; nothing where nothing is compared."""
    if change.missing or is_standing(snapshot, filters):
        return []
    return [_looked_around(change), *([_highest()] if len(filters.wards) == 1 else [])]


def _looked_around(change: Change) -> str:
    if (
        change.dispersion is None or change.dispersion.past is None
    ):  # measured with three years stored: up to 20 of 100 and more
        return _(
            "You chose this place and these months. Of 20 such views in which nothing has changed, about one says “up” or “down” by "
            "chance; where whole years differ anyway, more do."
        )
    return _(
        "You chose this place and these months. Of 20 such views in which nothing has changed, about one says “up” or “down” by chance."
    )


def _highest() -> str:
    return _("A ward that is opened because it stood at the top of a table usually falls back by itself.")
