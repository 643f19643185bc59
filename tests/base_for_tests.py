"""Compare in a data folder as a page does."""

from mkmap.crimes.query import area_crimes
from mkmap.dataset.dataset import Dataset
from mkmap.evidence.base import Base, base_of
from mkmap.month import Month


def base(dataset: Dataset, last: Month) -> Base:
    """What comparisons rest on, in the wards in force at the end of a month."""
    ward_set = dataset.places.ward_set(last)
    return base_of(dataset, area_crimes(dataset.crimes, dataset.places, ward_set, dataset.force))
