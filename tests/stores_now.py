"""Stores as they stand whenever they are asked, for tests that change them and look at them in turn."""

from collections.abc import Iterator
from pathlib import Path

from mkmap.crimes.store import Crimes
from mkmap.lake.store import FolderStore
from mkmap.places.store import Places


class Now:
    """A store of a kind in `home`, made anew for each question."""

    def __init__(self, kind: type[FolderStore], home: Path):
        self._kind, self._home = kind, home

    def __getattr__(self, name: str):
        return getattr(self._kind(self._home), name)


class Stores:
    """Crimes and places in `home`: `area_crimes(*stores, …)` is given what stands then."""

    def __init__(self, home: Path):
        self.home = home

    def __iter__(self) -> Iterator[FolderStore]:
        yield from (Crimes(self.home), Places(self.home))
