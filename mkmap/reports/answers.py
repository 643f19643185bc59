"""Gather what senders say the police did, with the ward that each report lay in: what the evidence counts by ward and year."""

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from mkmap.database.connection import Store
from mkmap.month import Month
from mkmap.places.points import assign, point_id
from mkmap.places.store import Places
from mkmap.reports.store import showing


@dataclass(frozen=True, eq=False)
class Answers:
    """`reports`: a row a published report: month (Month's text), ward, told_police, response, decided_at (UTC).

    `past`: year, ward, told_police, response, reports: the counts that remain of those whose time is over.
    A ward is its code in the set that was in force in the report's month, whatever is looked at; empty outside all.
    """

    reports: pd.DataFrame
    past: pd.DataFrame


def answers(store: Store, places: Places) -> Answers:
    """Kept until a decision changes them.

    Raises NotKept where the reports' database does not answer.
    """
    return _read(store, showing.version(store), places)


@lru_cache(maxsize=4)
def _read(store: Store, _version: str, places: Places) -> Answers:
    reports, past = showing.answers(store)
    reports["ward"] = ""
    for month, index in reports.groupby("month").groups.items():
        rows = reports.loc[index]
        reports.loc[index, "ward"] = _wards(places, Month.parse(month), rows["longitude"], rows["latitude"])
    return Answers(reports[["month", "ward", "told_police", "response", "decided_at"]], past)


def _wards(places: Places, month: Month, longitude: pd.Series, latitude: pd.Series) -> list[str]:
    ward_set = places.ward_set(month)
    if ward_set is None:
        return [""] * len(longitude)
    return [code or "" for code in assign(point_id(longitude, latitude), places.wards(ward_set))]
