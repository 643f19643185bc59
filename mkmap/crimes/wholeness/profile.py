"""Sum up a month of a force in few numbers, by which its other months can judge whether it is whole."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from mkmap.crimes.transport_police import TRANSPORT_POLICE
from mkmap.month import Month

if TYPE_CHECKING:
    import pyarrow as pa  # loaded where rows are summed up: who reads a profile need not wait for it

ANTI_SOCIAL = "Anti-social behaviour"
SMALLEST_DISTRICT = 2  # rows: a district with one is a point that was misplaced; the transport police have hundreds

Counts = Mapping[str, int]


class InDistrict(NamedTuple):
    """What a month has in one district: its LSOAs come and go much less than its crimes do."""

    rows: int
    lsoas: int  # different ones with a row


@dataclass(frozen=True)
class MonthProfile:
    """What a month of a force is like, all rows counted as the file has them.

    A district is an LSOA's name without its code; rows without one are in no district, nor are those of the smallest.
    """

    month: Month
    force: str
    rows: int
    rejected: int  # rows that cannot be used
    no_location: int  # rows without coordinates
    transport_police: int  # rows that fall within the British Transport Police
    by_type: Counts = field(hash=False)
    by_district: Mapping[str, InDistrict] = field(hash=False)
    ids: int  # different Crime IDs
    repeated_ids: int  # rows whose Crime ID stands in an earlier row
    blank_ids: int  # rows without a Crime ID, but for anti-social behaviour and the transport police's, which never have one

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"month": str(self.month)}

    @classmethod
    def from_json(cls, entry: Mapping[str, Any]) -> "MonthProfile":
        """Raises TypeError, ValueError or KeyError for what is no profile."""
        districts = {name: InDistrict(*counts) for name, counts in entry["by_district"].items()}
        return cls(**{**entry, "month": Month.parse(entry["month"]), "by_district": districts})


def profile_of(rows: "pa.Table", month: Month, force: str) -> MonthProfile:
    """Sum up the rows of a street file as `Parser` gives them."""
    import pyarrow.compute as pc

    length = pc.binary_length(rows["crime_id"])
    has_id = pc.fill_null(pc.greater(length, 0), False)
    with_id = pc.sum(has_id).as_py() or 0
    ids = pc.count_distinct(rows["crime_id"]).as_py() - bool(pc.any(pc.equal(length, 0)).as_py())
    rejected = len(rows) - rows["rejected"].null_count
    return MonthProfile(
        month=month,
        force=force,
        rows=len(rows),
        rejected=rejected,
        no_location=rows["point"].null_count - rejected,
        transport_police=pc.sum(pc.equal(rows["falls_within"], TRANSPORT_POLICE)).as_py() or 0,
        by_type=_counts(rows["crime_type"]),
        by_district=_by_district(rows),
        ids=ids,
        repeated_ids=with_id - ids,
        blank_ids=_blank_ids(rows.select(["crime_type", "falls_within"]).filter(pc.invert(has_id))),
    )


def _counts(column: "pa.ChunkedArray") -> dict[str, int]:
    """How often each text stands in a column; the empty one is none."""
    return {entry["values"]: entry["counts"] for entry in column.value_counts().to_pylist() if entry["values"]}


def _by_district(rows: "pa.Table") -> dict[str, InDistrict]:
    by_lsoa = rows.group_by(["district", "lsoa_code"]).aggregate([([], "count_all")])
    districts = by_lsoa.group_by("district").aggregate([("count_all", "sum"), ([], "count_all")]).to_pylist()
    return {
        district["district"]: InDistrict(district["count_all_sum"], district["count_all"])
        for district in districts
        if district["district"] and district["count_all_sum"] >= SMALLEST_DISTRICT
    }


def _blank_ids(blank: "pa.Table") -> int:
    import pyarrow.compute as pc

    of_its_kind = pc.equal(blank["crime_type"], ANTI_SOCIAL), pc.equal(blank["falls_within"], TRANSPORT_POLICE)
    expected = pc.or_(*(pc.fill_null(kind, False) for kind in of_its_kind))
    return len(blank) - (pc.sum(expected).as_py() or 0)
