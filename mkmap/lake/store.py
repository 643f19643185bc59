"""Hold a folder as its manifest stood at one moment: a value, so that what was worked out of it holds as long as it is held."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import ClassVar, Self

from mkmap.errors import Code, Damaged
from mkmap.lake.manifest import Folder, Manifest, checksum_of, sha256


class FolderStore:
    """What a room keeps in its folder under `home`, as it stood when this value was made.

    Two are equal where folder and version are: what is worked out of one is true of the other, and can be kept by it. A change
    is made to what stands now, whatever that is, and is seen by values that are made after it. The files that a value names
    stay for `SWEEP_AFTER` seconds at least: make one for each request, and hold it no longer.
    """

    FOLDER: ClassVar[str]
    EMPTY: ClassVar[Manifest]  # the room's part of a manifest in which nothing stands yet

    def __init__(self, home: Path):
        self.home = home
        self.folder = Folder(home / self.FOLDER, self.EMPTY)
        self.version, self._text = self.folder.standing()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FolderStore) and (self.folder, self.version) == (other.folder, other.version)

    def __hash__(self) -> int:
        return hash((self.folder, self.version))

    def now(self) -> Self:
        """The same store as it stands now."""
        return type(self)(self.home)

    @cached_property
    def manifest(self) -> Manifest:
        """Not to be changed.

        Raises Damaged where it is not readable.
        """
        return self.folder.parsed(self._text)

    def file(self, name: str) -> Path:
        """A stored file by its name in the manifest.

        Raises Damaged where it is missing, or is not what was stored: each file is looked at once a process, and again where it was
        written to. A flipped bit in a column of numbers is no mistake of the format's: it is another number.
        """
        path = self.folder.path / name
        try:
            stat = path.stat()
        except OSError:
            raise Damaged(Code.FILE_MISSING, file=path) from None
        if not _is_intact(path, stat.st_mtime_ns, stat.st_size):
            raise Damaged(Code.FILE_CHANGED, file=path)
        return path

    def check(self, names: Iterable[str] | None = None) -> None:
        """Look at these files, or at all, as `file` does: cheap, but for the first time in a process. Raises Damaged as it does."""
        for name in self.manifest["files"] if names is None else names:
            self.file(name)

    def damaged(self) -> list[str]:
        """Sentences about stored files that are missing or changed."""
        return self.folder.damaged()


@lru_cache(maxsize=10_000)
def _is_intact(path: Path, _written: int, _size: int) -> bool:
    return sha256(path).startswith(checksum_of(path))
