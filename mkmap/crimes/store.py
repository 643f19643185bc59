"""Keep what the police published: Parquet, one file a force, month and scope, and one of its outcomes, named in a manifest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from mkmap.crimes.judging import judged
from mkmap.crimes.months import Months
from mkmap.crimes.stored import Scope, Stored, StoredMonth, StoredOutcomes, from_json
from mkmap.errors import Code, Damaged
from mkmap.lake.manifest import Manifest
from mkmap.month import Month
from mkmap.police.fetching import FetchedStore


class Crimes(FetchedStore):
    """The store of police months under a data folder."""

    FOLDER = "police"
    EMPTY: ClassVar[Manifest] = {"months": {}, "profiles": {}, "outcomes": {}, "last_failed_fetch": None}

    def months(self) -> list[StoredMonth]:
        """Everything stored, by month, force and scope, as it was judged when it was stored."""
        return list(_entries(self, StoredMonth))

    def every(self, force: str) -> list[StoredMonth]:
        """What is stored of a force, whole or not, by month and scope."""
        return list(_judged(self, force))

    def of_force(self, force: str) -> dict[Month, StoredMonth]:
        """For each month that is whole the newest scope in which the force's crimes in its area are stored."""
        return {month: stored for month, stored in _newest(self, force).items() if stored.is_whole}

    def not_whole(self, force: str) -> dict[Month, StoredMonth]:
        """The months of which something is stored, and in no scope the whole: they are counted nowhere."""
        return {month: stored for month, stored in _newest(self, force).items() if not stored.is_whole}

    def of_scope(self, force: str, scope: Scope) -> dict[Month, StoredMonth]:
        """The months of a force that are stored whole in a scope, oldest first."""
        return {month.month: month for month in _judged(self, force) if month.scope == scope and month.is_whole}

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
            months = Months(change)
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
def _newest(crimes: Crimes, force: str) -> dict[Month, StoredMonth]:
    """Of each month what is whole before what is not, then what is newer."""
    newest: dict[Month, StoredMonth] = {}
    for stored in _judged(crimes, force):
        known = newest.get(stored.month)
        if known is None or _rank(stored) >= _rank(known):
            newest[stored.month] = stored
    return newest


def _rank(stored: StoredMonth) -> tuple[bool, datetime]:
    return stored.is_whole, stored.fetched_at
