"""Name the grid that map points lie on, and its number of a point for DuckDB, which needs no array library for it."""

PER_DEGREE = 1e6  # police.uk's six decimals
LATITUDE_STEP = 10**9  # leaves room for 360 degrees of longitude below it
POINT_ID = (  # what `points.point_id` gives, for DuckDB: of the columns longitude and latitude, which are on the globe
    f"CAST(round((latitude + 90) * {PER_DEGREE:e}) AS BIGINT) * {LATITUDE_STEP} "
    f"+ CAST(round((longitude + 180) * {PER_DEGREE:e}) AS BIGINT)"
)
# West, south, east, north, in degrees: Great Britain, Northern Ireland and their waters; swapped coordinates fall outside.
UNITED_KINGDOM = (-9.0, 49.0, 2.5, 61.5)
