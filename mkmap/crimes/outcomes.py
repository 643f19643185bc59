"""Ask what became of the crimes: by their own rows in the outcomes files that are stored, else by their street file's last word.

An outcome belongs to its crime by Crime ID. A crime can have several, of several suspects or one after the other: it counts
as charged from the first month that says so, else as what was said last.
"""

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd
from duckdb import DuckDBPyConnection

from mkmap.crimes.layouts import OUTCOMES
from mkmap.crimes.outcome_status import STATUS_OF, STATUSES, OutcomeStatus
from mkmap.crimes.parquet import add_crimes, add_points, add_table, queried
from mkmap.crimes.store import Crimes, Scope
from mkmap.places.store import Places, WardSet

CELL = ["month", "ward", "district", "status", "outcome_month"]
ROWS_AT_MOST = 10**9  # of a file
# In the database a status is its place among all, and a month a number, 202501: a third of the time that texts take.
_CODED = f"""
    (SELECT rows.*, coalesce(statuses.status, if(coalesce(outcome, '') = '', {OutcomeStatus.NONE.place},
        {OutcomeStatus.OTHER.place})) AS status FROM {{rows}} AS rows LEFT JOIN statuses USING (outcome))
"""
# What outcomes files say of each crime that they name, a row a crime: the later a row, the larger `latest`.
DECIDED = f"""
    CREATE VIEW decided AS
    SELECT crime_id,
        if(charged IS NULL, latest % {len(STATUSES)}, {OutcomeStatus.CHARGED.place}) AS status,
        coalesce(charged, latest // {ROWS_AT_MOST * len(STATUSES)}) AS outcome_month
    FROM (
        SELECT crime_id,
            min(number) FILTER (status = {OutcomeStatus.CHARGED.place}) AS charged,
            max((number * {ROWS_AT_MOST} + file_row_number) * {len(STATUSES)} + status) AS latest
        FROM (SELECT *, CAST(replace(month, '-', '') AS BIGINT) AS number FROM {_CODED.format(rows="outcomes")})
        WHERE rejected IS NULL GROUP BY crime_id
    )
"""
CELLS = f"""
    SELECT month, ward, nullif(district, '') AS district, coalesce(decided.status, crimes.status) AS status, outcome_month,
        crime_type, count(*) AS crimes
    FROM {_CODED.format(rows="crimes")} AS crimes
    LEFT JOIN (SELECT point, ward FROM points WHERE ward IS NOT NULL) USING (point)
    LEFT JOIN decided USING (crime_id)
    WHERE {{condition}} GROUP BY ALL
"""


def outcomes(
    crimes: Crimes, places: Places, ward_set: WardSet, force: str, types: Iterable[str] = (), *, scope: Scope = "force"
) -> pd.DataFrame:
    """What became of the usable crimes of these types, of all where none is chosen; kept for stores as they stand.

    Scope `force`: of the whole force, in the months that are stored for it. Scope `area`: of the area's wards, in the newest
    complete scope of each month, as `area_crimes` counts them.

    Columns: month (of the crimes, Month's text), ward (code, NA outside the wards or without a place), district (NA where no
    LSOA is named, as in every month that was fetched), status (OutcomeStatus's text), outcome_month (Month's text), crimes
    (number ≥ 1). `outcome_month` is NA where no outcomes file that is stored names the crime: the status is the street file's,
    as of its release. The months of outcomes files are `crimes.outcomes(force)`.

    Raises Damaged where a stored file is missing or cannot be read.
    """
    return _of_types(crimes, places, ward_set, force, frozenset(types), scope)


@lru_cache(maxsize=16)  # 30 ms, of 48 months
def _of_types(
    crimes: Crimes, places: Places, ward_set: WardSet, force: str, types: frozenset[str], scope: Scope
) -> pd.DataFrame:
    cells = _counted(crimes, places, ward_set, force, scope)
    cells = cells[cells["crime_type"].isin(types)] if types else cells
    return cells.groupby(CELL, observed=True, dropna=False, as_index=False)["crimes"].sum().astype(dict.fromkeys(CELL, "str"))


@lru_cache(maxsize=4)
def _counted(crimes: Crimes, places: Places, ward_set: WardSet, force: str, scope: Scope) -> pd.DataFrame:
    """The same, of each crime type."""
    stored = crimes.of_force(force) if scope == "area" else crimes.of_scope(force, "force")
    files = [crimes.path(month) for month in crimes.outcomes(force).values()]
    with queried(crimes) as database:
        add_crimes(database, crimes, list(stored.values()), force)
        add_points(database, places, ward_set)
        add_table(database, "outcomes", files, OUTCOMES.stored_columns)
        _add_statuses(database)
        database.execute(DECIDED)
        counts = database.sql(CELLS.format(condition="ward IS NOT NULL" if scope == "area" else "true")).df()
    return _as_texts(counts)


def _add_statuses(database: DuckDBPyConnection) -> None:
    """What an outcome in police.uk's words means, as `outcome_status.status_of` says it."""
    database.execute("CREATE TABLE statuses (outcome VARCHAR, status BIGINT)")
    database.executemany(
        "INSERT INTO statuses VALUES (?, ?)", [[outcome, status.place] for outcome, status in STATUS_OF.items()]
    )


def _as_texts(counts: pd.DataFrame) -> pd.DataFrame:
    """The counts with categories in place of texts and of numbers that stand for them."""
    months = counts["outcome_month"].astype("Int64").astype("category")
    texts = [f"{month // 100}-{month % 100:02d}" for month in months.cat.categories]
    return counts.assign(
        status=pd.Categorical.from_codes(counts["status"], [status.value for status in STATUSES]),
        outcome_month=pd.Categorical.from_codes(months.cat.codes, texts),
    ).astype(dict.fromkeys(("month", "ward", "district", "crime_type"), "category"))
