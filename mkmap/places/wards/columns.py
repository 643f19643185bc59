"""Find the columns of a file of wards: by their values, then by the patterns that the ONS and its users write."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from mkmap.errors import BadInput, Code
from mkmap.places.ons_codes import Kind, main_kind
from mkmap.places.wards import rows

# WD25CD, wd20cd, ward24_code, code; not WD13CDO, which is the code before 2009.
_WARD_CODE = re.compile(r"(wd(\d\d))cd|(ward(\d\d)?_?)code|()code")
_DISTRICT_CODE = re.compile(r"(?:lad|ltla)(\d\d)cd|(?:ltla|lad)(\d\d)?_?code")
_NAMES = (  # of columns of ward names, the surest first
    re.compile(r"wd\d\dnm"),
    re.compile(r"(?!.*(code|cd$|nmw|welsh|cym)).*ward.*"),
    re.compile(r"name|nm|label|title"),
    re.compile(r"(?!.*(file|lad|ltla|utla|borough|district|county|council|authority|welsh|nmw|alt|region|type)).*(name|nm)"),
)
_COUNCIL = re.compile(
    r"(lad|ltla|utla|ctyua|la)_?\d*_?(nm|name)|(?!.*(code|cd$|type|desc)).*(borough|district|council|authority).*"
)
_SMALLER_PLACE = re.compile(
    r"town|parish|place|village|post|constituency|settlement|division|area"
)  # may share a district's name
_LETTERS = re.compile(r"[^\W\d_]{2}")
# Words around a district's name: "MILTON_KEYNES_(B)", "London Borough of Barnet", "Bristol, City of".
_AROUND = frozenset(
    ("the", "of", "and", "city", "borough", "council", "district", "unitary", "authority", "metropolitan", "royal", "london", "county",
     "b", "ua", "lb", "mbc", "bc", "dc", "cc")
)  # fmt: skip

Texts = Mapping[str, pd.Series]  # the columns of a file as plain texts, by their names


@dataclass(frozen=True)
class Named:
    """The columns that somebody named; None: to be found."""

    code: str | None = None
    name: str | None = None
    district: str | None = None


@dataclass(frozen=True)
class Columns:
    """`code` is None where codes are to be made of names; of districts at most one column is known: of codes, or of names."""

    code: str | None
    name: str
    district: str | None
    council: str | None


def columns_of(texts: Texts, named: Named, area: str, area_name: str | None, source: str) -> Columns:
    """The columns of a file of wards; `area` and `area_name`: the code and the name of the district that is looked for.

    Raises BadInput for a file whose rows are of something else, or in which a named column is not.
    """
    given = Named(*(_given(texts, name, source) for name in (named.code, named.name, named.district)))
    kinds = {name: main_kind(column) for name, column in texts.items()}
    code = given.code or _code_column(texts, kinds)
    rows.check(texts, kinds, code, source)
    if code is None and given.name is None:
        _check_no_code_is_passed_over(texts, source)
    name = given.name or _name_column(texts, kinds, code)
    if name is None:
        raise BadInput(Code.WARD_COLUMNS_MISSING, source=source, columns=list(texts))
    others = {column: text for column, text in texts.items() if column not in (code, name)}
    if given.district and kinds[given.district] is not Kind.DISTRICT:
        return Columns(code, name, None, given.district)
    district = given.district or _district_column(others, kinds, area)
    return Columns(code, name, district, None if district else _council_column(others, kinds, area_name))


def looks_like_wards(texts: Texts) -> bool:
    """Whether a table of several may be the one of the wards."""
    kinds = {main_kind(column) for column in texts.values()}
    return Kind.WARD in kinds or ward_columns(texts) is not None


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


def is_district(text: str, area_name: str) -> bool:
    """Whether a text names a district, whatever stands around it."""
    return bool(_core(text)) and _core(text) == _core(area_name)


def _core(text: str) -> frozenset[str]:
    words = frozenset(re.findall(r"[^\W_]+", text.casefold()))
    return words - _AROUND or words


def spelt(texts: Texts, name: str) -> str | None:
    """A column's name as the file writes it; None where it has no such column."""
    return next((column for column in texts if column.casefold() == name.casefold()), None)


def _given(texts: Texts, name: str | None, source: str) -> str | None:
    column = spelt(texts, name) if name else None
    if name and column is None:
        raise BadInput(Code.COLUMN_ABSENT, source=source, column=name, columns=list(texts))
    return column


def _code_column(texts: Texts, kinds: Mapping[str, Kind | None]) -> str | None:
    """Of several columns of ward codes the one that is spelt as the ONS does, of several of these the newest."""
    wards = [name for name in texts if kinds[name] is Kind.WARD]
    pair = ward_columns(name for name in texts if name in wards or kinds[name] is None)
    if pair and pair[0] in wards:
        return pair[0]
    return max(wards, key=lambda name: (bool(_WARD_CODE.fullmatch(name.lower())), texts[name].nunique()), default=None)


def _check_no_code_is_passed_over(texts: Texts, source: str) -> None:
    """Raise BadInput where a column says that it holds the wards' codes and holds something else."""
    pair = ward_columns(texts)
    if pair is None:
        return
    for text in filter(None, texts[pair[0]]):
        raise BadInput(Code.NO_WARD_CODES, source=source, column=pair[0], text=text[:40], name=pair[1])


def _name_column(texts: Texts, kinds: Mapping[str, Kind | None], code: str | None) -> str | None:
    """The one that is spelt like the code's, or else the one of several texts that is surest called after names."""
    if code and (partner := {name.lower(): name for name in texts}.get(_name_of(code.lower()))):
        return partner
    several = [name for name in texts if name != code and kinds[name] is None and _tells_apart(texts[name])]
    for pattern in _NAMES:
        for name in several:
            if pattern.fullmatch(name.lower()):
                return name
    return None


def _tells_apart(column: pd.Series) -> bool:
    """Whether most texts are words, and more than one where there are several."""
    return has_words(column) and (column.nunique() > 1 or len(column) == 1)


def has_words(column: pd.Series) -> bool:
    return int(column.map(lambda text: bool(_LETTERS.search(text))).sum()) * 2 > len(column)


def _district_column(texts: Texts, kinds: Mapping[str, Kind | None], area: str) -> str | None:
    """Of the columns of districts' codes one that has the area's, of several of these the newest."""
    districts = [name for name in texts if kinds[name] is Kind.DISTRICT]
    return max(districts, key=lambda name: ((texts[name] == area).any(), _is_spelt(name), _vintage(name)), default=None)


def _is_spelt(name: str) -> bool:
    return bool(_DISTRICT_CODE.fullmatch(name.lower()))


def _council_column(texts: Texts, kinds: Mapping[str, Kind | None], area_name: str | None) -> str | None:
    """The column that names each ward's district: one that is called so, or else any in which the area's name stands."""
    words = [name for name in texts if kinds[name] is None and has_words(texts[name])]
    called = [name for name in words if _COUNCIL.fullmatch(name.lower())]
    naming = [name for name in words if area_name and any(is_district(text, area_name) for text in texts[name].unique())]
    likely = [name for name in naming if name in called or not _SMALLER_PLACE.search(name.lower())]
    return next(iter([*(name for name in likely if name in called), *called, *likely]), None)


def _name_of(code: str) -> str:
    """wd25cd → wd25nm; ward24_code → ward24_name; electoral wards code → electoral wards."""
    if code.endswith(" code"):
        return code.removesuffix(" code")
    return code.removesuffix("code") + "name" if code.endswith("code") else code.removesuffix("cd") + "nm"


def _vintage(column: str) -> str:
    return "".join(re.findall(r"\d", column))
