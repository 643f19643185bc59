"""Find the columns of a file by the patterns that the ONS and its users write."""

import re
from collections.abc import Iterable

# WD25CD, wd20cd, ward24_code, code; not WD13CDO, which is the code before 2009.
_WARD_CODE = re.compile(r"(wd(\d\d))cd|(ward(\d\d)?_?)code|()code")
_DISTRICT_CODE = re.compile(r"lad(\d\d)cd|(?:ltla|lad)(\d\d)?_?code")


def ward_columns(columns: Iterable[str]) -> tuple[str, str] | None:
    """The columns of a ward's code and name, the newest vintage of several; None where there is no such pair."""
    spelt = {column.lower(): column for column in columns}
    pairs = [(code, _name_of(code)) for code in spelt if _WARD_CODE.fullmatch(code) and _name_of(code) in spelt]
    if not pairs:
        return None
    code, name = max(pairs, key=lambda pair: _vintage(pair[0]))
    return spelt[code], spelt[name]


def district_column(columns: Iterable[str]) -> str | None:
    """The column of the local authority district's code, the newest vintage of several; None where there is none."""
    codes = [column for column in columns if _DISTRICT_CODE.fullmatch(column.lower())]
    return max(codes, key=_vintage, default=None)


def _name_of(code: str) -> str:
    """wd25cd → wd25nm; ward24_code → ward24_name."""
    return code.removesuffix("code") + "name" if code.endswith("code") else code.removesuffix("cd") + "nm"


def _vintage(column: str) -> str:
    return "".join(re.findall(r"\d", column))
