"""Tell of what the ONS's codes are by how they begin; what their column is called says nothing."""

import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum

from mkmap.words import Message

_CODE = re.compile(r"[EWSNKJ]\d{8}", re.ASCII)  # nine signs: the country and the kind, and a number
# Before 2009: a county and a district (00MG), and two letters for the ward.
_OLD_WARD = re.compile(r"\d\d[A-Z]{4}", re.ASCII)


class Kind(Enum):
    """Of what a code is; the value is its name among people, in the plural."""

    WARD = Message("wards")
    DISTRICT = Message("districts")
    OUTPUT_AREA = Message("output areas")
    LSOA = Message("LSOAs")
    MSOA = Message("MSOAs")
    PARISH = Message("parishes")
    DIVISION = Message("county divisions")
    CONSTITUENCY = Message("constituencies")
    OTHER = Message("other areas")


BEGINNINGS = {
    Kind.WARD: ("E05", "W05", "S13", "N08"),
    Kind.DISTRICT: ("E06", "E07", "E08", "E09", "W06", "S12", "N09"),
    Kind.OUTPUT_AREA: ("E00", "W00", "S00", "N00"),
    Kind.LSOA: ("E01", "W01", "S01", "N20", "N21"),
    Kind.MSOA: ("E02", "W02", "S02", "N21"),
    Kind.PARISH: ("E04", "W04"),
    Kind.DIVISION: ("E58", "W59"),
    Kind.CONSTITUENCY: ("E14", "W07", "W09", "S14", "S15", "N05", "N06"),
}
_KINDS = {beginning: kind for kind, beginnings in BEGINNINGS.items() for beginning in beginnings}
SMALLER = {Kind.OUTPUT_AREA, Kind.LSOA, Kind.MSOA, Kind.PARISH}  # that a ward has several of


def kind_of(code: str) -> Kind | None:
    """None for what is no code of the ONS."""
    if _CODE.fullmatch(code):
        return _KINDS.get(code[:3], Kind.OTHER)
    return Kind.WARD if _OLD_WARD.fullmatch(code) else None


def main_kind(texts: Iterable[str]) -> Kind | None:
    """The kind of more than half of the texts that are not empty; None where there is none."""
    kinds = Counter(map(kind_of, filter(None, texts)))
    kind, most = max(kinds.items(), key=lambda pair: pair[1], default=(None, 0))
    return kind if most * 2 > kinds.total() else None
