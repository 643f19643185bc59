"""Keep one row a map point: its place, its street, and its ward in each set.

The table is sorted by point; its columns are point, longitude, latitude, street and one a ward set.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mkmap.places.points import longitude_latitude

Assign = Callable[[np.ndarray], np.ndarray]  # point ids → ward codes or None


def read(file: Path) -> pa.Table:
    # Not pq.read_table: it takes a folder that is named like x=1 for a column.
    with pq.ParquetFile(file) as opened:
        return opened.read()


def write(table: pa.Table, file: Path) -> None:
    text = [field.name for field in table.schema if field.type == pa.string()]
    pq.write_table(table, file, compression="zstd", use_dictionary=text)


def newest(rows: pa.Table) -> pa.Table:
    """The columns point and street of a table, sorted, one row a point: of several street names the last."""
    points = numbers(rows["point"])
    __, from_end = np.unique(points[::-1], return_index=True)
    last = len(points) - 1 - from_end
    streets = pa.chunked_array(rows["street"].chunks, rows["street"].type).cast(pa.string())
    return pa.table({"point": column(points[last]), "street": streets.combine_chunks().take(column(last))})


def is_known(table: pa.Table | None, new: pa.Table) -> bool:
    """Whether every point of `new` is in the table, under the same street name."""
    if table is None or not new.num_rows:
        return not new.num_rows
    at, known = _places(table, new)
    if not known.all():
        return False
    stored = table["street"].combine_chunks().take(column(at))
    is_same = bool(pc.all(pc.equal(stored, new["street"]), min_count=0).as_py())
    return is_same and not _gains_a_name(stored, new)


def merged(table: pa.Table | None, new: pa.Table, assigns: Mapping[str, Assign]) -> pa.Table:
    """The table with new points added and known ones renamed; `assigns` finds the wards of a set, by the set's name."""
    if table is None:
        return _rows(new, assigns)
    at, known = _places(table, new)
    added = _rows(new.take(column(np.flatnonzero(~known))), assigns).select(table.column_names)
    both = pa.concat_tables([_renamed(table, at[known], new.take(column(np.flatnonzero(known)))), added])
    return both.take(column(np.argsort(numbers(both["point"]), kind="stable")))


def with_wards(table: pa.Table, name: str, assign: Assign) -> pa.Table:
    """The table with the ward of every point in the set `name`, in place of what stood there."""
    others = [column for column in table.column_names if column.lower() != name.lower()]
    return table.select(others).append_column(pa.field(name, pa.string()), _wards(table["point"], assign))


# pa.array and to_numpy import pandas, which takes longer than all else that adding points does.


def numbers(whole: pa.ChunkedArray | pa.Array) -> np.ndarray:
    """A column of whole numbers, none missing, as an array."""
    whole = whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole
    return np.from_dlpack(whole) if len(whole) else np.array([], np.int64)


def column(values: np.ndarray) -> pa.Array:
    """An array of int64 or float64 as a column."""
    kind = pa.int64() if values.dtype.kind == "i" else pa.float64()
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(np.ascontiguousarray(values))])


def _texts(values: np.ndarray) -> pa.Array:
    """An array of texts and None as a column."""
    written = [(value or "").encode() for value in values]
    ends = np.cumsum([0, *map(len, written)], dtype=np.int32)
    known = np.packbits(np.array([value is not None for value in values], bool), bitorder="little")
    return pa.Array.from_buffers(
        pa.string(), len(values), [pa.py_buffer(known), pa.py_buffer(ends), pa.py_buffer(b"".join(written))]
    )


def _rows(new: pa.Table, assigns: Mapping[str, Assign]) -> pa.Table:
    longitude, latitude = longitude_latitude(numbers(new["point"]))
    columns = {"point": new["point"], "longitude": column(longitude), "latitude": column(latitude), "street": new["street"]}
    return pa.table(columns | {name: _wards(new["point"], assign) for name, assign in assigns.items()})


def _wards(points: pa.ChunkedArray, assign: Assign) -> pa.Array:
    return _texts(assign(numbers(points)))


def _places(table: pa.Table, new: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """Where in the table each new point stands, and whether it does."""
    stored, points = numbers(table["point"]), numbers(new["point"])
    at = np.minimum(np.searchsorted(stored, points), len(stored) - 1)
    return at, stored[at] == points if len(stored) else np.zeros(len(points), bool)


def _renamed(table: pa.Table, at: np.ndarray, new: pa.Table) -> pa.Table:
    """The table with the street names of `new` at the rows `at`; a missing name replaces none."""
    named = numbers(pc.indices_nonzero(new["street"].is_valid()).cast(pa.int64()))
    rows = np.arange(table.num_rows)
    rows[at[named]] = table.num_rows + named
    street = pa.concat_arrays([table["street"].combine_chunks(), new["street"].combine_chunks()]).take(column(rows))
    return table.set_column(table.column_names.index("street"), table.schema.field("street"), street)


def _gains_a_name(stored: pa.Array, new: pa.Table) -> bool:
    return bool(pc.any(pc.and_(pc.is_null(stored), pc.is_valid(new["street"])), min_count=0).as_py())
