"""Judge the stored months of a force by each other, from their profiles; one that was stored without has its rows summed up."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkmap.crimes.stored import StoredMonth
from mkmap.crimes.wholeness.judge import Judged, Wholeness, judge, judge_all
from mkmap.crimes.wholeness.signs import NOT_WHOLE, Sign
from mkmap.month import Month

if TYPE_CHECKING:
    from mkmap.crimes.wholeness.profile import MonthProfile  # loads pyarrow, for which who only tells months need not wait

FEWEST = (
    50  # rows in the largest month: where all have fewer, chance alone makes any difference; the smallest force has hundreds
)
LOST = (NOT_WHOLE | {Sign.BLANK_IDS}) - {Sign.FEW_ROWS}  # what a newer release never loses; how many rows, putting judges
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


def beside_the_stored(coming: StoredMonth, stored: StoredMonth, folder: Path, profiles: Profiles) -> Judged:
    """A month beside what is stored of the same month, as if that were the month before: what it has lost.

    A release never loses a crime type, a district or its Crime IDs, also where no other month is there to tell.
    """
    new, old = _profile(coming, folder, profiles), _profile(stored, folder, profiles)
    if not (new and old) or old.rows < FEWEST:
        return NOT_JUDGED
    known = {reason.sign for reason in judge(old, []).reasons}
    lost = tuple(
        reason
        for reason in judge(new, [replace(old, month=old.month + -1)]).reasons
        if reason.sign in LOST and reason.sign not in known
    )
    return Judged(Wholeness.PARTIAL, lost) if lost else NOT_JUDGED


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
