"""Read ward boundaries from a file, whatever its format; a file is taken whole or refused whole."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pyproj.exceptions import ProjError

from mkmap.errors import BadInput, Code
from mkmap.places.files import geofile
from mkmap.places.ons_codes import Kind, kind_of
from mkmap.places.same_names import shared
from mkmap.places.wards import labels, polygons, repair
from mkmap.places.wards.columns import Columns, Named, columns_of, is_district, looks_like_wards, spelt
from mkmap.words import _, listed, ngettext, number

MOST_WARDS = 250  # no district has more; a country's file without its districts does
FEW = 3  # districts that a refusal names
_CODE = re.compile(r"[A-Za-z0-9_-]{1,20}")  # it stands in addresses and in file names

Say = Callable[[str], None]  # takes a sentence about what was read otherwise than it was written


def read(path: Path, area: str, *, area_name: str | None = None) -> GeoDataFrame:
    """The wards of a district in a file; raises as `wards` does."""
    return wards(table(path, path.name), area, area_name=area_name, named=Named(), source=path.name)


def table(path: Path, source: str) -> GeoDataFrame:
    """The rows of a file as they stand; of several tables that of the wards. Raises BadInput where there are none."""
    return geofile.read(path, source, fits=lambda rows: looks_like_wards(_texts(rows)))


def has_column(rows: GeoDataFrame, name: str) -> bool:
    return spelt(_texts(rows), name) is not None


def wards(
    rows: GeoDataFrame,
    area: str,
    *,
    area_name: str | None,
    named: Named,
    source: str,
    say: Say = lambda sentence: None,
) -> GeoDataFrame:
    """The wards of a district: columns code, name, geometry; WGS 84; sorted by name.

    `area`, `area_name`: the district's ONS code and name; where the file says each ward's district, only its wards are kept.
    `named`: columns that are not to be looked for. `source`: what sentences call the file.
    Raises BadInput for anything that is not a set of wards.
    """
    wards = _labelled(rows, named, area, area_name, source, say)
    _check_labels(wards, source)
    wards = _in_degrees(wards, source)
    polygons.check_each(wards, source)
    wards, mended = repair.mended(wards, source)
    wards, several = repair.put_together(wards, source)
    polygons.check_overlaps(wards, source)
    _say_repairs(mended, several, say)
    _say_names(wards["name"], say)
    return wards.sort_values(["name", "code"], ignore_index=True)


def _texts(rows: GeoDataFrame) -> dict[str, pd.Series]:
    """The columns of a file as texts."""
    return {str(name): labels.text(rows[name]) for name in rows.columns if name != rows.geometry.name}


def _labelled(rows: GeoDataFrame, named: Named, area: str, area_name: str | None, source: str, say: Say) -> GeoDataFrame:
    """The columns code, name and geometry of the rows of a district."""
    texts = _texts(rows)
    columns = columns_of(texts, named, area, area_name, source)
    ours = _is_ours(texts, columns, area, area_name, source, say)
    names = texts[columns.name][ours]
    read = names.map(labels.read_as_utf8)
    if read.tolist() != names.tolist():
        say(_("The names are UTF-8 although the file does not say so, and were read as that."))
    codes = texts[columns.code][ours] if columns.code else read.map(lambda name: labels.made_code(name) if name else "")
    if columns.code is None:
        say(_("The file has no codes of wards. They were made of the names, and stay the same as long as these do."))
    if codes.nunique() > MOST_WARDS:
        raise BadInput(Code.WARDS_WITHOUT_DISTRICTS, source=source, count=codes.nunique(), area=area)
    shapes = [repair.polygons_alone(shape) for shape in shapely.force_2d(rows.geometry[ours].to_numpy())]
    return GeoDataFrame({"code": codes.to_numpy(), "name": read.to_numpy()}, geometry=shapes, crs=rows.crs)


def _is_ours(
    texts: dict[str, pd.Series], columns: Columns, area: str, area_name: str | None, source: str, say: Say
) -> pd.Series:
    """Which rows are of the district.

    Raises BadInput where none is: all that the file names are others'.
    """
    every = texts[columns.name] == texts[columns.name]
    ours, others = every, pd.Series(dtype=object)
    if columns.district:
        ours, others = texts[columns.district] == area, texts[columns.district]
    elif columns.council and area_name:
        ours, others = texts[columns.council].map(lambda text: is_district(text, area_name)), texts[columns.council]
    if every.any() and not ours.any():
        several = list(dict.fromkeys(filter(None, others)))[:FEW]
        raise BadInput(Code.WARDS_OF_OTHERS, source=source, districts=several, area=area, name=area_name or area)
    if not ours.any():
        raise BadInput(Code.AREA_WITHOUT_WARDS, source=source, area=area)
    _say_left_out(ours, others, columns.council, say)
    return ours


def _say_left_out(ours: pd.Series, others: pd.Series, council: str | None, say: Say) -> None:
    """What nobody expects: of files with the codes of districts everybody does."""
    left_out = int((~ours & (others != "")).sum()) if council else 0
    if left_out:
        say(
            ngettext(
                "{n} row of another district, by the column {column}, was left out.",
                "{n} rows of other districts, by the column {column}, were left out.",
                left_out,
            ).format(n=number(left_out), column=council)
        )
    if homeless := int((others == "").sum()):
        say(
            ngettext(
                "{n} row of the file says no district and was left out.",
                "{n} rows of the file say no district and were left out.",
                homeless,
            ).format(n=number(homeless))
        )


def _check_labels(wards: GeoDataFrame, source: str) -> None:
    are_ons = (wards["code"].map(kind_of) == Kind.WARD).any()
    for code, name in zip(wards["code"], wards["name"], strict=True):
        if not name:
            raise BadInput(Code.WARD_WITHOUT_NAME, source=source, code=code)
        if not _CODE.fullmatch(code) or (are_ons and kind_of(code) is not Kind.WARD):
            raise BadInput(Code.WARD_CODE_UNUSABLE, source=source, ward=name, code=code)


def _in_degrees(wards: GeoDataFrame, source: str) -> GeoDataFrame:
    if wards.crs is None:
        raise BadInput(Code.COORDINATES_UNNAMED, source=source)
    try:
        return wards.to_crs(4326)
    except ProjError:
        raise BadInput(Code.COORDINATES_MISNAMED, source=source) from None


def _say_repairs(mended: list[str], several: list[str], say: Say) -> None:
    if mended:
        say(
            ngettext(
                "The boundary of {wards} touched itself and was mended: its area is the same.",
                "The boundaries of {n} wards touched themselves and were mended, each with the same area: {wards}.",
                len(mended),
            ).format(n=number(len(mended)), wards=listed(mended))
        )
    if several:
        say(
            ngettext(
                "{wards} stands in several rows of the file and is one ward.",
                "{n} wards stand in several rows of the file, and each is one: {wards}.",
                len(several),
            ).format(n=number(len(several)), wards=listed(several))
        )


def _say_names(names: pd.Series, say: Say) -> None:
    if several := shared(names.tolist()):
        say(
            _("{n} wards share a name with another: {names}. Their codes stand beside their names everywhere.").format(
                n=number(len(several)), names=listed(sorted(set(several)))
            )
        )
