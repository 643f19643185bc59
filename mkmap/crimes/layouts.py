"""Say how the archive's files are laid out: their columns, and the query that reads and checks their rows.

A query takes `{rows}` with these columns as text and a `filename`. Its first columns are `member`, the file's name, and `month`;
in `rejected` it says why a row cannot be used.
"""

from dataclasses import dataclass

COLUMNS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
OUTCOME_COLUMNS = (*COLUMNS[:9], "Outcome type")

# Great Britain, Northern Ireland and their waters, in degrees; swapped coordinates fall outside.
UNITED_KINGDOM = "longitude BETWEEN -9 AND 2.5 AND latitude BETWEEN 49 AND 61.5"
POINT = "CAST(round((latitude + 90) * 1e6) AS BIGINT) * 1000000000 + CAST(round((longitude + 180) * 1e6) AS BIGINT)"  # as places.points


@dataclass(frozen=True)
class Layout:
    """One kind of file."""

    columns: tuple[str, ...]
    query: str


STREET = Layout(
    COLUMNS,
    f"""
    SELECT member, month, crime_id, crime_type, outcome, street, lsoa_code, district, falls_within, rejected,
        CASE WHEN rejected IS NOT NULL THEN concat_ws(', ', given_longitude, given_latitude) END AS rejected_place,
        CASE WHEN rejected IS NULL THEN {POINT} END AS point
    FROM (
        SELECT *, CASE
            WHEN coalesce(crime_type, '') = '' THEN 'no crime type'
            WHEN given_longitude IS NULL AND given_latitude IS NULL THEN NULL
            WHEN longitude IS NULL OR latitude IS NULL THEN 'coordinates are not numbers'
            WHEN NOT ({UNITED_KINGDOM}) THEN 'coordinates outside the United Kingdom'
        END AS rejected
        FROM (
            SELECT
                parse_filename(filename, true) AS member,
                "Month" AS month,
                try(unhex("Crime ID")) AS crime_id,
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
)
# Where a crime happened is not read: its own row in a street file says it.
OUTCOMES = Layout(
    OUTCOME_COLUMNS,
    """
    SELECT member, month, crime_id, outcome, CASE
        WHEN coalesce(octet_length(crime_id), 0) = 0 THEN 'no Crime ID'
        WHEN coalesce(outcome, '') = '' THEN 'no outcome'
    END AS rejected
    FROM (
        SELECT
            parse_filename(filename, true) AS member,
            "Month" AS month,
            try(unhex("Crime ID")) AS crime_id,
            "Outcome type" AS outcome
        FROM {rows}
    )
    """,
)
LAYOUTS = {"street": STREET, "outcomes": OUTCOMES}  # by the kind of an archive's member, in the order in which they are read
