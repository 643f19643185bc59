"""Start processes in milliseconds: a process that has imported everything once forks them.

It is not told where the tests lie, and imports nothing that reads a setting: each of its children has its own.
"""

import multiprocessing

LIBRARIES = (
    "streamlit.web.bootstrap", "streamlit.web.cli", "streamlit.web.server.starlette", "streamlit.runtime.scriptrunner",
    "alembic.command", "altair", "babel.numbers", "duckdb", "geopandas", "ibis", "lxml.etree", "pandas", "pyarrow.parquet",
    "pydantic", "pydeck", "requests", "scipy.special", "segno", "sqlalchemy", "statsmodels.api", "typst", "vl_convert",
)  # fmt: skip
OURS = (
    "mkmap.crimes.archive",
    "mkmap.crimes.fetch",
    "mkmap.crimes.ingest",
    "mkmap.crimes.query",
    "mkmap.reports.store.backup",
    "mkmap.reports.store.retention",
)

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([*LIBRARIES, *OURS])
