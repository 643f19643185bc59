"""Keep what the police published: Parquet, one file a force, month and scope, and one of its outcomes, named in a manifest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, Literal, TypeVar

from mkmap.errors import Damaged
from mkmap.lake.manifest import Change, Folder
from mkmap.month import Month
from mkmap.words import _

Scope = Literal["force", "area"]


@dataclass(frozen=True)
class StoredMonth:
    """What is stored of one force in one month.

    `rows` were received; of these `no_location` have no map point, `rejected` could not be used, and all others are placed.
    """

    SECTION: ClassVar[str] = "months"  # of the manifest

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


@dataclass(frozen=True)
class StoredOutcomes:
    """What is stored of the outcomes of one force that were recorded in one month; their crimes may be older.

    `rows` were received; of these `rejected` could not be used.
    """

    SECTION: ClassVar[str] = "outcomes"  # of the manifest
    scope: ClassVar[Scope] = "force"

    month: Month
    force: str
    file: str
    rows: int
    rejected: int
    source: str
    fetched_at: datetime

    @property
    def key(self) -> str:
        return f"{self.month}/{self.force}/outcomes"


Stored = TypeVar("Stored", StoredMonth, StoredOutcomes)


def _as_json(stored: Stored) -> dict:
    return asdict(stored) | {"month": str(stored.month), "fetched_at": stored.fetched_at.isoformat(timespec="seconds")}


def _from_json(kind: type[Stored], entry: dict) -> Stored:
    return kind(**entry | {"month": Month.parse(entry["month"]), "fetched_at": datetime.fromisoformat(entry["fetched_at"])})


class Crimes:
    """The store of police months under a data folder."""

    def __init__(self, home: Path):
        self.folder = Folder(home / "police", empty={"months": {}, "outcomes": {}, "last_failed_fetch": None})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Crimes) and self.folder == other.folder

    def __hash__(self) -> int:
        return hash(self.folder)

    @property
    def version(self) -> str:
        return self.folder.version

    def months(self) -> list[StoredMonth]:
        """Everything stored, by month, force and scope."""
        return list(_months(self.folder, self.version))

    def of_force(self, force: str) -> dict[Month, StoredMonth]:
        """For each month the newest complete scope in which the force's crimes in its area are stored."""
        return dict(_of_force(self.folder, self.version, force))

    def of_scope(self, force: str, scope: Scope) -> dict[Month, StoredMonth]:
        """The months of a force that are stored in a scope, oldest first."""
        return {one.month: one for one in self.months() if (one.force, one.scope) == (force, scope)}

    def outcomes(self, force: str) -> dict[Month, StoredOutcomes]:
        """The months of which a force's outcomes file is stored, oldest first."""
        return {one.month: one for one in _outcomes(self.folder, self.version) if one.force == force}

    def path(self, stored: StoredMonth | StoredOutcomes) -> Path:
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
    return _entries(folder, StoredMonth)


@lru_cache(maxsize=8)
def _outcomes(folder: Folder, _version: str) -> tuple[StoredOutcomes, ...]:
    return _entries(folder, StoredOutcomes)


def _entries(folder: Folder, kind: type[Stored]) -> tuple[Stored, ...]:
    try:
        return tuple(_from_json(kind, entry) for _key, entry in sorted(folder.read()[kind.SECTION].items()))
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

    def known(self, described: Stored) -> Stored | None:
        """What is stored in the place that `described` would take."""
        entry = self._change.manifest[described.SECTION].get(described.key)
        return _from_json(type(described), entry) if entry else None

    def put(self, file: Path, described: Stored) -> Stored:
        """Replace a month by a finished Parquet file, which the store takes over.

        The same rows of the archive again change nothing: a release is no newer for being imported twice.
        """
        name, old = self._change.put(file, described.key.replace("/", "-")), self.known(described)
        if old and old.file == name and described.scope == "force":
            return old
        if old and old.file != name:
            self._change.drop(old.file)
        described = replace(described, file=name)
        self._change.manifest[described.SECTION][described.key] = _as_json(described)
        return described
