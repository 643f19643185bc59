"""Find the crime types, the districts and the parts of districts that a force's other months always have and a month has not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import median

from mkmap.crimes.wholeness.profile import InDistrict, MonthProfile
from mkmap.crimes.wholeness.usual import Beside

LEAST = {1: 40, 2: 9, 3: 8}  # rows in each of so many months: by chance the next does not have none; in each of more months:
LEAST_OF_MANY = 6
REMNANT = 0.1  # of the fewest rows of another month: as good as none
SETTLED = 3  # months in a row, up to the newest, that lack the same: it is a change of the force's, and no gap
LONG = 12  # months in a row that lack it, whatever comes after
AS_MANY = 0.7  # of the rows of districts that went, in districts that came: they were drawn anew
LSOAS_LEFT = 0.85  # of the fewest of another month; of 970 real districts and months the lowest has 0.92
THINNED = 0.2  # LSOAs that are left are as many as this power of the crimes that are left: measured on real months, thinned
LSOAS_LEAST = 12  # in a district: of fewer each counts for much,
CRIMES_AN_LSOA = 3.0  # unless crimes are many in each; a district with fewer is one of misplaced points
CRIMES_A_SMALL_LSOA = 15.0

Names = frozenset[str]
Counted = Callable[[MonthProfile], Mapping[str, int]]
Side = Sequence[MonthProfile]  # the nearest months before a month, or after it


@dataclass(frozen=True)
class Lost:
    """What a month lacks: nobody knows why; the force has it no more; districts that were redrawn as new ones."""

    missing: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    redrawn: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def types_lost(profile: MonthProfile, beside: Beside) -> Lost:
    lacking = _lacking(profile, beside.before, beside, _types) | _lacking(profile, beside.after, beside, _types)
    settled = _settled(lacking, beside, _types)
    return Lost(missing=_sorted(lacking - settled), gone=_just(settled, beside, _types))


def districts_lost(profile: MonthProfile, beside: Beside) -> Lost:
    before, after = (_lacking(profile, side, beside, _districts) for side in (beside.before, beside.after))
    went, to_come = before - after, after - before
    new = _new(profile, beside.before)
    redrawn = went if _as_many(profile, new, beside.before, went) else Names()
    will_be = to_come if _as_many(profile, _new(profile, beside.after), beside.after, to_come) else Names()
    settled = _settled(before | after, beside, _districts)
    settled = (settled - went if to_come else settled) | redrawn | will_be  # until districts are redrawn the old ones are there
    just, missing = _just(settled, beside, _districts), _sorted((before | after) - settled)
    if not redrawn:
        return Lost(missing, gone=just)
    if beside.earlier[0].month + 1 < profile.month:  # nobody knows in which month between they were
        return Lost(missing)
    return Lost(missing, redrawn=just, new=_sorted(new) if just else ())


def districts_cut(profile: MonthProfile, beside: Beside) -> tuple[str, ...]:
    """Districts of which fewer LSOAs have a crime than chance explains: a part of them is not in the file."""
    share = _share(profile, beside)
    return _sorted(name for name, here in profile.by_district.items() if _is_cut(name, here, beside, share))


def _is_cut(name: str, here: InDistrict, beside: Beside, share: float) -> bool:
    """Held against the months before and those after by themselves: LSOAs are redrawn, too."""
    sides = [[month.by_district[name] for month in side if name in month.by_district] for side in (beside.before, beside.after)]
    fewest = [min(side, key=lambda district: district.lsoas) for side in sides if side]
    left = LSOAS_LEFT * share**THINNED
    return bool(fewest) and all(_tells(least) and here.lsoas < left * least.lsoas for least in fewest)


def _tells(district: InDistrict) -> bool:
    """Whether its LSOAs do not come and go by chance."""
    needed = CRIMES_AN_LSOA if district.lsoas >= LSOAS_LEAST else CRIMES_A_SMALL_LSOA
    return district.rows >= needed * district.lsoas


def _lacking(profile: MonthProfile, side: Side, beside: Beside, counted: Counted) -> Names:
    """What most months of a side have, and a month has not."""
    names = {name for month in side for name in counted(month) if _is_in_most(name, side, counted)}
    here, share = counted(profile), _share(profile, beside)
    return Names(name for name in names if here.get(name, 0) < _as_good_as_none(name, beside, counted, share))


def _as_good_as_none(name: str, beside: Beside, counted: Counted, share: float) -> float:
    """The rows from which on something is there; 0 where chance can have brought none, as it can in a month with few of all."""
    counts = [count for month in beside.months if (count := counted(month).get(name, 0))]
    fewest = share * min(counts)
    return max(REMNANT * fewest, 1) if fewest >= LEAST.get(len(counts), LEAST_OF_MANY) else 0


def _share(profile: MonthProfile, beside: Beside) -> float:
    """Its rows as a share of those of the months beside it, at most 1."""
    return min(1.0, profile.rows / median(month.rows for month in beside.months))


def _is_in_most(name: str, side: Side, counted: Counted) -> bool:
    return 2 * sum(name in counted(month) for month in side) >= len(side)


def _new(profile: MonthProfile, side: Side) -> Names:
    """Districts that no more than half of a side's months have."""
    return Names(
        name
        for name, rows in _districts(profile).items()
        if rows >= LEAST[1] and side and 2 * sum(name in month.by_district for month in side) <= len(side)
    )


def _as_many(profile: MonthProfile, new: Names, side: Side, old: Names) -> bool:
    """Whether new districts have about as many crimes as old ones had."""
    had = [sum(_districts(month).get(name, 0) for name in old) for month in side]
    has = sum(_districts(profile)[name] for name in new)
    return bool(old and new) and has >= AS_MANY * max(had)


def _settled(names: Names, beside: Beside, counted: Counted) -> Names:
    """What is no gap, because the force has it no more, or not yet."""
    return Names(name for name in names if _is_settled(name, beside, counted))


def _is_settled(name: str, beside: Beside, counted: Counted) -> bool:
    """Whether enough months in a row lack it, with no other month after them, or before them."""
    without = [len([*takewhile(lambda other: name not in counted(other), side)]) for side in (beside.earlier, beside.later)]
    in_a_row = 1 + sum(without)
    is_at_an_end = without[0] == len(beside.earlier) or without[1] == len(beside.later)
    return in_a_row >= (SETTLED if is_at_an_end else LONG)


def _just(names: Names, beside: Beside, counted: Counted) -> tuple[str, ...]:
    """What the month before still had."""
    return _sorted(name for name in names if beside.earlier and name in counted(beside.earlier[0]))


def _types(profile: MonthProfile) -> Mapping[str, int]:
    return profile.by_type


def _districts(profile: MonthProfile) -> Mapping[str, int]:
    return {name: district.rows for name, district in profile.by_district.items()}


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
