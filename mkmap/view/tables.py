"""Tables and numbers of a selection, as a person reads them; missing months stay missing."""

from collections import Counter
from enum import StrEnum

import pandas as pd

from mkmap.crime_types import named
from mkmap.crimes.query import Selection
from mkmap.crimes.rates import per_ward
from mkmap.month import Month
from mkmap.places.store import Households
from mkmap.places.streets import street_name
from mkmap.reports.report import kind_word
from mkmap.words import _

Columns = dict[str, list]  # heading → values, None where one is missing


class Rows(StrEnum):
    """What the rows of a table are."""

    WARD = "ward"
    TYPE = "type"
    MONTH = "month"
    ALL = "all"
    STREET = "street"
    REPORT = "report"


def rows_words() -> dict[Rows, str]:
    return {
        Rows.WARD: _("Wards"),
        Rows.TYPE: _("Crime types"),
        Rows.MONTH: _("Months"),
        Rows.ALL: _("Ward, type and month"),
        Rows.STREET: _("Streets"),
        Rows.REPORT: _("Residents' reports"),
    }


def table(kind: Rows, selection: Selection, households: Households | None) -> Columns:
    """What is read, not sorted: rows are in the order of names or of time, never of counts."""
    return {
        Rows.WARD: lambda: _by_ward(selection, households),
        Rows.TYPE: lambda: _by_type(selection),
        Rows.MONTH: lambda: _by_month(selection),
        Rows.STREET: lambda: _by_street(selection),
    }[kind]()


def _by_ward(selection: Selection, households: Households | None) -> Columns:
    wards = per_ward(selection, households)
    columns: Columns = {_("Ward"): [ward.name for ward in wards], _("Crimes"): [ward.crimes for ward in wards]}
    if households:
        columns[_("Households")] = [ward.households for ward in wards]
        columns[_("Per 1,000 households")] = [ward.rate for ward in wards]
    return columns


def _by_type(selection: Selection) -> Columns:
    counts, types = selection.counted_by("crime_type"), selection.filters.types or selection.area.types
    names, none = sorted(types, key=named), 0 if selection.months else None
    return {_("Crime type"): list(map(named, names)), _("Crimes"): [counts.get(name, none) for name in names]}


def _by_month(selection: Selection) -> Columns:
    counts, area, months = selection.counted_by("month"), selection.area, selection.filters.months
    notes = {
        **dict.fromkeys(area.missing(months), _("missing")),
        **dict.fromkeys(area.unpublished(months), _("not published yet")),
        **dict.fromkeys(area.partial(months), _("not whole")),
    }
    crimes = [counts.get(str(month), 0) if month in area.stored else None for month in months]
    return {
        _("Month"): [month.name for month in months],
        _("Crimes"): crimes,
        _("Note"): [notes.get(month, "") for month in months],
    }


def by_all(selection: Selection) -> pd.DataFrame:
    """A row a ward and crime type, a column a month, which a reader may sort."""
    counts = selection.by("ward", "crime_type", "month").unstack("month")
    columns = [str(month) for month in selection.months]
    counts = counts.reindex(columns=columns).fillna(0).astype("int64")
    names = selection.area.ward_names
    rows = counts.reset_index()
    rows["ward"] = rows["ward"].astype(str).map(names)
    rows["crime_type"] = [named(name) for name in rows["crime_type"]]
    rows = rows.sort_values(["ward", "crime_type"], ignore_index=True)
    rows["total"] = rows[columns].sum(axis=1)
    return rows.rename(columns={"ward": _("Ward"), "crime_type": _("Crime type"), "total": _("Total")})


def _by_street(selection: Selection) -> Columns:
    counts = selection.by("point", "crime_type").reset_index()
    places = selection.area.points.loc[counts["point"]]
    names = selection.area.ward_names
    rows = pd.DataFrame(
        {
            _("Street"): [street_name(street) for street in places["street"]],
            _("Ward"): [names[ward] for ward in places["ward"]],
            _("Crime type"): [named(name) for name in counts["crime_type"]],
            _("Crimes"): counts["crimes"].to_numpy(),
        }
    )
    keys = [_("Street"), _("Ward"), _("Crime type")]
    summed = rows.groupby(keys, as_index=False)[_("Crimes")].sum().sort_values(keys, ignore_index=True)
    return {name: values.tolist() for name, values in summed.items()}


def every_street(selection: Selection) -> list[tuple[str, str, int]]:
    """Street, ward and crimes, by name: of a whole area too many for the crime types of each."""
    area = selection.area
    (points,), crimes = selection.counts("point")
    there, sums = area.points.iloc[points], Counter[tuple[str, str]]()
    for street, ward, count in zip(there["street"].tolist(), there["ward"].tolist(), crimes.tolist(), strict=True):
        sums[street_name(street), ward] += count
    return sorted((street, area.ward_names[ward], count) for (street, ward), count in sums.items())


def reports(chosen: pd.DataFrame, ward_names: dict[str, str]) -> Columns:
    """A row a published report: month, street, ward, and what happened."""
    return {
        _("Month"): [Month.parse(month).name for month in chosen["month"]],
        _("On or near"): chosen["street"].tolist(),
        _("Ward"): [ward_names.get(ward, "") for ward in chosen["ward"]],
        _("Reported by a resident"): [kind_word(kind) for kind in chosen["kind"]],
    }
