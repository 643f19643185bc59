"""Judge which of two files of one month is the newer release: by what became of its crimes, then by their archives' names.

The police write on: a crime under investigation is decided later, and never the other way but for single ones.
"""

from enum import Enum

import pyarrow as pa
import pyarrow.compute as pc

from mkmap.crimes.layouts import STREET, FileKind
from mkmap.month import Month

UNDECIDED = ("", "Under investigation"), ("Status update unavailable",), ("Awaiting court outcome",)  # in this order
PLAINLY = 2  # times as many crimes one way as the other: what content says then is believed before any name


class Age(Enum):
    NEWER = "newer"
    OLDER = "older"
    UNKNOWN = "unknown"  # nothing tells


def age(rows: pa.Table, release: Month | None, known: pa.Table | None, known_release: Month | None) -> Age:
    """Which of two a month's rows are, beside those that are known; each with the release that its archive's name tells.

    The tables have the columns crime_id and outcome, as street files are stored; without `known`, the names alone tell.
    """
    onward, back = moved(rows, known) if known is not None else (0, 0)
    if onward != back and max(onward, back) >= PLAINLY * min(onward, back):
        return _of(onward > back)
    if release and known_release and release != known_release:
        return _of(release > known_release)
    return _of(onward > back) if onward != back else Age.UNKNOWN


def newest(rivals: list[tuple[pa.Table, Month | None]], kind: FileKind) -> tuple[int, bool]:
    """The place of the newest release among the rows of several files for one month, and whether they tell that it is.

    Where they do not, it is the one with most rows, the last of these.
    """
    best, is_sure = 0, True
    for place, (rows, release) in enumerate(rivals[1:], 1):
        known, known_release = rivals[best]
        verdict = age(rows, release, known if kind is STREET else None, known_release)
        is_sure = is_sure and (verdict is not Age.UNKNOWN or rows.equals(known))
        if verdict is Age.NEWER or (verdict is Age.UNKNOWN and len(rows) >= len(known)):
            best = place
    return best, is_sure


def _of(is_newer: bool) -> Age:
    return Age.NEWER if is_newer else Age.OLDER


def moved(rows: pa.Table, known: pa.Table) -> tuple[int, int]:
    """Of how many crimes the outcome went on from `known` to `rows`, and of how many it went back."""
    both = _ranked(rows).join(_ranked(known), "crime_id", right_suffix=" known", join_type="inner")
    change = pc.subtract(both["rank"], both["rank known"])
    return pc.sum(pc.greater(change, 0)).as_py() or 0, pc.sum(pc.less(change, 0)).as_py() or 0


def _ranked(rows: pa.Table) -> pa.Table:
    """How far each crime has come: a step in UNDECIDED, or beyond."""
    outcome = pc.fill_null(rows["outcome"].cast(pa.string()), "")
    steps = [pc.is_in(outcome, pa.array(step, pa.string())) for step in UNDECIDED]
    rank = pc.case_when(pc.make_struct(*steps), *range(len(steps)), len(steps))
    ranked = pa.table({"crime_id": rows["crime_id"], "rank": rank.cast(pa.int8())})
    return ranked.filter(pc.is_valid(ranked["crime_id"]))
