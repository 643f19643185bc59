"""Keep what the police published: Parquet, one file a force, month and scope, and one of its outcomes, named in a manifest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from mkmap.crimes.months import Months
from mkmap.crimes.stored import Scope, Stored, StoredMonth, StoredOutcomes, from_json
from mkmap.crimes.wholeness.judging import judged
from mkmap.errors import Code, Damaged, Refused
from mkmap.lake.manifest import Manifest
from mkmap.month import Month
from mkmap.places.store import Places
from mkmap.police.fetching import FetchedStore


class Crimes(FetchedStore):
    """The store of police months under a data folder."""

    FOLDER = "police"
    EMPTY: ClassVar[Manifest] = {"months": {}, "profiles": {}, "outcomes": {}, "last_failed_fetch": None}

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
        """Everything stored, by month, force and scope, as it was judged when it was stored."""
        return list(_entries(self, StoredMonth))

    def every(self, force: str) -> list[StoredMonth]:
        """What is stored of a force, whole or not, by month and scope."""
        return [month for month in _judged(self, force) if self.is_of_area(month)]

    def of_force(self, force: str) -> dict[Month, StoredMonth]:
        """For each month that is whole the newest scope in which the force's crimes in its area are stored."""
        return {month: stored for month, stored in _newest(self, force, self._wards).items() if stored.is_whole}

    def not_whole(self, force: str) -> dict[Month, StoredMonth]:
        """The months of which something is stored, and in no scope the whole: they are counted nowhere."""
        return {month: stored for month, stored in _newest(self, force, self._wards).items() if not stored.is_whole}

    def of_scope(self, force: str, scope: Scope) -> dict[Month, StoredMonth]:
        """The months of a force that are stored whole in a scope, oldest first."""
        return {month.month: month for month in self.every(force) if month.scope == scope and month.is_whole}

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
            months = Months(change, self.area, self.is_of_area)
            yield months
            months.judge()


@lru_cache(maxsize=8)  # the months of every force are thousands, and every page asks for them
def _entries(crimes: Crimes, kind: type[Stored]) -> tuple[Stored, ...]:
    try:
        return tuple(from_json(kind, entry) for _key, entry in sorted(crimes.manifest.get(kind.SECTION, {}).items()))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Damaged(Code.MANIFEST_UNREADABLE, folder=crimes.folder.path) from None


@lru_cache(maxsize=8)
def _judged(crimes: Crimes, force: str) -> tuple[StoredMonth, ...]:
    """Judged here where a store was written before months were judged: a stub in it must not go on being counted."""
    months = tuple(month for month in _entries(crimes, StoredMonth) if month.force == force)
    if all(month.judged for month in months):
        return months
    judgements = judged(months, crimes.folder.path, crimes.manifest["profiles"])
    return tuple(replace(month, judged=judgements[month.key]) for month in months)


@lru_cache(maxsize=8)
def _newest(crimes: Crimes, force: str, _wards: str) -> dict[Month, StoredMonth]:
    """Of each month what is whole before what is not, then what is newer."""
    newest: dict[Month, StoredMonth] = {}
    for stored in crimes.every(force):
        known = newest.get(stored.month)
        if known is None or _supersedes(stored, known):
            newest[stored.month] = stored
    return newest


def _supersedes(stored: StoredMonth, known: StoredMonth) -> bool:
    """Whether one is better: whole, or newer by its release where both say theirs, else by when it was stored."""
    if stored.is_whole != known.is_whole:
        return stored.is_whole
    if stored.release and known.release and stored.release != known.release:
        return stored.release > known.release
    return stored.fetched_at >= known.fetched_at


@lru_cache(maxsize=256)
def _is_of_wards(crimes: Crimes, month: StoredMonth, _wards: str) -> bool:
    """Whether a month of an older store, which does not say its area, is one of the wards that are stored."""
    from mkmap.crimes.whose_area import is_of_wards  # geometry, for which newer stores need not wait

    return is_of_wards(crimes.path(month), Places(crimes.home), month.month)
