"""Judge the stored months of a force by each other, from their profiles; one that was stored without has its rows summed up."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkmap.crimes.stored import StoredMonth
from mkmap.crimes.wholeness.judge import Judged, Wholeness, judge_all
from mkmap.month import Month

if TYPE_CHECKING:
    from mkmap.crimes.wholeness.profile import MonthProfile  # loads pyarrow, for which who only tells months need not wait

FEWEST = (
    50  # rows in the largest month: where all have fewer, chance alone makes any difference; the smallest force has hundreds
)
NOT_JUDGED = Judged(Wholeness.WHOLE)  # too small, or unreadable: whoever counts its rows is told that its file is damaged

Profiles = Mapping[str, Mapping[str, Any]]  # the name of a month's file → its profile as JSON


def judged(months: Iterable[StoredMonth], folder: Path, profiles: Profiles) -> dict[str, Judged]:
    """The key of each month → what it is, by the others of its force, scope and area."""
    judgements: dict[str, Judged] = {}
    for __, group in groupby(sorted(months, key=_whose), _whose):
        alike = list(group)
        known = [profile for month in alike if (profile := _profile(month, folder, profiles))]
        by_month = judge_all(known) if any(profile.rows >= FEWEST for profile in known) else {}
        judgements |= {month.key: by_month.get(month.month, NOT_JUDGED) for month in alike}
    return judgements


def _whose(month: StoredMonth) -> tuple[str, str, str]:
    return month.force, month.scope, month.area


def _profile(month: StoredMonth, folder: Path, profiles: Profiles) -> "MonthProfile | None":
    """None where its file cannot be read."""
    from mkmap.crimes.wholeness.profile import MonthProfile

    if entry := profiles.get(month.file):
        return MonthProfile.from_json(entry)
    return _profile_of_file(folder / month.file, month.month, month.force)


@lru_cache(maxsize=4096)  # of a store that is not written to again, at each change of its manifest
def _profile_of_file(file: Path, month: Month, force: str) -> "MonthProfile | None":
    import pyarrow as pa
    import pyarrow.parquet as pq

    from mkmap.crimes.wholeness.profile import profile_of

    try:
        return profile_of(pq.read_table(file), month, force)
    except (OSError, pa.ArrowException, KeyError):
        return None
