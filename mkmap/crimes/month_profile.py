"""Sum up a month of a force in few numbers, by which its other months can judge whether it is whole."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from mkmap.crimes.layouts import TRANSPORT_POLICE
from mkmap.month import Month

ANTI_SOCIAL = "Anti-social behaviour"

Counts = Mapping[str, int]


@dataclass(frozen=True)
class MonthProfile:
    """What a month of a force is like, all rows counted as the file has them.

    A district is an LSOA's name without its code; rows without one are in no district.
    """

    month: Month
    force: str
    rows: int
    rejected: int  # rows that cannot be used
    no_location: int  # rows without coordinates
    transport_police: int  # rows that fall within the British Transport Police
    by_type: Counts = field(hash=False)
    by_district: Counts = field(hash=False)
    lsoas: Counts = field(hash=False)  # how many different LSOAs of each district have a row
    ids: int  # different Crime IDs
    repeated_ids: int  # rows whose Crime ID stands in an earlier row
    blank_ids: int  # rows without a Crime ID that are no anti-social behaviour
    blank_anti_social: int  # rows without a Crime ID that are

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"month": str(self.month)}

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "MonthProfile":
        """Raises TypeError, ValueError or KeyError for what is no profile."""
        return cls(**{**entry, "month": Month.parse(entry["month"])})


def profile_of(rows: pa.Table, month: Month, force: str) -> MonthProfile:
    """Sum up the rows of a street file as `Parser` gives them."""
    types, ids = rows["crime_type"], rows["crime_id"]
    has_id = pc.fill_null(pc.greater(pc.binary_length(ids), 0), False)
    anti_social = pc.fill_null(pc.equal(types, ANTI_SOCIAL), False)
    with_id = pc.sum(has_id).as_py() or 0
    blank_anti_social = pc.sum(pc.and_(anti_social, pc.invert(has_id))).as_py() or 0
    distinct = pc.count_distinct(ids.filter(has_id)).as_py()
    rejected = len(rows) - rows["rejected"].null_count
    return MonthProfile(
        month=month,
        force=force,
        rows=len(rows),
        rejected=rejected,
        no_location=rows["point"].null_count - rejected,
        transport_police=_counts(rows["falls_within"]).get(TRANSPORT_POLICE, 0),
        by_type=_counts(types),
        by_district=_counts(rows["district"]),
        lsoas=_lsoas(rows),
        ids=distinct,
        repeated_ids=with_id - distinct,
        blank_ids=len(rows) - with_id - blank_anti_social,
        blank_anti_social=blank_anti_social,
    )


def _counts(column: pa.ChunkedArray) -> dict[str, int]:
    """How often each text stands in a column; the empty one is none."""
    return {entry["values"]: entry["counts"] for entry in column.value_counts().to_pylist() if entry["values"]}


def _lsoas(rows: pa.Table) -> dict[str, int]:
    places = rows.select(["district", "lsoa_code"]).group_by(["district", "lsoa_code"]).aggregate([])
    return _counts(places["district"])
