"""Find the signs that a month of a force is not whole, or not as its other months are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

from mkmap.crimes.wholeness.missing_parts import Lost, districts_cut, districts_lost, types_lost
from mkmap.crimes.wholeness.profile import MonthProfile
from mkmap.crimes.wholeness.usual import Beside, Usual, usual_rows

ENOUGH = 50  # rows that are usual: of fewer, chance may leave any number
STUB = 0.5  # of the rows that are usual: no force's month falls by half, but where it stays low: then it is a step
HOPELESS = 0.15  # of the rows that are usual: no step goes so deep
IN_A_ROW = 3  # low months that make a step,
ALIKE = 0.6  # where each has as large a share of the rows of another
DOUBLE = 2.0  # times the rows of any month beside it
TYPES = 3  # no force's month has fewer crime types: of fourteen, each had six or more since street-level crimes began
TELLING = 10  # rows that tell something by themselves
REPEATED = 0.05  # of the rows with a Crime ID: the real files repeat none, most of them, and Derbyshire's 3 %
BLANK = 0.05  # of the rows
UNPLACED = 10  # crimes without one in every other month: then this month has some, too,
MUCH_UNPLACED = 0.05  # and where they are so large a share, it has lost a part of itself without them
LESS = 0.9  # of the rows that are usual: with those without a location, which stand at a file's end, more is missing
FEWER_PLACED = 0.25  # of the rows without a location, more than any other month has: the wards have lost theirs


class Sign(StrEnum):
    """What a month shows; `wholeness_words` has the sentence of each."""

    # the month is not whole
    FEW_ROWS = "few-rows"  # rows, usual
    FEW_TYPES = "few-types"  # types
    NONE_OF_ITS_OWN = "none-of-its-own"
    REPEATED_IDS = "repeated-ids"  # rows
    TYPES_MISSING = "types-missing"  # types
    DISTRICTS_MISSING = "districts-missing"  # districts
    DISTRICTS_CUT = "districts-cut"  # districts
    UNPLACED_MISSING = "unplaced-missing"  # usual
    FEW_PLACED = "few-placed"  # percent, usual
    # the month is unusual
    FEWER_ROWS = "fewer-rows"  # rows, percent
    MANY_ROWS = "many-rows"  # rows, usual
    TYPES_GONE = "types-gone"  # types
    DISTRICTS_GONE = "districts-gone"  # districts
    DISTRICTS_REDRAWN = "districts-redrawn"  # old, new
    NONE_UNPLACED = "none-unplaced"  # usual
    BLANK_IDS = "blank-ids"  # rows


NOT_WHOLE = frozenset(
    {
        Sign.FEW_ROWS, Sign.FEW_TYPES, Sign.NONE_OF_ITS_OWN, Sign.REPEATED_IDS, Sign.TYPES_MISSING, Sign.DISTRICTS_MISSING,
        Sign.DISTRICTS_CUT, Sign.UNPLACED_MISSING, Sign.FEW_PLACED,
    }
)  # fmt: skip
# A month that tells nothing about others.
NO_WITNESS = frozenset({Sign.FEW_ROWS, Sign.FEW_TYPES, Sign.NONE_OF_ITS_OWN, Sign.REPEATED_IDS})
Value = int | list[str]


@dataclass(frozen=True)
class Reason:
    sign: Sign
    values: Mapping[str, Value] = field(hash=False)


def signs_alone(profile: MonthProfile) -> Iterator[Reason]:
    """What a month shows by itself."""
    if profile.rows >= TELLING and len(profile.by_type) < TYPES:
        yield Reason(Sign.FEW_TYPES, {"types": sorted(profile.by_type)})
    if profile.transport_police == profile.rows and profile.force != "btp":
        yield Reason(Sign.NONE_OF_ITS_OWN, {})
    if profile.repeated_ids > max(TELLING, REPEATED * (profile.ids + profile.repeated_ids)):
        yield Reason(Sign.REPEATED_IDS, {"rows": profile.repeated_ids})
    if profile.blank_ids > max(TELLING, BLANK * profile.rows):
        yield Reason(Sign.BLANK_IDS, {"rows": profile.blank_ids})


def signs_beside(profile: MonthProfile, others: Sequence[MonthProfile]) -> Iterator[Reason]:
    """What it shows beside other months, of which there is one at least."""
    usual, beside = usual_rows(profile, others), Beside.of(profile, others)
    if usual.rows >= ENOUGH and profile.rows < HOPELESS * usual.rows:
        yield Reason(Sign.FEW_ROWS, {"rows": profile.rows, "usual": round(usual.rows)})
        return
    yield from _rows(profile, usual, beside)
    yield from _types(types_lost(profile, beside))
    yield from _districts(districts_lost(profile, beside))
    if cut := districts_cut(profile, beside):
        yield Reason(Sign.DISTRICTS_CUT, {"districts": list(cut)})
    yield from _locations(profile, usual, beside)


def _rows(profile: MonthProfile, usual: Usual, beside: Beside) -> Iterator[Reason]:
    counts: dict[str, Value] = {"rows": profile.rows, "usual": round(usual.rows)}
    if usual.rows < ENOUGH:
        return
    if profile.rows < STUB * usual.rows and not _stays_low(profile, beside):
        yield Reason(Sign.FEW_ROWS, counts)
    elif profile.rows < usual.fewest:
        yield Reason(Sign.FEWER_ROWS, {"rows": profile.rows, "percent": round(100 * (1 - profile.rows / usual.rows))})
    elif profile.rows > DOUBLE * max(other.rows for other in beside.months):
        yield Reason(Sign.MANY_ROWS, counts)


def _stays_low(profile: MonthProfile, beside: Beside) -> bool:
    """Whether the months next to it, one after the other, have about as few rows."""
    alike = [list(takewhile(lambda other: _is_alike(profile, other), side)) for side in (beside.earlier, beside.later)]
    return 1 + sum(map(len, alike)) >= IN_A_ROW


def _is_alike(profile: MonthProfile, other: MonthProfile) -> bool:
    return max(profile.rows, other.rows) * ALIKE <= min(profile.rows, other.rows)


def _types(lost: Lost) -> Iterator[Reason]:
    if lost.missing:
        yield Reason(Sign.TYPES_MISSING, {"types": list(lost.missing)})
    if lost.gone:
        yield Reason(Sign.TYPES_GONE, {"types": list(lost.gone)})


def _districts(lost: Lost) -> Iterator[Reason]:
    if lost.missing:
        yield Reason(Sign.DISTRICTS_MISSING, {"districts": list(lost.missing)})
    if lost.gone:
        yield Reason(Sign.DISTRICTS_GONE, {"districts": list(lost.gone)})
    if lost.redrawn:
        yield Reason(Sign.DISTRICTS_REDRAWN, {"old": list(lost.redrawn), "new": list(lost.new)})


def _locations(profile: MonthProfile, usual: Usual, beside: Beside) -> Iterator[Reason]:
    fewest = min(other.no_location for other in beside.months)
    shares = [_share_unplaced(other) for other in beside.months]
    if not profile.no_location and fewest >= UNPLACED:
        has_lost_much = min(shares) >= MUCH_UNPLACED or profile.rows < LESS * usual.rows
        yield Reason(Sign.UNPLACED_MISSING if has_lost_much else Sign.NONE_UNPLACED, {"usual": fewest})
    if (share := _share_unplaced(profile)) > max(shares) + FEWER_PLACED:
        yield Reason(Sign.FEW_PLACED, {"percent": round(100 * share), "usual": round(100 * max(shares))})


def _share_unplaced(profile: MonthProfile) -> float:
    return profile.no_location / profile.rows
