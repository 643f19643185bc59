"""Keep the months that the police published: Parquet, one file a force, month and scope, named in a manifest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from mkmap.errors import Damaged
from mkmap.manifest import Change, Folder
from mkmap.month import Month
from mkmap.words import _

Scope = Literal["force", "area"]


@dataclass(frozen=True)
class StoredMonth:
    """What is stored of one force in one month.

    `rows` were received; of these `no_location` have no map point, `rejected` could not be used, and all others are placed.
    """

    month: Month
    force: str
    scope: Scope  # the whole force (archive), or the area and a mile around it (API)
    file: str
    rows: int
    no_location: int
    rejected: int
    source: str
    fetched_at: datetime

    @property
    def placed(self) -> int:
        return self.rows - self.no_location - self.rejected

    @property
    def key(self) -> str:
        return f"{self.month}/{self.force}/{self.scope}"

    def as_json(self) -> dict:
        return asdict(self) | {"month": str(self.month), "fetched_at": self.fetched_at.isoformat(timespec="seconds")}

    @classmethod
    def from_json(cls, stored: dict) -> "StoredMonth":
        return cls(
            **stored | {"month": Month.parse(stored["month"]), "fetched_at": datetime.fromisoformat(stored["fetched_at"])}
        )


class Crimes:
    """The store of police months under a data folder."""

    def __init__(self, home: Path):
        self.folder = Folder(home / "police", empty={"months": {}, "last_failed_fetch": None})

    @property
    def version(self) -> str:
        return self.folder.version

    def months(self) -> list[StoredMonth]:
        """Everything stored, by month, force and scope."""
        return list(_months(self.folder, self.version))

    def of_force(self, force: str) -> dict[Month, StoredMonth]:
        """For each month the newest complete scope in which the force's crimes in its area are stored."""
        return dict(_of_force(self.folder, self.version, force))

    def path(self, stored: StoredMonth) -> Path:
        """The month's Parquet file.

        Raises Damaged where it is missing.
        """
        file = self.folder.path / stored.file
        if not file.is_file():
            raise Damaged(_("{file} is missing.").format(file=file))
        return file

    @property
    def last_failed_fetch(self) -> dict | None:
        """`{"at", "why"}` of the last fetch that did not bring what was asked for; None after one that did."""
        return self.folder.read()["last_failed_fetch"]

    def note_fetch(self, failed: dict | None) -> None:
        with self.folder.change() as change:
            change.manifest["last_failed_fetch"] = failed

    @contextmanager
    def changing(self) -> Iterator["Months"]:
        """Replace months; they are all committed when the block ends, and none of them when it raises."""
        with self.folder.change() as change:
            yield Months(change)


@lru_cache(maxsize=8)
def _months(folder: Folder, _version: str) -> tuple[StoredMonth, ...]:
    try:
        return tuple(StoredMonth.from_json(entry) for _key, entry in sorted(folder.read()["months"].items()))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Damaged(_("The manifest of {folder} cannot be read.").format(folder=folder.path)) from None


@lru_cache(maxsize=8)
def _of_force(folder: Folder, version: str, force: str) -> dict[Month, StoredMonth]:
    newest: dict[Month, StoredMonth] = {}
    for stored in _months(folder, version):
        known = newest.get(stored.month)
        if stored.force == force and (known is None or stored.fetched_at >= known.fetched_at):
            newest[stored.month] = stored
    return newest


class Months:
    """The months of one change."""

    def __init__(self, change: Change):
        self._change = change
        self.folder, self.temporary = change.folder, change.temporary

    def stored(self, month: Month, force: str, scope: Scope) -> StoredMonth | None:
        entry = self._change.manifest["months"].get(f"{month}/{force}/{scope}")
        return StoredMonth.from_json(entry) if entry else None

    def put(self, file: Path, described: StoredMonth) -> StoredMonth:
        """Replace a month by a finished Parquet file, which the store takes over.

        The same rows of the archive again change nothing: a release is no newer for being imported twice.
        """
        name = self._change.put(file, f"{described.month}-{described.force}-{described.scope}")
        old = self._change.manifest["months"].get(described.key)
        if old and old["file"] == name and described.scope == "force":
            return StoredMonth.from_json(old)
        if old and old["file"] != name:
            self._change.drop(old["file"])
        described = replace(described, file=name)
        self._change.manifest["months"][described.key] = described.as_json()
        return described
