"""Read the numbers of a column as households, and refuse what cannot be a number of households."""

import re
from collections.abc import Sequence

import pandas as pd

from mkmap.errors import BadInput, Code
from mkmap.places.households.tables import TOTAL

_NUMBER = re.compile(r"\d{1,9}(?:\.\d+)?", re.ASCII)  # the census writes 7255.0
_THOUSANDS = re.compile(r"\d{1,3}(?:([, \u00a0\u2009\u202f'])\d{3})(?:\1\d{3})*", re.ASCII)
_OF_CATEGORIES = re.compile(r"\((\d+) categories\)")

# Of the average of many: a percentage is never more, and of the wards of the City of London, the emptiest, it is two hundred.
FEWEST = 100
# The ONS draws an LSOA around 400 to 1,200 households; people are at least 1,000, and in no district fewer than 1,400 on average.
MOST_IN_LSOA, FEWEST_IN_LSOA = 1_200, 200
MOST_IN_WARD = 25_000


def numbers(rows: pd.DataFrame, column: str, source: str) -> pd.Series:
    """The whole numbers of a column.

    Raises BadInput with the row for the first text that is none.
    """
    texts = rows[column]
    plain = texts.map(lambda text: re.sub(r"\D", "", text) if _THOUSANDS.fullmatch(text) else text)
    for row, text in texts[~plain.map(lambda text: bool(_NUMBER.fullmatch(text)))].head(1).items():
        raise BadInput(Code.NOT_HOUSEHOLDS, source=source, row=row, text=text[:40], column=column)
    counts = plain.astype(float)
    for row, text in texts[counts % 1 != 0].head(1).items():
        raise BadInput(Code.NOT_WHOLE, source=source, row=row, text=text[:40], column=column)
    return counts


def each_once(rows: pd.DataFrame, code: str, column: str, source: str) -> pd.DataFrame:
    """One row a code: of a long table, which has a row a category, with the sum of these in the column.

    Raises BadInput where the file does not say that these are all categories.
    """
    dimensions = _dimensions(rows, code, column)
    if not dimensions:
        return rows
    totals = rows[rows[dimensions].apply(lambda labels: labels.str.contains(TOTAL)).all(axis=1)]
    if sorted(totals[code]) == sorted(rows[code].unique()):
        return totals
    expected = 1
    for name in dimensions:
        stated = _OF_CATEGORIES.search(name)
        expected *= int(stated[1]) if stated else 0
    each = rows.groupby(code, sort=False).size()
    if not (each == expected).all():
        raise BadInput(Code.CATEGORIES_MISSING, source=source, column=column, categories=dimensions, rows=int(each.max()))
    counts = numbers(rows, column, source).groupby(rows[code], sort=False).transform("sum")
    return rows.assign(**{column: counts.map(lambda count: str(int(count)))})[~rows[code].duplicated()]


def _dimensions(rows: pd.DataFrame, code: str, column: str) -> list[str]:
    """The columns of categories in a table in which every code stands once with each of them; none of any other table."""
    labels = [str(name) for name in rows.columns if name not in (code, column) and not str(name).lower().endswith(" code")]
    each = rows.groupby(code, sort=False)
    sizes = each.size()
    if sizes.max() == 1 or sizes.nunique() > 1:
        return []
    varying = [name for name in labels if (each[name].nunique() > 1).all()]
    is_long = bool(varying) and not rows.duplicated([code, *varying]).any()
    return varying if is_long else []


def check_sum(households: Sequence[int], column: str, lsoas: int | None, source: str) -> None:
    """Raise BadInput where the households of a set of wards cannot be as many as a column says; `lsoas`: that they lie in."""
    total, mean = sum(households), sum(households) / len(households)
    if mean <= FEWEST or mean > MOST_IN_WARD:
        raise BadInput(Code.HOUSEHOLDS_IMPLAUSIBLE, source=source, column=column, mean=round(mean))
    if lsoas and not FEWEST_IN_LSOA <= total / lsoas <= MOST_IN_LSOA:
        raise BadInput(
            Code.HOUSEHOLDS_AGAINST_LSOAS, source=source, column=column, total=total, lsoas=lsoas, mean=round(total / lsoas)
        )
