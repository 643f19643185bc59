"""Keep the ward of every map point in each ward set: what a change of either does to the table of points."""

from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from mkmap.lake.manifest import FolderChange, Manifest
from mkmap.lake.store import FolderStore
from mkmap.places import point_table, points

Entry = dict[str, Any]  # of a ward set in the manifest of places


def add_set(places: FolderStore, change: FolderChange, entry: Entry) -> None:
    """Give every point its ward in a set that is new in this change."""
    table = _points(places, change.manifest)
    if table is not None:
        _put(change, point_table.with_wards(table, entry["name"], partial(_assigned, places, entry)))


def remove_set(places: FolderStore, change: FolderChange, name: str) -> None:
    """Forget what the wards of a set are to the points."""
    table = _points(places, change.manifest)
    if table is not None:
        _put(change, table.select([column for column in table.column_names if column.lower() != name.lower()]))


def add_points(places: FolderStore, added: pa.Table) -> None:
    """Add points (columns point int64, street string) with their ward in each set; a known one takes the new street name."""
    new = point_table.newest(added)
    if point_table.is_known(_points(places, places.folder.read()), new):
        return
    with places.folder.change() as change:
        assigns = {entry["name"]: partial(_assigned, places, entry) for entry in change.manifest["sets"]}
        _put(change, point_table.merged(_points(places, change.manifest), new, assigns))


def columns(places: FolderStore, entry: Entry, *names: str) -> dict[str, list[Any]]:
    """Columns of a set's file, geometry as WKB, without geopandas."""
    values: dict[str, list[Any]] = point_table.read(places.file(entry["file"])).select(list(names)).to_pydict()
    return values


def _points(places: FolderStore, manifest: Manifest) -> pa.Table | None:
    return point_table.read(places.file(manifest["points"])) if manifest["points"] else None


def _assigned(places: FolderStore, entry: Entry, ids: np.ndarray) -> np.ndarray:
    """The ward code or None of each point id; the polygons are read only if a point can lie in one."""
    codes = np.full(len(ids), None, dtype=object)
    near = points.in_box(ids, entry["bounds"])
    if near.any():
        wards = columns(places, entry, "code", "geometry")
        wards["geometry"] = shapely.from_wkb(wards["geometry"])
        codes[near] = points.assign(ids[near], wards)
    return codes


def _put(change: FolderChange, table: pa.Table) -> None:
    change.drop(change.manifest["points"])
    file = change.temporary(".parquet")
    point_table.write(table, file)
    change.manifest["points"] = change.put(file, "points")
