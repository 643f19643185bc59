"""Load the households of each ward from a table of wards, or of LSOAs with a lookup to wards."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import requests

from mkmap.errors import BadInput, Code, Refused
from mkmap.places import download
from mkmap.places.households import codes, column, numbers
from mkmap.places.households import lookup as lookups
from mkmap.places.households.lookup import Count, Placed
from mkmap.places.sets import Households, WardSet
from mkmap.places.store import Places
from mkmap.words import listed, ngettext


def load_households(
    places: Places,
    source: str | Path,
    *,
    year: int | None = None,
    lookup: str | Path | None = None,
    named: str | None = None,
    lsoas: int | None = None,
    session: requests.Session,
    say: Callable[[str], None] = lambda sentence: None,
) -> list[WardSet]:
    """Read, check and store households for every ward set that the file covers whole; gives these sets.

    `source` and `lookup` are paths or addresses. `year`: of the count, where neither the column nor the file's name says it.
    `named`: the column that counts. `lsoas`: in so many the police recorded the district's crimes; None: not known.
    `say` is told of wards without a household. Raises Refused, having changed nothing.
    """
    with download.local(str(source), session) as (file, called):
        count = read(file, called, year=year, named=named)
    with download.local(str(lookup), session) if lookup else nullcontext((None, "")) as (file, called):
        wards_of = lookups.read(file, called) if file else None
    return _attach(places, lookups.placed(count, wards_of), lsoas, say)


def read(file: Path, source: str, *, year: int | None = None, named: str | None = None) -> Count:
    """The households of each code in a table.

    Raises BadInput, with the row, for a code or a number that cannot be used.
    """
    table, year = column.of_one_year(codes.read(file, source), year)
    if table.rows.empty:
        raise BadInput(Code.CSV_EMPTY, source=source)
    lsoas = codes.column(table.rows, codes.LSOA)
    code = lsoas or codes.column(table.rows, codes.WARD)
    if not code:
        raise BadInput(Code.HOUSEHOLDS_WITHOUT_CODES, source=source)
    rows = codes.kept(table.rows, code, codes.LSOA if lsoas else codes.WARD, source)
    counted = column.chosen(table, code, named, year, source)
    rows = numbers.each_once(rows, code, counted.name, source)
    codes.check_each_once(rows[code], source)
    households = numbers.numbers(rows, counted.name, source).set_axis(rows[code].to_numpy())
    return Count(households, counted.year, source, of_lsoas=bool(lsoas), column=counted.name)


def _attach(places: Places, placed: Placed, lsoas: int | None, say: Callable[[str], None]) -> list[WardSet]:
    """Store the households of every ward set whose wards are all there."""
    names = {ward_set: dict(places.wards(ward_set)[["code", "name"]].to_numpy()) for ward_set in places.ward_sets()}
    if not names:
        raise Refused(Code.NO_WARDS_TO_COUNT_IN)
    covered = [ward_set for ward_set in names if placed.wards.issuperset(names[ward_set])]
    if not covered:
        raise _uncovered(names, placed)
    counted = {ward_set.name: placed.households(set(names[ward_set])) for ward_set in covered}
    for households in counted.values():
        known = placed.lsoas(set(households.per_ward)) or lsoas
        numbers.check_sum(list(households.per_ward.values()), placed.count.column, known, placed.source)
    places.add_households(counted)
    _say_empty(counted[covered[-1].name], names[covered[-1]], say)
    return covered


def _say_empty(households: Households, names: dict[str, str], say: Callable[[str], None]) -> None:
    """`names`: each ward's name by its code."""
    if empty := [names[code] for code, count in households.per_ward.items() if not count]:
        say(
            ngettext(
                "No household is counted in {wards}: it gets no rate.",
                "No household is counted in {wards}: they get no rate.",
                len(empty),
            ).format(wards=listed(empty))
        )


def _uncovered(names: dict[WardSet, dict[str, str]], placed: Placed) -> BadInput:
    """The refusal of a file that covers no ward set whole: what it lacks of the one that it comes nearest to."""
    nearest = max(names, key=lambda ward_set: len(placed.wards.intersection(names[ward_set])) / ward_set.wards)
    if not placed.wards.intersection(names[nearest]):
        return BadInput(Code.WARDS_NOT_STORED, source=placed.source)
    missing = [name for code, name in names[nearest].items() if code not in placed.wards]
    return BadInput(Code.WARDS_WITHOUT_HOUSEHOLDS, source=placed.source, wards=missing, name=nearest.name)
