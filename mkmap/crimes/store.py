"""Keep what the police published: Parquet, one file a force, month and scope, and one of its outcomes, named in a manifest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar

from mkmap.errors import Code, Damaged
from mkmap.lake.manifest import FolderChange, Manifest
from mkmap.month import Month
from mkmap.police.fetching import FetchedStore

Scope = Literal["force", "area"]
State = Literal["whole", "partial"]


@dataclass(frozen=True)
class Confirmed:
    """That somebody who runs this site looked at a month and says it is right as it is."""

    who: str
    at: datetime
    why: str


@dataclass(frozen=True)
class StoredMonth:
    """What is stored of one force in one month.

    `rows` were received; of these `no_location` have no map point, `rejected` could not be used, and all others are placed.
    `reasons`: why it is partial, or what is unusual about a whole one.
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
    state: State = "whole"
    reasons: tuple[str, ...] = ()
    confirmed: Confirmed | None = None

    @classmethod
    def described(cls, month: Month, force: str, source: str, at: datetime, scope: Scope = "force") -> "StoredMonth":
        """A month that is not stored yet, its rows not yet counted."""
        return cls(month, force, scope, "", 0, 0, 0, source, at)

    @property
    def is_whole(self) -> bool:
        return self.state == "whole"

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

    @classmethod
    def described(cls, month: Month, force: str, source: str, at: datetime) -> "StoredOutcomes":
        """A month that is not stored yet, its rows not yet counted."""
        return cls(month, force, "", 0, 0, source, at)

    @property
    def key(self) -> str:
        return f"{self.month}/{self.force}/outcomes"


Stored = TypeVar("Stored", bound=StoredMonth | StoredOutcomes)


def _as_json(stored: StoredMonth | StoredOutcomes) -> dict[str, Any]:
    return asdict(stored) | {"month": str(stored.month), "fetched_at": stored.fetched_at.isoformat(timespec="seconds")}


def _from_json(kind: type[Stored], entry: dict[str, Any]) -> Stored:
    return kind(**entry | {"month": Month.parse(entry["month"]), "fetched_at": datetime.fromisoformat(entry["fetched_at"])})


class Crimes(FetchedStore):
    """The store of police months under a data folder."""

    FOLDER = "police"
    EMPTY: ClassVar[Manifest] = {"months": {}, "outcomes": {}, "last_failed_fetch": None}

    def months(self) -> list[StoredMonth]:
        """Everything stored, by month, force and scope."""
        return list(_entries(self, StoredMonth))

    def of_force(self, force: str) -> dict[Month, StoredMonth]:
        """For each month that is whole the newest scope in which the force's crimes in its area are stored."""
        return {month: stored for month, stored in _newest(self, force).items() if stored.is_whole}

    def not_whole(self, force: str) -> dict[Month, StoredMonth]:
        """The months of which something is stored, and in no scope the whole: they are counted nowhere."""
        return {month: stored for month, stored in _newest(self, force).items() if not stored.is_whole}

    def of_scope(self, force: str, scope: Scope) -> dict[Month, StoredMonth]:
        """The months of a force that are stored whole in a scope, oldest first."""
        months = (month for month in _entries(self, StoredMonth) if (month.force, month.scope) == (force, scope))
        return {month.month: month for month in months if month.is_whole}

    def outcomes(self, force: str) -> dict[Month, StoredOutcomes]:
        """The months of which a force's outcomes file is stored, oldest first."""
        return {month.month: month for month in _entries(self, StoredOutcomes) if month.force == force}

    def path(self, stored: StoredMonth | StoredOutcomes) -> Path:
        """The month's Parquet file.

        Raises Damaged where it is missing.
        """
        return self.file(stored.file)

    @contextmanager
    def changing(self) -> Iterator["Months"]:
        """Replace months; they are all committed when the block ends, and none of them when it raises."""
        with self.folder.change() as change:
            yield Months(change)


@lru_cache(maxsize=8)  # the months of every force are thousands, and every page asks for them
def _entries(crimes: Crimes, kind: type[Stored]) -> tuple[Stored, ...]:
    try:
        return tuple(_from_json(kind, entry) for _key, entry in sorted(crimes.manifest.get(kind.SECTION, {}).items()))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Damaged(Code.MANIFEST_UNREADABLE, folder=crimes.folder.path) from None


@lru_cache(maxsize=8)
def _newest(crimes: Crimes, force: str) -> dict[Month, StoredMonth]:
    """Of each month what is whole before what is not, then what is newer."""
    newest: dict[Month, StoredMonth] = {}
    for stored in _entries(crimes, StoredMonth):
        known = newest.get(stored.month)
        if stored.force == force and (known is None or _rank(stored) >= _rank(known)):
            newest[stored.month] = stored
    return newest


def _rank(stored: StoredMonth) -> tuple[bool, datetime]:
    return stored.is_whole, stored.fetched_at


class Months:
    """The months of one change."""

    def __init__(self, change: FolderChange):
        self._change = change
        self.folder, self.temporary = change.folder, change.temporary

    def known(self, described: Stored) -> Stored | None:
        """What is stored in the place that `described` would take."""
        entry = self._change.manifest.get(described.SECTION, {}).get(described.key)
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
        self._change.manifest.setdefault(described.SECTION, {})[described.key] = _as_json(described)
        return described
