"""Load the households of each ward from a CSV of wards, or of LSOAs with a lookup to wards."""

import re
from contextlib import nullcontext
from pathlib import Path

import pandas as pd
import requests

from mkmap.errors import BadInput, Code, Refused
from mkmap.places import codes, download
from mkmap.places import lookup as lookups
from mkmap.places.lookup import Count
from mkmap.places.sets import Households, WardSet
from mkmap.places.store import Places

_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?", re.ASCII)  # the census writes 7255.0
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def load_households(
    places: Places, source: str | Path, *, year: int | None = None, lookup: str | Path | None = None, session: requests.Session
) -> list[WardSet]:
    """Read, check and store households for every ward set that the file covers whole; gives these sets.

    `source` and `lookup` are paths or addresses. `year`: of the count, where neither the column nor the file's name says it.
    Raises Refused, having changed nothing.
    """
    with download.local(str(source), session) as (file, called):
        count = read(file, called, year=year)
    with download.local(str(lookup), session) if lookup else nullcontext((None, "")) as (file, called):
        wards_of = lookups.read(file, called) if file else None
    return _attach(places, lookups.placed(count, wards_of))


def read(file: Path, source: str, *, year: int | None = None) -> Count:
    """The households of each code in a CSV.

    Raises BadInput, with the row, for a code or a number that cannot be used.
    """
    rows = codes.read(file, source)
    lsoas = codes.column(rows, codes.LSOA)
    code = lsoas or codes.column(rows, codes.WARD)
    if not code:
        raise BadInput(Code.HOUSEHOLDS_WITHOUT_CODES, source=source)
    codes.check(rows[code], codes.LSOA if lsoas else codes.WARD, source)
    column, known_year = _column(rows.columns, year, source)
    numbers = _numbers(rows[column], source).set_axis(rows[code].to_numpy())
    return Count(numbers, known_year, source, of_lsoas=bool(lsoas))


def _column(columns: pd.Index, year: int | None, source: str) -> tuple[str, int]:
    """The column of households and its year; of several years the newest, unless one is asked for."""
    years = {column: _year_in(column) for column in columns if "households" in column.lower()}
    if not years:
        raise BadInput(Code.HOUSEHOLDS_MISSING, source=source)
    wanted = year or max(filter(None, years.values()), default=None)
    dated = [column for column in years if years[column] == wanted]
    fitting = dated or [column for column in years if years[column] is None]
    if len(fitting) > 1:
        raise BadInput(Code.HOUSEHOLDS_AMBIGUOUS, source=source, columns=fitting)
    if not fitting:
        raise BadInput(Code.HOUSEHOLDS_OF_OTHER_YEARS, source=source, year=str(wanted), columns=list(years))
    known = wanted or _year_in(Path(source).name)
    if not known:
        raise BadInput(Code.HOUSEHOLDS_WITHOUT_YEAR, source=source)
    return fitting[0], known


def _year_in(text: str) -> int | None:
    """The one year that a text names; None where it names none or several."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def _numbers(column: pd.Series, source: str) -> pd.Series:
    plain = column.map(lambda text: text.replace(",", "") if _THOUSANDS.fullmatch(text) else text)
    for row, text in plain[~plain.map(lambda text: bool(_NUMBER.fullmatch(text)))].head(1).items():
        raise BadInput(Code.NOT_HOUSEHOLDS, source=source, row=row, text=text[:40])
    return plain.astype(float)


def _attach(places: Places, placed: lookups.Placed) -> list[WardSet]:
    """Store the households of every ward set whose wards are all there."""
    names = {ward_set: dict(places.wards(ward_set)[["code", "name"]].to_numpy()) for ward_set in places.ward_sets()}
    if not names:
        raise Refused(Code.NO_WARDS_TO_COUNT_IN)
    covered = [ward_set for ward_set in names if placed.wards.issuperset(names[ward_set])]
    if not covered:
        raise _uncovered(names, placed)
    places.add_households({ward_set.name: _households(placed, names[ward_set]) for ward_set in covered})
    return covered


def _households(placed: lookups.Placed, names: dict[str, str]) -> Households:
    """The households of one ward set; `names`: each ward's name by its code."""
    households = placed.households(set(names))
    empty = [names[code] for code, count in households.per_ward.items() if not count]
    if empty:
        raise BadInput(Code.WARDS_UNINHABITED, source=placed.source, wards=empty)
    return households


def _uncovered(names: dict[WardSet, dict[str, str]], placed: lookups.Placed) -> BadInput:
    """The refusal of a file that covers no ward set whole: what it lacks of the one that it comes nearest to."""
    nearest = max(names, key=lambda ward_set: len(placed.wards.intersection(names[ward_set])) / ward_set.wards)
    if not placed.wards.intersection(names[nearest]):
        return BadInput(Code.WARDS_NOT_STORED, source=placed.source)
    missing = [name for code, name in names[nearest].items() if code not in placed.wards]
    return BadInput(Code.WARDS_WITHOUT_HOUSEHOLDS, source=placed.source, wards=missing, name=nearest.name)
