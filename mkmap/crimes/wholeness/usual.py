"""Say what is usual for a force in a month, by its other months: how many rows, and what they always have."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from statistics import median

from mkmap.crimes.wholeness.profile import MonthProfile

NEAREST = 12  # months that tell how many rows are usual: the level of a force drifts over years
BESIDE = 3  # months before, and months after, that tell what is always there: fewer would believe one gap, more no change
# Rows a day against March. England and Wales's 41 forces in early 2025, Thames Valley in 15 months of 2018 to 2025;
# July to September lie on the line between June and October.
SEASON = dict(enumerate((0.885, 0.94, 1.0, 1.01, 1.03, 1.08, 1.05, 1.02, 0.99, 0.965, 0.975, 0.86), start=1))
SPREAD = 0.035  # of a month's rows around what the season makes usual: measured, standard deviation of 40 forces
FAR = 3.5  # standard deviations: beyond them a month is unusual
FAR_OF_ITS_OWN = 4.0  # times the median deviation of a force's own months, which a single stub does not blow up,
KNOWN_SPREAD = 6  # where there are as many


@dataclass(frozen=True)
class Usual:
    """How many rows are usual in a month, and how many are the fewest that are not unusual."""

    rows: float
    fewest: float


def usual_rows(profile: MonthProfile, others: Iterable[MonthProfile]) -> Usual:
    """By the nearest months and by the same month of other years, whichever expects fewer; there is one at least."""
    nearest = sorted(others, key=lambda other: abs(other.month - profile.month))
    levels = [_level(other) for other in nearest[:NEAREST]]
    expected = [median(levels)]
    if same_month := [_level(other) for other in nearest if other.month.number == profile.month.number]:
        expected.append(median(same_month))
    rows = min(expected) * SEASON[profile.month.number] * _days(profile)
    return Usual(rows, rows * (1 - _spread(levels, rows)))


def _spread(levels: Sequence[float], rows: float) -> float:
    """How far below what is usual a month can be and be like others, as a share of it."""
    middle = median(levels)
    own = median(abs(level / middle - 1) for level in levels) if len(levels) >= KNOWN_SPREAD else 0.0
    return max(FAR * hypot(SPREAD, rows**-0.5), FAR_OF_ITS_OWN * own)


def _level(profile: MonthProfile) -> float:
    """Rows a day, as if every month were a March."""
    return profile.rows / _days(profile) / SEASON[profile.month.number]


def _days(profile: MonthProfile) -> int:
    return monthrange(profile.month.year, profile.month.number)[1]


@dataclass(frozen=True)
class Beside:
    """The months before a month, and after it, nearest first."""

    earlier: tuple[MonthProfile, ...]
    later: tuple[MonthProfile, ...]

    @classmethod
    def of(cls, profile: MonthProfile, others: Iterable[MonthProfile]) -> "Beside":
        nearest = sorted(others, key=lambda other: abs(other.month - profile.month))
        return cls(
            tuple(other for other in nearest if other.month < profile.month),
            tuple(other for other in nearest if other.month > profile.month),
        )

    @property
    def before(self) -> tuple[MonthProfile, ...]:
        return self.earlier[:BESIDE]

    @property
    def after(self) -> tuple[MonthProfile, ...]:
        return self.later[:BESIDE]

    @property
    def months(self) -> tuple[MonthProfile, ...]:
        return self.before + self.after
