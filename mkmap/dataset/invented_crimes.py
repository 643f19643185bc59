"""Invent months of crimes, and of their outcomes, in the archive's columns, to show something before real ones are loaded.

Nothing here was taken from real crimes but the rough proportions of the types and of their outcomes.
A month's crimes are the same on whatever day they are asked for; only their last outcomes ripen, as police.uk's do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from mkmap.crimes.outcome_status import NO_SUSPECT, SUSPECT_CHARGED, UNABLE, UNDER_INVESTIGATION
from mkmap.dataset import invented_town as town
from mkmap.month import Month

SEED = 1967
MONTHS = 48  # four years: two whole years to compare, and more than the 24 months by which chance is judged
POLICE = "Demonstration police"  # nobody's force: its crimes never happened

MISSING = (4, 10)  # the newest April or October of at least `MISSING_AGE` months is missing: one month, 6 to 11 months old
MISSING_AGE = 6  # so the last six months and the same six a year before can be compared, and the last twelve cannot

UNPLACED = (0.04, 0.075)  # share of crimes without a location, by year
YEARS_DIFFER = (0.94, 1.06)  # of a type's usual number, by year: something for the comparisons to find, or not to
WARDS_DIFFER = (0.7, 1.4)  # drawn by lot, not by what is said of the real wards
POINTS_DIFFER = 0.8  # sigma of a log-normal: most points hold a crime now and then, a few hold many
OPEN_AT_FIRST, OPEN_A_MONTH_LATER = (
    0.92,
    0.75,
)  # share of crimes still under investigation; the second of what was open a month before
STILL_OPEN = OPEN_AT_FIRST * OPEN_A_MONTH_LATER ** np.arange(2 * MONTHS)  # share of crimes, by their age in months
HALF_YEAR = np.cos(np.pi / 12 * np.array([1, 3, 5])).mean()  # mean of the yearly wave over its upper half, October to March


class Type(NamedTuple):
    """What is usual of a type of crime: how many a month, how many times more in winter, and how they end (shares)."""

    monthly: int
    winter: float
    no_suspect: float = 0.0
    unable: float = 0.0


TYPES = {
    "Anti-social behaviour": Type(250, 0.80),
    "Bicycle theft": Type(30, 0.75, 0.86, 0.08),
    "Burglary": Type(80, 1.14, 0.65, 0.22),
    "Criminal damage and arson": Type(190, 0.98, 0.55, 0.28),
    "Drugs": Type(75, 1.00, 0.05, 0.08),
    "Other crime": Type(42, 1.00, 0.13, 0.35),
    "Other theft": Type(170, 0.98, 0.62, 0.26),
    "Possession of weapons": Type(19, 0.97, 0.05, 0.14),
    "Public order": Type(185, 0.92, 0.27, 0.50),
    "Robbery": Type(28, 1.05, 0.33, 0.43),
    "Shoplifting": Type(235, 1.03, 0.40, 0.35),
    "Theft from the person": Type(16, 1.05, 0.63, 0.22),
    "Vehicle crime": Type(180, 1.08, 0.80, 0.09),
    "Violence and sexual offences": Type(950, 0.93, 0.11, 0.60),
}
NAMES = list(TYPES)
ASB = NAMES.index("Anti-social behaviour")  # has no Crime ID and no outcome, on police.uk too

OTHER_ENDS = {  # share of what ends neither without a suspect nor without a prosecution
    "Local resolution": 0.27,
    "Court result unavailable": 0.22,
    "Awaiting court outcome": 0.20,
    "Offender given a caution": 0.09,
    "Action to be taken by another organisation": 0.08,
    "Status update unavailable": 0.06,
    "Further investigation is not in the public interest": 0.04,
    "Offender given penalty notice": 0.02,
    "Formal action is not in the public interest": 0.02,
}
ENDS: list[str | None] = [NO_SUSPECT, UNABLE, *OTHER_ENDS, UNDER_INVESTIGATION, None]  # as street files say them
OTHERWISE_IN_FILES: dict[str | None, str | None] = {
    "Court result unavailable": SUSPECT_CHARGED,  # where street files name the court
    "Awaiting court outcome": SUSPECT_CHARGED,
    "Status update unavailable": None,  # no outcomes file says so
    UNDER_INVESTIGATION: None,
}
# What an outcomes file says in its place, if anything.
IN_FILES: list[str | None] = [OTHERWISE_IN_FILES.get(end, end) for end in ENDS]
IS_IN_FILES = np.array([end is not None for end in IN_FILES])
IN_FILES_WITHIN = (
    12  # months; a crime that ends later is in no outcomes file, so that a month's file is the same on whatever day
)

# How many times more crimes of a type a place has than a street of its ward; a public place not named here has `PUBLIC` times.
PUBLIC = 2.0
BUSIER = {
    "Supermarket": {"Shoplifting": 8.0, "Burglary": 0.5},
    "Shopping Area": {
        "Shoplifting": 12.0,
        "Theft from the person": 20.0,
        "Bicycle theft": 10.0,
        "Other theft": 8.0,
        "Public order": 6.0,
    },
    "Petrol Station": {"Shoplifting": 3.0, "Other theft": 12.0, "Burglary": 0.5},
    "Parking Area": {"Vehicle crime": 5.0, "Anti-social behaviour": 3.0, "Shoplifting": 0.1, "Burglary": 0.2},
    "Park/Open Space": {"Anti-social behaviour": 6.0, "Drugs": 4.0, "Bicycle theft": 4.0, "Shoplifting": 0.0, "Burglary": 0.1},
    "Sports/Recreation Area": {"Bicycle theft": 8.0, "Shoplifting": 0.1, "Burglary": 0.5},
    "Nightclub": {"Violence and sexual offences": 15.0, "Public order": 12.0, "Theft from the person": 25.0, "Drugs": 8.0},
    "Bus/Coach Station": {
        "Public order": 10.0,
        "Theft from the person": 10.0,
        "Bicycle theft": 10.0,
        "Anti-social behaviour": 8.0,
    },
    town.STREET: dict.fromkeys(NAMES, 1.0) | {"Shoplifting": 0.02},
}


@dataclass(frozen=True)
class _Places:
    """The points as texts, one more at the end for nowhere, and each type's cumulative shares of them, a row a type."""

    texts: dict[str, pd.api.extensions.ExtensionArray]
    shares: np.ndarray

    @property
    def nowhere(self) -> int:
        return int(self.shares.shape[1])


def missing(today: date) -> Month:
    """The one month of the demonstration that was never published; it is 6 to 11 months old."""
    latest = Month.of(today) + -MISSING_AGE
    return next(month for month in (latest + -back for back in range(12)) if month.number in MISSING)


def frames(today: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The crimes of all months up to the current one (whole, however young it is), without the missing one, and their outcomes.

    The crimes have the archive's columns, all text (pandas' `str`), missing where empty: about 115,000 rows, oldest first.
    The outcomes have Crime ID, Month, Outcome type: about 95,000 rows. As in the real files some of the crimes that these name are older than every month that is stored, or in the missing one.
    """
    places, never_published, last = _places(), missing(today), Month.of(today)
    first, street, outcomes = last + (1 - MONTHS), [], []
    for month in (first + -IN_FILES_WITHIN).to(last):
        drawn = _drawn_month(month, places)
        outcomes.append(_outcomes(drawn, first, last))
        if month >= first and month != never_published:
            street.append(_street(drawn, last - month, places))
    return pd.concat(street, ignore_index=True), pd.concat(outcomes, ignore_index=True)


@dataclass(frozen=True)
class _Month:
    """A month's crimes as they were drawn, an element a crime."""

    month: Month
    types: np.ndarray  # places in NAMES
    points: np.ndarray  # places in _Places.texts
    ends: np.ndarray  # places in ENDS
    open_for: np.ndarray  # months
    ids: pd.api.extensions.ExtensionArray


def _drawn_month(month: Month, places: _Places) -> _Month:
    rng = np.random.default_rng([SEED, month.year, month.number])
    usual, unplaced = _year(month)
    types = np.repeat(np.arange(len(NAMES)), rng.poisson(usual))
    points = _drawn(places.shares, types, rng.random(len(types)))
    points[rng.random(len(types)) < unplaced] = places.nowhere
    return _Month(month, types, points, *_ends(types, rng), _ids(rng, types))


def _street(drawn: _Month, age: int, places: _Places) -> pd.DataFrame:
    """One month as it is published when it is `age` months old."""
    ends = np.where((drawn.open_for > age) & (drawn.types != ASB), ENDS.index(UNDER_INVESTIGATION), drawn.ends)
    return pd.DataFrame(
        {
            "Crime ID": drawn.ids,
            "Month": _repeated(str(drawn.month), len(ends)),
            "Reported by": _repeated(POLICE, len(ends)),
            "Falls within": _repeated(POLICE, len(ends)),
            **{column: texts.take(drawn.points) for column, texts in places.texts.items()},
            "Crime type": _texts(NAMES).take(drawn.types),
            "Last outcome category": _texts(ENDS).take(ends),
            "Context": _repeated(None, len(ends)),
        }
    )


def _outcomes(drawn: _Month, first: Month, last: Month) -> pd.DataFrame:
    """Those outcomes of a month's crimes that were recorded from `first` to `last`."""
    earliest, latest = first - drawn.month, min(last - drawn.month, IN_FILES_WITHIN)
    recorded = (drawn.open_for >= earliest) & (drawn.open_for <= latest) & IS_IN_FILES[drawn.ends]
    months = _texts([str(month) for month in drawn.month.to(drawn.month + IN_FILES_WITHIN)])
    return pd.DataFrame(
        {
            "Crime ID": drawn.ids[recorded],
            "Month": months.take(drawn.open_for[recorded]),
            "Outcome type": _texts(IN_FILES).take(drawn.ends[recorded]),
        }
    )


def _places() -> _Places:
    points = town.points()
    rng = np.random.default_rng([SEED, 0])
    wards = points["ward"].fillna("").astype("category").cat.codes
    weights = rng.lognormal(0, POINTS_DIFFER, len(points)) * rng.uniform(*WARDS_DIFFER, wards.max() + 1)[wards]
    kinds = list(BUSIER)
    busier = np.array([[BUSIER[kind].get(name, PUBLIC) for kind in kinds] for name in NAMES])
    texts = {
        "Longitude": [f"{degrees:.6f}" for degrees in points["longitude"]] + [None],
        "Latitude": [f"{degrees:.6f}" for degrees in points["latitude"]] + [None],
        "Location": [*points["street"], "No Location"],
        "LSOA code": [None] * (len(points) + 1),
        "LSOA name": [*points["lsoa_name"], None],
    }
    shares = _cumulative(weights * busier[:, points["kind"].map(kinds.index)])
    return _Places({column: _texts(values) for column, values in texts.items()}, shares)


def _year(month: Month) -> tuple[np.ndarray, float]:
    """How many crimes of each type are to be expected in a month, and which share of them without a location."""
    rng = np.random.default_rng([SEED, month.year])
    winter = np.array([kind.winter for kind in TYPES.values()])
    wave = (winter - 1) / (winter + 1) / HALF_YEAR * np.cos(np.pi / 6 * (month.number - 0.5))
    monthly = np.array([kind.monthly for kind in TYPES.values()])
    return monthly * (1 + wave) * rng.uniform(*YEARS_DIFFER, len(NAMES)), rng.uniform(*UNPLACED)


def _ends(types: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """How each crime ends, as its place in `ENDS`, and after how many months."""
    others = np.array(list(OTHER_ENDS.values()))
    shares = [[kind.no_suspect, kind.unable, *(1 - kind.no_suspect - kind.unable) * others] for kind in TYPES.values()]
    ends = _drawn(_cumulative(np.array(shares)), types, rng.random(len(types)))
    ends[types == ASB] = ENDS.index(None)
    return ends, np.searchsorted(-STILL_OPEN, -rng.random(len(types)))  # at as many ages the lot is among those still open


def _ids(rng: np.random.Generator, types: np.ndarray) -> pd.api.extensions.ExtensionArray:
    """64 hexadecimal digits a crime."""
    digits = rng.bytes(32 * len(types)).hex()
    ids = [digits[start : start + 64] for start in range(0, len(digits), 64)]
    return _texts([None if kind == ASB else id_ for id_, kind in zip(ids, types, strict=True)])


def _texts(values: Sequence[str | None]) -> pd.api.extensions.ExtensionArray:
    """Texts of which `take` copies whole columns: a hundred thousand cells in a few milliseconds."""
    return pd.array(values, dtype="str")


def _repeated(text: str | None, count: int) -> pd.api.extensions.ExtensionArray:
    return _texts([text]).take(np.zeros(count, int))


def _cumulative(weights: np.ndarray) -> np.ndarray:
    sums = np.cumsum(weights, axis=1)
    shares: np.ndarray = sums / sums[:, -1:]
    return shares


def _drawn(cumulative: np.ndarray, rows: np.ndarray, lots: np.ndarray) -> np.ndarray:
    """A column for each of `rows`, drawn with the shares of that row; all at once, by laying the rows end to end."""
    height, width = cumulative.shape
    end_to_end = (cumulative + np.arange(height)[:, None]).ravel()
    columns = np.searchsorted(end_to_end, rows + lots, side="right") - rows * width
    drawn: np.ndarray = np.minimum(columns, width - 1)  # a lot a hair below 1 may round up into the next row
    return drawn
