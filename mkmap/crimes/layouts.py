"""Say which kinds of file the archive has: their names, their columns, how their rows are read and checked, what is stored."""

from dataclasses import dataclass

from mkmap.crimes.stored import StoredMonth, StoredOutcomes
from mkmap.errors import Code
from mkmap.places.grid import POINT_ID, UNITED_KINGDOM

COLUMNS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
OUTCOME_COLUMNS = (*COLUMNS[:9], "Outcome type")
NO_LOCATION = "No Location"  # what stands where a crime has no map point

_WEST, _SOUTH, _EAST, _NORTH = UNITED_KINGDOM


@dataclass(frozen=True, eq=False)
class FileKind:
    """One kind of file, and all that is particular to it.

    `query` takes `{rows}` with the columns as text and a `filename`. Its first columns are `member`, the file's name, and
    `month`; in `rejected` it says why a row cannot be used. `odd_id` is what stands as a Crime ID and is none. What the query
    gives is checked; of it these columns are stored, with their SQL types.
    """

    name: str  # as files are named: 2025-01-thames-valley-street.csv
    columns: tuple[str, ...]
    query: str
    stored: type[StoredMonth] | type[StoredOutcomes]
    stored_columns: dict[str, str]
    has_points: bool
    may_be_empty: bool  # some forces publish none of it, and the archive of all forces is not wrong for that
    lacks_a_column: Code  # refusals: with `column`, and without values
    has_no_such_row: Code
    is_empty: Code


STREET = FileKind(
    name="street",
    columns=COLUMNS,
    query=f"""
    SELECT member, month, crime_id, crime_type, outcome, street, lsoa_code, district, falls_within, rejected,
        CASE WHEN rejected IS NOT NULL THEN concat_ws(', ', given_longitude, given_latitude) END AS rejected_place,
        CASE WHEN rejected IS NULL AND NOT nowhere THEN {POINT_ID} END AS point,
        CASE WHEN octet_length(crime_id) IS DISTINCT FROM 32 THEN given_id END AS odd_id
    FROM (
        SELECT *, given_longitude IS NULL AND given_latitude IS NULL
            OR street = '{NO_LOCATION}' AND coalesce(longitude, 0) = 0 AND coalesce(latitude, 0) = 0 AS nowhere,
        CASE
            WHEN coalesce(crime_type, '') = '' THEN 'no crime type'
            WHEN nowhere THEN NULL
            WHEN longitude IS NULL OR latitude IS NULL THEN 'coordinates are not numbers'
            WHEN NOT (longitude BETWEEN {_WEST} AND {_EAST} AND latitude BETWEEN {_SOUTH} AND {_NORTH})
                THEN 'coordinates outside the United Kingdom'
        END AS rejected
        FROM (
            SELECT
                parse_filename(filename, true) AS member,
                "Month" AS month,
                "Crime ID" AS given_id,
                try(unhex(given_id)) AS crime_id,
                "Crime type" AS crime_type,
                "Last outcome category" AS outcome,
                "Location" AS street,
                "LSOA code" AS lsoa_code,
                left("LSOA name", -5) AS district,
                "Falls within" AS falls_within,
                "Longitude" AS given_longitude,
                "Latitude" AS given_latitude,
                try_cast("Longitude" AS DOUBLE) AS longitude,
                try_cast("Latitude" AS DOUBLE) AS latitude
            FROM {{rows}}
        )
    )
    """,
    stored=StoredMonth,
    stored_columns={
        "month": "VARCHAR", "crime_id": "BLOB", "crime_type": "VARCHAR", "outcome": "VARCHAR", "street": "VARCHAR",
        "lsoa_code": "VARCHAR", "district": "VARCHAR", "falls_within": "VARCHAR", "rejected": "VARCHAR",
        "rejected_place": "VARCHAR", "point": "BIGINT",
    },
    has_points=True,
    may_be_empty=False,
    lacks_a_column=Code.NOT_A_STREET_FILE,
    has_no_such_row=Code.NOT_A_STREET_ROW,
    is_empty=Code.NO_CRIMES,
)  # fmt: skip
OUTCOMES = FileKind(
    name="outcomes",
    columns=OUTCOME_COLUMNS,
    # Where a crime happened is not read: its own row in a street file says it.
    query="""
    SELECT member, month, crime_id, outcome, falls_within, CASE WHEN octet_length(crime_id) IS DISTINCT FROM 32 THEN given_id END AS odd_id, CASE
        WHEN coalesce(octet_length(crime_id), 0) = 0 THEN 'no Crime ID'
        WHEN coalesce(outcome, '') = '' THEN 'no outcome'
    END AS rejected
    FROM (
        SELECT
            parse_filename(filename, true) AS member,
            "Month" AS month,
            "Crime ID" AS given_id,
            try(unhex(given_id)) AS crime_id,
            "Outcome type" AS outcome,
            "Falls within" AS falls_within
        FROM {rows}
    )
    """,
    stored=StoredOutcomes,
    stored_columns={"month": "VARCHAR", "crime_id": "BLOB", "outcome": "VARCHAR", "rejected": "VARCHAR"},
    has_points=False,
    may_be_empty=True,
    lacks_a_column=Code.NOT_AN_OUTCOMES_FILE,
    has_no_such_row=Code.NOT_AN_OUTCOMES_ROW,
    is_empty=Code.NO_OUTCOMES,
)
FILE_KINDS = (STREET, OUTCOMES)  # in the order in which they are read
PASSED_OVER = ("stop-and-search",)  # names of kinds that stand in the archive and are not read


def kind_of(name: str) -> FileKind | None:
    """The kind that is named so; None for one that is not read."""
    return next((kind for kind in FILE_KINDS if kind.name == name), None)
