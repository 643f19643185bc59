"""Keep the area's ground: one file of tiles and names, and the words in which its source wants to be named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from mkmap.errors import Code, Damaged
from mkmap.lake.manifest import FolderChange, Manifest
from mkmap.lake.store import FolderStore
from mkmap.places.ground.kinds import Name


@dataclass(frozen=True)
class Drawn:
    """What a stored file holds: gzipped vector tiles by zoom, column and row, and the names, the weightiest first."""

    tiles: Mapping[tuple[int, int, int], bytes]
    names: Sequence[Name]


NOTHING = Drawn({}, ())


class Ground(FolderStore):
    """What stands in `home/ground`."""

    FOLDER = "ground"
    EMPTY: ClassVar[Manifest] = {"ground": None}

    @property
    def is_there(self) -> bool:
        return self.manifest["ground"] is not None

    @property
    def attribution(self) -> str:
        """Whose data these are, as plain text; empty where there is no ground."""
        return str(self._said("attribution", ""))

    @property
    def source(self) -> str:
        """The name of the file that it was made of."""
        return str(self._said("source", ""))

    @property
    def bounds(self) -> list[float]:
        """West, south, east, north in degrees."""
        return [float(edge) for edge in self._said("bounds", [])]

    @property
    def drawn(self) -> Drawn:
        """Raises Damaged where its file is missing or cannot be read."""
        return _drawn(self) if self.is_there else NOTHING

    def replace(self, change: FolderChange, file: Path, said: Mapping[str, Any]) -> None:
        """Put a file in the place of the one that stands; `said`: attribution, source, bounds."""
        if change.manifest["ground"]:
            change.drop(change.manifest["ground"]["file"])
        change.manifest["ground"] = {**said, "file": change.put(file, "ground")}

    def _said(self, what: str, otherwise: Any) -> Any:
        stands = self.manifest["ground"]
        return stands[what] if stands else otherwise


@lru_cache(maxsize=2)  # the real one, and that of the demonstration
def _drawn(ground: Ground) -> Drawn:
    from mkmap.places.ground.pmtiles_files import DAMAGE
    from mkmap.places.ground.tiles import read_file  # who asks only whether there is a ground should not wait for geometry

    file = ground.file(ground.manifest["ground"]["file"])
    try:
        return Drawn(*read_file(file.read_bytes()))
    except (*DAMAGE, TypeError):
        raise Damaged(Code.FILE_UNREADABLE, file=file) from None
