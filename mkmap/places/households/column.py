"""Find the column that counts households, by what it is called; what it holds is checked by `numbers`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from mkmap.errors import BadInput, Code
from mkmap.places.households.no_counts import NO_COUNTS
from mkmap.places.households.tables import Table

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# A household is one that has a usual resident: the census says it in the names of its columns.
_SAID_ANYWAY = re.compile(r"\bwith (?:at least one )?usual residents?\b")
_WORDS_OF_ALL = frozenset(
    ("household", "households", "hh", "all", "total", "number", "no", "num", "of", "count", "counts", "census", "in", "the", "value", "n",
     "values", "measures", "ward", "lsoa", "per", "each", "occupied", "obs", "observation", "year", "estimate", "est", "ons", "a")
)  # fmt: skip
_ANY_COUNT = re.compile(
    r"obs(?:ervation|_value)?s?|counts?|values?|totals?|number|(?:19|20)\d\d"
)  # whose unit stands elsewhere
_TOTAL_OF = re.compile(r":\s*total\b(?!.*%)", re.IGNORECASE)  # "Tenure of household: Total: All households"
_NOTE = re.compile(r"\[.*?\]")
_DATES = re.compile(r"date|year|time(?: ?period)?|census ?year", re.IGNORECASE)
_CATEGORIES = re.compile(r"\(\d+ categories\)")


@dataclass(frozen=True)
class Chosen:
    """The column that counts, and the year in which it was counted."""

    name: str
    year: int


def chosen(table: Table, code: str, asked: str | None, year: int | None, source: str) -> Chosen:
    """The column that is asked for, or the one that counts all households; of several years the newest, unless one is asked for.

    Raises BadInput where there is none, or it is not clear which, or its year is not said.
    """
    name = _asked(table.rows, asked, source) if asked else _of_its_year(_plain(table, code, source), year, source)
    known = year or year_in(name) or _year_of_notes(table) or year_in(Path(source).name)
    if not known:
        raise BadInput(Code.HOUSEHOLDS_WITHOUT_YEAR, source=source)
    return Chosen(name, known)


def of_one_year(table: Table, year: int | None) -> tuple[Table, int | None]:
    """Where a column says the year of each row: the rows of the newest, unless one is asked for; and which that is."""
    for name in filter(_DATES.fullmatch, map(str, table.rows.columns)):
        years = table.rows[name]
        if years.map(lambda text: bool(YEAR.fullmatch(text))).all():
            wanted = str(year or years.max())
            return replace(table, rows=table.rows[years == wanted]), int(wanted)
    return table, year


def _asked(rows: pd.DataFrame, asked: str, source: str) -> str:
    for name in map(str, rows.columns):
        if name.casefold() == asked.casefold():
            _check_is_count(rows, name, source)
            return name
    raise BadInput(Code.COLUMN_ABSENT, source=source, column=asked, columns=list(map(str, rows.columns)))


def _check_is_count(rows: pd.DataFrame, name: str, source: str) -> None:
    for pattern, kind in NO_COUNTS.items():
        if pattern.search(_plainly(name)):
            raise BadInput(Code.COLUMN_IS_NO_COUNT, source=source, column=name, kind=kind, text=_seen(rows[name]))


def _plain(table: Table, code: str, source: str) -> list[str]:
    """The columns that count all households, by their names."""
    rows, others = table.rows, [str(name) for name in table.rows.columns if name != code]
    named = [name for name in others if "household" in name.lower() and not _is_label(rows[name], name)]
    plain = [name for name in named if not _more_words(name)] or [] if named else _of_unit(table, others)
    if plain:
        return plain
    if not named:
        raise BadInput(Code.HOUSEHOLDS_MISSING, source=source, columns=others)
    if len(named) > 1:
        raise BadInput(Code.HOUSEHOLDS_AMBIGUOUS, source=source, columns=named)
    _check_is_count(rows, named[0], source)
    raise BadInput(Code.SOME_HOUSEHOLDS, source=source, column=named[0], text=_seen(rows[named[0]]))


def _of_unit(table: Table, names: list[str]) -> list[str]:
    """Columns that are called after nothing, such as Observation, in a table that says that its unit is the household."""
    units = [
        *(" ".join(note) for note in table.notes if re.match("units?|population", note[0].lower())),
        *filter(_CATEGORIES.search, names),
    ]
    if not any("household" in text.lower() for text in units):
        return []
    return [name for name in names if _ANY_COUNT.fullmatch(name.lower()) and not _is_label(table.rows[name], name)]


def _is_label(column: pd.Series, name: str) -> bool:
    """Whether a column says of what a row is, and counts nothing."""
    return name.lower().endswith("code") or bool(_CATEGORIES.search(name)) or not column.str.contains(r"\d").any()


def _of_its_year(plain: list[str], year: int | None, source: str) -> str:
    years = {name: year_in(name) for name in plain}
    wanted = year or max(filter(None, years.values()), default=None)
    fitting = [name for name in plain if years[name] == wanted] or [name for name in plain if years[name] is None]
    if len(fitting) > 1:
        raise BadInput(Code.HOUSEHOLDS_AMBIGUOUS, source=source, columns=fitting)
    if not fitting:
        raise BadInput(Code.HOUSEHOLDS_OF_OTHER_YEARS, source=source, year=str(wanted), columns=plain)
    return fitting[0]


def year_in(text: str) -> int | None:
    """The one year that a text names; None where it names none or several."""
    years = set(YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def _year_of_notes(table: Table) -> int | None:
    """Nomis writes a line "date :", "2021" above its tables; the day of the download stands there, too."""
    dates = (" ".join(note) for note in table.notes if note[0].lower().startswith(("date", "year", "time")))
    return next(filter(None, map(year_in, dates)), None)


def _plainly(name: str) -> str:
    return " ".join(re.sub(r"[^\w%']|_", " ", name.lower()).split())


def _more_words(name: str) -> set[str]:
    """The words of a name that say more than that households are counted."""
    if _TOTAL_OF.search(name):
        return set()
    words = YEAR.sub(" ", _SAID_ANYWAY.sub(" ", _plainly(_NOTE.sub(" ", name)))).split()
    return {word for word in words if not word.isdigit()} - _WORDS_OF_ALL


def _seen(column: Iterable[str]) -> str:
    return next(filter(None, column), "")[:40]
