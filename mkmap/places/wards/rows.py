"""Say of what the rows of a file are, and refuse those that are of anything but wards."""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from mkmap.errors import BadInput, Code
from mkmap.places.ons_codes import SMALLER, Kind

# "Milton Keynes 001A" is the name of an LSOA, "Milton Keynes 001" that of an MSOA.
_NAMES = {Kind.LSOA: re.compile(r".+ \d{3}[A-Z]"), Kind.MSOA: re.compile(r".+ \d{3}")}


def check(texts: Mapping[str, pd.Series], kinds: Mapping[str, Kind | None], code: str | None, source: str) -> None:
    """Raise BadInput where each row is of something that is not a ward; `code`: the column of the wards' codes, if there is one."""
    for kind in _others(texts, kinds, code):
        raise BadInput(Code.ROWS_ARE_NO_WARDS, source=source, kind=kind.value)


def _others(texts: Mapping[str, pd.Series], kinds: Mapping[str, Kind | None], code: str | None) -> Iterator[Kind]:
    each = [kind for name, kind in kinds.items() if kind and texts[name].is_unique]
    kind = kinds[code] if code else None
    if code and kind is Kind.WARD:
        # Parts of wards with their ward beside them are not put together: they do not follow the wards' borders exactly.
        yield from (other for other in each if other in SMALLER and not texts[code].is_unique)
    elif code:
        yield from [kind] if kind else []
    else:
        yield from each
        yield from _by_names(texts)


def _by_names(texts: Mapping[str, pd.Series]) -> Iterator[Kind]:
    for kind, pattern in _NAMES.items():
        for column in texts.values():
            if int(column.map(lambda text, like=pattern: bool(like.fullmatch(text))).sum()) * 2 > len(column):
                yield kind
