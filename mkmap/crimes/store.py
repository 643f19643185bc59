"""Keep what the police published: Parquet, one file a force, month and scope, and one of its outcomes, named in a manifest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar

from mkmap.errors import Code, Damaged, Refused
from mkmap.lake.manifest import FolderChange, Manifest
from mkmap.month import Month
from mkmap.places.store import Places
from mkmap.police.fetching import FetchedStore

Scope = Literal["force", "area"]


@dataclass(frozen=True)
class Replacement:
    """That somebody who runs this site has a month replaced by one that would be refused: shorter, or older."""

    who: str
    why: str
    at: datetime


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
    release: Month | None = (
        None  # the latest month of the archive, or of what the API gave then: its name; None where nothing says it
    )
    area: str = ""  # the ONS code of the district that an area month is of; older stores have none

    @classmethod
    def described(cls, month: Month, force: str, source: str, at: datetime, scope: Scope = "force") -> "StoredMonth":
        """A month that is not stored yet, its rows not yet counted."""
        return cls(month, force, scope, "", 0, 0, 0, source, at)

    @property
    def placed(self) -> int:
        return self.rows - self.no_location - self.rejected

    @property
    def key(self) -> str:
        return "/".join(filter(None, (str(self.month), self.force, self.scope, self.area)))


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
    release: Month | None = None

    @classmethod
    def described(cls, month: Month, force: str, source: str, at: datetime) -> "StoredOutcomes":
        """A month that is not stored yet, its rows not yet counted."""
        return cls(month, force, "", 0, 0, source, at)

    @property
    def key(self) -> str:
        return f"{self.month}/{self.force}/outcomes"


Stored = TypeVar("Stored", bound=StoredMonth | StoredOutcomes)


def _as_json(stored: StoredMonth | StoredOutcomes) -> dict[str, Any]:
    return asdict(stored) | {
        "month": str(stored.month),
        "fetched_at": stored.fetched_at.isoformat(timespec="seconds"),
        "release": stored.release and str(stored.release),
    }


def _from_json(kind: type[Stored], entry: dict[str, Any]) -> Stored:
    release = entry.get("release")
    parsed = {
        "month": Month.parse(entry["month"]),
        "fetched_at": datetime.fromisoformat(entry["fetched_at"]),
        "release": Month.parse(release) if release else None,
    }
    return kind(**entry | parsed)


class Crimes(FetchedStore):
    """The store of police months under a data folder."""

    FOLDER = "police"
    EMPTY: ClassVar[Manifest] = {"months": {}, "outcomes": {}, "last_failed_fetch": None}

    def __init__(self, home: Path, area: str = ""):
        """`area`: the ONS code of the district that is asked about; without it, months of every area are given."""
        super().__init__(home)
        self.area = area

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Crimes) and super().__eq__(other) and self.area == other.area

    def __hash__(self) -> int:
        return hash((super().__hash__(), self.area))

    def now(self) -> "Crimes":
        return Crimes(self.home, self.area)

    @property
    def _wards(self) -> str:
        """The version of the wards, where it depends on them which months are of the area."""
        unsure = self.area and any(month.scope == "area" and not month.area for month in self.months())
        return Places(self.home).version if unsure else ""

    @property
    def own_force(self) -> str:
        """Whose store this is, by its name at police.uk; empty where nothing says it. One that was made before this was written
        down belongs to the force whose area was fetched, or to the only one that is stored."""
        if noted := self.manifest.get("force"):
            return str(noted)
        fetched = {month.force for month in self.months() if month.scope == "area"}
        forces = fetched or {month.force for month in self.months()}
        return next(iter(forces)) if len(forces) == 1 else ""

    def check_force(self, force: str) -> None:
        """Raise Refused where the store is another force's."""
        if self.own_force not in ("", force):
            raise Refused(Code.STORE_OF_ANOTHER_FORCE, known=self.own_force, force=force)

    def is_of_area(self, month: StoredMonth) -> bool:
        """Whether a month can be shown of this area: a whole force's of every one, and an area's own."""
        if month.scope == "force" or not self.area or month.area == self.area:
            return True
        return not month.area and _is_of_wards(self, month, self._wards)

    def elsewhere(self, force: str) -> list[StoredMonth]:
        """The months that were fetched for another area."""
        return [month for month in self.months() if month.force == force and not self.is_of_area(month)]

    def months(self) -> list[StoredMonth]:
        """Everything stored, by month, force and scope."""
        return list(_entries(self, StoredMonth))

    def of_force(self, force: str) -> dict[Month, StoredMonth]:
        """For each month the newest complete scope in which the force's crimes in its area are stored."""
        return dict(_newest(self, force, self._wards))

    def of_scope(self, force: str, scope: Scope) -> dict[Month, StoredMonth]:
        """The months of a force that are stored in a scope, oldest first."""
        return {
            month.month: month
            for month in _entries(self, StoredMonth)
            if (month.force, month.scope) == (force, scope) and self.is_of_area(month)
        }

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
            yield Months(change, self)


@lru_cache(maxsize=8)  # the months of every force are thousands, and every page asks for them
def _entries(crimes: Crimes, kind: type[Stored]) -> tuple[Stored, ...]:
    try:
        return tuple(_from_json(kind, entry) for _key, entry in sorted(crimes.manifest.get(kind.SECTION, {}).items()))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Damaged(Code.MANIFEST_UNREADABLE, folder=crimes.folder.path) from None


@lru_cache(maxsize=256)
def _is_of_wards(crimes: Crimes, month: StoredMonth, _wards: str) -> bool:
    """Whether a month of an older store, which does not say its area, is one of the wards that are stored."""
    from mkmap.crimes.whose_area import is_of_wards  # geometry, for which newer stores need not wait

    return is_of_wards(crimes.path(month), Places(crimes.home), month.month)


def _supersedes(stored: StoredMonth, known: StoredMonth) -> bool:
    """Whether one is newer: by its release where both say theirs, else by when it was stored."""
    if stored.release and known.release and stored.release != known.release:
        return stored.release > known.release
    return stored.fetched_at >= known.fetched_at


@lru_cache(maxsize=8)
def _newest(crimes: Crimes, force: str, _wards: str) -> dict[Month, StoredMonth]:
    newest: dict[Month, StoredMonth] = {}
    for stored in _entries(crimes, StoredMonth):
        known = newest.get(stored.month)
        if stored.force == force and crimes.is_of_area(stored) and (known is None or _supersedes(stored, known)):
            newest[stored.month] = stored
    return newest


class Months:
    """The months of one change."""

    def __init__(self, change: FolderChange, crimes: Crimes):
        self._change, self._crimes = change, crimes
        self.folder, self.temporary = change.folder, change.temporary

    def known(self, described: Stored) -> Stored | None:
        """What is stored in the place that `described` would take."""
        entries = self._change.manifest.get(described.SECTION, {})
        entry = entries.get(described.key) or entries.get(self._old_key(described))
        return _from_json(type(described), entry) if entry else None

    def _old_key(self, described: StoredMonth | StoredOutcomes) -> str:
        """Where an older store, which does not say its areas, has the same month of the same area; empty where it has it not."""
        if not isinstance(described, StoredMonth) or not described.area:
            return ""
        nowhere = replace(described, area="")
        entry = self._change.manifest.get(described.SECTION, {}).get(nowhere.key)
        return nowhere.key if entry and self._crimes.is_of_area(_from_json(StoredMonth, entry)) else ""

    def note_replaced(self, known: Stored, described: Stored, replacement: Replacement) -> None:
        """Keep that a month was replaced by will, and what stood there."""
        self._change.manifest.setdefault("replaced", []).append(
            {
                "month": str(known.month),
                "force": known.force,
                "kind": "outcomes" if isinstance(known, StoredOutcomes) else "crimes",
                "who": replacement.who,
                "why": replacement.why,
                "at": replacement.at.isoformat(timespec="seconds"),
                "rows_before": known.rows,
                "rows": described.rows,
            }
        )

    def belong_to(self, force: str) -> None:
        """Write down whose store this is, unless it is known."""
        self._change.manifest.setdefault("force", force)

    def put(self, file: Path, described: Stored) -> Stored:
        """Replace a month by a finished Parquet file, which the store takes over.

        The same rows of the archive again change nothing: a release is no newer for being imported twice.
        """
        name, old = self._change.put(file, described.key.replace("/", "-")), self.known(described)
        if old and old.file == name and described.scope == "force":
            if described.release is None or (old.release and old.release >= described.release):
                return old
            described = replace(old, release=described.release)
        if old and old.file != name:
            self._change.drop(old.file)
        described = replace(described, file=name)
        entries = self._change.manifest.setdefault(described.SECTION, {})
        entries.pop(self._old_key(described), None)
        entries[described.key] = _as_json(described)
        return described
