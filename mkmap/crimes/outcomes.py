"""Ask what became of the crimes: by their own rows in the outcomes files that are stored, else by their street file's last word.

An outcome belongs to its crime by Crime ID. A crime can have several, of several suspects or one after the other: it counts
as charged from the first month that says so, else as what was said last.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import ibis
import pandas as pd

from mkmap.crimes.outcome_status import STATUS_OF, OutcomeStatus
from mkmap.crimes.parquet import Asked, crimes_table, readable, table, usable
from mkmap.crimes.store import Crimes, Scope
from mkmap.places.store import Places, WardSet

OUTCOMES = {"month": "string", "crime_id": "binary", "outcome": "string", "rejected": "string", "file_row_number": "int64"}
CELL = ["month", "ward", "district", "status", "outcome_month"]
# In the database a status is its place here, and a month a number, 202501: a third of the time that texts take.
STATUSES = list(OutcomeStatus)
CHARGED, OTHER, NONE = map(STATUSES.index, (OutcomeStatus.CHARGED, OutcomeStatus.OTHER, OutcomeStatus.NONE))
ROWS_AT_MOST = 10**9  # of a file


def outcomes(
    crimes: Crimes, places: Places, ward_set: WardSet, force: str, types: Iterable[str] = (), *, scope: Scope = "force"
) -> pd.DataFrame:
    """What became of the usable crimes of these types, of all where none is chosen; kept until the store changes.

    Scope `force`: of the whole force, in the months that are stored for it. Scope `area`: of the area's wards, in the newest
    complete scope of each month, as `area_crimes` counts them.

    Columns: month (of the crimes, Month's text), ward (code, NA outside the wards or without a place), district (NA where no
    LSOA is named, as in every month that was fetched), status (OutcomeStatus's text), outcome_month (Month's text), crimes
    (number ≥ 1). `outcome_month` is NA where no outcomes file that is stored names the crime: the status is the street file's,
    as of its release. The months of outcomes files are `crimes.outcomes(force)`.

    Raises Damaged where a stored file is missing or cannot be read.
    """
    with readable(crimes):
        return _of_types(Asked.now(crimes, places, ward_set, force), scope, tuple(sorted(types)))


@lru_cache(maxsize=16)
def _of_types(asked: Asked, scope: Scope, types: tuple[str, ...]) -> pd.DataFrame:
    cells = _counted(asked, scope)
    chosen = cells[cells["crime_type"].isin(types)] if types else cells
    return chosen.groupby(CELL, observed=True, dropna=False, as_index=False)["crimes"].sum().astype(dict.fromkeys(CELL, "str"))


@lru_cache(maxsize=4)
def _counted(asked: Asked, scope: Scope) -> pd.DataFrame:
    """The same, of each crime type."""
    crimes, force = asked.crimes, asked.force
    stored = crimes.of_force(force) if scope == "area" else crimes.of_scope(force, "force")
    database = ibis.duckdb.connect()
    rows = usable(crimes_table(database, [crimes.path(one) for one in stored.values()]), force)
    rows = rows.left_join(_wards(database, asked), "point").drop("point_right")
    if scope == "area":
        rows = rows.filter(rows.ward.notnull())
    decided = _decided(database, [crimes.path(one) for one in crimes.outcomes(force).values()])
    rows = (
        _coded(rows)
        .left_join(decided, "crime_id")
        .mutate(status=ibis.coalesce(ibis._.decided, ibis._.code), district=ibis._.district.nullif(""))
    )
    columns = [*CELL, "crime_type"]
    return _as_texts(rows.group_by(*columns).agg(crimes=ibis._.count()).execute())


def _as_texts(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts with categories in place of texts and of numbers that stand for them."""
    months = counts["outcome_month"].astype("Int64").astype("category")
    texts = [f"{month // 100}-{month % 100:02d}" for month in months.cat.categories]
    return counts.assign(
        status=pd.Categorical.from_codes(counts["status"], [status.value for status in STATUSES]),
        outcome_month=pd.Categorical.from_codes(months.cat.codes, texts),
    ).astype(dict.fromkeys(("month", "ward", "district", "crime_type"), "category"))


def _wards(database: ibis.BaseBackend, asked: Asked) -> ibis.Table:
    """The ward of each map point that lies in one: point, ward."""
    file, name = asked.places.points_file(), asked.ward_set.name
    points = table(database, [file] if file else [], {"point": "int64", name: "string"})
    return points.select("point", ward=name).filter(ibis._.ward.notnull())


def _decided(database: ibis.BaseBackend, files: Sequence[Path]) -> ibis.Table:
    """What outcomes files say of each crime that they name, a row a crime: crime_id, decided (a status), outcome_month."""
    rows = _coded(_outcome_rows(database, files).filter(ibis._.rejected.isnull()))
    month = rows.month.replace("-", "").cast("int64")
    said = (month * ROWS_AT_MOST + rows.file_row_number) * len(STATUSES) + rows.code  # the later, the larger
    found = rows.group_by("crime_id").agg(charged=month.min(where=rows.code == CHARGED), last=said.max())
    return found.select(
        "crime_id",
        decided=ibis.ifelse(found.charged.notnull(), CHARGED, found["last"] % len(STATUSES)),
        outcome_month=ibis.coalesce(found.charged, found["last"] // (ROWS_AT_MOST * len(STATUSES))),
    )


def _outcome_rows(database: ibis.BaseBackend, files: Sequence[Path]) -> ibis.Table:
    if not files:
        return table(database, [], OUTCOMES)
    return database.read_parquet([str(file) for file in files], file_row_number=True)


def _coded(rows: ibis.Table) -> ibis.Table:
    """The rows with `code`, the place in `STATUSES` that `outcome_status.status_of` gives their outcome."""
    known = ibis.memtable({"outcome": list(STATUS_OF), "known": [STATUSES.index(status) for status in STATUS_OF.values()]})
    unknown = ibis.ifelse(rows.outcome.fill_null("") == "", NONE, OTHER)
    return rows.mutate(unknown=unknown).left_join(known, "outcome").mutate(code=ibis.coalesce(ibis._.known, ibis._.unknown))
