"""Store ward sets, map points and households; each change is seen whole or not at all."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from mkmap.errors import Code, Damaged, Refused
from mkmap.lake.manifest import FolderChange, Manifest
from mkmap.lake.store import FolderStore
from mkmap.month import Month
from mkmap.places.same_names import told_apart
from mkmap.places.sets import Households, WardSet, ended, in_force

if TYPE_CHECKING:  # who only asks which sets there are should not wait for arrays, Arrow and geometry
    import pyarrow as pa
    import shapely
    from geopandas import GeoDataFrame

__all__ = ["Households", "Places", "WardSet"]


class Places(FolderStore):
    """What stands in `home/places`."""

    FOLDER = "places"
    EMPTY: ClassVar[Manifest] = {"sets": [], "points": None, "households": {}}

    def ward_sets(self) -> list[WardSet]:
        """Every set, oldest first; an open one ends the day before a newer one starts."""
        return list(_ward_sets(self))

    def ward_set(self, month: Month) -> WardSet | None:
        """The set in force at the end of a month, or else the latest earlier one, or else the earliest."""
        return in_force(self.ward_sets(), month)

    def wards(self, ward_set: WardSet) -> "GeoDataFrame":
        """The wards of a set: code, name (no two alike), geometry (WGS 84), sorted by name. Not to be changed: others are given the same.

        Raises KeyError for a set that is not stored, Damaged where its file is missing or cannot be read.
        """
        return _wards(self, ward_set.name)

    def outline(self, ward_set: WardSet) -> "shapely.Geometry":
        """The union of a set's wards: one shapely geometry, WGS 84."""
        outline: shapely.Geometry = self.wards(ward_set).union_all()
        return outline

    def add_wards(self, ward_set: WardSet, frame: "GeoDataFrame") -> None:
        """Store a set (columns code, name, geometry) in place of one of the same name, and the ward of every point in it."""
        from mkmap.places import point_wards

        frame = frame[["code", "name", "geometry"]].to_crs(4326).sort_values(["name", "code"], ignore_index=True)
        with self.folder.change() as change:
            _forget(change, ward_set.name, set(frame["code"]))
            entry = _put_wards(change, ward_set, frame)
            change.manifest["sets"] = sorted([*change.manifest["sets"], entry], key=lambda entry: entry["start"])
            point_wards.add_set(self, change, entry)

    def remove_wards(self, name: str) -> WardSet:
        """Remove a set, its households, and what its wards are to the points; the points stay. Gives what was removed.

        Raises Refused where there is no such set.
        """
        from mkmap.places import point_wards

        with self.folder.change() as change:
            sets = [_ward_set(entry) for entry in change.manifest["sets"]]
            for ward_set in (one for one in sets if one.is_same(name)):
                _forget(change, ward_set.name)
                point_wards.remove_set(self, change, ward_set.name)
                return ward_set
        if not sets:
            raise Refused(Code.NO_WARD_SETS)
        raise Refused(Code.WARD_SET_ABSENT, name=name, names=[one.name for one in sets])

    def points_file(self) -> Path | None:
        """The Parquet file of the points, for DuckDB; None before the first.

        Columns: point BIGINT, longitude and latitude DOUBLE (WGS 84), street VARCHAR, and for each ward set one VARCHAR
        with the set's name and the ward's code, NULL outside. A set's name must be quoted in SQL.
        """
        name = self.manifest["points"]
        return self.file(name) if name else None

    def add_points(self, added: "pa.Table") -> None:
        """Add points (columns point int64, street string) with their ward in each set; a known one takes the new street name."""
        from mkmap.places import point_wards

        point_wards.add_points(self, added)

    def households(self, ward_set: WardSet) -> Households | None:
        """The households of a set's wards; None where none were loaded."""
        entry = self.manifest["households"].get(ward_set.name)
        return Households(**entry) if entry else None

    def add_households(self, per_set: Mapping[str, Households]) -> None:
        """Store households for ward sets, by the sets' names, in place of those that stood there.

        Raises KeyError when a set is not stored, Refused when its wards are others; then nothing is changed.
        """
        from mkmap.places import point_wards

        with self.folder.change() as change:
            for name, households in per_set.items():
                entry = _entry(change.manifest, name)
                if set(households.per_ward) != set(point_wards.columns(self, entry, "code")["code"]):
                    raise Refused(Code.WARDS_CHANGED, name=name)
                change.manifest["households"][entry["name"]] = asdict(households)


@lru_cache(maxsize=8)
def _ward_sets(places: Places) -> tuple[WardSet, ...]:
    return tuple(ended([_ward_set(entry) for entry in places.manifest["sets"]]))


@lru_cache(maxsize=4)  # one sheet of paper asks for them five times
def _wards(places: Places, name: str) -> "GeoDataFrame":
    import geopandas
    import pyarrow as pa

    file = places.file(_entry(places.manifest, name)["file"])
    try:
        wards = geopandas.read_parquet(file, partitioning=None)
    except pa.ArrowInvalid:
        raise Damaged(Code.FILE_UNREADABLE, file=file) from None
    wards["name"] = told_apart(wards["code"].tolist(), wards["name"].tolist())
    return wards


def _ward_set(entry: dict[str, Any]) -> WardSet:
    end = date.fromisoformat(entry["end"]) if entry["end"] else None
    return WardSet(entry["name"], date.fromisoformat(entry["start"]), end, entry["wards"], entry["source"])


def _entry(manifest: Manifest, name: str) -> dict[str, Any]:
    entries: list[dict[str, Any]] = manifest["sets"]
    for entry in entries:
        if _ward_set(entry).is_same(name):
            return entry
    raise KeyError(name)


def _forget(change: FolderChange, name: str, codes: set[str] | None = None) -> None:
    """Drop the set of a name; its households stay if they are of the wards of these codes."""
    with suppress(KeyError):
        old = _entry(change.manifest, name)
        change.manifest["sets"].remove(old)
        change.drop(old["file"])
        households = change.manifest["households"].pop(old["name"], None)
        if households and set(households["per_ward"]) == codes:
            change.manifest["households"][name] = households


def _put_wards(change: FolderChange, ward_set: WardSet, frame: "GeoDataFrame") -> dict[str, Any]:
    file = change.temporary(".parquet")
    frame.to_parquet(file, index=False)
    return {
        "name": ward_set.name,
        "start": ward_set.start.isoformat(),
        "end": ward_set.end.isoformat() if ward_set.end else None,
        "wards": len(frame),
        "source": ward_set.source,
        "bounds": [float(edge) for edge in frame.total_bounds],
        "file": change.put(file, f"wards-{ward_set.name}"),
    }
