"""Read ward boundaries from a file, whatever its format; a file is taken whole or refused whole."""

import re
from pathlib import Path

import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pyproj.exceptions import ProjError

from mkmap.errors import BadInput, Code
from mkmap.places import geofile, polygons
from mkmap.places.columns import district_column, ward_columns

MOST_WARDS = 250  # no district has more; a country's file without its districts does
_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")  # it stands in addresses and in file names


def read(path: Path, area: str, *, source: str | None = None) -> GeoDataFrame:
    """The wards of a district: columns code, name, geometry; WGS 84; sorted by name.

    `area`: the ONS code of the district; where the file says each ward's district, only its wards are kept.
    `source`: what sentences call the file; its name by default.
    Raises BadInput for anything that is not a set of wards.
    """
    source = source or path.name
    wards = _wards_of(geofile.read(path, source), area, source)
    _check_labels(wards, source)
    wards = _in_degrees(wards, source)
    polygons.check(wards, source)
    return wards.sort_values(["name", "code"], ignore_index=True)


def _wards_of(rows: GeoDataFrame, area: str, source: str) -> GeoDataFrame:
    """The columns code, name and geometry of the rows of a district."""
    columns = ward_columns(rows.columns)
    if not columns:
        raise BadInput(Code.WARD_COLUMNS_MISSING, source=source)
    district = district_column(rows.columns)
    if district:
        rows = rows[_text(rows[district]) == area]
    if rows.empty:
        raise BadInput(Code.AREA_WITHOUT_WARDS, source=source, area=area)
    if len(rows) > MOST_WARDS:
        raise BadInput(Code.WARDS_WITHOUT_DISTRICTS, source=source, count=len(rows), area=area)
    code, name = columns
    shapes = shapely.force_2d(rows.geometry.to_numpy())
    return GeoDataFrame({"code": _text(rows[code]), "name": _text(rows[name])}, geometry=shapes, crs=rows.crs)


def _check_labels(wards: GeoDataFrame, source: str) -> None:
    for code, name in zip(wards["code"], wards["name"], strict=True):
        if not name:
            raise BadInput(Code.WARD_WITHOUT_NAME, source=source, code=code)
        if not _CODE.fullmatch(code):
            raise BadInput(Code.WARD_CODE_UNUSABLE, source=source, ward=name, code=code)
    twice = wards.loc[wards["code"].duplicated(), ["code", "name"]]
    for code, name in twice.head(1).itertuples(index=False):
        raise BadInput(Code.WARD_CODE_TWICE, source=source, code=code, ward=name)


def _in_degrees(wards: GeoDataFrame, source: str) -> GeoDataFrame:
    if wards.crs is None:
        raise BadInput(Code.COORDINATES_UNNAMED, source=source)
    try:
        return wards.to_crs(4326)
    except ProjError:
        raise BadInput(Code.COORDINATES_MISNAMED, source=source) from None


def _text(column: pd.Series) -> pd.Series:
    """Text without blanks around or doubled within; empty where there is none."""
    return column.astype("string").fillna("").str.split().str.join(" ").astype(object)
